"""Keeper: lets people in and out of one laptop. It owns the window, and covers it when nobody is there."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from functools import partial
from typing import TypeVar

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication, QMainWindow, QWidget

from fieldapp.errors import FieldAppError, RefusedError, SyncError
from fieldapp.settings import LOCK, setting
from fieldapp.store import keys
from fieldapp.texts import tr
from sync.status import SyncState
from ui.app import open_window
from ui.bridge import Bridge
from ui.first_run.loading_page import LoadingPage
from ui.focus import let_go
from ui.opening import Opened
from ui.shell.fitting import show_fitting
from ui.shell.pages import first_page
from ui.unlock.choose_page import ChoosePage
from ui.unlock.cover import Cover
from ui.unlock.entrance import Entrance
from ui.unlock.front import OPEN, PIN, Front
from ui.unlock.idle import Idle
from ui.unlock.plain_pages import LeavingPage, WaitingPage, unsent_words
from ui.unlock.sealing import LOOK, Sealing
from ui.window import MainWindow

SMALLEST = (1024, 700)
AT_ONCE = 400  # ms that a store may take to open before a window says so; mostly it is open by then
Standing = TypeVar("Standing", bound=QWidget)


class Keeper(QObject):
    """What Session.keeper promises, for one machine. `begin` shows the entrance; the rest follows from people."""

    def __init__(
        self,
        front: Front,
        *,
        person: str = "",
        idle: Idle | None = None,
        look: int = LOOK,
        loading: bool = False,
        elsewhere: Callable[[], None] | None = None,
    ) -> None:
        """`person` is who works here by the program's call, "" for whoever comes. `loading`: what is being loaded the
        first time is shown; `elsewhere`: where one goes to give another address, while nobody has work here."""
        super().__init__()
        self._front, self._person, self._look = front, person, look
        self._loading, self._elsewhere = loading, elsewhere
        self._bridge = Bridge()
        self._idle = idle or Idle(lambda: self.minutes)
        self._idle.away.connect(self.lock)
        self._cover: Cover | None = None
        self._entrance: Entrance | None = None
        self._sealing: dict[str, Sealing] = {}
        self._opened: Opened | None = None
        self.first: QMainWindow | None = None  # before anybody is in
        self.window: MainWindow | None = None

    def begin(self) -> QMainWindow:
        """Show the entrance in a window of its own. Where nobody is asked anything, the workplace comes at once, and
        that window only if it takes a while: painting it took as long as opening the store."""
        self.first = QMainWindow()
        self.first.setWindowTitle("FieldApp")
        self.first.setMinimumSize(*SMALLEST)
        self.first.resize(1440, 900)
        entrance = self._entrance_for(self._person)
        self.first.setCentralWidget(entrance)
        entrance.begin()
        alone = not any(window.isVisible() for window in QApplication.topLevelWidgets())
        if alone and isinstance(entrance.page, WaitingPage):
            QTimer.singleShot(AT_ONCE, self.first, self._show_first)
        else:
            self._show_first()
        return self.first

    @property
    def entrance(self) -> Entrance | None:
        """The entrance, while it stands."""
        return self._entrance

    @property
    def locked(self) -> bool:
        """Whether the window is covered."""
        return self._cover is not None

    @property
    def protected(self) -> bool:
        """Whether it takes a PIN or passphrase to come back."""
        return self._opened is not None and self._front.how(self._me()) != OPEN

    @property
    def minutes(self) -> int:
        """After how many minutes without a key or the mouse it locks itself."""
        opened = self._at_work()
        kept = opened.session.store.setting(LOCK) if opened else ""
        return int(setting(LOCK).value(kept))

    def lock_after(self, minutes: int) -> None:
        """Choose after how many minutes it locks itself."""
        if self._opened is not None:
            with suppress(FieldAppError):  # a disk that takes nothing more keeps nobody from working
                self._opened.session.store.keep_setting(LOCK, str(minutes))

    def lock(self) -> None:
        """Cover everything now; what waits is still sent, then the store is closed."""
        if (opened := self._at_work()) is not None:
            unsent = opened.session.store.counts().waiting
            entrance = self._stand(self._entrance_for(self._me(), locked=True, over=True))
            entrance.leaving = unsent_words(unsent)
            entrance.begin()
            self._seal(opened)

    def switch(self) -> None:
        """Let somebody else work here; says what stays unsent under this person's name."""
        if (opened := self._at_work()) is not None:
            note = unsent_words(opened.session.store.counts().waiting)
            self._stand(self._entrance_for("", over=True)).who(note)
            self._seal(opened)

    def choose_words(self) -> None:
        """Set or change the PIN or passphrase."""
        if self._at_work() is None:
            return
        how = self._front.how(self._me())
        old = {OPEN: "", PIN: tr("PIN until now")}.get(how, tr("Passphrase until now"))
        page = ChoosePage(old=old, keyring=keys.system_vault() is not None, way_back=self._front.has_gateway)
        page.chosen.connect(partial(self._protect, page))
        page.cancelled.connect(self._lift)
        self._stand(page).enter()

    def sign_out(self) -> None:
        """End the sign-in, after a warning where work is unsent."""
        if (opened := self._at_work()) is not None and opened.session.sign_in is not None:
            page = LeavingPage(opened.session.store.counts().waiting)
            page.agreed.connect(self._sign_out)
            page.cancelled.connect(self._lift)
            self._stand(page).enter()

    def close(self) -> None:
        """Close every store, after the window."""
        self._idle.stop()
        for sealing in self._sealing.values():
            sealing.stop()
        if self._entrance is not None:
            self._entrance.close_down()
        for opened in self._front.opened.values():
            opened.session.bridge.ask_no_more()
        self._bridge.close()
        if self._cover is not None:
            self._cover.forget()
        self._front.close()

    def _at_work(self) -> Opened | None:
        """Whose work is open in the window now: nobody's while it is covered, or once the City withdrew the store."""
        opened = self._opened
        if opened is None or self._cover is not None or opened.worker.status.state is SyncState.ERASED:
            return None
        return opened

    def _me(self) -> str:
        return self._opened.session.person.id if self._opened else ""

    def _entrance_for(self, wanted: str, *, locked: bool = False, over: bool = False) -> Entrance:
        made = Entrance(self._front, wanted=wanted, locked=locked, over=over)
        made.entered.connect(self._entered)
        if self._elsewhere is not None and not self._front.residents():
            made.offer_elsewhere(self._elsewhere)
        self._entrance = made
        return made

    def _stand(self, page: Standing) -> Standing:
        self._idle.stop()
        if self.window is not None and self._opened is not None:
            if self._opened.session.facing is not None:
                self._opened.session.facing.blank()
            focus = self.window.focusWidget()
            let_go()  # so that an answer that is being typed is saved
            self._opened.session.bridge.written()
            self._opened.session.bridge.hush(True)
            self._cover = Cover(self.window, page, focus)
        return page

    def _seal(self, opened: Opened) -> None:
        sealing = self._sealing[opened.session.person.id] = Sealing(self._front, opened, self._bridge, look=self._look)
        sealing.begin()

    def _entered(self, opened: Opened) -> None:
        before, self._opened = self._opened, opened
        opened.session.keeper = self
        if sealing := self._sealing.pop(opened.session.person.id, None):
            sealing.stop()
        if self.window is None and self._loading and not opened.worker.status.last_ok:
            self._show_loading(opened)
        elif self.window is None:
            self._open_window(opened)
        elif before is opened:
            self._lift()
        else:
            self._become(self.window, opened)
        if self._entrance is not None:
            self._entrance.close_down()
            self._entrance = None
        self._idle.start()

    def _show_first(self) -> None:
        """Unless the workplace stands by now."""
        if self.first is not None and self.window is None and not self.first.isVisible():
            show_fitting(self.first)

    def _show_loading(self, opened: Opened) -> None:
        """The first time, before the workplace."""
        self._show_first()
        page = LoadingPage(opened.session)
        page.ready.connect(partial(self._open_window, opened))
        if self.first is not None:
            self.first.setCentralWidget(page)
        page.enter()

    def _open_window(self, opened: Opened) -> None:
        self.window = open_window(opened.session)
        if self.first is not None and self.first.isVisible():
            self.window.setGeometry(self.first.geometry())
            self.window.setWindowState(self.first.windowState())
            self.first.close()

    def _become(self, window: MainWindow, opened: Opened) -> None:
        """Somebody else: nothing of the person before stays in the window."""
        if self._cover is not None:
            self._cover.drop()
            self._cover = None
        window.become(opened.session, first_page(opened.session.person))

    def _lift(self) -> None:
        if self._cover is not None:
            self._cover.lift()
            self._cover = None
        if self._opened is not None:
            self._opened.session.bridge.hush(False)
        self._idle.start()

    def _protect(self, page: ChoosePage, old: str, new: str) -> None:
        self._bridge.work(partial(self._front.protect, self._me(), old, new), partial(self._protected, page))

    def _protected(self, page: ChoosePage, outcome: object) -> None:
        if isinstance(outcome, SyncError):
            why = tr("{why} Nothing was set: the City must first hold the way back in.", why=outcome)
            page.refused(RefusedError(why))
            return
        if isinstance(outcome, FieldAppError):
            page.refused(outcome)
            return
        self._lift()
        if self._opened is not None:
            self._opened.session.say(tr("It is set. From now on it opens your store on this laptop."))

    def _sign_out(self) -> None:
        sign_in = self._opened.session.sign_in if self._opened else None
        if sign_in is not None:
            self._bridge.work(sign_in.sign_out, self._signed_out)

    def _signed_out(self, outcome: object) -> None:
        if self._opened is None or self._cover is None or self.window is None:
            return
        person, waiting = self._me(), self._opened.session.store.counts().waiting
        entrance = self._entrance_for("", over=True)
        self._cover.put(entrance)
        self._front.leave(person)
        self._opened = None
        entrance.who(" ".join(part for part in (str(outcome), unsent_words(waiting)) if part))
