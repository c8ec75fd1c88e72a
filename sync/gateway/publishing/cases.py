"""All records of the City with their steps, for open data and reports: one pass, in pages, of one moment each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from fieldapp.opendata import Case, Step
from fieldapp.records import STATE, Record, plain
from sync.gateway.transactions import LISTED, CityDatabase, Transaction, listed

PAGE = 500


def cases(database: CityDatabase) -> Iterator[Case]:
    """Every record by its id, with the Changes that took effect, oldest first. What is purged of a history is
    missing."""
    after = ""
    while True:
        with database.snapshot() as reader:
            page = _page(reader, after)
        yield from page
        if len(page) < PAGE:
            return
        after = page[-1].record.id


def _page(reader: Transaction, after: str) -> list[Case]:
    sql = "SELECT id, service, form_version, rev, fields FROM record WHERE id > ? ORDER BY id LIMIT ?"
    found = reader.execute(sql, (after, PAGE)).fetchall()
    records = [Record(id_, service, version, rev, plain(fields)) for id_, service, version, rev, fields in found]
    steps: dict[str, list[Step]] = {record.id: [] for record in records}
    taken = (
        "SELECT record, at, result, payload FROM op WHERE status IN ('applied', 'merged')"
        f" AND record IN {LISTED} ORDER BY record, rev, n"
    )
    for record, at, result, payload in reader.execute(taken, (listed(steps),)):
        steps[record].append(_step(at, plain(result), plain(payload)))
    return [Case(record, tuple(steps[record.id])) for record in records]


def _step(at: str, result: Mapping[str, Any], op: Mapping[str, Any]) -> Step:
    edits = {**op.get("edits", {}), **result.get("edits", {})}  # of a purged op only the answer is left
    said = str(op.get("at", "")), str(op.get("actor", ""))
    return Step(at, *said, edits.get(STATE) or "", str(op.get("transition") or ""))
