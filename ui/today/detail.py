"""The card under the list: where the chosen visit is, which permit, by when, and what is open from last time."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLayout, QVBoxLayout, QWidget

from fieldapp.actions.reveal import reveal
from fieldapp.clock import today
from fieldapp.errors import FieldAppError
from fieldapp.records import ADDRESS, DUE, PARENT, REASON, REASON_FIELD, WARD, Record
from fieldapp.services.clocks import city_calendar
from fieldapp.texts import plural, tr
from ui import days
from ui.records.hidden import Hidden
from ui.session import Session
from ui.titles import title_of_row
from ui.today.last_time import Finding, findings, last_visit
from ui.today.notes import Note, notes
from ui.today.visits import Visit
from ui.widgets import Card, Chip, Elided, Scroll, label, line

Fact = tuple[str, str, str]  # name, value, colour role
MOST = 20  # findings shown; more are in the form


class Detail(Card):
    """All of one visit that is worth knowing before one leaves."""

    def __init__(self, session: Session) -> None:
        super().__init__(padding=0, spacing=0)
        self._session = session
        self._scroll = Scroll(margins=(16, 16, 16, 16), spacing=8)
        self._scroll.body.addStretch(1)
        self.body.addWidget(self._scroll)
        self.setAccessibleName(tr("The chosen visit"))

    def show_visit(self, visit: Visit) -> None:
        """Show another visit."""
        empty(self._scroll.body)
        body, record = self._scroll.body, visit.record
        body.addLayout(_head(record.get(ADDRESS) or visit.title, record.get(WARD)))
        if visit.returned:
            body.addWidget(self._returned(visit))
        body.addWidget(label(self._last_time(visit), "small", wrap=True))
        body.addLayout(_grid(self._facts(visit)))
        body.addLayout(self._notes(record))
        found = findings(self._session.desk, record)
        if found:
            body.addWidget(line())
            body.addWidget(label(tr("From last time"), "small"))
            for finding in found[:MOST]:
                body.addLayout(_line(finding))
        body.addStretch(1)

    def _notes(self, record: Record) -> QGridLayout:
        """What was noted last time and whom to call, a line each."""
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(1, 1)
        for number, note in enumerate(notes(self._session, record)):
            beside = Qt.AlignmentFlag.AlignVCenter if note.hidden else Qt.AlignmentFlag.AlignTop
            grid.addWidget(label(note.label, "small"), number, 0, beside)
            grid.addWidget(self._value(grid, number, note), number, 1)
        return grid

    def _value(self, grid: QGridLayout, number: int, note: Note) -> QWidget:
        if note.hidden:
            return Hidden(note.label, lambda: self._reveal(grid, number, note))
        return label(note.value, wrap=True)

    def _reveal(self, grid: QGridLayout, number: int, note: Note) -> None:
        """Show a sensitive note in its place, once it is noted who asked."""
        try:
            self._session.saved(partial(reveal, self._session.desk, note.record.id, note.path))
        except FieldAppError as error:
            self._session.say(str(error))
            return
        cell = grid.itemAtPosition(number, 1)
        dots = cell.widget() if cell else None
        shown = label(note.value, wrap=True)
        grid.addWidget(shown, number, 1)
        shown.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        shown.setFocus()
        if dots is not None:
            grid.removeWidget(dots)
            dots.hide()
            dots.deleteLater()

    def _returned(self, visit: Visit) -> QWidget:
        record = visit.record
        box = Card(padding=12, spacing=4)
        box.setObjectName("Card")
        head = QHBoxLayout()
        head.addWidget(Chip(tr("Returned"), "warn"))
        field = record.get(REASON_FIELD)
        if field:
            from ui.records.answers import Reader  # brings the forms along; few visits were sent back

            about = Reader(self._session, record).label(field)
            head.addWidget(Elided(tr("About “{question}”", question=about), "small"), 1)
        else:
            head.addStretch(1)
        box.body.addLayout(head)
        box.body.addWidget(label(record.get(REASON) or tr("No reason was given."), "strong", wrap=True))
        return box

    def _last_time(self, visit: Visit) -> str:
        row = last_visit(self._session.desk, visit.record)
        if row is None:
            return tr("First visit for this record")
        day = days.day_in(row.planned or row.updated)
        when = days.short(day, today(self._session.clock)) if day else ""
        return tr("Last visit {day} · {what}", day=when, what=title_of_row(self._session.desk, row))

    def _is_permit(self, visit: Visit) -> bool:
        """A complaint or a request that is visited is none."""
        return self._session.desk.service_of(visit.record).parent == "building-permit"

    def _facts(self, visit: Visit) -> list[Fact]:
        session = self._session
        permit = session.store.row(visit.record.get(PARENT))
        facts = [(tr("Permit") if self._is_permit(visit) else tr("Record number"), visit.permit or "–", "ink")]
        if permit is not None and permit.title:
            facts.append((tr("What it is for"), title_of_row(session.desk, permit), "ink"))
        due = days.day_in(visit.record.get(DUE))
        if due is not None:
            chip = days.due(visit.record.get(DUE), today(session.clock))
            kind = chip[1] if chip and chip[1] != "plain" else "ink"
            left = city_calendar().between(today(session.clock), due)
            gives = plural(left, "{n} business day", "{n} business days") if left > 0 else ""
            words = " · ".join(filter(None, (days.long(due, today(session.clock)), gives)))
            facts.append((tr("Inspect by"), words, kind))
        return facts


def empty(layout: QLayout) -> None:
    """Take everything out of a layout, at once, so that nothing of it can be focused any more."""
    while (item := layout.takeAt(0)) is not None:
        widget, inner = item.widget(), item.layout()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
        elif inner is not None:
            empty(inner)


def _head(title: str, ward: str) -> QHBoxLayout:
    row = QHBoxLayout()
    row.addWidget(label(title, "strong", wrap=True), 1)
    if ward:
        row.addWidget(Chip(tr("Ward {number}", number=ward.lstrip("0")), "pri"), 0, Qt.AlignmentFlag.AlignTop)
    return row


def _grid(facts: list[Fact]) -> QGridLayout:
    grid = QGridLayout()
    grid.setHorizontalSpacing(24)
    grid.setVerticalSpacing(2)
    for column, (name, value, tone) in enumerate(facts):
        grid.addWidget(label(name, "small"), 0, column)
        grid.addWidget(label(value, "strong", tone=tone, wrap=True), 1, column, Qt.AlignmentFlag.AlignTop)
        grid.setColumnStretch(column, 3 if column == 1 else 2)
    return grid


def _line(finding: Finding) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(12)
    row.addWidget(Chip(tr("Still open"), "warn"), 0, Qt.AlignmentFlag.AlignTop)
    words = QVBoxLayout()
    words.addWidget(label(finding.text, wrap=True))
    row.addLayout(words, 1)
    if finding.photos:
        row.addWidget(label(plural(finding.photos, "{n} photo", "{n} photos"), "small"))
    return row
