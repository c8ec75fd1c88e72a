"""A process that saves as fast as it can and says what is saved, until it is killed: see kill.py.

Threads as in the product: one saves answers and seals, another settles, applies pages and tidies.
"""

from __future__ import annotations

import sys
import threading
from pathlib import Path

from fieldapp.clock import SystemClock
from fieldapp.records import STATE, TITLE
from fieldapp.store import RemoteRow, Settled, Store
from tests.support.store import PERSON, make_change, make_row, make_store

ANSWERS = 5


def main(folder: Path, start: int) -> None:
    """Save for ever, numbering the records of the City from `start`."""
    store = make_store(folder, clock=SystemClock())
    print("ready", flush=True)
    threading.Thread(target=sync, args=(store, start), daemon=True).start()
    while True:
        fill_one(store)


def fill_one(store: Store) -> None:
    """One record: created, answered one by one, with a photo, sealed."""
    change = make_change(edits={TITLE: "Couch", STATE: "draft", "count": "0"})
    store.commit(change, seal=False)
    say("saved", change.record, "count", 0)
    for count in range(1, ANSWERS):
        store.commit(make_change(change.record, {"count": str(count)}), seal=False)
        say("saved", change.record, "count", count)
    say("blob", store.blobs.put(change.id.encode() * 100, "image/jpeg").sha256)
    store.commit(make_change(change.record, {STATE: "submitted"}, transition="submit"), seal=True)
    say("sealed", change.record, change.id)


def sync(store: Store, start: int) -> None:
    """Take every Change as the City would, and let rows arrive."""
    cursor = start
    while True:
        pending = store.exchange.pending(PERSON, 50, 10**6)
        store.exchange.sent([change.id for change in pending])
        store.exchange.settle(
            [Settled(change.id, "applied", 1, edits={"@number": f"26-{cursor}"}) for change in pending]
        )
        for change in pending:
            say("applied", change.record, change.id)
        rows: list[RemoteRow] = [make_row(cursor + n) for n in range(20)]
        store.exchange.apply_page("ward:08", rows, cursor + 20)
        cursor += 20
        say("cursor", cursor)
        store.tidy()


def say(*words: object) -> None:
    """One whole line, at once."""
    sys.stdout.write(" ".join(map(str, words)) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
