"""What waits for a decision, in which order, and why it is here: by its clock, by what failed, by what came before."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from fieldapp.actions import Desk, last_look
from fieldapp.clock import today
from fieldapp.records import ADDRESS, AUTHOR, DUE, SUBMITTED_BY, Record
from fieldapp.services import workflow
from fieldapp.store import Query
from fieldapp.texts import tr
from ui import days
from ui.forms.shape import FAILS
from ui.session import Session
from ui.titles import title_of
from ui.widgets import Row

MOST = 500  # nobody decides more in a day; the count in the rail is of all
Chip = tuple[str, str]


@dataclass(frozen=True)
class Waiting:
    """One record that waits, and the chips that say why it is where it is in the queue."""

    record: Record
    why: tuple[Chip, ...]

    @property
    def id(self) -> str:
        """The record's id."""
        return self.record.id

    @property
    def by(self) -> str:
        """The user id of who submitted it."""
        return self.record.get(SUBMITTED_BY) or self.record.get(AUTHOR)


def queue(desk: Desk) -> list[Waiting]:
    """All that this person could decide, most pressing first: by due date, then what has waited longest."""
    waiting = Query(state_kinds=("review",), sort="due", descending=False)
    records = [record for record in desk.store.find(waiting, MOST) if _decidable(desk, record)]
    return [Waiting(record, why(desk, record)) for record in records]


def why(desk: Desk, record: Record) -> tuple[Chip, ...]:
    """The chips, the strongest first; an ordinary record says when it is due, or nothing."""
    due = days.due(record.get(DUE), today(desk.clock))
    found: list[Chip] = [due] if due and due[1] == "bad" else []
    if any(value in FAILS for value in record.answers.values()):
        found.append((tr("Failed"), "bad"))
    found += [due] if due and due[1] == "warn" else []
    if last_look(desk, record.id) is not None:
        found.append((tr("Returned before"), "warn"))
    return tuple(found) or ((due,) if due else ())


def row(session: Session, waiting: Waiting) -> Row:
    """The record's line in the queue."""
    record = waiting.record
    title = title_of(session.desk, record)
    parts = (record.get(ADDRESS), record.reference, session.name_of(waiting.by))
    return Row(waiting.id, title, " · ".join(filter(None, parts)), chip=waiting.why[0] if waiting.why else None)


def summary(found: list[Waiting], day: date) -> str:
    """The line under the title: how many wait, how many are pressing."""
    pressing = sum(1 for one in found if (due := days.day_in(one.record.get(DUE))) is not None and due <= day)
    parts = [tr("{n} waiting", n=len(found))]
    if pressing:
        parts.append(tr("{n} late or due today", n=pressing))
    return " · ".join([*parts, tr("most pressing first")])


def _decidable(desk: Desk, record: Record) -> bool:
    """Whether it is anything to this person: they may take some step, or would if they had not recorded it."""
    if record.service not in desk.catalogue:
        return False
    service, me = desk.service_of(record), desk.reviewer
    steps = [step for step in service.transitions if record.state in step.from_]
    return any(workflow.may(step, record, me) for step in steps) or bool(workflow.offered(service, record, me))
