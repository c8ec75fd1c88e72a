"""Papers: what may be issued about a record and what is filed with it, as it looks; save, print, issue."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from fieldapp.actions.issuing import filed, issue, paper_bytes, papers
from fieldapp.errors import FieldAppError
from fieldapp.records import Record
from fieldapp.texts import language, tr
from ui import theme
from ui.choosing import where_to_save_pdf
from ui.printing import print_out
from ui.records.pdf_pages import pages_of
from ui.records.pdf_view import SCREEN_DPI, PdfView
from ui.session import Session
from ui.widgets import Beside, Button, EmptyState, ListCard, Row
from ui.widgets.flow import flowing

ROWS = 4  # of the list that are seen at once
LEFT = 320  # px at scale 1: the list
OFFERED, FILED = "offered:", "filed:"
HEALTH = "P4"  # records whose papers go through no print queue


class Papers(QWidget):
    """A list, and below it the pages of the chosen paper. Nothing is made before somebody chooses."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._record: Record | None = None
        self._pdf = b""
        self.list = ListCard(tr("Papers"), flat=True)
        self.list.chosen.connect(self._show)
        self.list.opened.connect(self._show)
        self.issuing = Button(tr("Issue and file"), "primary", icon="file-check")
        self.saving = Button(tr("Save as PDF"), icon="download")
        self.printing = Button(tr("Print"), icon="printer")
        self.pages = PdfView(margins=(12, 0, 12, 12))
        self._lay_out()
        self.issuing.clicked.connect(self._issue)
        self.saving.clicked.connect(self._ask_where)
        self.printing.clicked.connect(self._print)

    def show_record(self, record: Record) -> None:
        """List the papers of a record; the one that is looked at stays, as long as it is the same."""
        same = self._record is not None and self._record.id == record.id
        self._record = record
        chosen = self.list.current() if same else ""
        self.list.show_rows(self._rows(record))
        self.list.fit(ROWS)
        if not same or not chosen:
            self._nothing()
        elif chosen:
            self.list.choose(chosen)

    def look_at(self, paper: str) -> None:
        """Show a paper that may be issued; Enter prints it."""
        self.list.choose(OFFERED + paper)
        if self.list.current() == OFFERED + paper:
            self._show(OFFERED + paper)
            self.printing.setFocus()

    def save(self, path: Path) -> None:
        """Write the paper that is shown. OSError where that fails."""
        path.write_bytes(self._pdf)

    def _lay_out(self) -> None:
        """What there is at the left, and beside it, as high as there is room, how it looks."""
        choice = QWidget()
        choice.setMinimumWidth(theme.px(LEFT))
        column = QVBoxLayout(choice)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(self.list)
        column.addWidget(flowing(self.saving, self.printing, self.issuing))
        beside = Beside()
        beside.addWidget(choice, 0, Qt.AlignmentFlag.AlignTop)
        beside.addWidget(self.pages, 1)
        around = QVBoxLayout(self)
        around.setContentsMargins(12, 12, 12, 12)
        around.addLayout(beside)
        self._nothing()

    def _rows(self, record: Record) -> list[Row]:
        if record.service not in self._session.catalogue:
            return []
        offered = papers(self._session.desk, record)
        titles = {rule.id: rule.title.text(language()) for rule in offered}
        service = self._session.desk.service_of(record)
        titles |= {rule.id: rule.title.text(language()) for rule in service.papers}
        titles["filled"] = tr("Filled form, as it came")
        kept, chip = filed(record), (tr("Filed"), "ok")
        there = {paper for paper, _ in kept}
        rows = [
            Row(FILED + sha256, titles.get(paper, paper), tr("As it was issued"), icon="file-check", chip=chip)
            for paper, sha256 in kept
        ]
        for one in offered:
            said = tr("Issue it anew, as things stand now") if one.id in there else tr("Not filed yet")
            rows.append(Row(OFFERED + one.id, titles[one.id], said, icon="file-text"))
        return rows

    def _show(self, chosen: str) -> None:
        """Make or read the chosen paper, and show its pages."""
        record = self._record
        if record is None or not chosen:
            return
        try:
            self._pdf = self._session.saved(self._made(record, chosen))
            shown = self._session.saved(partial(pages_of, self._pdf, SCREEN_DPI))
        except FieldAppError as error:
            self._nothing()
            self._session.say(str(error))
            return
        self.pages.show_pages(shown)
        health = self._session.desk.service_of(record).privacy.class_ == HEALTH
        self.saving.setEnabled(True)
        self.printing.setEnabled(not health)
        if self.issuing.hasFocus() and not chosen.startswith(OFFERED):
            (self.saving if health else self.printing).setFocus()  # else it fell to whatever comes next: voiding
        self.issuing.setEnabled(chosen.startswith(OFFERED))

    def _made(self, record: Record, chosen: str) -> Callable[[], bytes]:
        if chosen.startswith(FILED):
            return partial(self._session.store.blobs.read, chosen.removeprefix(FILED))
        return partial(paper_bytes, self._session.desk, record, chosen.removeprefix(OFFERED))

    def _nothing(self) -> None:
        self._pdf = b""
        words = tr("Choose one to see it as it is printed.")
        self.pages.show_instead(EmptyState("file-text", tr("No paper is open"), words))
        for button in (self.saving, self.printing, self.issuing):
            button.setEnabled(False)

    def _issue(self) -> None:
        """File the paper with the record; then the filed one is what is looked at."""
        record, chosen = self._record, self.list.current()
        if record is None or not chosen.startswith(OFFERED):
            return
        verb = partial(issue, self._session.desk, record.id, chosen.removeprefix(OFFERED))
        try:
            kept = self._session.saved(verb)
        except FieldAppError as error:
            self._session.say(str(error))
            return
        now = self._session.store.record(record.id)
        if now is not None:
            self.show_record(now)
            self.list.choose(FILED + kept.sha256)
            self._show(FILED + kept.sha256)
        self._session.say(tr("Issued, and filed with the record. The City gets the same file."))

    def _print(self) -> None:
        if self._pdf:
            print_out(self._session, self._pdf)

    def _ask_where(self) -> None:
        if self._record is None:
            return
        if chosen := where_to_save_pdf(self._session, self, self._record.reference):  # a reference names nobody
            self._try_saving(chosen)

    def _try_saving(self, path: Path) -> None:
        try:
            self.save(path)
        except OSError:
            self._session.say(tr("The file could not be written to {folder}.", folder=path.parent))
            return
        self._session.say(tr("Saved as {name}", name=path.name))
