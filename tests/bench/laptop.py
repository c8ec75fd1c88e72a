"""A laptop in a process of its own, for measuring."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from fieldapp.clock import SystemClock, new_id, stamp
from fieldapp.garbage import settle_in
from fieldapp.records import ASSIGNEE, AUTHOR, STATE, TITLE, WARD, Change, Person
from fieldapp.services import Catalogue
from fieldapp.store import Store
from sync.adapters.gateway import GatewayClient
from sync.engine import Engine
from sync.wire import FeedRow
from tests.bench.asked import serve
from tests.support.gateway import SERVICE
from tests.support.store import KEY

DOCUMENT = {f"items/q{n:02d}": f"an answer of {n} words, more or less" for n in range(14)}  # about 1,025 bytes in all
FIRST = "items/q00"
PAGE = 100


class Laptop:
    """A person's store, and the product's own engine between it and a gateway."""

    def __init__(self, folder: Path, person: Person, url: str, token: str) -> None:
        self._person = person
        self._clock = SystemClock()
        self._store, self._beside = (
            Store.open(place, KEY, clock=self._clock, device=person.id, guide=Catalogue.load())
            for place in (folder, folder.with_suffix(".beside"))
        )
        self._engine = Engine(self._store, GatewayClient(url, token), person, self._clock)
        self._made: list[str] = []

    def save(self, count: int) -> dict[str, Any]:
        """So many new records, each in a durable commit of its own."""
        for number in range(count):
            self._store.commit(self._new(number), seal=True)
        return {}

    def take_in(self, count: int) -> dict[str, Any]:
        """So many of a City's rows into a store beside, a hundred in a commit: how a store writes many at once."""
        for page in range(count // PAGE):
            rows = [self._row(page * PAGE + number + 1) for number in range(PAGE)]
            self._beside.exchange.apply_page("ward:99", rows, rows[-1].seq)
        return {}

    def edit(self, count: int) -> dict[str, Any]:
        """One edit each of the records that were made last."""
        for record in self._made[-count:]:
            was = self._store.record(record)
            assert was is not None
            self._store.commit(self._edit(record, was.rev, was.get(FIRST)), seal=True)
        return {}

    def cycle(self) -> dict[str, Any]:
        """One cycle of sync; count and checksum of what is here then, and whether the City has the same."""
        proof = self._engine.cycle()
        return {"summary": [str(part) for part in self._store.exchange.summary()], "equal": proof.equal}

    def _new(self, number: int) -> Change:
        own = {STATE: "draft", AUTHOR: self._person.id, ASSIGNEE: self._person.id, TITLE: f"Couch {number}"}
        edits = {**own, WARD: f"{number % 15 + 1:02d}", **DOCUMENT, FIRST: f"new {number}"}
        self._made.append(new_id())
        return self._change(self._made[-1], 0, edits, {}, creates=True)

    def _row(self, seq: int) -> FeedRow:
        fields = {STATE: "draft", TITLE: f"Couch {seq}", WARD: "99", **DOCUMENT}
        return FeedRow(new_id(), 1, SERVICE, "1", fields, seq=seq)

    def _edit(self, record: str, rev: int, was: str) -> Change:
        return self._change(record, rev, {FIRST: f"{was}, edited"}, {FIRST: was}, creates=False)

    def _change(
        self, record: str, rev: int, edits: Mapping[str, str], was: Mapping[str, str], *, creates: bool
    ) -> Change:
        return Change(
            id=new_id(),
            record=record,
            service=SERVICE,
            form_version="1",
            base_rev=rev,
            edits=dict(edits),
            was=dict(was),
            actor=self._person.id,
            principal=self._person.id,
            device="LT01",
            at=stamp(self._clock.now()),
            creates=creates,
        )


def main(folder: str, person: str, url: str, token: str) -> None:
    """Do what is asked until the input ends."""
    about = json.loads(person)
    who = Person(about["id"], about["name"], frozenset(about["roles"]))
    laptop = Laptop(Path(folder), who, url, token)
    settle_in()
    serve({"save": laptop.save, "take_in": laptop.take_in, "edit": laptop.edit, "cycle": laptop.cycle})


if __name__ == "__main__":
    main(*sys.argv[1:])
