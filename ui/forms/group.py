"""GroupBlock: a group inside a section: a small heading, its questions calmly set in; `more` opens on demand."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QVBoxLayout

from fieldapp.forms import Node
from fieldapp.texts import tr
from ui import theme
from ui.forms.grid import Grid
from ui.forms.shape import questions
from ui.forms.sheet import Block, Sheet
from ui.forms.words import plain
from ui.widgets import Button, label


class GroupBlock(Block):
    """With the appearance `more` it is closed until asked for, or while something in it is answered or wrong."""

    def __init__(self, sheet: Sheet, node: Node) -> None:
        super().__init__(sheet, node.path)
        self._more = "more" in node.question.appearance
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 4, 0, 8)
        self._column.setSpacing(8)
        self.title = label("", "heading", wrap=True)
        self.opener = Button("", "quiet", icon="chevron-right")
        self.opener.clicked.connect(self.toggle)
        self._column.addWidget(self.opener if self._more else self.title)
        self.inside: Grid | None = None
        sheet.register(self)
        if not self._more or self._is_used(node):
            self.open()
        self.refresh()

    def refresh(self) -> None:
        """Show or hide the whole group; its questions follow it."""
        node = self.sheet.entry.node(self.path)
        self.setVisible(node is not None and node.relevant)
        self.reword()

    def reword(self) -> None:
        """Its title."""
        node = self.sheet.entry.node(self.path)
        if node is None:
            return
        title = plain(self.sheet.session.label(node))
        if self._more:
            self._show_opener(title or tr("More"))
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
            self.inside = Grid(self.sheet, node.children)
            self.inside.setContentsMargins(theme.px(16), 0, 0, 0)
            self._column.addWidget(self.inside)
        self.inside.show()
        self.reword()

    def toggle(self) -> None:
        """Open or close."""
        if self.is_open() and self.inside is not None:
            self.inside.hide()
            self.reword()
        else:
            self.open()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """A hairline at the left says what belongs together."""
        if self.inside is None or self.inside.isHidden():
            return
        painter = QPainter(self)
        top, high = self.inside.y(), self.inside.height()
        painter.fillRect(self.inside.x(), top, 2, high, theme.role("line"))
        painter.end()

    def _show_opener(self, title: str) -> None:
        icon = "chevron-down" if self.is_open() else "chevron-right"
        self.opener.show_as(title, icon=icon)
        state = tr("open") if self.is_open() else tr("closed")
        self.opener.setAccessibleName(f"{title}, {state}")
        self.opener.setCursor(Qt.CursorShape.PointingHandCursor)

    def _is_used(self, node: Node) -> bool:
        """Choices often have a default, so only what was written, drawn or wrong opens the group by itself."""
        if self.sheet.read_only or any(found.path in self.sheet.reasons for found in node.walk()):
            return True
        return any((found.value and found.kind != "select") or not found.valid for found in questions(node))
