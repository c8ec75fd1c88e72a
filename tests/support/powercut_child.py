"""A laptop's store, or a gateway, at work under powercut.c: it says in the file `acks` what it has called saved."""

from __future__ import annotations

import hashlib
import os
import sys
from pathlib import Path

from fieldapp.clock import FixedClock
from fieldapp.records import STATE, TITLE, WARD
from fieldapp.services import Catalogue
from fieldapp.store import Settled, Store
from sync.wire import PushRequest
from tests.support.gateway import CLERK, make_service, some_bytes
from tests.support.powercut import ACKS
from tests.support.store import PERSON, make_change, make_row, make_store

ANSWERS, TIDY = 4, 7


class Teller:
    """Writes one line for each thing that a person was told is safe."""

    def __init__(self, root: Path) -> None:
        self._file = os.open(root / ACKS, os.O_WRONLY | os.O_CREAT | os.O_APPEND)

    def __call__(self, *words: object) -> None:
        os.write(self._file, (" ".join(map(str, words)) + "\n").encode())


def laptop(root: Path, say: Teller, records: int) -> None:
    """Records with answers and a photo, sealed, settled; rows arrive; the log is brought into the file now and then."""
    store = make_store(root / "store", clock=FixedClock())
    for number in range(records):
        _fill_one(store, say)
        pending = store.exchange.pending(PERSON, 50, 10**6)
        if number % 3 == 2:
            store.exchange.settle([Settled(change.id, "applied", 1) for change in pending])
            for change in pending:
                say("applied", change.record, change.id)
            store.exchange.apply_page("ward:08", [make_row(number * 10 + n) for n in range(10)], number * 10 + 10)
            say("cursor", number * 10 + 10)
        if number % TIDY == TIDY - 1:
            store.tidy()
        if number % (2 * TIDY) == TIDY:
            store.close()
            store = make_store(root / "store", clock=FixedClock())
    store.close()


def _fill_one(store: Store, say: Teller) -> None:
    change = make_change(edits={TITLE: "Couch", STATE: "draft", "count": "0"})
    store.commit(change, seal=False)
    say("saved", change.record, "count", 0)
    for count in range(1, ANSWERS):
        store.commit(make_change(change.record, {"count": str(count)}), seal=False)
        say("saved", change.record, "count", count)
    photo = store.blobs.put(change.id.encode() * 300, "image/jpeg")
    say("blob", photo.sha256)
    store.commit(make_change(change.record, {STATE: "submitted"}, attachments=(photo,)), seal=True)
    say("sealed", change.record, change.id)


def gateway(root: Path, say: Teller, pushes: int) -> None:
    """Pushes of new records and of files in pieces; the gateway is closed and opened in between."""
    catalogue = Catalogue.load()
    service = make_service(root / "gateway", catalogue)
    for number in range(pushes):
        data = some_bytes(30_000 + number, number)
        sha256 = hashlib.sha256(data).hexdigest()
        file = {"sha256": sha256, "size": len(data), "mime": "image/jpeg", "name": "p.jpg", "taken_at": ""}
        parts = {"actor": CLERK.id, "principal": CLERK.id}
        edits = {TITLE: f"Couch {number}", WARD: f"{number % 3:02d}"}
        ops = [make_change(f"r{number}-{n}", edits, creates=True, **parts).payload() for n in range(5)]
        ops[0] = {**ops[0], "attachments": [file]}
        for result in service.as_(CLERK).push(PushRequest("LT01", tuple(ops))).results:
            say("taken", result.op_id, result.status, result.rev)
        for start in range(0, len(data), 12_000):
            status = service.as_(CLERK).put_blob(sha256, start, len(data), data[start : start + 12_000])
            say("offset", sha256, status.offset)
        if number % TIDY == TIDY - 1:
            service.close()
            service = make_service(root / "gateway", catalogue)
    service.close()


def main(root: Path, what: str, count: int) -> None:
    """Work to the end."""
    {"laptop": laptop, "gateway": gateway}[what](root, Teller(root), count)


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]))
