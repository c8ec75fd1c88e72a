"""PaperView: a receipt or a till report as it will be printed, with what can be done about it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QTextBrowser, QVBoxLayout, QWidget

from fieldapp.errors import FieldAppError
from fieldapp.money.papers import Paper
from fieldapp.texts import tr
from ui.counter import paper
from ui.session import Session
from ui.widgets import Button, Card, PageHeader
from ui.widgets.saving import ask_for_pdf


class PaperView(QWidget):
    """`left` asks to go back."""

    left = Signal()

    def __init__(self, session: Session, aside: QWidget) -> None:
        """`aside` stands beside the page, where it is shown."""
        super().__init__()
        self._session = session
        self._paper: Paper | None = None
        self._html = ""
        self.printing = Button(tr("Print"), icon="printer")
        self.saving = Button(tr("Save as PDF"), icon="download")
        self.back = Button(tr("Back to the till"), "primary", hint="Esc")
        self.head = PageHeader("", "", (self.saving, self.printing, self.back))
        self.sheet = QTextBrowser()
        self.sheet.setAccessibleName(tr("The page as it is printed"))
        self.sheet.setOpenLinks(False)
        self.sheet.setTabChangesFocus(True)
        card = Card(padding=16)
        card.body.addWidget(self.sheet)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(16)
        column.addWidget(self.head)
        row = QHBoxLayout()
        row.setSpacing(16)
        row.addWidget(card, 2)
        row.addWidget(aside, 1)
        column.addLayout(row, 1)
        self.printing.clicked.connect(self._print)
        self.saving.clicked.connect(self._ask_where)
        self.back.clicked.connect(self.left)

    def show_paper(self, shown: Paper, page: str, about: str) -> None:
        """Show a page as HTML, in whatever language; `about` says where it stands."""
        self._paper, self._html = shown, page
        self.head.say(f"{shown.title} {shown.number}", about)
        self.sheet.setHtml(page)

    def save_pdf(self, path: Path) -> None:
        """Keep it as a PDF. Raises DiskError."""
        if self._paper is not None:
            paper.save_pdf(self._html, path, self._paper.number)

    def _print(self) -> None:
        if self._paper is None:
            return
        if paper.print_page(self._html):
            self._session.say(tr("Sent to the printer"))
        else:
            self._session.say(tr("This laptop has no printer. Save it as PDF instead."))

    def _ask_where(self) -> None:
        if self._paper is None:
            return
        if chosen := ask_for_pdf(self, self._paper.number):
            try:
                self.save_pdf(chosen)
            except FieldAppError as error:
                self._session.say(str(error))
                return
            self._session.say(tr("Saved as {name}", name=chosen.name))
