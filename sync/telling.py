"""How this laptop stands, told to the City so that a supervisor knows of work and money that lie somewhere unsent.

Numbers and times only: nothing that a resident said, no record and no place is in it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

from fieldapp import __version__
from fieldapp.actions.tills import NOT_SENT
from fieldapp.clock import Clock, moment_of, stamp, today
from fieldapp.machine import free_bytes
from fieldapp.money.payment import SERVICE, payment_of
from fieldapp.records import Person, Record
from fieldapp.services import Catalogue, Service
from fieldapp.services.official import series
from fieldapp.services.secrecy import SECRET
from fieldapp.store import Query, Store
from sync.reporting import Reports
from sync.wire import LaptopState, NumbersLeft

AGAIN = timedelta(hours=1)  # after which it is told again, also where nothing changed
STUCK = timedelta(hours=1)  # what waits for longer is told before it is tried again: the line may break
LEAST = timedelta(minutes=1)  # between two words of one that works on: sync is not slower for it
STEP = 1 << 28  # bytes: a disk is told in quarters of a GiB, for it never stands still
MOST = 1000  # payments


class Telling:
    """What was told last is remembered here, in memory: a new start tells once more."""

    def __init__(self, store: Store, reports: Reports, person: Person, catalogue: Catalogue, clock: Clock) -> None:
        self._store, self._reports, self._clock = store, reports, clock
        self._person, self._catalogue = person, catalogue
        self._last: LaptopState | None = None
        self._moved = False  # whether anything came or went since

    def tell_before(self) -> None:
        """At the beginning of a cycle: only where work has been stuck here."""
        _, since = self._store.unsent(self._person.id)
        if since and moment_of(since) < self._clock.now() - STUCK:
            self._tell()

    def tell_after(self, *, moved: bool) -> None:
        """At its end: where anything came or went since the last word, or that is old."""
        self._moved = self._moved or moved
        if self._is_older_than(LEAST if self._moved else AGAIN):
            self._tell()

    def _is_older_than(self, time: timedelta) -> bool:
        return self._last is None or moment_of(self._last.at) < self._clock.now() - time

    def _tell(self) -> None:
        state, last = state_of(self._store, self._catalogue, self._person, self._clock), self._last
        changed = replace(state, at="") != replace(last or state, at="")
        if not (changed or self._is_older_than(AGAIN)):
            self._moved = False
        elif self._reports.tell_state(state):
            self._last, self._moved = state, False


def state_of(store: Store, catalogue: Catalogue, person: Person, clock: Clock) -> LaptopState:
    """How the laptop stands now, of this person's store."""
    unsent, since = store.unsent(person.id)
    counts, money = store.counts(), _unsent_money(store, person)
    free, lie = free_bytes(store.folder), store.sums.by_service()
    return LaptopState(
        version=__version__,
        at=stamp(clock.now()),
        unsent=unsent,
        unsent_since=since,
        attention=counts.attention,
        files=store.blobs.copies.counts().waiting,
        money=max(0, int(sum((_cents(one) for one in money), Decimal(0)))),
        money_since=min((entry_at(store, one) for one in money), default=""),
        numbers=_numbers(store, catalogue, person, clock),
        free=None if free is None else free // STEP * STEP,
        secret=sum(n for service, n in lie.items() if service in catalogue and _is_secret(catalogue.get(service))),
        held=_held(lie, catalogue),
    )


def _unsent_money(store: Store, person: Person) -> list[Record]:
    return store.find(Query(service=SERVICE, author=person.id, places=NOT_SENT), MOST)


def _cents(record: Record) -> Decimal:
    payment = payment_of(record)
    paid = payment.paid if payment.counts else Decimal(0)
    return (-paid if payment.kind == "refund" else paid) * 100


def entry_at(store: Store, record: Record) -> str:
    """When the oldest Change of a record that the City has not got was saved."""
    waiting = [entry.saved_at for entry in store.history(record.id) if not entry.applied_at]
    return min(waiting, default="")


def _numbers(store: Store, catalogue: Catalogue, person: Person, clock: Clock) -> tuple[NumbersLeft, ...]:
    found = {one.id: one for service in catalogue for one in service.numbers if one.roles & person.roles}
    day = today(clock)
    left = ((one, store.numbers.left(series(one, day))) for one in found.values())
    return tuple(NumbersLeft(one.id, n, n < one.low) for one, n in left)


def _is_secret(service: Service) -> bool:
    """Whether its records may hold answers that are sensitive, or of health."""
    return service.privacy.class_ in SECRET or bool(service.privacy.sensitive)


def _held(by_service: Mapping[str, int], catalogue: Catalogue) -> dict[str, int]:
    """How many records of each privacy class lie here; a class is never guessed: "" for a service not known here."""
    sums: Counter[str] = Counter()
    for service, n in by_service.items():
        sums[catalogue.get(service).privacy.class_ if service in catalogue else ""] += n
    return dict(sums)
