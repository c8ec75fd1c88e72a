"""The wards on the map, the darker the more open work they have; each says how much. A click chooses the ward."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtGui import QPainter, QPen

from fieldapp.places import Layers
from fieldapp.texts import tr
from ui import theme
from ui.map.ground import path_of
from ui.map.projection import Point, View
from ui.map.view import MapView

LEAST, MOST = 30, 150  # of 255: how dense the colour is for the fewest and the most


class WardMap(MapView):
    """`ward_picked` tells the two digits of a clicked ward."""

    ward_picked = Signal(str)

    def __init__(self, layers: Layers) -> None:
        super().__init__(layers, tr("Map of the wards; the table below says the same"))
        self._counts: Mapping[str, float] = {}
        self._ward = ""
        self.pointed.connect(self._pick)

    def show_counts(self, counts: Mapping[str, float]) -> None:
        """How much there is in each ward."""
        self._counts = counts
        self.update()

    def choose_ward(self, ward: str) -> None:
        """Frame the ward of the line that is current in the table."""
        self._ward = ward
        self.update()

    def _pick(self, point: Point) -> None:
        ward, _rural = self._layers.wards_at(point.lat, point.lon)
        if ward:
            self.ward_picked.emit(ward)

    def _paint_over(self, painter: QPainter, view: View) -> None:
        most = max(self._counts.values(), default=0) or 1
        for ward in self._layers.outlines("wards", view.box(), view.degrees_a_pixel):
            count = self._counts.get(ward.code, 0)
            colour = theme.role("pri")
            colour.setAlpha(round(LEAST + (MOST - LEAST) * count / most) if count else 0)
            painter.setBrush(colour)
            painter.setPen(QPen(theme.role("pri"), 3 if ward.code == self._ward else 0.6))
            painter.drawPath(path_of(ward, view))
        super()._paint_names(painter, view)

    def _paint_names(self, painter: QPainter, view: View) -> None:
        """Not below the colours: `_paint_over` has them above."""

    def _notes(self) -> Mapping[str, str]:
        return {ward: f"{count:.12g}" for ward, count in self._counts.items() if count}
