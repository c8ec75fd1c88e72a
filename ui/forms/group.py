"""GroupBlock: a group inside a section: a small heading, its questions calmly set in; `more` opens on demand."""

from __future__ import annotations

from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from fieldapp.forms import Node
from fieldapp.texts import tr
from ui import theme
from ui.forms.grid import Grid
from ui.forms.marking import plain
from ui.forms.matrix import Matrix
from ui.forms.opener import Opener
from ui.forms.shape import SILENT, heading_of, is_matrix, kind_of, questions
from ui.forms.sheet import Block, Sheet
from ui.widgets import label
from ui.widgets.sight import bring_into_sight


class GroupBlock(Block):
    """With the appearance `more` it is closed until asked for, or while something in it is answered or wrong."""

    def __init__(self, sheet: Sheet, node: Node) -> None:
        super().__init__(sheet, node.path)
        self._more = "more" in node.question.appearance
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 4, 0, 8)
        self._column.setSpacing(8)
        self.title = label("", "heading", wrap=True)
        self.opener = Opener()
        self.opener.clicked.connect(self.toggle)
        head = QHBoxLayout()
        head.addWidget(self.opener if self._more else self.title)
        head.addStretch(1)
        self._column.addLayout(head)
        self.inside: Grid | Matrix | None = None
        self._inset = False
        sheet.register(self)
        if not self._more or self._is_used(node):
            self.open()
        self.refresh()

    def refresh(self) -> None:
        """Show or hide the whole group; its questions follow it."""
        node = self.sheet.entry.node(self.path)
        self.appear(node is not None and node.relevant)
        self.reword()

    def reword(self) -> None:
        """Its title."""
        node = self.sheet.entry.node(self.path)
        if node is None:
            return
        if isinstance(self.inside, Matrix):
            self.inside.reword()
        title = plain(self.sheet.session.label(heading_of(node)))
        if self._more:
            self.opener.show_as(title or tr("More"), is_open=self.is_open())
        elif title != self.title.text():
            self.title.setText(title)
        self.title.setVisible(bool(title) and not self._more)

    def retranslate(self) -> None:
        """Its title in the session's language."""
        self.reword()

    def is_open(self) -> bool:
        """Whether its questions are shown."""
        return self.inside is not None and not self.inside.isHidden()

    def open(self) -> None:
        """Show its questions."""
        if self.inside is None:
            node = self.sheet.session.node(self.path)
            matrix = is_matrix(node)
            self.inside = Matrix(self.sheet, node) if matrix else Grid(self.sheet, node.children)
            self._inset = not matrix and not _is_one_repeat(node)
            self.inside.setContentsMargins(theme.px(16) if self._inset else 0, 0, 0, 0)
            self._column.addWidget(self.inside)
            self.sheet.grew.emit()
        self.inside.show()
        self.reword()

    def toggle(self) -> None:
        """Open or close."""
        if self.is_open() and self.inside is not None:
            self.inside.hide()
            self.reword()
        else:
            self.open()
            bring_into_sight(self)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """A hairline at the left says what belongs together."""
        if self.inside is None or self.inside.isHidden() or not self._inset:
            return
        painter = QPainter(self)
        top, high = self.inside.y(), self.inside.height()
        painter.fillRect(self.inside.x(), top, 2, high, theme.role("line"))
        painter.end()

    def _is_used(self, node: Node) -> bool:
        """Choices often have a default, so only what was written, drawn or wrong opens the group by itself."""
        if self.sheet.read_only or any(found.path in self.sheet.reasons for found in node.walk()):
            return True
        return any((found.value and kind_of(found) != "select") or not found.valid for found in questions(node))


def _is_one_repeat(node: Node) -> bool:
    """Whether there is nothing but cards in it, which need no line of their own."""
    shown = [child for child in node.children if kind_of(child) not in SILENT]
    return len(shown) == 1 and kind_of(shown[0]) == "repeat"
