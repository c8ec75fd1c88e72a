"""A process that saves as fast as it can, each save with an official number, and says what is saved, until it is
killed: see kill.py."""

from __future__ import annotations

import sys
from pathlib import Path

from fieldapp.clock import SystemClock, new_id
from fieldapp.records import ISSUED, STATE
from fieldapp.store import Block, Issue, Store
from tests.support.store import make_change, make_store

SERIES, MANY = "order/2026", 200


def main(folder: Path) -> None:
    """Save for ever; a block that is used up is followed by another."""
    store = make_store(folder, clock=SystemClock())
    print("ready", flush=True)
    while True:
        if not store.numbers.left(SERIES):
            reserve(store, int(store.setting("first") or 1))
            store.keep_setting("first", str(int(store.setting("first") or 1) + MANY))
        change = make_change(edits={STATE: "submitted"}, transition="submit")
        saved = store.commit(change, seal=True, issues=[Issue("order", SERIES)])
        print("issued", change.record, saved.get(ISSUED + "order"), flush=True)


def reserve(store: Store, first: int) -> None:
    """The next block, as the City would give it."""
    asked = "service", "order", "2026-11-23", MANY
    id_ = new_id()
    store.numbers.ask(Block(id_, SERIES, *asked))
    store.numbers.arrived(Block(id_, SERIES, *asked, "open", "OR26-", 5, first, first + MANY - 1, first))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
