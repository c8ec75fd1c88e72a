"""What a search reads beside the screen: records, people, addresses, services. No Qt: any thread may do it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date

from fieldapp import actions
from fieldapp.access import COUNTER
from fieldapp.actions import Desk, visits
from fieldapp.clock import today
from fieldapp.counter.person import Known
from fieldapp.places import Address
from fieldapp.services import Service, finding
from fieldapp.store import Query, Row
from ui.search.dates import day_in

RECENT, MATCHES, PEOPLE, ADDRESSES, SERVICES = 6, 12, 3, 5, 5
SHORTEST = 3  # letters that are worth looking for a person or an address
RECEIPT = re.compile(r"[A-Za-z]+\d+-\d+|\d{1,6}")  # RC26-000042, or the 42 of it
BARE = re.compile(r"(\d{2})(\d{3,})")  # a record's number without its hyphen


@dataclass(frozen=True)
class Hits:
    """What was found for `typed`. `day` where that is a day: then `records` are due on it."""

    typed: str
    records: list[Row] = field(default_factory=list)
    people: list[Known] = field(default_factory=list)
    addresses: list[Address] = field(default_factory=list)
    services: list[Service] = field(default_factory=list)
    day: date | None = None


def look(desk: Desk, typed: str) -> Hits:
    """Everything that `typed` may mean; without any text one's newest records. Raises StoreError, LayerError."""
    if not typed:
        return Hits("", desk.store.rows(desk.store.ids(Query(assignee=desk.person.id))[:RECENT]))
    if (day := day_in(typed, today(desk.clock))) is not None:
        return Hits(typed, _on(desk, day), day=day)
    long = len(typed) >= SHORTEST
    at_counter = COUNTER in desk.person.roles
    services = [one for one in desk.catalogue.startable(desk.person) if one.stands_alone]
    return Hits(
        typed,
        _records(desk, typed),
        visits.find_people(desk, typed, PEOPLE) if at_counter and long else [],
        desk.layers.search_addresses(typed, ADDRESSES) if long else [],
        [*_coded(services, typed), *finding.find(services, typed)][:SERVICES],
    )


def _records(desk: Desk, typed: str) -> list[Row]:
    found = desk.store.search(typed, MATCHES)
    if not found and (bare := BARE.fullmatch(typed)):
        found = desk.store.search(f"{bare[1]}-{bare[2]}", MATCHES)
    receipt = _receipt(desk, typed)
    return [*receipt, *(row for row in found if row not in receipt)]


def _receipt(desk: Desk, typed: str) -> list[Row]:
    """The payment whose receipt has this number, for those who take money."""
    if COUNTER not in desk.person.roles or not RECEIPT.fullmatch(typed):
        return []
    record = actions.find_receipt(desk, typed)
    row = desk.store.row(record.id) if record is not None else None
    return [row] if row is not None else []


def _on(desk: Desk, day: date) -> list[Row]:
    due = (day.isoformat(), day.isoformat())
    return desk.store.rows(desk.store.ids(Query(due=due))[:MATCHES])


def _coded(services: list[Service], typed: str) -> list[Service]:
    """The service whose code was typed."""
    return [one for one in services if one.code.casefold() == typed.casefold()]
