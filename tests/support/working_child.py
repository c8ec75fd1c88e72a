"""A person who works while the laptop syncs, and tells each save: run as `python -m` and killed at a random moment.

Arguments: the laptop's home, the gateway's address, the token. Lines: `ready`, then `saved RECORD PATH VALUE` for each
answer that the screen would call saved, and `sealed RECORD` for each record that was handed in.
"""

from __future__ import annotations

import sys
from itertools import count
from pathlib import Path

from fieldapp.actions import Desk, answer, start, take
from fieldapp.clock import SystemClock
from fieldapp.paths import Home
from fieldapp.places import Layers
from fieldapp.services import Catalogue
from fieldapp.store import Store
from sync.adapters.gateway import GatewayClient
from sync.practice import answers, seed
from sync.practice.answers import Site
from sync.practice.people import OSEI, residents
from sync.worker import Worker
from tests.support.store import KEY

SITE = Site("12 Foxglove Street", 43.55, -78.25, listed=False)
SPOT = "pickup/set_out_spot"


def desk_at(folder: Path) -> Desk:
    """The clerk's desk in a home."""
    home = Home(folder)
    clock, catalogue = SystemClock(), Catalogue.load(cache=home.cache)
    store = Store.open(home.store(OSEI.id), KEY, clock=clock, device="TOUGH-08", guide=catalogue)
    return Desk(OSEI, store, catalogue, Layers(home.layers), clock, "TOUGH-08")


def work(desk: Desk) -> None:
    """One resident after the other, for ever."""
    person = residents(1, 1)[0]
    given = [*answers.pickup(SITE, person, ["mattress"]), (SPOT, "0")]
    print("ready", flush=True)
    for _ in count():
        record = seed.write(desk, start(desk, "bulk-pickup"), given)
        for value in range(4):
            answer(desk, record.id, {SPOT: str(value)})
            print("saved", record.id, SPOT, value, flush=True)
        take(desk, record.id, "submit")
        print("sealed", record.id, flush=True)


def main(folder: str, url: str, token: str) -> None:
    """Work and sync until somebody pulls the battery."""
    desk = desk_at(Path(folder))
    worker = Worker(desk.store, GatewayClient(url, token), desk.person, desk.clock, every=0.02)
    worker.start()
    work(desk)


if __name__ == "__main__":
    main(*sys.argv[1:])
