"""What a scanned code names: the numbers that stand on the City's papers, as their QR codes and bar codes have them."""

from __future__ import annotations

from collections.abc import Iterator

from fieldapp.actions.desk import Desk
from fieldapp.records import ALIAS, ISSUED, NUMBER, PROVISIONAL, Record
from fieldapp.store.rows import folded

LONGEST = 64  # characters; our numbers have twenty at most
LOOKED_AT = 50


def find_by_code(desk: Desk, code: str) -> Record | None:
    """The record on this laptop with exactly this number: its reference, the City's number, or an official one such as
    a receipt's. None where there is none, or several: then a person chooses."""
    wanted = folded(code.strip())
    if not wanted or len(wanted) > LONGEST:
        return None
    rows = desk.store.search(code.strip(), LOOKED_AT)
    records = desk.store.records([row.n for row in rows]).values()
    found = [one for one in records if wanted in {folded(number) for number in _numbers(one)}]
    return found[0] if len(found) == 1 else None


def _numbers(record: Record) -> Iterator[str]:
    yield record.get(ALIAS)
    yield record.get(NUMBER)
    for path, value in record.fields.items():
        if path.startswith(ISSUED) and value != PROVISIONAL:
            yield value
