"""Sessions for screen tests: a real store, the real catalogue, a practice city of three, a worker that stands still."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from fieldapp.actions import Desk
from fieldapp.clock import Clock, FixedClock
from fieldapp.merging import KindOf
from fieldapp.paths import Home
from fieldapp.places import Layers
from fieldapp.records import Person
from fieldapp.services import Catalogue
from fieldapp.store import Settled, Store
from sync.practice.people import STAFF, TREMBLAY
from sync.status import SyncState, SyncStatus
from tests.support.store import KEY
from ui.session import Session

DEVICE = "TOUGH-07"


@dataclass
class StillCourier:
    """A worker that never talks to anybody; it counts how often it was woken."""

    status: SyncStatus = field(default_factory=lambda: SyncStatus(SyncState.OFFLINE))
    woken: int = 0
    wished: list[str] = field(default_factory=list)

    def wake(self) -> None:
        """Count it."""
        self.woken += 1

    def fetch(self, sha256: str, suffix: str = "") -> None:
        """Keep the wish."""
        self.wished.append(sha256 + suffix)

    def look_for_update(self) -> None:
        """There is none."""

    def put_layers_off(self, *, off: bool) -> None:
        """Count it."""
        self.wished.append("no layers" if off else "layers")

    def put_off_update(self) -> None:
        """Count it."""
        self.wished.append("no update")

    def bring(self, record: str) -> None:
        """Keep the wish."""
        self.wished.append(record)


@dataclass
class PracticeCity:
    """Three people, a store each in one folder, and a network switch."""

    folder: Path
    clock: Clock
    plugged: bool = False
    sessions: dict[str, Session] = field(default_factory=dict)

    @property
    def people(self) -> Sequence[Person]:
        """The practice city's staff."""
        return STAFF

    def plug(self, on: bool) -> None:
        """Turn the switch."""
        self.plugged = on

    def sign_in(self, person_id: str) -> Session:
        """The person's session, made at the first time."""
        if person_id not in self.sessions:
            person = next(one for one in STAFF if one.id == person_id)
            self.sessions[person_id] = make_session(self.folder, person, practice=self, clock=self.clock)
        return self.sessions[person_id]


class CatalogueGuide:
    """What the store asks the catalogue."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue

    def kind(self, service: str, state: str) -> str:
        """A state's kind, "" for one that is not known."""
        known = [one for one in self._catalogue if one.id == service]
        return next((one.kind for one in known[0].states if one.id == state), "") if known else ""

    def private(self, _service: str, _path: str) -> bool:
        """Nothing, in tests."""
        return False

    def merging(self, service: str, version: str) -> KindOf:
        """As the catalogue says."""
        return self._catalogue.merging(service, version)


def make_session(
    folder: Path, person: Person = TREMBLAY, *, practice: PracticeCity | None = None, clock: Clock | None = None
) -> Session:
    """A session of `person` over a store in `folder`."""
    home, clock = Home(folder), clock or FixedClock()
    catalogue = Catalogue.load(cache=home.cache)
    guide = CatalogueGuide(catalogue)
    store = Store.open(home.store(person.id), KEY, clock=clock, device=DEVICE, guide=guide)
    desk = Desk(person, store, catalogue, Layers(home.layers), clock, DEVICE)
    session = Session(desk, courier=StillCourier(), practice=practice)
    if practice is not None:
        practice.sessions[person.id] = session
    return session


def close(session: Session) -> None:
    """Let nothing run on."""
    session.bridge.close()
    session.store.close()


def settled(session: Session, status: str, **parts: Any) -> None:
    """Let the City answer everything that waits here with `status`."""
    changes = session.store.exchange.pending(session.person.id, 1000, 10**9)
    session.store.exchange.sent([change.id for change in changes])
    moment = "2026-11-23T14:31:00.000Z"
    session.store.exchange.settle(
        [Settled(change.id, status, rev=1, server_time=moment, **parts) for change in changes]
    )
