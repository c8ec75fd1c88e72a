"""A gateway and laptops for tests: real stores, the real engine, the real service data, in process or over HTTP."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from fieldapp.access import COUNTER, INSPECTOR, SUPERVISOR
from fieldapp.clock import FixedClock, new_id, stamp
from fieldapp.records import ASSIGNEE, AUTHOR, REASON, STATE, TITLE, WARD, Attachment, Change, Person, Record
from fieldapp.services import Catalogue, Service
from fieldapp.store import Store
from sync.adapters.gateway import GatewayClient
from sync.api import RemoteApi
from sync.engine import Engine
from sync.gateway import GatewayService
from sync.gateway.filestore import FileStore
from sync.gateway.server import GatewayServer
from sync.gateway.tokens import AccessTokens
from sync.gateway.transactions import CityDatabase
from sync.status import ProofOfSync
from tests.support.store import KEY

CLERK = Person("j.osei", "J. Osei", frozenset({COUNTER}))
INSPECTOR_8 = Person("m.tremblay", "M. Tremblay", frozenset({INSPECTOR}), frozenset({"08"}))
CHIEF = Person("r.kaur", "R. Kaur", frozenset({SUPERVISOR}))
SECOND_CHIEF = Person("a.roy", "A. Roy", frozenset({SUPERVISOR}))
STAFF = (CLERK, INSPECTOR_8, CHIEF, SECOND_CHIEF)
SERVICE = "bulk-pickup"
DRAFT, SUBMITTED, RETURNED, APPROVED = "draft", "submitted", "returned", "approved"

Wrap = Callable[[RemoteApi], RemoteApi]


def steps_alone() -> Catalogue:
    """The shipped services, none of whose steps asks for a complete form: for tests of the protocol, whose records
    have hardly an answer. What the gateway says to incomplete forms has tests of its own."""

    def lenient(service: Service) -> Service:
        return replace(
            service, transitions=tuple(replace(one, needs_complete_form=False) for one in service.transitions)
        )

    return Catalogue({service.id: lenient(service) for service in Catalogue.load()})


def make_service(
    folder: Path,
    catalogue: Catalogue,
    clock: FixedClock | None = None,
    *,
    tokens: AccessTokens | None = None,
    database: CityDatabase | None = None,
    files: FileStore | None = None,
) -> GatewayService:
    """A gateway that knows the staff; with `tokens`, also who comes from an identity provider."""
    clock = clock or FixedClock()
    service = GatewayService(folder, catalogue, clock, tokens=tokens, database=database, files=files)
    for person in STAFF:
        service.people.keep(person)
    return service


@dataclass
class City:
    """One gateway and its laptops. With a server, laptops speak HTTP to it; without, they call it."""

    folder: Path
    service: GatewayService
    server: GatewayServer | None = None
    laptops: list[Laptop] = field(default_factory=list)
    line: str = ""  # where laptops find the server, when not at its own address

    def api(self, person: Person) -> RemoteApi:
        """The gateway as `person` sees it."""
        if self.server is None:
            return self.service.as_(person)
        return GatewayClient(self.line or self.server.url, self.service.give_token(person.id))

    def laptop(self, person: Person, *, wrap: Wrap = lambda api: api) -> Laptop:
        """One more laptop, with an empty store."""
        device = f"LT{len(self.laptops):02d}"
        guide = self.service.catalogue
        store = Store.open(self.folder / device, KEY, clock=self.service.clock, device=device, guide=guide)
        made = Laptop(person, store, wrap(self.api(person)), device)
        self.laptops.append(made)
        return made

    def sync(self) -> None:
        """Everybody twice: then all is quiet."""
        for _ in range(2):
            for laptop in self.laptops:
                laptop.sync()

    def count(self, table: str, where: str = "TRUE") -> int:
        """How many rows a table of the gateway has."""
        return int(self.service.database.read(f"SELECT count(*) FROM {table} WHERE {where}")[0][0])

    def close(self) -> None:
        """Bring everything to rest."""
        for laptop in self.laptops:
            laptop.store.close()
            if isinstance(laptop.api, GatewayClient):
                laptop.api.close()
        if self.server is not None:
            self.server.stop()
        self.service.close()


class Laptop:
    """One person's store and engine, and short ways to make sealed Changes."""

    def __init__(self, person: Person, store: Store, api: RemoteApi, device: str) -> None:
        self.person = person
        self.store = store
        self.api = api
        self.device = device
        self.clock = FixedClock()
        self.engine = Engine(store, api, person, self.clock)

    def sync(self) -> ProofOfSync:
        """One cycle."""
        return self.engine.cycle()

    def new(
        self, edits: Mapping[str, str] | None = None, *, ward: str = "08", submit: bool = False, **parts: Any
    ) -> str:
        """Record something new and seal it; its id."""
        state = SUBMITTED if submit else DRAFT
        own = {STATE: state, AUTHOR: self.person.id, ASSIGNEE: self.person.id, TITLE: "Couch", WARD: ward}
        transition = "submit" if submit else ""
        record = new_id()
        self.commit(record, {**own, **(edits or {})}, creates=True, transition=transition, base_rev=0, **parts)
        return record

    def edit(self, record: str, edits: Mapping[str, str | None], **parts: Any) -> Change:
        """Change answers and seal."""
        return self.commit(record, edits, **parts)

    def step(self, record: str, transition: str, to: str, *, reason: str = "", **parts: Any) -> Change:
        """Take a step of the workflow."""
        note = {REASON: reason} if reason else {}
        return self.commit(record, {STATE: to, **note}, transition=transition, **parts)

    def commit(self, record: str, edits: Mapping[str, str | None], **parts: Any) -> Change:
        """Save and seal a Change."""
        change = self.change(record, edits, **parts)
        self.store.commit(change, seal=True)
        return next(entry.change for entry in self.store.history(record) if entry.change.id == change.id)

    def change(self, record: str, edits: Mapping[str, str | None], **parts: Any) -> Change:
        """A Change as this laptop would make it now."""
        known = self.store.record(record)
        values: dict[str, Any] = {
            "id": new_id(),
            "record": record,
            "service": SERVICE,
            "form_version": "1",
            "base_rev": known.rev if known else 0,
            "edits": dict(edits),
            "was": {path: known.fields.get(path) if known else None for path in edits},
            "actor": self.person.id,
            "principal": self.person.id,
            "device": self.device,
            "at": stamp(self.clock.now()),
        }
        return Change(**{**values, **parts})

    def photo(self, data: bytes) -> Attachment:
        """Keep a photo."""
        return self.store.blobs.put(data, "image/jpeg", "photo.jpg")

    def record(self, record: str) -> Record:
        """The record as it stands here."""
        found = self.store.record(record)
        assert found is not None
        return found

    def answer(self, record: str, path: str) -> str:
        """One value of a record here."""
        return self.record(record).get(path)

    def state_of(self, change: Change) -> str:
        """What became of a Change."""
        return {entry.change.id: entry.state for entry in self.store.history(change.record)}[change.id]

    def code_of(self, change: Change) -> str:
        """Why it was refused."""
        return {entry.change.id: entry.code for entry in self.store.history(change.record)}[change.id]


def some_bytes(size: int, seed: int = 1) -> bytes:
    """Bytes that do not compress, the same for a seed."""
    return random.Random(seed).randbytes(size)
