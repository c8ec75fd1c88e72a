"""Tiles in their arrangement: the choices of one question, made anew only when there are others."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QApplication, QButtonGroup, QLayout, QVBoxLayout, QWidget

from fieldapp.forms import Choice
from ui.forms.fields.arrangement import Arrangement
from ui.forms.fields.lattice import Lattice
from ui.forms.fields.tile import CheckTile, RadioTile, Tile
from ui.widgets.flow import Flow

Picture = Callable[[str], QPixmap]


class Tiles(QWidget):
    """`clicked` tells that a choice was checked or unchecked, `taken` that one was meant (for `quick`)."""

    clicked = Signal(str)
    taken = Signal()

    def __init__(self, *, several: bool, picture: Picture) -> None:
        super().__init__()
        self._several, self._picture = several, picture
        self._group = QButtonGroup(self)  # radio buttons exclude each other
        self._shape = Arrangement()
        self._choices: list[Choice] = []
        self._names = ("", "")
        self.tiles: dict[str, Tile] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._inside = QWidget()
        self._column.addWidget(self._inside)

    def show_choices(self, choices: Sequence[Choice], shape: Arrangement) -> None:
        """Show these; the same ones keep their tiles and change their words."""
        same = [(item.name, item.image) for item in choices] == [(item.name, item.image) for item in self._choices]
        self._choices = list(choices)
        if not same or shape != self._shape or not self.tiles:
            self._shape = shape
            self._rebuild()
        for item in choices:
            if self.tiles[item.name].text() != item.label:
                self.tiles[item.name].setText(item.label)
                self.tiles[item.name].updateGeometry()
        self.name(*self._names)

    def check(self, chosen: set[str]) -> None:
        """Show what is chosen, without telling it."""
        self._group.setExclusive(False)
        for name, tile in self.tiles.items():
            if tile.isChecked() != (name in chosen):
                tile.setChecked(name in chosen)
        self._group.setExclusive(True)

    def chosen(self) -> list[str]:
        """The names that are checked, in the list's order."""
        return [name for name, tile in self.tiles.items() if tile.isChecked()]

    def stop(self) -> QWidget:
        """Where the focus goes: to what is chosen, else to the first."""
        found = None if self._several else next((tile for tile in self.tiles.values() if tile.isChecked()), None)
        return found or next(iter(self.tiles.values()), self)

    def name(self, name: str, description: str) -> None:
        """Each choice says the question too."""
        self._names = (name, description)
        for tile in self.tiles.values():
            tile.setAccessibleName(f"{name}: {tile.text()}" if name else tile.text())
            tile.setAccessibleDescription(description)

    def _rebuild(self) -> None:
        focus = QApplication.focusWidget()
        had_focus = focus is not None and self.isAncestorOf(focus)
        old, self._inside = self._inside, QWidget()
        self.tiles = {item.name: self._tile(item) for item in self._choices}
        layout = self._layout()
        for tile in self.tiles.values():
            layout.addWidget(tile)
        self._inside.setLayout(layout)
        self._column.replaceWidget(old, self._inside)
        if had_focus:
            self.stop().setFocus()
        old.hide()
        old.deleteLater()

    def _tile(self, item: Choice) -> Tile:
        kind = CheckTile if self._several else RadioTile
        tile = kind(item.label, card=self._shape.cards, bare=self._shape.bare)
        tile.clicked.connect(lambda: self.clicked.emit(item.name))
        if isinstance(tile, RadioTile):
            self._group.addButton(tile)
            tile.taken.connect(self.taken)
        if item.image:
            tile.show_picture(self._picture(item.image))
        return tile

    def _layout(self) -> QLayout:
        shape = self._shape
        if shape.packed:
            return Flow(8)
        if shape.cards:
            return Lattice(shape.columns)
        return Lattice(shape.columns, across=24, between=2, down=True)

    def sizeHint(self) -> QSize:
        """What the choices ask for."""
        return self._column.sizeHint()
