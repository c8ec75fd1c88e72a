"""A clerk at a till who takes money while the laptop syncs over a bad line: run as `python -m` and killed at a random
moment, or until so many receipts are there.

Arguments: the laptop's home, the gateway's address, the token, the clerk's number, a seed, how many receipts. Lines:
`ready`, then `paid RECORD NUMBER CENTS` for each payment whose receipt is in a hand (`-`: without a number).
"""

from __future__ import annotations

import random
import sys
import time
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

from fieldapp.actions import Desk, Handed, my_till, open_till, payments_in, start, take_payment
from fieldapp.clock import SystemClock
from fieldapp.money.payment import payment_of
from fieldapp.paths import Home
from fieldapp.places import Layers
from fieldapp.services import Catalogue
from fieldapp.store import Store
from sync.adapters.gateway import GatewayClient
from sync.api import RemoteApi
from sync.backoff import Backoff
from sync.worker import Worker
from tests.support.faults import Lossy
from tests.support.money import CLERKS, FLOAT
from tests.support.store import KEY

PATIENCE = 40  # waits of 0.05 s for a block of numbers; after that a payment is taken without one
WAYS = (("cash", ""), ("cheque", "112"), ("debit_terminal", "T1-0045"))


def desk_at(folder: Path, clerk: int) -> Desk:
    """The desk of one of the clerks, in a home of their own."""
    person, home = CLERKS[clerk], Home(folder / f"till{clerk}")
    clock, catalogue = SystemClock(), Catalogue.load(cache=Home(folder).cache)
    device = f"TILL-{clerk}"
    store = Store.open(home.store(person.id), KEY, clock=clock, device=device, guide=catalogue)
    return Desk(person, store, catalogue, Layers(home.layers), clock, device)


def serve(desk: Desk, till: str, chance: random.Random, most: int) -> None:
    """One resident after the other, until there are `most` receipts in the till."""
    for _ in range(most - len(payments_in(desk, till))):
        amount = Decimal(chance.randint(1, 100_000)) / 100
        case = start(desk, "building-permit")
        case = desk.commit(case, {"fee/fee_code": "FOI", "fee/fee_base": f"{amount:.2f}", "fee/hst": "0"})
        for _ in range(PATIENCE):  # as long as it takes to greet somebody
            if any(block.left for block in desk.store.numbers.blocks()):
                break
            time.sleep(0.05)
        made = payment_of(take_payment(desk, case, Handed(amount, *chance.choice(WAYS))))
        print("paid", made.id, made.receipt or "-", int(made.paid * 100), flush=True)


def work(desk: Desk, api: RemoteApi, seed: str, most: int, ready: Callable[[], None] = lambda: None) -> None:
    """Take money, and sync over a line that loses requests and answers, until the till has `most` receipts."""
    line = Lossy(int(seed), loss=0.2).over(api)
    waits = Backoff(random.Random(int(seed)), base=0.02, cap=0.2)
    worker = Worker(desk.store, line, desk.person, desk.clock, every=0.02, backoff=waits, catalogue=desk.catalogue)
    worker.start()
    found = my_till(desk)
    till = found.id if found else open_till(desk, desk.device, FLOAT).id
    ready()
    serve(desk, till, random.Random(int(seed)), most)
    worker.stop()


def main(folder: str, url: str, token: str, clerk: str, seed: str, most: str) -> None:
    """Work until the till has enough, or somebody pulls the battery."""
    desk = desk_at(Path(folder), int(clerk))
    work(desk, GatewayClient(url, token), seed, int(most), lambda: print("ready", flush=True))


if __name__ == "__main__":
    main(*sys.argv[1:])
