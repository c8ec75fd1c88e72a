"""An address, completed while it is typed from the City's own list; the position beside it is filled with it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QStringListModel, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCompleter, QVBoxLayout, QWidget

from fieldapp.forms import Node
from fieldapp.texts import tr
from ui.ask_city import AskCity
from ui.forms.fields.suggestions import Suggestions
from ui.forms.fields.text import TextField
from ui.forms.host import AddressHit
from ui.forms.shape import kind_of
from ui.forms.sheet import Sheet

if TYPE_CHECKING:
    from sync.arcgis.geocode import Candidate

PAUSE, FEWEST, MOST = 60, 3, 8  # ms without typing; letters; addresses offered


class AddressField(TextField):
    """A free line: an address that is not in the list is an answer too, and the form may ask where it is."""

    city: AskCity | None = None  # below the line, where the City has a geocoder

    def __init__(self, sheet: Sheet, node: Node) -> None:
        super().__init__(sheet, node)
        self._hits: dict[str, AddressHit] = {}  # by what is shown of them
        self._names = QStringListModel(self)
        self._completer = QCompleter(self._names, self)
        self._completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        self._completer.activated.connect(self._chosen)
        self._popup = Suggestions(tr("Addresses found"))
        self._popup.serve(self._completer)
        self.edit.setCompleter(self._completer)
        self._popup.installEventFilter(self)
        self._search = QTimer(self, singleShot=True, interval=PAUSE)
        self._search.timeout.connect(self._look)
        if sheet.host.search_addresses is not None:
            self.edit.textEdited.connect(lambda _text: self._search.start())
        known = sheet.host.known_addresses
        self._known = {hit.label: hit for hit in (known() if known else ())}
        self.edit.installEventFilter(self)
        self._invite()

    def retranslate(self) -> None:
        """The invitation, and the button beside it."""
        self._invite()
        if self.city is not None:
            self.city.retranslate()

    def show_compact(self) -> None:
        """In a cell of a table there is only the line."""
        if self.city is not None:
            self.city.hide()
            self.city = None

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter in the open list, with nothing marked in it, takes the one address that is meant; of several it marks
        the first. A number that the list does not have stays as it is typed."""
        if watched is self.edit:
            return self._offered(event) or super().eventFilter(watched, event)
        enter = isinstance(event, QKeyEvent) and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and event.type() == QEvent.Type.KeyPress and not self._popup.currentIndex().isValid():
            if self._search.isActive():
                self._search.stop()
                self._look()  # what is listed belongs to fewer letters
            meant = [row for row, name in enumerate(self._hits) if _may_mean(self.edit.text(), name)]
            if len(meant) == 1:
                self._popup.hide()
                self._chosen(list(self._hits)[meant[0]])
            elif meant:
                self._popup.setCurrentIndex(self._completer.completionModel().index(meant[0], 0))
            if meant:
                return True
        return super().eventFilter(watched, event)

    def _invite(self) -> None:
        known = next(iter(self._known), "")
        invited = tr("Number and street; Down for {address}", address=known) if known else tr("Number and street")
        self.edit.setPlaceholderText(invited)

    def _offered(self, event: QEvent) -> bool:
        """Down in the empty line takes the address that was said already; of several it lists them."""
        down = isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Down and not event.modifiers()
        if not (down and event.type() == QEvent.Type.KeyPress and self._known) or self.edit.text():
            return False
        self._hits = dict(self._known)
        self._names.setStringList(list(self._hits))
        if len(self._hits) == 1:
            self._chosen(next(iter(self._hits)))
        else:
            self._completer.complete()
            self._popup.setCurrentIndex(self._completer.completionModel().index(0, 0))
        return True

    def _hold(self, widget: QWidget, most: int = 0) -> None:
        """The line, and below it what asks the City's geocoder."""
        if self.sheet.host.city is None:
            super()._hold(widget, most)
            return
        both = QWidget()
        column = QVBoxLayout(both)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(widget)
        self.city = AskCity(self.sheet.host.city)
        self.city.found.connect(self._show_asked)
        column.addWidget(self.city)
        super()._hold(both, most)

    def _look(self) -> None:
        text = self.edit.text().strip()
        search = self.sheet.host.search_addresses
        hits = search(text, MOST) if search and len(text) >= FEWEST else ()
        self._hits = {hit.label: hit for hit in hits}
        self._names.setStringList(list(self._hits))
        if self.city is not None:
            self.city.offer("" if hits else text)
        if self._hits and self.edit.hasFocus():
            self._completer.complete()
        else:
            self._popup.hide()

    def _chosen(self, text: str) -> None:
        hit = self._hits.get(text)
        if hit is None:
            return
        if self.city is not None:
            self.city.offer("")
        self._pause.stop()
        self._search.stop()
        self.edit.setText(hit.label)
        if text != hit.label:  # the completer puts the whole suggestion into the line once more, behind us
            QTimer.singleShot(0, self.edit, partial(self.edit.setText, hit.label))
        self.entered.emit(hit.label)
        self._fill_position(hit)

    def _show_asked(self, found: Sequence[Candidate]) -> None:
        """Offer what the City's geocoder knows, marked as its word."""
        self._hits = {tr("Geocoder {n} · {address}", address=one.label, n=round(one.score)): one for one in found}
        self._names.setStringList(list(self._hits))
        self.edit.setFocus()
        self._completer.complete()

    def _fill_position(self, hit: AddressHit) -> None:
        parent = self.node().parent
        for sibling in parent.children if parent else ():
            if kind_of(sibling) == "geopoint" and sibling.relevant and not sibling.readonly:
                self.sheet.entry.put(sibling.path, f"{hit.lat:.6f} {hit.lon:.6f} 0 0")
                return


def _may_mean(typed: str, address: str) -> bool:
    """Whether the house number, where one was typed, is the address's own: "12 King" never means 120 King St."""
    number, first = typed.split()[:1], address.split()[:1]
    return not typed.strip()[:1].isdigit() or number == first
