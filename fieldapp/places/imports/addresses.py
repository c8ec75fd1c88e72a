"""Addresses: points with number, street, unit and community, under the column names that cities use."""

from __future__ import annotations

import re

from fieldapp.errors import Place
from fieldapp.places.imports.job import Job
from fieldapp.places.imports.points import Entry, PointTable, entries, extra_of, value_of
from fieldapp.places.imports.report import Faults
from fieldapp.places.words import indexed, number_key, plain
from fieldapp.store.sqlcipher import Connection
from fieldapp.texts import tr

KEYS = ("address_id", "addressid", "hash", "objectid", "id", "fid")
NUMBER = (
    "number_complete",
    "number",
    "house_number",
    "housenumber",
    "civic_number",
    "civic",
    "street_number",
    "addr:housenumber",
)
STREET = ("full_street_name", "street", "street_name", "streetname", "road", "addr:street")
UNIT = ("unit_number_complete", "unit", "unit_number", "suite", "addr:unit")
COMMUNITY = ("municipality", "community", "city", "town", "addr:city")

_UNIT_WORD = re.compile(r"^(unit|apt|apartment|suite|app|appartement|bureau|#)[\s.#]*", re.IGNORECASE)


def import_addresses(job: Job) -> None:
    """Read all addresses of the file. A row without a street is passed over."""
    faults = Faults(job.report)
    streets = _Streets(job.connection)
    table = PointTable(job, "addresses", columns=13)
    for entry in entries(job, faults, STREET, NUMBER):
        street = " ".join(value_of(entry.values, STREET).split())
        if not plain(street).strip():
            faults.add(tr("The row has no street."), Place(file=job.file.name, row=entry.row))
            continue
        community = value_of(entry.values, COMMUNITY)
        _add(table, entry, streets.number(street, community), f"{street} {community}".strip())
    faults.judge(job.report.rows)
    table.finish()
    streets.finish()
    job.report.counts["streets"] = len(streets)


def _add(table: PointTable, entry: Entry, street: int, name: str) -> None:
    number = " ".join(value_of(entry.values, NUMBER).split())
    unit = " ".join(_UNIT_WORD.sub("", value_of(entry.values, UNIT)).split())
    key, unit_key = number_key(number), number_key(unit)
    address = value_of(entry.values, KEYS)
    digits = re.match(r"\d{1,9}", key)
    head = (address, number, unit, street, key, int(digits[0]) if digits else 0, unit_key)
    # A file without ids is checked for the same address twice.
    table.add(entry, address or f"{unit_key}-{key} {name}".strip("- "), head, (extra_of(entry),))


class _Streets:
    """The streets met so far; a street of the same name in another community is another street."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._numbers: dict[tuple[str, str], int] = {}

    def __len__(self) -> int:
        return len(self._numbers)

    def number(self, name: str, community: str) -> int:
        return self._numbers.setdefault((name, community), len(self._numbers) + 1)

    def finish(self) -> None:
        rows = [(n, name, community, plain(f"{name} {community}")) for (name, community), n in self._numbers.items()]
        self._connection.executemany("INSERT INTO streets VALUES (?, ?, ?, ?)", rows)
        texts = [(n, indexed(f"{name} {community}")) for (name, community), n in self._numbers.items()]
        self._connection.executemany("INSERT INTO street_words(rowid, words) VALUES (?, ?)", texts)
