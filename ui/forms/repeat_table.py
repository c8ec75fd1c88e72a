"""TableRepeat: the instances of a repeat as rows of a table, for a few short questions each."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from fieldapp.forms import Node
from ui.forms.repeat import RepeatBlock
from ui.forms.sheet import Sheet
from ui.forms.table_row import TableHead, TableRow


class TableRepeat(RepeatBlock):
    """With the appearance `table`. Tab goes through the fields row by row; the last button adds a row."""

    def __init__(self, sheet: Sheet, node: Node) -> None:
        self.head: TableHead | None = None
        super().__init__(sheet, node)

    def refresh(self) -> None:
        """The head comes first, once there is a row."""
        node = self.sheet.entry.node(self.path)
        if self.head is None and node is not None:
            self.head = TableHead(self.sheet, node.question.children)
            self._column.insertWidget(0, self.head)
            self._above = 1
        super().refresh()

    def reword(self) -> None:
        """The columns' names too."""
        super().reword()
        node = self.sheet.entry.node(self.path)
        if self.head is not None and node is not None:
            self.head.reword(next(iter(node.children), None))
            self.head.setVisible(bool(node.children))

    def _widget(self, node: Node, *, folded: bool) -> QWidget:  # noqa: ARG002 - a row has nothing to fold
        row = TableRow(self.sheet, node, removable=self._free)
        row.removed.connect(self.remove)
        return row
