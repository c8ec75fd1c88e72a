"""The audit trail of a record on this laptop: its Changes with their places in the journal's chain, and the chain
checked before one's eyes: every payload against its hash, every hash against the link before it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from fieldapp.records import Record
from fieldapp.store import ChainReport, Entry
from fieldapp.texts import plural, tr
from ui.records import history
from ui.records.answers import Reader
from ui.session import Session
from ui.widgets import Button, ListCard, label
from ui.widgets.labels import line, set_tone


class Trail(QWidget):
    """The history, and below it what the check found. Another record asks for another check."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._record = ""
        self._links: tuple[int, ...] = ()
        self.list = ListCard(tr("History"), flat=True)
        self.check = Button(tr("Check the chain"), icon="badge-check")
        self.words = label("", "small", wrap=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.list, 1)
        column.addWidget(line())
        foot = QHBoxLayout()
        foot.setContentsMargins(20, 10, 20, 12)
        foot.setSpacing(12)
        foot.addWidget(self.words, 1)
        foot.addWidget(self.check)
        column.addLayout(foot)
        self.check.clicked.connect(self._check)

    def show_record(self, record: Record, reader: Reader, entries: list[Entry]) -> None:
        """Show its Changes; what was found before stays said while the Changes are the same."""
        links = tuple(entry.seq for entry in entries if entry.seq)
        if (record.id, links) != (self._record, self._links):
            self._record, self._links = record.id, links
            self._say(_about(links), "ink2")
        self.list.show_rows(history.rows(self._session, record, reader, entries))
        self.check.setVisible(bool(links))

    def _check(self) -> None:
        self._say(tr("Checking…"), "ink2")
        self.check.setEnabled(False)
        self._session.bridge.work(self._session.store.verify_chain, self._checked)

    def _checked(self, outcome: ChainReport | BaseException) -> None:
        self.check.setEnabled(True)
        if isinstance(outcome, BaseException):
            self._say(str(outcome), "bad")
        else:
            self._say(*found(outcome, self._links))

    def _say(self, words: str, tone: str) -> None:
        self.words.setText(words)
        self.words.setAccessibleName(words)
        set_tone(self.words, tone)


def found(report: ChainReport, links: Sequence[int]) -> tuple[str, str]:
    """What a check says of the record whose Changes have these places: words and the role of their colour."""
    if report.whole:
        holds = plural(report.links, "{n} link holds", "{n} links hold")
        return tr("The chain is whole: {holds}. Nothing was altered, taken out or cut off.", holds=holds), "ok"
    where = tr("The chain does not hold after link {n}: {fault}.", n=report.links, fault=report.fault)
    if links and max(links) <= report.links:
        return f"{where} {tr('All changes of this record lie before that and are as they were written.')}", "warn"
    return f"{where} {tr('Changes of this record may not be as they were written. Tell IT before you decide.')}", "bad"


def _about(links: Sequence[int]) -> str:
    if not links:
        return tr("No change of this record was sealed on this laptop; what others did is in the City's history.")
    places = ", ".join(map(str, links))
    return plural(len(links), "{n} change, at link {places}", "{n} changes, at links {places}", places=places)
