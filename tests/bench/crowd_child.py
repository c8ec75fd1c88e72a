"""Some laptops of a crowd in one process: stores, workers and lines of their own, as in the product."""

from __future__ import annotations

import json
import random
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

from fieldapp.access import COUNTER
from fieldapp.clock import SystemClock
from fieldapp.records import Person
from fieldapp.services import Catalogue
from fieldapp.store import Store
from sync.adapters.gateway import GatewayClient
from sync.status import SyncState, SyncStatus
from sync.worker import Worker
from tests.bench.crowd import PATIENCE, PHOTO_BYTES, PHOTOS, RECORDS
from tests.bench.laptop import DOCUMENT
from tests.support.gateway import Laptop
from tests.support.store import KEY

ALARMING = {SyncState.TROUBLE, SyncState.NEEDS_LOGIN, SyncState.UPGRADE_NEEDED}


@dataclass
class One:
    """A laptop and its worker, and what its person was shown since the network was back."""

    laptop: Laptop
    worker: Worker
    shown: list[SyncState] = field(default_factory=list)
    done_at: float = 0.0

    @property
    def complete(self) -> bool:
        """Whether nothing waits any more, and the City agreed."""
        status = self.worker.status
        return bool(
            status.state is SyncState.IDLE
            and status.proof
            and status.proof.equal
            and not self.laptop.store.counts().waiting
            and not self.laptop.store.blobs.queue()
        )


def filled(folder: Path, url: str, about: list[str], catalogue: Catalogue) -> One:
    """One person's laptop after the outage."""
    id_, ward, token = about
    person, clock = Person(id_, id_, frozenset({COUNTER}), frozenset({ward})), SystemClock()
    store = Store.open(folder / id_, KEY, clock=clock, device=f"LT-{id_}", guide=catalogue)
    laptop = Laptop(person, store, GatewayClient(url, token), f"LT-{id_}")
    chance = random.Random(id_)
    for number in range(RECORDS):
        photos = (laptop.photo(chance.randbytes(PHOTO_BYTES)),) if number < PHOTOS else ()
        named = {f"photos/p{number}": f"{one.sha256}.jpg" for one in photos}
        laptop.new({**DOCUMENT, **named}, ward=ward, attachments=photos)
    shown: list[SyncState] = []

    def show(status: SyncStatus) -> None:
        shown.append(status.state)

    return One(laptop, Worker(store, laptop.api, person, clock, publish=show), shown)


def main(folder: str, url: str) -> None:
    """Fill, wait for the network, come back, tell."""
    catalogue = Catalogue.load()
    crowd = [filled(Path(folder), url, about, catalogue) for about in json.loads(sys.stdin.readline())]
    for one in crowd:
        one.worker.start()
    while any(one.worker.status.state is not SyncState.OFFLINE for one in crowd):
        time.sleep(0.05)
    print(json.dumps({"waiting": len(crowd)}), flush=True)
    sys.stdin.readline()
    began = time.monotonic()
    for one in crowd:
        one.shown.clear()
        one.worker.wake()
    _await(crowd, began)
    told = {
        "times": [one.done_at for one in crowd if one.done_at],
        "errors": sum(bool(ALARMING & set(one.shown)) or bool(one.laptop.store.counts().attention) for one in crowd),
        "again": sum(state.backing_off for one in crowd for state in one.shown),
    }
    print(json.dumps(told), flush=True)
    sys.stdin.readline()


def _await(crowd: list[One], began: float) -> None:
    while time.monotonic() < began + PATIENCE and not all(one.done_at for one in crowd):
        for one in crowd:
            if not one.done_at and one.complete:
                one.done_at = time.monotonic() - began
        time.sleep(0.1)


if __name__ == "__main__":
    main(*sys.argv[1:])
