"""The installed program's start: the City it belongs to, or the first run that connects it to one, or practice.

Closing at any step loses nothing: what was typed is kept, the sign-in is kept, and what was loaded is in the store.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QMainWindow, QVBoxLayout, QWidget

from fieldapp.clock import SystemClock
from fieldapp.errors import FieldAppError, SignInError
from fieldapp.paths import Home
from fieldapp.texts import tr
from sync.network import NetworkTest, Step
from sync.welcome import Stranger
from ui import speaking
from ui.app import open_window
from ui.bridge import Bridge
from ui.first_run.connection import Connection, keep, kept
from ui.first_run.role_page import RolePage
from ui.first_run.token_page import TokenPage
from ui.first_run.welcome_page import WelcomePage
from ui.shell.fitting import show_fitting
from ui.shell.top_bar import LanguageButton
from ui.unlock.front import Front
from ui.unlock.keeper import Keeper
from ui.unlock.pages import EntrancePage
from ui.unlock.plain_pages import WaitingPage
from ui.window import MainWindow

if TYPE_CHECKING:
    from ui.practice import PracticeScreen

SIZE = (1440, 900)
SMALLEST = (1024, 700)


class Starting(QObject):
    """One start of the program. `begin` shows what comes first; `close` ends all of it after the window."""

    def __init__(self, city: Home, practice: Home) -> None:
        """`city` is where the City's stores are on this machine, `practice` those of the practice city."""
        super().__init__()
        self._city, self._practice_home = city, practice
        self._bridge = Bridge()
        self._looking = 0  # the number of the looking that counts: one that was cancelled does not
        self._steps: list[Step] = []
        self.window: _First | None = None  # the first run's own
        self.keeper: Keeper | None = None  # from when on somebody may work here
        self.practice: PracticeScreen | None = None
        self.practising: MainWindow | None = None

    def begin(self) -> None:
        """At the entrance of the City that this machine belongs to; else at the first page.

        InputError where the file that tells which one cannot be read."""
        before = kept(self._city)
        if before is not None and before.checked and (before.way_in or self._has_stores(before)):
            self._enter(before)
        else:
            self.welcome(before)

    def welcome(self, before: Connection | None = None) -> None:
        """Ask for the City's address, or practice."""
        page = WelcomePage(before)
        page.connect_to.connect(partial(self._look, page))
        page.cancelled.connect(partial(self._cancel, page))
        page.practise.connect(self.practise)
        self._show(page, lambda: self.welcome(page.typed()))

    @property
    def page(self) -> QWidget | None:
        """The page of the first run that is open."""
        return self.window.page if self.window is not None else None

    def close(self) -> None:
        """End everything, after the window: what was typed is kept for the next start."""
        self._bridge.close()
        if self.keeper is not None:
            self.keeper.close()
        if self.practising is not None:
            self.practising.session.bridge.close()
        if self.practice is not None:
            self.practice.close()

    def _look(self, page: WelcomePage, connection: Connection) -> None:
        """Go the way to the gateway, step by step, beside the screen."""
        self._keep(connection)
        self._looking += 1
        self._steps = []
        stranger = Stranger(connection.url)
        test = NetworkTest(connection.url, lambda: stranger, SystemClock())
        found = partial(self._found, page, connection, stranger, self._looking)
        self._bridge.follow(test.run, found)

    def _found(
        self, page: WelcomePage, connection: Connection, stranger: Stranger, number: int, came: Step | object | None
    ) -> None:
        if number != self._looking or self.page is not page:
            return
        if isinstance(came, Step):
            self._steps.append(came)
            page.found(self._steps)
            return
        if came is not None:
            page.failed(tr("This did not work: {why}", why=type(came).__name__))
            return
        last = self._steps[-1]
        if stranger.welcome is None:
            page.failed(tr("The City was not reached: {why}.", why=last.found.rstrip(".")), doubt(last))
            return
        reached = connection.told(stranger.welcome)
        self._keep(reached)
        self._sign_in(reached)

    def _cancel(self, page: WelcomePage) -> None:
        self._looking += 1
        page.found(())
        page.look(on=False)
        page.enter()

    def _sign_in(self, reached: Connection) -> None:
        if reached.way_in is not None or self._has_stores(reached):
            self._enter(reached)
            return
        page = TokenPage(reached.city)
        page.given.connect(partial(self._try, page, reached))
        page.back.connect(lambda: self.welcome(reached))
        self._show(page, lambda: self._sign_in(reached))

    def _try(self, page: TokenPage, reached: Connection, token: str) -> None:
        """Ask the City whose token it is before anything is made of it."""
        self._bridge.work(reached.door(token).admit, partial(self._tried, page, reached, token))

    def _tried(self, page: TokenPage, reached: Connection, token: str, outcome: object) -> None:
        if self.page is not page:
            return
        if isinstance(outcome, FieldAppError):
            page.refused(_why_not(outcome))
        elif isinstance(outcome, BaseException):
            page.refused(tr("This did not work: {why}", why=type(outcome).__name__))
        else:
            self._enter(reached, token)

    def _enter(self, connection: Connection, token: str = "") -> None:
        """From here on the Keeper lets people in and out."""
        front = Front(self._city, connection.device, connection.door(token))
        self.keeper = Keeper(front, loading=True, elsewhere=partial(self._elsewhere, connection))
        first, before = self.keeper.begin(), self.window
        if before is not None:
            first.setGeometry(before.geometry())
            before.leave()
        self.window = None

    def _elsewhere(self, connection: Connection) -> None:
        """Nobody has got in, and somebody doubts the address."""
        keeper, self.keeper = self.keeper, None
        first = keeper.first if keeper is not None else None
        self.welcome(connection)
        if keeper is not None:
            keeper.close()
        if first is not None:
            first.close()

    def practise(self) -> None:
        """Build the practice city, ask who one would like to be there, and open that person's window."""
        page = WaitingPage()
        page.text.setText(tr("The practice city is being built. The first time this takes some seconds."))
        self._show(page, lambda: None)
        self._bridge.work(self._built_practice, self._practice_is_there)

    def _built_practice(self) -> object:
        from ui.practice import PracticeScreen

        return PracticeScreen(self._practice_home, SystemClock())

    def _practice_is_there(self, outcome: object) -> None:
        from ui.practice import PracticeScreen

        if not isinstance(outcome, PracticeScreen):
            self.welcome(kept(self._city))
            if isinstance(self.page, WelcomePage):
                self.page.failed(tr("The practice city could not be built: {why}", why=str(outcome)))
            return
        self.practice = outcome
        self._ask_who()

    def _ask_who(self) -> None:
        if self.practice is not None:
            page = RolePage(self.practice.people)
            page.chosen.connect(self._become)
            self._show(page, self._ask_who)

    def _become(self, person: str) -> None:
        if self.practice is None or self.practising is not None:
            return
        self.practising = open_window(self.practice.sign_in(person))
        if self.window is not None:
            self.practising.setGeometry(self.window.geometry())
            self.window.leave()
            self.window = None

    def _has_stores(self, connection: Connection) -> bool:
        return bool(Front(self._city, connection.device, connection.door()).residents())

    def _keep(self, connection: Connection) -> None:
        """For the next start. A disk that takes nothing keeps nobody from going on."""
        with suppress(OSError):
            keep(self._city, connection)

    def _show(self, page: EntrancePage, again: Callable[[], None]) -> None:
        if self.window is None:
            self.window = _First(self._closing)
            show_fitting(self.window)
        self.window.put(page, again)

    def _closing(self) -> None:
        if isinstance(self.page, WelcomePage) and self.page.address.text().strip():
            self._keep(self.page.typed())


