"""Grid: questions laid out on 12 columns, in reading order; short ones stand side by side."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QGridLayout, QWidget

from fieldapp.forms import Node
from ui.forms.blocks import block_for
from ui.forms.shape import COLUMNS, CONTAINERS, SHORT, SILENT, span, visible
from ui.forms.sheet import Sheet

MOST_TOGETHER = 4
COMPACT = SHORT | {"text", "select"}


class Grid(QWidget):
    """The questions below one node. A hidden one leaves its place empty beside others: nothing moves sideways."""

    def __init__(self, sheet: Sheet, nodes: Sequence[Node], *, compact: bool = False) -> None:
        super().__init__()
        self.sheet = sheet
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(6)
        for column in range(COLUMNS):
            self._grid.setColumnStretch(column, 1)
            self._grid.setColumnMinimumWidth(column, 1)
        self._row, self._column = 0, 0
        self._together = self._side_by_side(nodes) if compact else 0
        self.add(nodes)

    def add(self, nodes: Sequence[Node]) -> None:
        """Lay out more questions after the others."""
        for node in nodes:
            if node.kind in SILENT or not visible(node.question):
                continue
            wide = COLUMNS if node.kind in CONTAINERS or node.kind == "note" else span(node, self._together)
            self._place(block_for(self.sheet, node), wide)

    def _place(self, widget: QWidget, wide: int) -> None:
        if self._column + wide > COLUMNS:
            self._row, self._column = self._row + 1, 0
        self._grid.addWidget(widget, self._row, self._column, 1, wide)
        self._column += wide

    def _side_by_side(self, nodes: Sequence[Node]) -> int:
        """How many simple questions share one line, 0 when they do not fit on one."""
        shown = [node for node in nodes if node.kind not in SILENT]
        simple = all(node.kind in COMPACT and "multiline" not in node.question.appearance for node in shown)
        return len(shown) if simple and 1 < len(shown) <= MOST_TOGETHER else 0
