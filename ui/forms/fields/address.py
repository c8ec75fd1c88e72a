"""An address, completed while it is typed from the City's own list; the position beside it is filled with it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QStringListModel, QTimer
from PySide6.QtWidgets import QCompleter

from fieldapp.forms import Node
from fieldapp.texts import tr
from ui.forms.fields.suggestions import Suggestions
from ui.forms.fields.text import TextField
from ui.forms.host import AddressHit
from ui.forms.shape import kind_of
from ui.forms.sheet import Sheet

PAUSE, FEWEST, MOST = 60, 3, 8  # ms without typing; letters; addresses offered


class AddressField(TextField):
    """A free line: an address that is not in the list is an answer too, and the form may ask where it is."""

    def __init__(self, sheet: Sheet, node: Node) -> None:
        super().__init__(sheet, node)
        self._hits: Sequence[AddressHit] = ()
        self._names = QStringListModel(self)
        self._completer = QCompleter(self._names, self)
        self._completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        self._completer.activated.connect(self._chosen)
        self._popup = Suggestions(tr("Addresses found"))
        self._popup.serve(self._completer)
        self.edit.setCompleter(self._completer)
        self._search = QTimer(self, singleShot=True, interval=PAUSE)
        self._search.timeout.connect(self._look)
        if sheet.host.search_addresses is not None:
            self.edit.textEdited.connect(lambda _text: self._search.start())
        self.edit.setPlaceholderText(tr("Number and street"))

    def retranslate(self) -> None:
        """The invitation."""
        self.edit.setPlaceholderText(tr("Number and street"))

    def _look(self) -> None:
        text = self.edit.text().strip()
        search = self.sheet.host.search_addresses
        self._hits = search(text, MOST) if search and len(text) >= FEWEST else ()
        self._names.setStringList([hit.label for hit in self._hits])
        if self._hits and self.edit.hasFocus():
            self._completer.complete()
        else:
            self._popup.hide()

    def _chosen(self, text: str) -> None:
        hit = next((hit for hit in self._hits if hit.label == text), None)
        if hit is None:
            return
        self._pause.stop()
        self._search.stop()
        self.edit.setText(hit.label)
        self.entered.emit(hit.label)
        self._fill_position(hit)

    def _fill_position(self, hit: AddressHit) -> None:
        parent = self.node().parent
        for sibling in parent.children if parent else ():
            if kind_of(sibling) == "geopoint" and sibling.relevant and not sibling.readonly:
                self.sheet.entry.put(sibling.path, f"{hit.lat:.6f} {hit.lon:.6f} 0 0")
                return
