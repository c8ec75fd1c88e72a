"""Grid: questions laid out on 12 columns, in reading order; short ones stand side by side."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from fieldapp.forms import Node
from ui.forms.blocks import block_for
from ui.forms.box import QuestionBox
from ui.forms.shape import COLUMNS, CONTAINERS, SHORT, SILENT, kind_of, span, visible
from ui.forms.sheet import Sheet

MOST_TOGETHER = 4
LONG = 12  # questions
COMPACT = SHORT | {"text", "select"}
WHOLE = CONTAINERS | {"note"}
ROOMY = frozenset({"multiline", "segmented"})  # what needs the whole width, beside nothing else
PAIRS = {("text", "short"): (8, 4), ("select", "short"): (8, 4), ("image", "text"): (6, 6)}  # side by side in a card


class Grid(QWidget):
    """The questions below one node. A hidden one leaves its place empty beside others: nothing moves sideways."""

    def __init__(self, sheet: Sheet, nodes: Sequence[Node], *, compact: bool = False) -> None:
        super().__init__()
        self.sheet = sheet
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(12)
        for column in range(COLUMNS):
            self._grid.setColumnStretch(column, 1)
            self._grid.setColumnMinimumWidth(column, 1)
        self._row, self._column = 0, 0
        self._last: QWidget | None = None
        self._start = 0  # the last one's column
        self._compact = compact
        self._blocks: list[tuple[QWidget, int, int]] = []
        sheet.narrowed.connect(self._lay_out_again)
        self.add(nodes)

    def add(self, nodes: Sequence[Node]) -> None:
        """Lay out more questions after the others."""
        shown = [node for node in nodes if kind_of(node) not in SILENT and visible(node.question)]
        for node, (wide, narrow) in zip(shown, self._widths(shown), strict=True):
            widget = block_for(self.sheet, node)
            self._blocks.append((widget, wide, narrow))
            self._place(widget, narrow if self.sheet.narrow else wide)

    @property
    def is_long(self) -> bool:
        """Whether the next question had better begin another grid: all of one are laid out again for each of them."""
        enough = len(self._blocks) >= LONG and self._column >= COLUMNS
        return enough or len(self._blocks) >= 2 * LONG

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Controls side by side stand at one height, also where the words of one need two lines."""
        super().resizeEvent(event)
        rows: dict[int, list[QuestionBox]] = {}  # by where they stand
        for block, _wide, _narrow in self._blocks:
            if isinstance(block, QuestionBox) and not block.isHidden():
                rows.setdefault(block.y(), []).append(block)
        for boxes in rows.values():
            for box in boxes:
                box.label.setMinimumHeight(0)
            if len(boxes) > 1:
                highest = max(box.label.heightForWidth(box.width()) for box in boxes)
                for box in boxes:
                    box.label.setMinimumHeight(highest)

    def _lay_out_again(self) -> None:
        for widget, _wide, _narrow in self._blocks:
            self._grid.removeWidget(widget)
        self._row, self._column, self._last = 0, 0, None
        for widget, wide, narrow in self._blocks:
            self._place(widget, narrow if self.sheet.narrow else wide)

    def _widths(self, nodes: Sequence[Node]) -> list[tuple[int, int]]:
        """How many columns each takes, and how many where there is little room."""
        together = _side_by_side(nodes) if self._compact else 0
        widths = [COLUMNS if kind_of(node) in WHOLE else span(node, together) for node in nodes]
        narrow = [COLUMNS if together else wide for wide in widths]
        for number in range(len(nodes) - 1 if self._compact and not together else 0):
            pair = PAIRS.get((kind_of(nodes[number]), _length(nodes[number + 1])))
            roomy = any(ROOMY & one.question.appearance for one in nodes[number : number + 2])
            if pair and widths[number] == COLUMNS and not roomy:
                widths[number], widths[number + 1] = pair
        return list(zip(widths, narrow, strict=True))

    def _place(self, widget: QWidget, wide: int) -> None:
        if self._column + wide > COLUMNS:
            self._fill_row()
            self._row, self._column = self._row + 1, 0
        self._grid.addWidget(widget, self._row, self._column, 1, wide)
        self._last, self._start = widget, self._column
        self._column += wide

    def _fill_row(self) -> None:
        """The last question of a row has the rest of it for its hint; its control keeps its own width."""
        if self._last is not None and self._column < COLUMNS:
            self._grid.addWidget(self._last, self._row, self._start, 1, COLUMNS - self._start)


def _side_by_side(nodes: Sequence[Node]) -> int:
    """How many simple questions share one line, 0 when they do not fit on one."""
    simple = all(kind_of(node) in COMPACT and "multiline" not in node.question.appearance for node in nodes)
    return len(nodes) if simple and 1 < len(nodes) <= MOST_TOGETHER else 0


def _length(node: Node) -> str:
    return "short" if kind_of(node) in SHORT else kind_of(node)
