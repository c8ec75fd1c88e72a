"""Addresses: points with number, street, unit and community, under the column names that cities use."""

from __future__ import annotations

import re

from fieldapp.errors import Place
from fieldapp.places.imports.entries import Column, Entry, Extra, entries
from fieldapp.places.imports.job import Job
from fieldapp.places.imports.points import PointTable
from fieldapp.places.imports.report import Faults
from fieldapp.places.words import indexed, number_key, plain, words
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


class _Columns:
    """The columns of an address file."""

    def __init__(self) -> None:
        self.key, self.number, self.street = Column(KEYS), Column(NUMBER), Column(STREET)
        self.unit, self.community, self.extra = Column(UNIT), Column(COMMUNITY), Extra()


def import_addresses(job: Job) -> None:
    """Read all addresses of the file. A row without a street is passed over."""
    faults, columns = Faults(job.report), _Columns()
    streets = _Streets(job.connection)
    table = PointTable(job, "addresses", columns=13)
    for entry in entries(job, faults, STREET, NUMBER):
        street, community = " ".join(columns.street.of(entry).split()), columns.community.of(entry)
        number = streets.number(street, community)
        if number:
            _add(table, entry, columns, (number, f"{street} {community}"))
        else:
            faults.add(tr("The row has no street."), Place(file=job.file.name, row=entry.row))
    faults.judge(job.report.rows)
    table.finish()
    streets.finish()
    job.report.counts["streets"] = len(streets)


def _add(table: PointTable, entry: Entry, columns: _Columns, street: tuple[int, str]) -> None:
    number = " ".join(columns.number.of(entry).split())
    unit = columns.unit.of(entry)
    if unit:
        unit = " ".join(_UNIT_WORD.sub("", unit).split())
    key, unit_key = number_key(number), number_key(unit)
    address = columns.key.of(entry)
    digits = re.match(r"[0-9]{1,9}", key)
    head = (address, number, unit, street[0], key, int(digits[0]) if digits else 0, unit_key)
    # A file without ids is checked for the same address twice.
    table.add(entry, address or f"{unit_key}-{key} {street[1]}".strip("- "), head, (columns.extra.of(entry),))


class _Streets:
    """The streets met so far; a street of the same name in another community is another street."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._numbers: dict[tuple[str, str], int] = {}

    def __len__(self) -> int:
        return len(self._numbers)

    def number(self, name: str, community: str) -> int:
        """Our number of a street; 0 for a name without a word in it."""
        number = self._numbers.get((name, community))
        if number is None and words(name):
            number = self._numbers[name, community] = len(self._numbers) + 1
        return number or 0

    def finish(self) -> None:
        rows = [(n, name, community, plain(f"{name} {community}")) for (name, community), n in self._numbers.items()]
        self._connection.executemany("INSERT INTO streets VALUES (?, ?, ?, ?)", rows)
        texts = [(n, indexed(f"{name} {community}")) for (name, community), n in self._numbers.items()]
        self._connection.executemany("INSERT INTO street_words(rowid, words) VALUES (?, ?)", texts)
