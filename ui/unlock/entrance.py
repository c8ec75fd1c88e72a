"""The entrance: one page after the other until somebody is in. It stands in the first window, and over a locked one."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from threading import Event

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from fieldapp.errors import FieldAppError, StoreError
from fieldapp.texts import tr
from ui import speaking
from ui.bridge import Bridge
from ui.opening import Opened, Prepared
from ui.shell.top_bar import LanguageButton
from ui.unlock.choose_page import ChoosePage
from ui.unlock.front import OPEN, Front, Newcomer, Resident
from ui.unlock.pages import EntrancePage
from ui.unlock.plain_pages import WaitingPage
from ui.unlock.who import WhoPage
from ui.unlock.words_page import WordsPage

Done = Callable[[object], None]


class Entrance(QWidget):
    """`entered` carries the Opened of who is in. `begin` shows where one begins."""

    entered = Signal(object)

    def __init__(self, front: Front, *, wanted: str = "", locked: bool = False, over: bool = False) -> None:
        """`wanted` is who works here by the program's call; `locked` when that person comes back; `over` a window,
        which is not built anew in another language."""
        super().__init__()
        self.setObjectName("Page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._front, self._wanted, self._locked = front, wanted, locked
        self._bridge = Bridge()
        self._stop = Event()
        self.language = LanguageButton()
        self.language.clicked.connect(self._other_language)
        self._stack = QStackedWidget()
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 14, 24, 24)
        column.addWidget(self.language, 0, Qt.AlignmentFlag.AlignRight)
        column.addWidget(self._stack, 1)
        self._again: Callable[[], None] = self.begin
        self.language.setVisible(not over)
        self._elsewhere: Callable[[], None] | None = None
        self.leaving = ""  # what to say when whoever is locked out lets somebody else in

    def offer_elsewhere(self, go: Callable[[], None]) -> None:
        """Where one goes to give another address of the City."""
        self._elsewhere = go

    @property
    def page(self) -> QWidget | None:
        """The page that is open."""
        return self._stack.currentWidget()

    def begin(self, note: str = "") -> None:
        """At the person who is wanted, else at the list of all."""
        self._again = partial(self.begin, note)
        if self._front.withdrawn:
            note, self._front.withdrawn = self._front.withdrawn, ""
            self.who(note)
        elif self._wanted and self._front.is_here(self._wanted):
            self.pick(self._wanted)
        elif self._wanted or not self._front.residents():
            self.somebody_else(self._wanted)
        else:
            self.who(note)

    def who(self, note: str = "") -> None:
        """Who is working?"""
        self._again = partial(self.who, note)
        page = WhoPage(self._front.residents(), others=self._front.has_gateway, note=note)
        page.chosen.connect(self.pick)
        page.somebody_else.connect(self.somebody_else)
        if self._elsewhere is not None:
            page.offer_elsewhere(self._elsewhere)
        self._show(page)

    def pick(self, person: str) -> None:
        """This person is working: in at once where nothing is needed, save when coming back to a locked window."""
        self._again = partial(self.pick, person)
        locked = self._locked and person == self._wanted
        known = next((one for one in self._front.residents() if one.id == person), Resident(person, OPEN))
        if known.how == OPEN and not locked:
            self._enter(person, "")
            return
        way_back = self._front.has_gateway
        page = WordsPage(known, self._front.guesses(person), locked=locked, way_back=way_back)
        page.given.connect(partial(self._enter, person))
        page.forgotten.connect(partial(self.somebody_else, person))
        page.others.connect(partial(self.who, self.leaving))
        self._show(page)

    def somebody_else(self, wanted: str = "") -> None:
        """Sign in with the City: `wanted`, or anybody."""
        self._waiting(partial(self._front.admit, wanted, self._tell), self._admitted)

    def close_down(self) -> None:
        """Wait for nothing any more."""
        self._stop.set()
        self._bridge.close()

    def _enter(self, person: str, words: str) -> None:
        page = self._stack.currentWidget()
        if not isinstance(page, WordsPage):
            self._waiting(partial(self._front.enter, person, words, self._tell), self._made)
            return
        self._stop = Event()
        job = partial(self._front.enter, person, words, self._tell, self._stop)
        self._bridge.work(job, partial(self._judged, page))

    def _judged(self, page: WordsPage, outcome: object) -> None:
        if isinstance(outcome, StoreError) and page is self._stack.currentWidget():
            page.refused(outcome)
        else:
            self._made(outcome)

    def _admitted(self, outcome: object) -> None:
        if not isinstance(outcome, Newcomer):
            self._failed(outcome)
        elif outcome.key is not None and self._front.how(outcome.id) == OPEN:
            self._settle(outcome, None, "", "")
        else:
            self._choose(outcome)

    def _choose(self, newcomer: Newcomer) -> None:
        needs_words = self._front.needs_words
        must = needs_words or newcomer.key is not None  # who forgot a PIN chooses another
        page = ChoosePage(keyring=not needs_words, way_back=newcomer.guest is not None, must=must)
        page.chosen.connect(partial(self._settle, newcomer, page))
        page.cancelled.connect(partial(self._settle, newcomer, page, "", ""))
        self._show(page)

    def _settle(self, newcomer: Newcomer, page: ChoosePage | None, _old: str, words: str) -> None:
        self._stop = Event()
        job = partial(self._front.settle, newcomer, words, self._tell, self._stop)
        self._bridge.work(job, partial(self._settled, page))

    def _settled(self, page: ChoosePage | None, outcome: object) -> None:
        if isinstance(outcome, FieldAppError) and page is not None:
            page.refused(outcome)
        else:
            self._made(outcome)

    def _made(self, outcome: object) -> None:
        if isinstance(outcome, Opened | Prepared):
            self.entered.emit(self._front.started(outcome))
        else:
            self._failed(outcome)

    def _failed(self, fault: object) -> None:
        """Back to where one can choose again, with what happened."""
        known = isinstance(fault, FieldAppError)
        why = str(fault) if known else tr("This did not work: {why}", why=type(fault).__name__)
        self._wanted = self._wanted if self._wanted and self._front.is_here(self._wanted) else ""
        self.who(why)

    def _waiting(self, job: Callable[[Event], object], done: Done) -> None:
        self._stop = stop = Event()
        self._waiting_page(stop)
        self._bridge.ask(partial(job, stop), done, stop)

    def _waiting_page(self, stop: Event) -> WaitingPage:
        page = WaitingPage()
        page.cancelled.connect(stop.set)
        self._show(page)
        return page

    def _tell(self, words: str) -> None:
        """From the thread that waits for the person."""
        self._bridge.post(self._told, words)

    def _told(self, words: str) -> None:
        page = self._stack.currentWidget()
        if not isinstance(page, WaitingPage):  # a first start that was cut off before anybody had signed in
            page = self._waiting_page(self._stop)
        page.asks(words)

    def _show(self, page: EntrancePage) -> None:
        before = self._stack.currentWidget()
        self._stack.addWidget(page)
        self._stack.setCurrentWidget(page)
        if before is not None:
            self._stack.removeWidget(before)
            before.deleteLater()
        enter = getattr(page, "enter", None)
        if enter is not None:
            enter()

    def _other_language(self) -> None:
        speaking.other()
        self.language.setAccessibleName(tr("Language: English. Switch to French"))
        self.language.update()
        if not isinstance(self._stack.currentWidget(), WaitingPage):
            self._again()
