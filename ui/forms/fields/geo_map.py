"""GeoMap: the map of a question, with the words below it that say how hand and keys put points on it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from fieldapp.clock import Clock, today
from fieldapp.places import Layers
from fieldapp.texts import tr
from ui import theme
from ui.map.caption import caption
from ui.map.drawing import DrawnMap
from ui.map.projection import Point
from ui.map.trail import Trail
from ui.widgets import label

HIGH = 288  # px at scale 1


class GeoMap(QWidget):
    """`drawn` tells the Trail after each change by hand or key, `stepped` the number of the chosen point."""

    drawn = Signal(object)
    stepped = Signal(int)

    def __init__(self, layers: Layers, clock: Clock, trail: Trail) -> None:
        super().__init__()
        self._layers, self._clock = layers, clock
        self.map = DrawnMap(layers, tr("Map"), trail)
        self.map.setFixedHeight(theme.px(HIGH))
        self.map.drawn.connect(self.drawn)
        self.map.stepped.connect(self.stepped)
        self.keys = label("", "small", wrap=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.map)
        column.addWidget(self.keys)
        self.retranslate()

    def retranslate(self) -> None:
        """The caption in the corner, and the keys below."""
        self.map.say(caption(self._layers, today(self._clock)))
        if self.map.trail().most == 1:
            words = tr("Click or drag · keys: arrows move the map, Space sets the position at the cross")
        else:
            words = tr(
                "Click adds, drag moves · keys: arrows move the map, Space adds at the cross, "
                "Page ↑ ↓ choose, M moves, Delete removes"
            )
        self.keys.setText(words)

    def name(self, name: str) -> None:
        """What a screen reader says of the map: the question, and its keys."""
        self.map.setAccessibleName(tr("{name}: map", name=name))
        self.map.setAccessibleDescription(self.keys.text())

    def show_trail(self, trail: Trail) -> None:
        """Show what is answered now."""
        self.map.show_trail(trail)

    def go_to(self, point: Point) -> None:
        """Look at a place."""
        self.map.go_to(point)
