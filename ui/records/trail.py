"""The audit trail of a record: its Changes with their places in the journal's chain, and the chain checked before one's
eyes; what everybody else did, asked of the City with its proof; all of it on paper."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from fieldapp.clock import stamp, today
from fieldapp.errors import FieldAppError
from fieldapp.records import Record
from fieldapp.store import ChainReport, Entry
from fieldapp.texts import plural, tr
from ui.choosing import where_to_save_pdf
from ui.days import whole_moment
from ui.records import city_trail, history
from ui.records.answers import Reader
from ui.records.pdf_file import write_pdf
from ui.session import Session
from ui.widgets import Button, ListCard, label
from ui.widgets.flow import Flow
from ui.widgets.labels import line, set_tone

if TYPE_CHECKING:
    from sync.trails import Checked


class Trail(QWidget):
    """The history, and below it the chosen change in full and what the checks found. Another record begins anew."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._record: Record | None = None
        self._reader: Reader | None = None
        self._links: tuple[int, ...] = ()
        self._own: list[Entry] = []
        self._shown: list[Entry] = []
        self.city: Checked | None = None
        self._asking = ""  # the record that the City is being asked about
        self.list = ListCard(tr("History"), flat=True)
        self.check = Button(tr("Check the chain"), icon="badge-check")
        self.ask = Button(tr("Ask the City"), icon="cloud-check")
        self.save = Button(tr("Save as PDF"), icon="download")
        self.chosen, self.words = label("", "small", wrap=True), label("", "small", wrap=True)
        self.city_words = label("", "small", wrap=True)
        self._lay_out()
        self.list.chosen.connect(lambda _id: self._show_chosen())
        self.check.clicked.connect(self._check)
        self.ask.clicked.connect(self.ask_city)
        self.save.clicked.connect(self._choose_file)

    def show_record(self, record: Record, reader: Reader, entries: list[Entry]) -> None:
        """Show its Changes; what was found before stays said while the Changes are the same."""
        links = tuple(entry.seq for entry in entries if entry.seq)
        known = self._record.id if self._record else ""
        if record.id != known:
            self.city = None
            others = links and self._session.trails is not None  # without links `_about` says so itself
            rest = tr("Only what was done on this laptop is shown; the City knows the rest.") if others else ""
            self._say_city(rest, "ink2")
        if (record.id, links) != (known, self._links):
            self._say(_about(links), "ink2")
        self._record, self._reader, self._links, self._own = record, reader, links, entries
        self.check.setVisible(bool(links))
        self.ask.setVisible(self._session.trails is not None)
        self._show_rows()

    @property
    def is_asking(self) -> bool:
        """Whether the City has not answered yet."""
        return bool(self._asking)

    def ask_city(self) -> None:
        """Ask for what everybody did, with its proof; nothing else waits for the answer."""
        trails, record = self._session.trails, self._record
        if trails is None or record is None or self._asking == record.id:
            return  # the button stays: greyed it would give the focus away to the next one
        self._asking = record.id
        self._say_city(tr("Asking the City…"), "ink2")
        self._session.bridge.follow(lambda: [trails.ask(record.id)], partial(self._came, record.id))

    def paper(self) -> bytes:
        """All of it as PDF."""
        from fieldapp.documents.trail_paper import trail_paper

        if self._record is None:
            return b""
        found = [self.words.text(), self.city_words.text()]
        printed = whole_moment(stamp(self._session.clock.now()))
        return trail_paper(self._record.reference, printed, found, [self._line(one) for one in self._shown])

    def save_as(self, path: Path) -> None:
        """Keep the paper in a file."""
        try:
            write_pdf(self.paper(), path)
        except FieldAppError as error:
            self._session.say(str(error))
            return
        self._session.say(tr("Saved as {name}", name=path.name))

    def _came(self, record: str, outcome: Checked | BaseException | None) -> None:
        self._asking = ""
        if outcome is None or self._record is None or record != self._record.id:
            return
        if isinstance(outcome, BaseException):
            why = str(outcome) if isinstance(outcome, FieldAppError) else type(outcome).__name__
            self._say_city(tr("{why} What is on this laptop is shown.", why=why), "warn")
            return
        self.city = outcome
        self._say_city(*city_trail.said(outcome))
        self._show_rows()

    def _show_rows(self) -> None:
        """What the City told, in its order, then what is only here; what was given up stands at its hour."""
        if self._record is None or self._reader is None:
            return
        told = city_trail.entries_of(self.city) if self.city else []
        own = {one.change.id: one for one in self._own}
        merged = [own.get(one.change.id, one) for one in told]
        ids = {one.change.id for one in merged}
        self._shown = at_their_hour(merged, [one for one in self._own if one.change.id not in ids])
        self.list.show_rows(history.rows(self._session, self._record, self._reader, self._shown))
        self._show_chosen()

    def _show_chosen(self) -> None:
        current = self.list.current()
        found = next((one for one in self._shown if one.change.id == current), None)
        said = city_trail.details(self._session, self._reader, found, self.city) if found and self._reader else ""
        self.chosen.setText(said)
        self.chosen.setVisible(bool(said))

    def _line(self, one: Entry) -> tuple[str, ...]:
        change = one.change
        deed = history.deed(self._session, self._record, one) if self._record else ""
        when = whole_moment(change.at), whole_moment(one.received_at)
        return self._session.name_of(change.actor), deed, change.device, *when, change.form_version

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

    def _choose_file(self) -> None:
        reference = self._record.reference if self._record else ""
        if chosen := where_to_save_pdf(
            self._session, self, f"{tr('history')}-{reference.replace('/', '-')}-{today(self._session.clock)}"
        ):
            self.save_as(chosen)

    def _say(self, words: str, tone: str) -> None:
        _tell(self.words, words, tone)

    def _say_city(self, words: str, tone: str) -> None:
        _tell(self.city_words, words, tone)
        self.city_words.setVisible(bool(words))

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.list, 1)
        column.addWidget(line())
        foot = QVBoxLayout()
        foot.setContentsMargins(20, 10, 20, 12)
        foot.setSpacing(6)
        for one in (self.chosen, self.words, self.city_words):
            one.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            foot.addWidget(one)
        buttons = QWidget()
        flow = Flow()
        buttons.setLayout(flow)
        for button in (self.check, self.ask, self.save):
            flow.addWidget(button)
        foot.addWidget(buttons)
        column.addLayout(foot)


def at_their_hour(told: Sequence[Entry], own: Sequence[Entry]) -> list[Entry]:
    """Both, in order: what waits here comes last, what was given up never goes to the City and stands where it was."""
    shown = [*told, *(one for one in own if one.state != "withdrawn")]
    for one in (one for one in own if one.state == "withdrawn"):
        after = (n for n, other in enumerate(shown) if other.change.at > one.change.at)
        shown.insert(next(after, len(shown)), one)
    return shown


def _tell(where: QLabel, words: str, tone: str) -> None:
    where.setText(words)
    where.setAccessibleName(words)
    set_tone(where, tone)


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
