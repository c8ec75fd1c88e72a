"""NoteBox: what the form says to the person who fills it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout

from fieldapp.clock import today
from fieldapp.forms import Node
from ui import theme
from ui.days import in_words
from ui.forms.marking import rich
from ui.forms.sheet import Block, Sheet
from ui.widgets import Icon, label

_REACH = Qt.TextInteractionFlag.LinksAccessibleByMouse | Qt.TextInteractionFlag.LinksAccessibleByKeyboard


class NoteBox(Block):
    """An icon and the words on a soft ground; bold where the form says so."""

    def __init__(self, sheet: Sheet, node: Node) -> None:
        super().__init__(sheet, node.path)
        self.words = label("", "body", wrap=True)
        self.words.setTextFormat(Qt.TextFormat.RichText)
        self.words.setOpenExternalLinks(True)
        self.words.setTextInteractionFlags(_REACH)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 10, 12, 10)
        row.setSpacing(10)
        row.addWidget(Icon("info", "ink2", 18), 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.words, 1)
        sheet.register(self)
        self.refresh()

    def refresh(self) -> None:
        """Words and relevance as they are now."""
        node = self.sheet.entry.node(self.path)
        self.appear(node is not None and node.relevant)
        self.reword()

    def reword(self) -> None:
        """Its words, with the values in them."""
        node = self.sheet.entry.node(self.path)
        if node is not None and node.relevant:
            text = rich(in_words(self.sheet.session.label(node), today(self.sheet.host.clock)))
            if text != self.words.text():
                self.words.setText(text)
                self.words.setFocusPolicy(Qt.FocusPolicy.StrongFocus if "<a " in text else Qt.FocusPolicy.NoFocus)

    def retranslate(self) -> None:
        """Its words in the session's language."""
        self.reword()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """A soft ground."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(theme.role("line"))
        painter.setBrush(theme.role("bg"))
        painter.drawRoundedRect(self.rect().adjusted(0, 0, -1, -1), 7, 7)
        painter.end()