def doubt(failed: Step) -> str:
    """What helps where the way ended: on a first run the likeliest is that the address was mistyped."""
    return " ".join((tr("Compare the address, letter by letter, with what IT gave you."), failed.helps))


def _why_not(fault: FieldAppError) -> str:
    """Why the City lets nobody in with a token: one that it does not know was never a sign-in that has ended."""
    if isinstance(fault, SignInError):
        return tr("The City does not know this token. Paste all of it, or ask IT for a new one.")
    return str(fault)


class _First(QMainWindow):
    """The window of the first run: one page at a time, and the button for the language."""

    def __init__(self, closing: Callable[[], None]) -> None:
        super().__init__()
        self.setWindowTitle("FieldApp")
        self.setMinimumSize(*SMALLEST)
        self.resize(*SIZE)
        self._closing = closing
        self._again: Callable[[], None] = lambda: None
        self.page: EntrancePage | None = None
        ground = QWidget()
        ground.setObjectName("Page")
        self.language = LanguageButton()
        self.language.clicked.connect(self._other_language)
        self._column = QVBoxLayout(ground)
        self._column.setContentsMargins(24, 14, 24, 24)
        self._column.addWidget(self.language, 0, Qt.AlignmentFlag.AlignRight)
        self.setCentralWidget(ground)

    def put(self, page: EntrancePage, again: Callable[[], None]) -> None:
        """Show a page; `again` makes it anew in another language."""
        before, self.page, self._again = self.page, page, again
        self._column.addWidget(page, 1)
        if before is not None:
            self._column.removeWidget(before)
            before.hide()
            before.deleteLater()
        enter = getattr(page, "enter", None)
        if enter is not None:
            enter()

    def leave(self) -> None:
        """It is over: another window stands in its place."""
        self._closing = lambda: None
        self.close()

    def closeEvent(self, event: QCloseEvent) -> None:
        """What was typed is kept."""
        self._closing()
        super().closeEvent(event)

    def _other_language(self) -> None:
        speaking.other()
        self.language.setAccessibleName(tr("Language: English. Switch to French"))
        self.language.update()
        self._again()
