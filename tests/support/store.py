"""Stores for tests: real files, quick to make and to fill."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any

from fieldapp.clock import FixedClock, new_id, stamp
from fieldapp.records import ADDRESS, ALIAS, ASSIGNEE, DUE, NUMBER, PLANNED, STATE, TITLE, WARD, Change
from fieldapp.store import RemoteRow, Store, bucket_of

KEY = bytes(range(32))
PERSON = "m.tremblay"
STREETS = ("Main Street East", "Rue Sainte-Émilie", "King Street West", "Concession 6", "Upper James Street")
SERVICES = ("bulk-pickup", "building-permit", "building-inspection")
STATES = ("draft", "submitted", "returned", "approved")


def make_store(folder: Path, *, key: bytes = KEY, **parts: Any) -> Store:
    """A store in `folder`, with a clock that stands still unless another is given."""
    return Store.open(folder, key, **{"clock": FixedClock(), "device": "LT01", **parts})


def make_change(
    record: str = "", edits: Mapping[str, str | None] | None = None, *, creates: bool | None = None, **parts: Any
) -> Change:
    """A Change: of a new record where no record is named, else of that one."""
    values: dict[str, Any] = {
        "id": new_id(),
        "record": record or new_id(),
        "service": "bulk-pickup",
        "form_version": "1",
        "base_rev": 0,
        "edits": edits if edits is not None else {STATE: "draft", TITLE: "Couch"},
        "was": {},
        "actor": PERSON,
        "principal": PERSON,
        "device": "LT01",
        "at": stamp(FixedClock().now()),
        "creates": not record if creates is None else creates,
    }
    return Change(**{**values, **parts})


def make_row(n: int, *, rev: int = 1, **fields: str) -> RemoteRow:
    """The n-th row of a made-up city; the same for the same n. `fields` by name without @ (state="approved")."""
    content = {
        STATE: STATES[n % 4],
        TITLE: f"Item {n % 97} at {n % 400} {STREETS[n % 5]}",
        NUMBER: f"26-{100000 + n}",
        ALIAS: f"HAM-LT01-261123-{n:03d}",
        ADDRESS: f"{n % 400} {STREETS[n % 5]}",
        WARD: f"{n % 15 + 1:02d}",
        ASSIGNEE: PERSON if n % 3 else "",
        PLANNED: f"2026-11-{n % 28 + 1:02d}T14:00:00.000Z" if n % 4 == 0 else "",
        DUE: f"2026-12-{n % 28 + 1:02d}" if n % 2 else "",
        "contact/name": f"Resident {n}",
        "contact/phone": f"90555501{n % 100:02d}",
        "items[a]": "1",
        "items[a]/kind": "couch",
        "items[a]/note": "left beside the laneway, behind the blue fence, since Tuesday " * 4,
        **{f"@{name}": value for name, value in fields.items()},
    }
    kept = {path: value for path, value in content.items() if value}
    at = stamp(FixedClock().now() + timedelta(seconds=n - 10**6))  # a feed comes in the order of its changes
    return RemoteRow(f"record-{n:08d}", rev, SERVICES[n % 3], "1", kept, at=at)


def fill(store: Store, count: int, *, start: int = 0, page: int = 2000) -> None:
    """Let `count` records arrive from the City, with the index brought up to date."""
    by_bucket: dict[str, list[RemoteRow]] = {}
    for row in (make_row(n) for n in range(start, start + count)):
        by_bucket.setdefault(bucket_of(row.fields), []).append(row)
    for bucket, feed in by_bucket.items():
        cursor = store.exchange.buckets()[bucket].cursor if bucket in store.exchange.buckets() else 0
        for piece in _pieces(feed, page):
            cursor += len(piece)
            store.exchange.apply_page(bucket, piece, cursor)
    store.tidy()


def _pieces(feed: list[RemoteRow], size: int) -> Iterator[list[RemoteRow]]:
    for start in range(0, len(feed), size):
        yield feed[start : start + size]
