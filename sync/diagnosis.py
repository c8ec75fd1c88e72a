"""A diagnosis for IT: versions, counts, states, times and recent errors of this laptop. No personal data: no name, no
address, no answer, no reference, no message that may quote one. It is a text that a person reads whole before it goes.
"""

from __future__ import annotations

import platform
import re
from collections.abc import Iterable, Iterator
from datetime import datetime

from fieldapp import __version__
from fieldapp.actions import Desk, in_hand
from fieldapp.clock import CITY_ZONE, moment_of, stamp
from fieldapp.machine import battery, free_bytes, system
from fieldapp.recent import Event
from fieldapp.store import Query
from fieldapp.store.database import NAME
from fieldapp.store.migrations import LATEST
from fieldapp.store.snapshots import listed
from sync.network import Step
from sync.status import ProofOfSync, SyncStatus

NONE = "not known"
CODE = re.compile(r"[a-z_]{0,40}")  # what a code looks like; anything else is somebody's words
WARD = re.compile(r"ward:[a-z0-9]{1,8}")


def diagnosis(
    desk: Desk,
    status: SyncStatus | None,
    events: Iterable[Event],
    *,
    more: Iterable[str] = (),
    steps: Iterable[Step] = (),
) -> str:
    """The whole text, in English for whoever reads it. `more` are lines of the screen's own, such as its version."""
    parts = [
        ("Versions", [*_versions(), *more]),
        ("Laptop", _laptop(desk)),
        ("Sync", _sync(status)),
        ("Last complete cycle", _proof(status.proof if status else None)),
        (
            "Network test",
            [f"{step.id}: {'good' if step.good else 'FAILED'}, {step.seconds * 1000:.0f} ms" for step in steps],
        ),
        ("Records here", _records(desk)),
        ("Changes here", _changes(desk)),
        ("Official numbers in reserve", [f"{one.id}: {left} (asks below {one.low})" for one, left in in_hand(desk)]),
        ("Layers", [f"{one.name}: {one.rows} rows, as of {one.as_of}" for one in desk.layers.describe()]),
        ("Recent warnings and errors", [line for event in events for line in _event(event)]),
    ]
    head = f"FieldApp diagnosis, {stamp(desk.clock.now())}\nIt holds no personal data.\n"
    return head + "".join(
        f"\n{title}\n" + "".join(f"  {line}\n" for line in lines or ["none"]) for title, lines in parts
    )


def _versions() -> list[str]:
    return [f"FieldApp {__version__}", f"Python {platform.python_version()}", system(), f"store schema {LATEST}"]


def _laptop(desk: Desk) -> list[str]:
    charge, free = battery(), free_bytes(desk.store.folder)
    size = (desk.store.folder / NAME).stat().st_size
    copies = listed(desk.store.folder)
    return [
        f"roles: {', '.join(sorted(desk.person.roles))}",
        f"wards: {len(desk.person.wards)}{' (all)' if '*' in desk.person.wards else ''}",
        f"services: {', '.join(f'{one.id} {one.form_version}' for one in desk.catalogue)}",
        f"store: {size} bytes; disk free: {NONE if free is None else f'{free} bytes'}",
        f"copies of the store: {len(copies)}, newest {copies[0].day if copies else 'none'}",
        f"battery: {NONE if charge is None else f'{charge.percent} %' + (', charging' if charge.plugged else '')}",
    ]


def _sync(status: SyncStatus | None) -> list[str]:
    if status is None:
        return ["no gateway"]
    return [f"state: {status.state.value}", f"waiting: {status.waiting}", f"last complete: {status.last_ok or 'never'}"]


def _proof(proof: ProofOfSync | None) -> list[str]:
    if proof is None:
        return []
    seconds = (moment_of(proof.finished_at) - moment_of(proof.started_at)).total_seconds()
    sent = ", ".join(f"{status} {n}" for status, n in sorted(proof.results.items())) or "0"
    clock = NONE if proof.clock_ahead is None else f"{proof.clock_ahead:.1f} s"
    buckets = [
        f"{_bucket(name)}: here {_summary(proof.here.get(name))}, City {_summary(proof.city.get(name))}"
        for name in sorted({*proof.here, *proof.city})
    ]
    return [
        f"{seconds:.3f} s; sent: {sent}; received {proof.received}; files {proof.files}; clock ahead by {clock}",
        f"rebuilt: {', '.join(proof.rebuilt) or 'none'}",
        *buckets,
    ]


def _bucket(name: str) -> str:
    """A bucket's name, unless it may bear a person's."""
    return name if WARD.fullmatch(name) else name.partition(":")[0]


def _summary(one: tuple[int, int] | None) -> str:
    return NONE if one is None else f"{one[0]} / {one[1] % 2**64:016x}"


def _records(desk: Desk) -> list[str]:
    """Counts by service and state: both are the City's own words for them, and known ones only."""
    return [
        f"{service.id} {state.id}: {n}"
        for service in desk.catalogue
        for state in service.states
        if (n := desk.store.count(Query(service=service.id, state=state.id)))
    ]


def _changes(desk: Desk) -> list[str]:
    counts = desk.store.counts()
    refused = desk.store.refusal_codes()
    codes = ", ".join(f"{code if CODE.fullmatch(code) else '?'} {n}" for code, n in sorted(refused.items())) or "none"
    files = desk.store.blobs.copies.counts()
    return [
        f"waiting {counts.waiting}, open {counts.drafts}, needing a person {counts.attention}",
        f"files to send {files.waiting}, damaged here {files.damaged}, with the City {files.stored}",
        f"refused, by the City's code: {codes}",
    ]


def _event(event: Event) -> Iterator[str]:
    at = stamp(datetime.fromtimestamp(event.at, CITY_ZONE))
    yield f"{at} {event.level} {event.where}: {' '.join(event.what.split())} {event.kind}".rstrip()
    yield from (f"    {line}" for line in event.through)
