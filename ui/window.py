"""The main window: practice banner, rail, top bar and the pages, each built at its first visit."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtGui import QCloseEvent, QResizeEvent, QShortcut, QShowEvent
from PySide6.QtWidgets import QMainWindow

from fieldapp.access import COUNTER
from fieldapp.notices import Notice
from fieldapp.settings import LANGUAGE
from fieldapp.store import Touched, erasing, keys
from fieldapp.texts import tr
from ui import speaking, theme
from ui.came_back import take_in
from ui.faults import Faults
from ui.focus import enter, let_go
from ui.notices.system import SystemNotices
from ui.notices.watching import NoticeWatch
from ui.page import Page
from ui.resident.at_hand import AtHand
from ui.resident.screens import Screens, SystemScreens
from ui.scanning.finding import CodeFinder, pictures_among
from ui.scanning.wedge import Wedge
from ui.session import Session
from ui.shell import asked, looks
from ui.shell.chosen import Chosen
from ui.shell.edge import Edge
from ui.shell.offers import offers
from ui.shell.pages import OF_NONE, home_of, page_for, place, title
from ui.shell.whole import Whole
from ui.shell.window_keys import NEXT, WindowKeys
from ui.shell.window_place import keep_place, stand_again
from ui.widgets import EmptyState, Toast

if TYPE_CHECKING:
    from ui.search.palette import Palette

NARROW = 1180  # px of window width under which the rail shows icons only


class MainWindow(QMainWindow):
    """One person's window. `become` changes the person, in practice; a language switch rebuilds everything in place."""

    def __init__(self, session: Session, *, page: str = "today", screens: Screens | None = None) -> None:
        super().__init__()
        self.setMinimumSize(1024, 700)
        self.resize(1440, 900)
        self._unsubscribe: Callable[[], None] = lambda: None
        self._heard: Session | None = None
        self._workplace = "today"
        self._screens = screens or SystemScreens()
        self._facing: AtHand | None = None
        self._palette: Palette | None = None
        self._whole: Whole  # of `_build`
        self._edge = Edge(self)
        self._edge.counted.connect(self._look_for_notices)
        self._edge.withdrawn.connect(self._erased)
        self.chosen = Chosen(lambda: self._session, self._build_anew, self._show_look)
        self._keys = WindowKeys(self)
        self._system = SystemNotices(self._called)
        self._wedge = Wedge(self, self.find_code)
        self._faults = Faults(self)
        self._faults.happened.connect(self._say_fault)
        stand_again(self, session)
        self.become(session, page)

    @property
    def session(self) -> Session:
        """Who works here."""
        return self._session

    def become(self, session: Session, page: str = "") -> None:
        """Work as this session's person, at `page` or where one was."""
        self._leave()
        self._session = self._heard = session
        self._facing = session.facing = AtHand(self, session, self._screens)
        if kept := session.store.setting(LANGUAGE):
            speaking.use(kept)
        looks.wear(session.store)
        self._unsubscribe = session.store.subscribe(session.bridge.ring)
        self.watch = NoticeWatch(session, self._system.tell)
        self.watch.changed.connect(self._show_notices)
        signals = session.bridge
        signals.touched.connect(self._touched)
        signals.status.connect(self._edge.show_status)
        self._build(page or page_for(session.person, self.page_id), {})

    @property
    def page_id(self) -> str:
        """The id of the page that is open."""
        return self._page_id

    def page(self, page_id: str = "") -> Page:
        """A page, built now if need be; the open one when nothing is named."""
        wanted = page_id or self._page_id
        if wanted not in self._pages:
            made = place(wanted).build(self._session, self.navigate)
            self._pages[wanted] = made
            self._stack.addWidget(made)
        return self._pages[wanted]

    def navigate(self, page: str, **where: str) -> None:
        """Show `page` there: what pages, rail, palette and shortcuts call."""
        let_go()
        shown = self.page(page)
        self._page_id = page
        shown.go(**where)
        if self._page_id != page:
            return  # it led on at once to another page, as beginning a service leads to its form
        self._stack.setCurrentWidget(shown)
        self._room.show_top()
        enter(shown)
        # A form belongs to the workplace that one came from, and goes back to.
        self._workplace = page if place(page).in_rail else where.get("back", home_of(page) or self._workplace)
        self.rail.mark("" if page in OF_NONE else self._workplace)
        self._keys.allow(NEXT, page != "today")  # there it is the unplanned visit's
        self.watch.look()  # what one has just read counts no more
        self.setWindowTitle(f"{title(page)} – FieldApp")  # never a name or an address: titles are seen by others

    def _from_palette(self, page: str, **where: str) -> None:
        """A service that is begun on the way leads back to Today: who is outside has no next resident at a counter."""
        if "service" in where and self._workplace == "today":
            where["back"] = "today"
        self.navigate(page, **where)

    def _from_rail(self, page: str) -> None:
        if page == self._page_id:
            self.page().show_start()
        self.navigate(page)

    @property
    def palette_box(self) -> Palette:
        """The line to search everything with, made when it is first asked for."""
        if self._palette is None:
            from ui.search.palette import Palette

            self._palette = Palette(self._session, self._from_palette, self._whole)
            self._palette.actions_offered = partial(offers, self)
        return self._palette

    def open_palette(self) -> None:
        """Search everything."""
        self.palette_box.open()

    def next_resident(self) -> None:
        """Everything is built anew, at the counter: nothing of the last resident stays in a field, in what can be
        undone, or in a line to search with. What was saved stays saved, and a visit waits."""
        if COUNTER in self._session.person.roles:
            let_go()
            if self._facing is not None:
                self._facing.blank()
            self._build("counter", {})

    def _take_in(self, files: list[Path]) -> None:
        """Filled forms that were dropped become drafts; a single one opens, and leads back to where one was. A picture
        is looked through for a code, where the page has no use for it."""
        if pictures := pictures_among(files):
            if not self.page().take_pictures(pictures):
                self.finder.from_file(pictures[0])
            return
        taken = take_in(self._session, files)
        if taken is not None:
            self.navigate("form", record=taken.record.id, back=self._workplace)

    def find_code(self, code: str) -> bool:
        """Go to what a scanned code names; False where it is to be typed: what names nothing into a form, and
        everything into a window that is covered."""
        if self.centralWidget() is not self._whole:
            return False
        return self.finder.open(code) or (self._page_id != "form" and self.finder.unknown(code))

    def paste_code(self) -> None:
        """Go to what the picture or the number on the clipboard names."""
        self.finder.paste()

    def _say_fault(self) -> None:
        self._session.say(tr("That failed, and nobody foresaw it. What was saved is safe. Try it once more."))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Small screens get a narrow rail."""
        super().resizeEvent(event)
        self.rail.compact(self.width() < theme.px(NARROW))

    def showEvent(self, event: QShowEvent) -> None:
        """From now on scanners are heard."""
        super().showEvent(event)
        self._wedge.listen()
        self._faults.watch()

    def closeEvent(self, event: QCloseEvent) -> None:
        """All work is saved already; only keep where the window stands, and stop listening."""
        let_go()
        if self._heard is not None:  # else the store is gone: this laptop was withdrawn
            keep_place(self, self._heard)
        self._wedge.rest()
        self._faults.rest()
        self._leave()
        for timer in self.findChildren(QTimer):
            timer.stop()
        super().closeEvent(event)

    def _build_anew(self) -> None:
        """All of it, where one is."""
        self._build(self._page_id, self.page().where())

    def _show_look(self) -> None:
        self.top.show_theme()

    def _leave(self) -> None:
        self._unsubscribe()
        if self._heard is not None:
            self._heard.bridge.touched.disconnect(self._touched)
            self._heard.bridge.status.disconnect(self._edge.show_status)
            self._heard = None
            self.watch.deleteLater()  # what it still looks for is told to nobody
        if self._facing is not None:
            self._facing.put_away()
            self._facing = None

    def _build(self, page: str, where: dict[str, str]) -> None:
        self._pages: dict[str, Page] = {}
        self._page_id = page
        whole = Whole(self._session)
        whole.let_go.connect(self._take_in)
        self.bar, self.rail, self.top, self._stack = whole.bar, whole.rail, whole.top, whole.pages
        self._room = whole.room
        self.setCentralWidget(whole)
        self._palette = None
        self.toast_box = Toast(whole, instead=whole.top.line, until=whole.top.pill)
        self._session.toast = self.toast_box.say
        self._session.choose = self.chosen.choose
        self._whole, self.finder = whole, CodeFinder(self._session, self.navigate)
        self._connect()
        self._keys.name(self._session)
        self.rail.compact(self.width() < theme.px(NARROW))
        self.navigate(page, **where)
        QTimer.singleShot(0, self._room, self._room.fit)  # with other letters what is shown needs another height
        self._edge.tell(self._session, whole)

    def _connect(self) -> None:
        practice = self._session.practice
        self.bar.setVisible(practice is not None)
        if practice is not None:
            self.bar.show_network(practice.plugged)
            self.bar.switched.connect(partial(asked.plug, self))
            self.rail.person.connect(lambda who: self.become(practice.sign_in(who)))
        self.rail.asked.connect(self._from_rail)
        self.top.search.connect(self.open_palette)
        self.top.sync.connect(lambda: self.navigate("sync"))
        self.top.switch_language.connect(self.chosen.other_language)
        self.top.switch_theme.connect(self.chosen.next_look)
        self.top.notices.connect(lambda: self.navigate("notices"))
        self.top.show_notices(self.watch.unread)

    def _look_for_notices(self) -> None:
        self.watch.look()

    def _show_notices(self, _found: list[Notice]) -> None:
        self.top.show_notices(self.watch.unread)

    def _called(self) -> None:
        """Somebody pressed the system's notice: the list opens, where nothing covers the window."""
        self.showNormal() if self.isMinimized() else self.show()
        self.raise_()
        self.activateWindow()
        if self.top.isVisible():
            self.navigate("notices")

    def _erased(self, why: str) -> None:
        """The City's order was obeyed: nothing of the work is shown any more, and what is left of the store goes."""
        self._leave()
        for timer in self.findChildren(QTimer):
            timer.stop()
        for shortcut in self.findChildren(QShortcut):
            shortcut.setEnabled(False)
        self._pages = {}
        self.setCentralWidget(EmptyState("lock", tr("This laptop was withdrawn"), why))
        self._session.bridge.close()  # waits for whatever reads the store in another thread
        self._session.store.close()
        erasing.finish(self._session.store.folder, keys.system_vault())

    def _touched(self, touched: Touched) -> None:
        for page in self._pages.values():
            page.refresh(touched)
        if self._facing is not None:
            self._facing.refresh(touched)
        self._edge.soon()
