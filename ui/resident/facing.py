"""Facing: what the resident is shown of the record that the clerk has before them, and where.

A second screen has a window of its own, in which nobody types: the clerk's keyboard stays where it is. Without one the
clerk's own window is turned round. Between residents, and while the laptop is locked, nothing of anybody is shown.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QObject, QRect, Qt
from PySide6.QtWidgets import QMainWindow, QVBoxLayout, QWidget

from fieldapp.actions import answer
from fieldapp.actions.reading_back import agree, read_back
from fieldapp.counter.reading import ReadBack
from fieldapp.errors import FieldAppError
from fieldapp.records import Edits
from fieldapp.store import Touched
from fieldapp.texts import tr
from ui.resident.asking import KEY
from ui.resident.lines import Given
from ui.resident.screens import Screens
from ui.resident.turning import turn
from ui.resident.view import ResidentView
from ui.session import Session

Keep = Callable[[str, Edits], None]  # answers of a record, where its form is open


@dataclass
class Shown:
    """What is shown now. `language` is "" while it is the record's own."""

    record: str
    keep: Keep | None
    language: str = ""
    read: ReadBack | None = None


class Facing(QObject):
    """The resident's side of one clerk's window."""

    def __init__(self, window: QMainWindow, session: Session, screens: Screens) -> None:
        super().__init__(window)
        self._window, self._session = window, session
        self.screens = screens
        self.screens.lost.connect(self._lost)
        self._outside: QWidget | None = None  # the window on the second screen
        self.view: ResidentView | None = None
        self._shown: Shown | None = None

    @property
    def record(self) -> str:
        """The record that is shown, "" for none."""
        return self._shown.record if self._shown is not None else ""

    def toggle(self, record: str, *, focus: QWidget | None = None, keep: Keep | None = None) -> None:
        """Show this record to the resident, or put away what is shown of it. `keep` takes answers into an open form."""
        if self._outside is not None and self.record == record:
            self.put_away()
            self._session.say(tr("Put away: nothing is shown to the resident."))
            return
        shown = Shown(record, keep)
        try:
            shown.read = read_back(self._session.desk, record)
        except FieldAppError as error:
            self._session.say(str(error))
            return
        room = self.screens.for_resident(self._window)
        if self._outside is None and room is None:
            self._turn(shown, focus)
        else:
            self._place(shown, room)

    def tell(self, by: str) -> None:
        """The resident agrees, by this hand."""
        if self._shown is not None and self.view is not None:
            self.view.tell(by)

    def switch(self) -> None:
        """The resident's other language."""
        if self._shown is not None and self.view is not None:
            self.view.other.click()

    def refresh(self, touched: Touched) -> None:
        """What was answered meanwhile stands there too."""
        shown = self._shown
        if shown is None or shown.read is None:
            return
        if touched.records & {shown.record, *(case.record for case in shown.read.cases)}:
            self._show()

    def blank(self) -> None:
        """Between residents, or while nobody is there: a greeting on the second screen; a turned window is the clerk's
        again."""
        self._shown = None
        if self.view is not None and self._outside is None:
            self.view.done.emit()
        elif self.view is not None:
            self.view.welcome(self._session.language)

    def put_away(self) -> None:
        """Nothing is shown any more, and the window on the second screen goes."""
        self._shown = None
        outside, self._outside = self._outside, None
        if outside is not None:
            self.view = None
            outside.close()
            outside.deleteLater()

    def _turn(self, shown: Shown, focus: QWidget | None) -> None:
        self._hold(ResidentView(turned=True), shown)
        if self.view is not None:
            self.view.done.connect(self._turned_back)
            turn(self._window, self.view, focus)

    def _turned_back(self) -> None:
        self._shown, self.view = None, None

    def _place(self, shown: Shown, room: QRect | None) -> None:
        if self._outside is None and room is not None:
            self._outside = _window(room)
            view = ResidentView(turned=False)
            column = self._outside.layout()
            if column is not None:
                column.addWidget(view)
            self._hold(view, shown)
            view.done.connect(self.put_away)
            self._outside.show()
            self._window.activateWindow()  # the keyboard stays the clerk's, also where a system does not heed the flags
        elif self.view is not None:
            self.view.given.clear()
            self._shown = shown
            self._show()
        self._session.say(tr("The resident reads it now. {key} puts it away.", key=KEY))

    def _hold(self, view: ResidentView, shown: Shown) -> None:
        self.view, self._shown = view, shown
        view.agreed.connect(self._agreed)
        view.spoke.connect(self._speak)
        self._show()

    def _show(self) -> None:
        """Read it anew, in the language of the moment."""
        shown, view = self._shown, self.view
        if shown is None or view is None:
            return
        try:
            shown.read = read_back(self._session.desk, shown.record, lang=shown.language)
        except FieldAppError:
            self.blank()
            return
        view.show_read(shown.read)

    def _speak(self, language: str) -> None:
        if self._shown is not None:
            self._shown.language = language
            self._show()

    def _agreed(self, by: str, given: Given) -> None:
        shown = self._shown
        if shown is None or shown.read is None or self.view is None:
            return
        read = shown.read
        try:
            self._session.saved(lambda: agree(self._session.desk, read, by))
            self._note(shown, read, given)
        except FieldAppError as error:
            self._show()
            self.view.say(str(error))
            return
        self._show()
        if self._outside is not None:
            self._session.say(tr("The resident agrees: kept."))  # they see it on their screen, the clerk on this one

    def _note(self, shown: Shown, read: ReadBack, given: Given) -> None:
        """That the notice was given, and what they chose, as answers of each form."""
        for case in read.cases:
            edits: dict[str, str | None] = {
                path: value for (record, path), value in given.items() if record == case.record
            }
            if case.given:
                edits[case.given] = "OK"
            if edits and shown.keep is not None:
                shown.keep(case.record, edits)
            elif edits:
                self._session.saved(partial(answer, self._session.desk, case.record, edits))

    def _lost(self) -> None:
        if self._outside is not None:
            self.put_away()
            self._session.say(tr("The second screen is gone: nothing is shown to the resident any more."))


def _window(room: QRect) -> QWidget:
    """A window that fills the second screen and takes no key."""
    flags = Qt.WindowType.Window | Qt.WindowType.FramelessWindowHint | Qt.WindowType.WindowDoesNotAcceptFocus
    made = QWidget(None, flags)
    made.setObjectName("Page")
    made.setWindowTitle("FieldApp")
    made.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
    column = QVBoxLayout(made)
    column.setContentsMargins(0, 0, 0, 0)
    made.setGeometry(room)
    return made
