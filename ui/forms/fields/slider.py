"""A range on a ruler: the number stands beside it. Nothing is answered until a person chooses a place."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from fieldapp.forms import Node
from fieldapp.texts import tr
from ui import theme
from ui.forms.fields.base import WIDE, Field
from ui.forms.fields.ruler import Ruler
from ui.forms.fields.scale import Scale, scale_of
from ui.forms.sheet import Sheet
from ui.forms.words import amount
from ui.widgets import label

READ = 72  # px at scale 1: room for the number


class SliderField(Field):
    """`vertical` stands upright, `no-ticks` is a bare line; a list of choices names the ticks."""

    def __init__(self, sheet: Sheet, node: Node) -> None:
        super().__init__(sheet, node)
        self.scale: Scale = scale_of(node.question.extra)
        look = node.question.appearance
        way = Qt.Orientation.Vertical if "vertical" in look else Qt.Orientation.Horizontal
        ticks = [] if "no-ticks" in look else self.scale.ticks()
        self.ruler = Ruler(way, self.scale.count, ticks=ticks, ghost=self.scale.ghost)
        self.ruler.chosen.connect(self._chosen)
        self.words = label("", "heading")
        self.words.setMinimumWidth(theme.px(READ))
        upright = way == Qt.Orientation.Vertical
        self._row.setSpacing(16)
        self._row.addWidget(self.ruler, 0 if upright else 1, Qt.AlignmentFlag.AlignTop)
        self._row.addWidget(self.words, 0, Qt.AlignmentFlag.AlignVCenter if upright else Qt.AlignmentFlag.AlignTop)
        self._row.addStretch(1 if upright else 0)
        if not upright:
            self.ruler.setMaximumWidth(theme.px(WIDE - READ))
            self.words.setFixedHeight(theme.px(theme.CONTROL))
        self.show_node(node)

    def target(self) -> QWidget:
        """The ruler."""
        return self.ruler

    def show_node(self, node: Node) -> None:
        """Show the number."""
        self.ruler.show_labels(self._labels(node))
        self.ruler.show_place(self.scale.place(node.value))
        self.words.setText(amount(node) if node.value else "–")
        self.ruler.setToolTip("" if node.value else tr("Choose a place on the line"))

    def retranslate(self) -> None:
        """The ticks' words, and the number's comma."""
        self.show_node(self.node())

    def mark(self, wrong: bool) -> None:
        """The message below says it."""

    def _chosen(self, place: int) -> None:
        self.entered.emit(self.scale.written(place) if place >= 0 else "")

    def _labels(self, node: Node) -> dict[int, str]:
        """The words that name places; without any, the numbers at both ends."""
        marks = self.sheet.session.marks(node)
        named = {place: mark.label for mark in marks if (place := self.scale.place(mark.name)) is not None}
        ends = (0, self.scale.count)
        return named or {place: amount(node, self.scale.written(place)) for place in ends}
