"""PlaceLine: a line that takes a place as a person knows it: an address of the City's list, or a position."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QStringListModel, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCompleter, QLineEdit

from fieldapp.texts import tr
from ui.forms.fields.geo_typed import decimal, point_of
from ui.forms.fields.suggestions import Suggestions
from ui.forms.host import AddressHit
from ui.forms.undo_keys import OWN
from ui.map.projection import Point

SEARCH, TAKE = 60, 150  # ms without typing until addresses are looked for, until a whole position is taken
FEWEST, MOST = 3, 8  # letters; addresses offered

Search = Callable[[str, int], Sequence[AddressHit]]


class PlaceLine(QLineEdit):
    """`placed` tells a Point, `cleared` that the line was emptied, `strange` that what stands in it is no place.

    An `eager` line tells a position as soon as it is whole; another waits for Enter, or until it is left, and stays.
    """

    placed = Signal(object)
    cleared = Signal()
    strange = Signal()

    def __init__(self, search: Search | None, *, eager: bool = True) -> None:
        super().__init__()
        self._find, self._eager = search, eager
        self._hits: Sequence[AddressHit] = ()
        self.setProperty(OWN, not eager)
        self._names = QStringListModel(self)
        self._completer = QCompleter(self._names, self)
        self._completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        self._completer.activated.connect(self._chosen)
        self._popup = Suggestions(tr("Addresses found"))
        self._popup.serve(self._completer)
        self.setCompleter(self._completer)
        self._searching = QTimer(self, singleShot=True, interval=SEARCH)
        self._searching.timeout.connect(self._look)
        self._taking = QTimer(self, singleShot=True, interval=TAKE)
        self._taking.timeout.connect(self._take_position)
        self.textEdited.connect(self._typed)
        self.editingFinished.connect(self.take)
        self._told = ""
        self._place: Point | None = None  # what the told words mean

    def invite(self) -> None:
        """The words in the empty line, in the language of the moment."""
        words = tr("Address, or latitude and longitude") if self._find else tr("Latitude and longitude")
        self.setPlaceholderText(words)

    def show_point(self, point: Point | None) -> None:
        """Show a position, unless it is what was typed in other words."""
        if not (self.hasFocus() and self._told and _same(self._place, point)):
            self.setText(decimal(point) if point else "")
            self._tell(self.text(), point)

    def empty(self) -> None:
        """Ready for the next place."""
        self._tell("")
        self.clear()

    def is_pending(self) -> bool:
        """Whether something was typed that is not told yet."""
        return self.text().strip() != self._told.strip()

    def take(self) -> None:
        """Tell what stands in the line."""
        self._taking.stop()
        text = self.text().strip()
        if not self.is_pending():
            return
        point = point_of(text)
        if not text:
            self._tell("")
            self.cleared.emit()
        elif point is not None:
            self._tell(text, point)
            self.placed.emit(point)
        else:
            self.strange.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """In a line that takes one place after the other, Enter puts this one; empty, it moves on. While addresses are
        offered, Enter is theirs."""
        if self._popup.isVisible() and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            event.ignore()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not self._eager and self.is_pending():
            self.take()
        else:
            super().keyPressEvent(event)

    def _typed(self, _text: str) -> None:
        if self._eager:
            self._taking.start()
        if self._find is not None:
            self._searching.start()

    def _take_position(self) -> None:
        if point_of(self.text()) is not None or not self.text().strip():
            self.take()

    def _look(self) -> None:
        text = self.text().strip()
        wanted = self._find is not None and len(text) >= FEWEST and point_of(text) is None
        self._hits = self._find(text, MOST) if wanted and self._find else ()
        self._names.setStringList([hit.label for hit in self._hits])
        if not self._hits or not self.hasFocus():
            self._popup.hide()
            return
        self._completer.complete()
        self._popup.setCurrentIndex(self._completer.completionModel().index(0, 0))  # Enter takes the first

    def _chosen(self, text: str) -> None:
        hit = next((hit for hit in self._hits if hit.label == text), None)
        if hit is not None:
            self._taking.stop()
            self._searching.stop()
            place = Point(hit.lat, hit.lon)
            self.setText(text)  # Qt does so only after this
            self._tell(text, place)
            self.placed.emit(place)

    def _tell(self, text: str, place: Point | None = None) -> None:
        self._told, self._place = text, place


def _same(first: Point | None, second: Point | None) -> bool:
    if first is None or second is None:
        return first is second
    return abs(first.lat - second.lat) < 1e-6 and abs(first.lon - second.lon) < 1e-6
