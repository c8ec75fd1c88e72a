"""A record as it lies in the table: its columns, its City row beside it, and back."""

from __future__ import annotations

import hashlib
import json
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import IntEnum
from functools import cache
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
    plain,
)
from fieldapp.store import booked_days
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


BY_PATH = {
    STATE: "state",
    TITLE: "title",
    NUMBER: "number",
    ALIAS: "alias",
    WARD: "ward",
    ASSIGNEE: "assignee",
    AUTHOR: "author",
    PARENT: "parent",
    PLANNED: "planned",
    DUE: "due",
    ADDRESS: "address",
    POINT: "point",
}  # record fields with a column of their own, to list and sort by
ROW_COLUMNS = ", ".join(Row.__dataclass_fields__)


def row_of(values: Values) -> Row:
    """A list line from its columns."""
    return Row(*(*values[:-1], Place(values[-1])))


@dataclass(slots=True)
class Stored:
    """A record's table row while a transaction works on it. `before` is the row as it was read, by column."""

    record: Record
    place: int
    bucket: str = ""
    fp: int | None = None
    gone: int = 0
    stale: int = 0
    updated: str = ""
    n: int = 0  # 0: not in the table yet
    before: dict[str, Any] = field(default_factory=dict)


def stored_of(values: Values, *, read: bool = True) -> Stored:
    """A table row (columns STORED), with its fields where they are `read`."""
    before = dict(zip(COLUMNS, values, strict=False))
    record = _record_of(before, read=read)
    kept = {name: before[name] for name in KEPT}
    return Stored(record, n=values[-1], before=before, **kept)


def load(tx: Connection, ids: Iterable[str]) -> dict[str, Stored]:
    """The records of `ids` that are here."""
    return {one.record.id: one for one in map(stored_of, tx.execute(BY_IDS, (json.dumps(list(ids)),)))}


def load_bases(tx: Connection, ids: Iterable[str]) -> dict[str, Stored]:
    """The records of `ids`, to be put on the City's rows anew. Of those with Changes that the City has not taken no
    fields are read: theirs follow from the City's row and the Changes."""
    found = tx.execute(BY_IDS, (json.dumps(list(ids)),))
    made = (stored_of(values, read=values[PLACE] == Place.CITY) for values in found)
    return {one.record.id: one for one in made}


def echoes(tx: Connection, revisions: Mapping[str, int]) -> dict[str, tuple[int, str, int]]:
    """Of these records (id: the City's revision) those that are here as the City has them: row number, bucket and
    fingerprint. Their content is not read."""
    sql = (
        "SELECT r.id, r.n, r.bucket, r.fp FROM json_each(?) come JOIN record r ON r.id = come.key"
        " WHERE come.value <= r.rev AND r.fp IS NOT NULL AND r.stale = 0"
    )
    return {id_: (n, bucket, fp) for id_, n, bucket, fp in tx.execute(sql, (json.dumps(revisions),))}


def load_one(tx: Connection, record_id: str) -> Stored | None:
    """The record of `record_id`, if it is here."""
    found = tx.execute(BY_ID, (record_id,)).fetchone()
    return stored_of(found) if found and found[SERVICE] else None


def shadows(tx: Connection, of: Mapping[int, Stored]) -> dict[int, Record]:
    """The City's rows beside the records `of` (by row number) that have one."""
    sql = "SELECT n, rev, form_version, fields FROM shadow WHERE n IN (SELECT value FROM json_each(?))"
    found = tx.execute(sql, (json.dumps(list(of)),))
    return {
        n: Record(of[n].record.id, of[n].record.service, version, rev, plain(fields))
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


def write(tx: Connection, batch: Iterable[tuple[Stored, str]]) -> None:
    """Put rows into the table, each with its fields' text. Of known rows only what differs is written.

    An index whose columns stay is not touched: that is half of what a save would cost otherwise.
    """
    updates: dict[tuple[str, ...], list[tuple[Any, ...]]] = {}
    unindexed: list[tuple[int]] = []
    fresh: list[tuple[Any, ...]] = []
    texts: list[tuple[int, str, str]] = []
    (last,) = tx.execute("SELECT ifnull(max(n), 0) FROM record").fetchone()
    for stored, text in batch:
        after = _columns(stored, text)
        if not stored.n:
            stored.n = last + len(fresh) + 1
            fresh.append((*after.values(), stored.n))
            unindexed.append((stored.n,))
            texts.append((stored.n, "", text))
            continue
        changed = tuple(name for name in COLUMNS if after[name] != stored.before[name])
        if "fields" in changed:
            unindexed.append((stored.n,))
            texts.append((stored.n, stored.before["fields"], text))
        if changed:
            updates.setdefault(changed, []).append((*(after[name] for name in changed), stored.n))
    tx.executemany(INSERT, fresh)
    for names, values in updates.items():
        tx.executemany(update(names), values)
    tx.executemany("INSERT OR IGNORE INTO unindexed VALUES (?)", unindexed)
    booked_days.note(tx, texts)


@cache
def update(names: tuple[str, ...]) -> str:
    """The statement that writes these columns of the row whose number comes last."""
    return f"UPDATE record SET {', '.join(f'{name} = ?' for name in names)} WHERE n = ?"


def columns_of(fields: Fields, paths: Iterable[str] = BY_PATH) -> dict[str, Any]:
    """The columns that follow from `fields`, of those of `paths` that have one."""
    columns = {BY_PATH[path]: fields.get(path, "") for path in paths if path in BY_PATH}
    return columns | {"title_key": folded(columns["title"])} if "title" in columns else columns


def _columns(stored: Stored, text: str) -> dict[str, Any]:
    record = stored.record
    return {
        "id": record.id,
        "service": record.service,
        "form_version": record.form_version,
        "rev": record.rev,
        "fields": text,
        **columns_of(record.fields),
        "place": stored.place,
        "bucket": stored.bucket,
        "fp": stored.fp,
        "gone": stored.gone,
        "stale": stored.stale,
        "updated": stored.updated,
    }


def _record_of(before: Mapping[str, Any], *, read: bool) -> Record:
    fields = plain(before["fields"]) if read else {}
    return Record(before["id"], before["service"], before["form_version"], before["rev"], fields)


KEPT = ("place", "bucket", "fp", "gone", "stale", "updated")
COLUMNS = tuple(_columns(Stored(Record("", "", ""), 0), ""))
STORED = ", ".join((*COLUMNS, "n"))
ROW_BY_ID = f"SELECT {ROW_COLUMNS} FROM record WHERE id = ? AND service <> ''"
BY_ID = f"SELECT {STORED} FROM record WHERE id = ?"
BY_IDS = f"SELECT {STORED} FROM record WHERE id IN (SELECT value FROM json_each(?))"
PLACE = COLUMNS.index("place")
SERVICE = COLUMNS.index("service")  # "" for a record that left this laptop (retention.py): it is as if it were not here
MARKS = ", ".join("?" * (len(COLUMNS) + 1))
INSERT = f"INSERT INTO record ({STORED}) VALUES ({MARKS})"
