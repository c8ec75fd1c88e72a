"""Laptops that take money: a desk over each laptop's real store, cases that owe something, tills."""

from __future__ import annotations

from decimal import Decimal
from functools import cache
from pathlib import Path

from fieldapp.access import COUNTER
from fieldapp.actions import Desk, answer, open_till, start
from fieldapp.actions.forms import open_form
from fieldapp.actions.owing import balance
from fieldapp.actions.payments import Handed, take_payment
from fieldapp.money.payment import Payment, payment_of
from fieldapp.places import Layers
from fieldapp.records import Person, Record
from fieldapp.services import Catalogue
from sync.engine import Engine
from tests.support.filling import PERMIT, fill
from tests.support.gateway import STAFF, City, Laptop, make_service

COLLEAGUE = Person("l.ng", "L. Ng", frozenset({COUNTER}))
CLERKS = tuple(Person(f"clerk{n}", f"Clerk {n}", frozenset({COUNTER})) for n in range(3))
FLOAT = {2000: 4, 1000: 2}  # $100
PORTABLE = {"fee/fee_class": "portable"}  # $349.00, flat
FLAT = {**PORTABLE, "fee/fee_code": "BP-PORTABLE", "fee/fee_base": "349.00", "fee/hst": "0", "fee/fee_total": "349"}


@cache
def catalogue() -> Catalogue:
    """The shipped services, loaded once."""
    return Catalogue.load()


def money_city(folder: Path) -> City:
    """A city whose staff takes money."""
    city = City(folder, make_service(folder / "gateway", catalogue()))
    for person in (*STAFF, COLLEAGUE, *CLERKS):
        city.service.people.keep(person)
    return city


def desk_of(city: City, laptop: Laptop) -> Desk:
    """The desk of a laptop, which reserves numbers when it syncs."""
    known = city.service.catalogue
    laptop.engine = Engine(laptop.store, laptop.api, laptop.person, laptop.clock, catalogue=known)
    layers = Layers(city.folder / "layers")
    return Desk(laptop.person, laptop.store, known, layers, laptop.clock, laptop.device)


def opened(city: City, laptop: Laptop) -> Desk:
    """A desk with numbers in hand and an open till."""
    desk = desk_of(city, laptop)
    laptop.sync()
    open_till(desk, f"Till {laptop.device}", FLOAT)
    return desk


def case(desk: Desk, changed: dict[str, str] | None = None) -> Record:
    """A permit that owes its fee: $1,766.00 without other answers, $349.00 as PORTABLE, without a form being filled."""
    record = start(desk, "building-permit")
    if changed is PORTABLE:
        return desk.commit(record, FLAT)
    session = fill(fill(open_form(desk, record), PERMIT), changed or {})
    return answer(desk, record.id, session.answers())


def pay(desk: Desk, of: Record, method: str = "cash", asked: str = "", proof: str = "") -> Payment:
    """Take what is owed, or `asked` of it."""
    amount = Decimal(asked) if asked else balance(desk, of)
    return payment_of(take_payment(desk, of, Handed(amount, method, proof)))
