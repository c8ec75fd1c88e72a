"""The help sheet: one text over the window, with ways to others. Escape closes it, and the focus is where it was."""

from __future__ import annotations

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QFont, QTextBlock, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QDialog, QHBoxLayout, QTextBrowser, QVBoxLayout, QWidget

from fieldapp.helping import article
from fieldapp.texts import tr
from ui import theme
from ui.widgets import Button, label

WIDTH, HIGH = 640, 620
SCHEME = "help"  # of links from one article to another


class HelpSheet(QDialog):
    """Shows a title and Markdown. A link to another article opens that one here."""

    def __init__(self, over: QWidget, title: str, text: str) -> None:
        super().__init__(over)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("Help"))
        self.resize(theme.px(WIDTH), theme.px(HIGH))
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(12)
        self.title = label("", "heading", wrap=True)
        self.text = QTextBrowser()
        self.text.setObjectName("Help")
        self.text.setOpenLinks(False)
        self.text.anchorClicked.connect(self._follow)
        column.addWidget(self.title)
        column.addWidget(self.text, 1)
        close = Button(tr("Close"), "primary", hint="Esc", shortcut="Shift+F1")
        close.clicked.connect(self.accept)
        foot = QHBoxLayout()
        foot.addWidget(label(tr("More help: Ctrl+K, and a word of what you look for."), "small", wrap=True), 1)
        foot.addWidget(close)
        column.addLayout(foot)
        self.say(title, text)

    def say(self, title: str, text: str) -> None:
        """Show something else."""
        self.title.setText(title)
        self.text.setAccessibleName(title)
        self.text.setFont(theme.font())
        self.text.setMarkdown(text)
        self._space()
        self.text.setFocus()

    def _space(self) -> None:
        """Room between paragraphs, more of it above a heading: Markdown comes without any."""
        block = self.text.document().begin()
        while block.isValid():
            shape = block.blockFormat()
            shape.setTopMargin(theme.px(14 if shape.headingLevel() else 4))
            shape.setBottomMargin(theme.px(4))
            cursor = QTextCursor(block)
            cursor.setBlockFormat(shape)
            if shape.headingLevel():
                cursor.select(QTextCursor.SelectionType.BlockUnderCursor)
                cursor.mergeCharFormat(_strong())
            self._lighten(block)
            block = block.next()

    def _lighten(self, block: QTextBlock) -> None:
        """What is bold in our weight: another is not there, and would be smeared."""
        there, bold = block.begin(), QTextCharFormat()
        bold.setFontWeight(QFont.Weight.DemiBold)
        cursor = QTextCursor(block)
        heavy = []
        while not there.atEnd():
            piece = there.fragment()
            if piece.charFormat().fontWeight() > QFont.Weight.DemiBold:
                heavy.append((piece.position(), piece.position() + piece.length()))
            there += 1
        for start, end in heavy:
            cursor.setPosition(start)
            cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
            cursor.mergeCharFormat(bold)

    def _follow(self, link: QUrl) -> None:
        found = article(link.path()) if link.scheme() == SCHEME else None
        if found is not None:
            self.say(found.title, found.text)


def _strong() -> QTextCharFormat:
    """A heading as the rest of the program has it: bold, and not larger than the text."""
    made = QTextCharFormat()
    made.setFont(theme.font(bold=True))
    return made
