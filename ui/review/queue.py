"""What waits for a decision, in which order, and why it is here: by its clock, by what is risky about it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from fieldapp.actions import Desk
from fieldapp.actions.pressing import Pressing, Reason, weight
from fieldapp.clock import today
from fieldapp.money.cash import dollars
from fieldapp.records import ADDRESS, AUTHOR, DUE, SUBMITTED_BY, Record
from fieldapp.services import workflow
from fieldapp.store import Query
from fieldapp.texts import language, tr
from sync import alarms
from ui import days
from ui.forms.shape import FAILS
from ui.session import Session
from ui.titles import title_of
from ui.widgets import Row

MOST = 500  # nobody decides more in a day; the count in the rail is of all
Chip = tuple[str, str]
KINDS = {"overdue": "bad", "failed": "bad", "alarm": "bad", "due_soon": "warn", "merged": "warn", "returned": "warn"}


@dataclass(frozen=True)
class Waiting:
    """One record that waits, and the reasons that put it where it is in the queue, the weightiest first."""

    record: Record
    reasons: tuple[Reason, ...]
    why: tuple[Chip, ...]

    @property
    def id(self) -> str:
        """The record's id."""
        return self.record.id

    @property
    def by(self) -> str:
        """The user id of who submitted it."""
        return self.record.get(SUBMITTED_BY) or self.record.get(AUTHOR)


def pressing(session: Session) -> Pressing:
    """Who looks for the reasons at this desk."""
    return Pressing(session.desk, FAILS)


def alarmed(session: Session) -> set[str]:
    """User ids of those whose laptops' journals have an open alarm, as far as this laptop was told."""
    return {one.person for one in alarms.known(session.store)}


def queue(session: Session, look: Pressing) -> list[Waiting]:
    """All that this person could decide, most pressing first: by what its reasons come to, then by due date."""
    desk = session.desk
    waiting = Query(state_kinds=("review",), sort="due", descending=False)
    records = [record for record in desk.store.find(waiting, MOST) if _decidable(desk, record)]
    found = [(record, look.reasons(record)) for record in records]
    made = [Waiting(record, reasons, chips(session, record, reasons)) for record, reasons in found]
    return sorted(made, key=lambda one: -weight(one.reasons))


def chips(session: Session, record: Record, reasons: tuple[Reason, ...]) -> tuple[Chip, ...]:
    """The reasons in words; an ordinary record says when it is due, or nothing."""
    found = tuple((in_words(session, record, one), KINDS.get(one.code, "plain")) for one in reasons)
    due = days.due(record.get(DUE), today(session.clock))
    return found or ((due,) if due else ())


def in_words(session: Session, record: Record, reason: Reason) -> str:
    """One reason, in a few words."""
    if reason.code in ("overdue", "due_soon"):  # as everywhere else: a visit is late by the same days on every page
        return (days.due(record.get(DUE), today(session.clock)) or ("", ""))[0]
    name = session.name_of(reason.who) if reason.who else ""
    return {
        "failed": tr("Failed"),
        "alarm": tr("Journal of {who} in doubt", who=name),
        "merged": tr("Versions merged by {who}", who=name),
        "first_by": tr("First by {who}", who=name),
        "sensitive": tr("Sensitive"),
        "money": tr("Fee {amount}", amount=dollars(reason.amount)),
        "returned": tr("Returned before"),
    }[reason.code]


def explained(reason: Reason) -> str:
    """Why this reason counts, and who says so."""
    rule = reason.rule
    source = rule.source if rule.verified else tr("{source}, to be confirmed", source=rule.source)
    since = tr("in force since {day}", day=days.spoken(rule.valid_from, "d MMM yyyy"))
    return f"{rule.why.text(language())} ({since}; {source})"


def row(session: Session, waiting: Waiting) -> Row:
    """The record's line in the queue: its first reason as a chip, the others in words."""
    record = waiting.record
    title = title_of(session.desk, record)
    more = [words for words, _kind in waiting.why[1:]]
    named = any(one.who == waiting.by for one in waiting.reasons)  # a reason says already who it is by
    by = "" if named else session.name_of(waiting.by)
    parts = (*more, record.get(ADDRESS), record.reference, by)  # what is cut is the least
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
