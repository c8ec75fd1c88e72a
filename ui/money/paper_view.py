"""PaperView: a receipt or a till report as it will be printed, with what can be done about it."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from fieldapp.actions.issuing import issue, paper_bytes
from fieldapp.errors import FieldAppError
from fieldapp.records import Record
from fieldapp.texts import tr
from ui.choosing import where_to_save_pdf
from ui.printing import print_out
from ui.records.pdf_file import write_pdf
from ui.records.pdf_pages import pages_of
from ui.records.pdf_view import SCREEN_DPI, PdfView
from ui.session import Session
from ui.widgets import Beside, Button, Card, EmptyState, PageHeader


class PaperView(QWidget):
    """Shows a record's paper. What is printed or saved is issued with it: the very bytes are filed with the record.

    `left` asks to go back."""

    left = Signal()

    def __init__(self, session: Session, aside: QWidget) -> None:
        """`aside` stands beside the page, where it is shown."""
        super().__init__()
        self._session, self.aside = session, aside
        self._record: Record | None = None
        self._paper, self._lang, self.file = "", "", ""
        self.printing = Button(tr("Print"), icon="printer", hint="Ctrl P")
        self.saving = Button(tr("Save as PDF"), icon="download")
        self.back = Button(tr("Back to the till"), "primary", hint="Esc")
        self.head = PageHeader("", "", (self.saving, self.printing, self.back))
        self.pages = PdfView(margins=(12, 12, 12, 12))
        self.pages.setAccessibleName(tr("The page as it is printed"))
        card = Card(padding=0)
        card.body.addWidget(self.pages)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(16)
        column.addWidget(self.head)
        row = Beside()
        row.addWidget(card, 2)
        row.addWidget(aside, 1)
        column.addLayout(row, 1)
        self.printing.clicked.connect(self.print_it)
        self.saving.clicked.connect(self._ask_where)
        self.back.clicked.connect(self.left)

    def show_paper(
        self, record: Record, paper_id: str, title: str, about: str, *, lang: str = "", file: str = ""
    ) -> None:
        """Show a paper of a record; `about` says where the record stands. Says why, where it cannot be made. It is in
        `lang`, else in the record's own language, and is saved as `file`, else by the reference: both name nobody."""
        self._record, self._paper, self._lang, self.file = record, paper_id, lang, file or record.reference
        self.head.say(title, about)
        try:
            pdf = self._session.saved(partial(paper_bytes, self._session.desk, record, paper_id, lang=lang))
            pages = self._session.saved(partial(pages_of, pdf, SCREEN_DPI))
        except FieldAppError as error:
            self.pages.show_instead(EmptyState("file-text", tr("No paper is open"), str(error)))
            self._allow(False)
            return
        self.pages.show_pages(pages)
        self._allow(True)

    def save_pdf(self, path: Path) -> None:
        """Issue it, and keep the file that is filed. DiskError where it cannot be written, and what `issue` raises."""
        write_pdf(self._issued(), path)

    def _issued(self) -> bytes:
        """The bytes that are filed with the record, now or earlier."""
        if self._record is None:
            return b""
        kept = self._session.saved(partial(issue, self._session.desk, self._record.id, self._paper, lang=self._lang))
        return self._session.store.blobs.read(kept.sha256)

    def _allow(self, possible: bool) -> None:
        self.printing.setEnabled(possible)
        self.saving.setEnabled(possible)

    def print_it(self) -> None:
        """Issue it and print it; what forbids it is said."""
        if not self.printing.isEnabled():
            return
        try:
            paper = self._issued()
        except FieldAppError as error:
            self._session.say(str(error))
            return
        print_out(self._session, paper)

    def _ask_where(self) -> None:
        if self._record is None:
            return
        if chosen := where_to_save_pdf(self._session, self, self.file):
            try:
                self.save_pdf(chosen)
            except FieldAppError as error:
                self._session.say(str(error))
                return
            self._session.say(tr("Saved as {name}", name=chosen.name))
