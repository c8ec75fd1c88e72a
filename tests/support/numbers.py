"""Laptops that issue official numbers, for tests: the bulk pick-up's step "submit" issues an order."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from fieldapp.clock import new_id, today
from fieldapp.records import ASSIGNEE, AUTHOR, ISSUED, STATE, TITLE, WARD, Person
from fieldapp.services import Catalogue, Text, official
from fieldapp.services.declared import OfficialNumber
from fieldapp.store import Issue
from sync.engine import Engine
from tests.support.gateway import DRAFT, SERVICE, SUBMITTED, City, Laptop, Wrap, steps_alone

ORDER = OfficialNumber(
    id="order",
    title=Text("Order number", "Numéro de l'ordre"),
    prefix="OR{yy}-",
    digits=5,
    start=1,
    block=10,
    low=4,
    steps=frozenset({"submit", "resubmit"}),
    roles=frozenset({"counter", "inspector", "supervisor"}),
    question="answer/order",
    values=frozenset({"yes"}),
)
NUMBER = ISSUED + ORDER.id
NEEDED = {ORDER.question: "yes"}


def issuing(order: OfficialNumber = ORDER) -> Catalogue:
    """The shipped services without forms to complete; the pick-up issues orders, and nothing else issues anything."""
    services = {one.id: replace(one, numbers=(order,) if one.id == SERVICE else ()) for one in steps_alone()}
    return Catalogue(services)


def laptop(city: City, person: Person, *, wrap: Wrap = lambda api: api) -> Laptop:
    """A laptop that reserves numbers when it syncs."""
    made = city.laptop(person, wrap=wrap)
    made.engine = engine(city, made)
    return made


def engine(city: City, one: Laptop) -> Engine:
    """A new engine over a laptop's store, as after a start."""
    return Engine(one.store, one.api, one.person, one.clock, catalogue=city.service.catalogue)


def order(one: Laptop, edits: Mapping[str, str] | None = None, **parts: Any) -> str:
    """Make a record and hand it in with an order; the record's id."""
    record = new_id()
    own = {AUTHOR: one.person.id, ASSIGNEE: one.person.id, TITLE: "Couch", WARD: "08", STATE: DRAFT}
    change = one.change(
        record,
        {**own, **NEEDED, STATE: SUBMITTED, **(edits or {})},
        creates=True,
        transition="submit",
        base_rev=0,
        **parts,
    )
    issue = Issue(ORDER.id, official.series(ORDER, today(one.clock)))
    one.store.commit(change, seal=True, issues=[] if edits and NUMBER in edits else [issue])
    return record


def number(one: Laptop, record: str) -> str:
    """The order's number as it stands on the laptop."""
    return one.answer(record, NUMBER)
