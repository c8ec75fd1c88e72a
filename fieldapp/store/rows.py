"""A record as it lies in the table: its columns, its City row beside it, and back."""

from __future__ import annotations

import hashlib
import json
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import IntEnum
from typing import Any

from fieldapp.records import (
    ADDRESS,
    ALIAS,
    ASSIGNEE,
    AUTHOR,
    DUE,
    NUMBER,
    PARENT,
    PLANNED,
    POINT,
    STATE,
    TITLE,
    WARD,
    Fields,
    Record,
    canonical,
)
from fieldapp.store.sqlcipher import Connection, Values

FIRST_BIT_64 = 1 << 63


class Place(IntEnum):
    """Where a record's newest content is."""

    CITY = 0  # the City has all of it
    DRAFT = 1  # on this laptop, still being filled
    WAITING = 2  # on this laptop, closed, waiting to be sent or answered
    ATTENTION = 3  # the City could not take it; a person must look


@dataclass(frozen=True, slots=True)
class Row:
    """A record's line in a list."""

    n: int
    id: str
    service: str
    state: str
    title: str
    number: str
    alias: str
    ward: str
    assignee: str
    author: str
    parent: str
    planned: str
    due: str
    address: str
    point: str
    updated: str
    rev: int
    place: Place

    @property
    def reference(self) -> str:
        """The number a person quotes: the City's where it is known, else the offline one."""
        return self.number or self.alias


ROW_COLUMNS = ", ".join(Row.__dataclass_fields__)
STORED = "n, id, service, form_version, rev, fields, place, bucket, fp, gone, stale"


def row_of(values: Values) -> Row:
    """A list line from its columns."""
    return Row(*(*values[:-1], Place(values[-1])))


@dataclass(slots=True)
class Stored:
    """A record in the table, while a transaction works on it."""

    n: int
    record: Record
    place: int
    bucket: str
    fp: int | None
    gone: int = 0
    stale: int = 0


def stored_of(values: Values) -> Stored:
    """A table row (columns STORED) with its fields read."""
    n, id_, service, form_version, rev, fields, *rest = values
    return Stored(n, Record(id_, service, form_version, rev, json.loads(fields)), *rest)


def load(tx: Connection, ids: Iterable[str]) -> dict[str, Stored]:
    """The records of `ids` that are here."""
    wanted = json.dumps(list(ids))
    sql = f"SELECT {STORED} FROM record WHERE id IN (SELECT value FROM json_each(?))"  # noqa: S608 - fixed columns
    return {one.record.id: one for one in map(stored_of, tx.execute(sql, (wanted,)))}


def load_one(tx: Connection, record_id: str) -> Stored | None:
    """The record of `record_id`, if it is here."""
    found = tx.execute(f"SELECT {STORED} FROM record WHERE id = ?", (record_id,)).fetchone()  # noqa: S608
    return stored_of(found) if found else None


def shadows(tx: Connection, of: Mapping[int, Stored]) -> dict[int, Record]:
    """The City's rows beside the records `of` (by row number) that have one."""
    sql = "SELECT n, rev, form_version, fields FROM shadow WHERE n IN (SELECT value FROM json_each(?))"
    found = tx.execute(sql, (json.dumps(list(of)),))
    return {
        n: Record(of[n].record.id, of[n].record.service, version, rev, json.loads(fields))
        for n, rev, version, fields in found
    }


def text_of(fields: Fields) -> str:
    """Fields as the table keeps them: canonical JSON."""
    return canonical(fields).decode()


def signed(value: int) -> int:
    """An unsigned 64-bit number as SQLite keeps it."""
    value &= 2 * FIRST_BIT_64 - 1
    return value - 2 * FIRST_BIT_64 if value >= FIRST_BIT_64 else value


def fingerprint_of(record: Record, fields_text: str) -> int:
    """`records.fingerprint`, signed, from fields that are canonical JSON already."""
    head = canonical([record.id, record.rev, record.service, record.form_version])
    content = head[:-1] + b"," + fields_text.encode() + b"]"
    return int.from_bytes(hashlib.sha256(content).digest()[:8], "big", signed=True)


def folded(text: str) -> str:
    """Text for sorting and comparing: no case, no accents."""
    if text.isascii():
        return text.casefold()
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(char for char in decomposed if not unicodedata.combining(char))


def columns(record: Record, fields_text: str) -> dict[str, Any]:
    """The table's columns that follow from the record alone."""
    get = record.fields.get
    title = get(TITLE, "")
    return {
        "id": record.id,
        "service": record.service,
        "form_version": record.form_version,
        "rev": record.rev,
        "state": get(STATE, ""),
        "title": title,
        "title_key": folded(title),
        "number": get(NUMBER, ""),
        "alias": get(ALIAS, ""),
        "ward": get(WARD, ""),
        "assignee": get(ASSIGNEE, ""),
        "author": get(AUTHOR, ""),
        "parent": get(PARENT, ""),
        "planned": get(PLANNED, ""),
        "due": get(DUE, ""),
        "address": get(ADDRESS, ""),
        "point": get(POINT, ""),
        "fields": fields_text,
    }


_DERIVED = tuple(columns(Record("", "", ""), "{}"))
_KEPT = ("updated", "place", "bucket", "fp", "gone", "stale")
_ALL = (*_DERIVED, *_KEPT)
_SET = ["updated = ifnull(?, updated)" if name == "updated" else f"{name} = ?" for name in _ALL]
_INSERT = f"INSERT INTO record ({', '.join(_ALL)}, n) VALUES ({', '.join('?' * len(_ALL))}, ?)"  # noqa: S608
_UPDATE = f"UPDATE record SET {', '.join(_SET)}, indexed = 0 WHERE n = ?"  # noqa: S608


def values_of(stored: Stored, fields_text: str, updated: str | None) -> tuple[Any, ...]:
    """The parameters of INSERT and UPDATE alike; an UPDATE with `updated` None leaves the row where lists show it."""
    kept = (updated, stored.place, stored.bucket, stored.fp, stored.gone, stored.stale, stored.n or None)
    return (*columns(stored.record, fields_text).values(), *kept)


def insert(tx: Connection, values: Iterable[tuple[Any, ...]]) -> None:
    """New rows; `n` None lets SQLite number them."""
    tx.executemany(_INSERT, values)


def update(tx: Connection, values: Iterable[tuple[Any, ...]]) -> None:
    """Rows that are here already."""
    tx.executemany(_UPDATE, values)
