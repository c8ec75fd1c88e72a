"""Official numbers: what a record has, what a step takes, and voiding one whose paper was spoilt."""

from __future__ import annotations

from dataclasses import dataclass

from fieldapp.access import require_role
from fieldapp.actions.desk import Desk
from fieldapp.clock import today
from fieldapp.errors import RefusedError
from fieldapp.records import ISSUED, PROVISIONAL, VOIDED, Edits, Fields, Record
from fieldapp.services import Service, official
from fieldapp.services.declared import OfficialNumber
from fieldapp.store import Issue
from fieldapp.texts import language, tr


@dataclass(frozen=True)
class Issued:
    """An official number of a record in words: its name, and the number, "" while only the City can give it."""

    id: str
    name: str
    number: str


def issues(desk: Desk, service: Service, step: str, fields: Fields) -> list[Issue]:
    """What a step takes out of the blocks in hand, for a record that then has `fields`."""
    due = official.due(service.numbers, step, fields)
    return [_issue(desk, one) for one in due if not fields.get(ISSUED + one.id)]


def issued(service: Service, record: Record) -> list[Issued]:
    """The official numbers that the record bears."""
    borne = ((one, record.get(ISSUED + one.id)) for one in service.numbers)
    return [
        Issued(one.id, one.title.text(language()), "" if number == PROVISIONAL else number)
        for one, number in borne
        if number
    ]


def void(desk: Desk, record_id: str, number_id: str, reason: str, *, anew: bool) -> Record:
    """Say that a number does not count: its paper was spoilt, or it should not have been issued.

    With `anew` the record takes the next number. AccessError for a role that may not issue it, RefusedError without
    a reason, or where the record has no such number."""
    record = desk.record(record_id)
    one = desk.service_of(record).official(number_id)
    number = record.get(ISSUED + number_id)
    if one is None or number in {"", PROVISIONAL}:
        raise RefusedError(tr("This record has no such number."))
    require_role(desk.person, one.roles, tr("void a number"))
    if not reason.strip():
        raise RefusedError(tr("Please say why the number does not count: it stands in the City's report."))
    edits: Edits = {VOIDED + number: reason.strip(), ISSUED + number_id: None}
    return desk.commit(record, edits, seal=True, issues=[_issue(desk, one)] if anew else [])


def in_hand(desk: Desk) -> list[tuple[OfficialNumber, int]]:
    """The official numbers that this person issues, and how many of each are left on this laptop for today."""
    found = {one.id: one for service in desk.catalogue for one in service.numbers if one.roles & desk.person.roles}
    day = today(desk.clock)
    return [(one, desk.store.numbers.left(official.series(one, day))) for one in found.values()]


def _issue(desk: Desk, one: OfficialNumber) -> Issue:
    return Issue(one.id, official.series(one, today(desk.clock)))
