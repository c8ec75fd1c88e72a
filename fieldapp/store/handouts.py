"""What the City's buckets hold besides records: forms, tables and layers that it hands out, and what is not known here.

A row of an unknown kind, or one of a record that cannot be read, comes from a newer gateway. It is kept as it came and
counts in its bucket, so that both sides agree; a newer FieldApp reads it then (`Handouts.unread`).
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from fieldapp.records import canonical, plain
from fieldapp.store.database import Database
from fieldapp.store.remote import KINDS, OddRow, RemoteRow
from fieldapp.store.sqlcipher import Connection
from fieldapp.store.tallies import Tally

KEEP = "INSERT OR REPLACE INTO handout (bucket, id, kind, rev, fp, known, stale, raw) VALUES (?, ?, ?, ?, ?, ?, 0, ?)"


@dataclass(frozen=True)
class Handout:
    """One such row. `row` has all that came, known or not."""

    bucket: str
    id: str
    kind: str
    row: Mapping[str, Any]

    @property
    def fields(self) -> Mapping[str, Any]:
        """What it says of the thing."""
        fields = self.row.get("fields")
        return fields if isinstance(fields, dict) else {}


class Handouts:
    """Reading them."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def of(self, kind: str) -> list[Handout]:
        """All of one kind, by id."""
        return self._found("kind = ? AND known = 1", kind)

    def unread(self) -> list[Handout]:
        """What this FieldApp could not read when it came."""
        return self._found("known = 0")

    def _found(self, which: str, *values: str) -> list[Handout]:
        sql = f"SELECT bucket, id, kind, raw FROM handout WHERE {which} ORDER BY bucket, id"
        found = self._database.read(sql, values)
        return [Handout(bucket, id_, kind, plain(raw)) for bucket, id_, kind, raw in found]


class Shelf:
    """The handouts of one bucket, while rows are taken in."""

    def __init__(self, tx: Connection, bucket: str, tally: Tally) -> None:
        self._tx = tx
        self._bucket = bucket
        self._tally = tally
        sql = "SELECT id, rev, fp, stale, stale OR NOT known FROM handout WHERE bucket = ?"
        self._here = {id_: (rev, fp, stale, open_) for id_, rev, fp, stale, open_ in tx.execute(sql, (bucket,))}

    def take(self, row: RemoteRow) -> None:
        """Keep a row, or let it go when it left. What is known already is passed over."""
        rev, _, _, renewable = self._here.get(row.id, (-1, 0, 0, 0))
        if row.gone:
            self.drop([row.id])
        elif row.rev > rev or renewable:
            raw = plain(row.raw) if isinstance(row, OddRow) else {**vars(row), "fields": dict(row.fields)}
            known = row.kind in KINDS and (row.read if isinstance(row, OddRow) else True)
            fp = fingerprint_of_raw(raw)
            self.drop([row.id])
            self._tally.swap(("", None), (self._bucket, fp))
            self._tx.execute(KEEP, (self._bucket, row.id, row.kind, row.rev, fp, known, canonical(raw).decode()))
            self._here[row.id] = row.rev, fp, 0, not known

    def drop(self, ids: Iterable[str]) -> list[str]:
        """Forget those of `ids` that are here; which they were."""
        gone = [id_ for id_ in ids if id_ in self._here] if self._here else []
        for id_ in gone:
            _, fp, _, _ = self._here.pop(id_)
            self._tally.swap((self._bucket, fp), ("", None))
        self._tx.executemany("DELETE FROM handout WHERE bucket = ? AND id = ?", [(self._bucket, id_) for id_ in gone])
        return gone

    def drop_all(self, *, stale: bool) -> list[str]:
        """Forget all, or those that did not come again; which they were."""
        return self.drop([id_ for id_, (_, _, old, _) in self._here.items() if old or not stale])


def is_handout(row: RemoteRow) -> bool:
    """Whether a row is none of a record that this FieldApp can read."""
    return bool(row.kind) or isinstance(row, OddRow)


def abandoned(tx: Connection, ids: Collection[str]) -> list[tuple[int, int]]:
    """Of these records, (row number, place) of those that no bucket has any more: a row that could not be read stood
    for them, and went."""
    sql = "SELECT n, place FROM record WHERE id = ? AND bucket = '' AND fp IS NOT NULL"
    found = (tx.execute(sql, (id_,)).fetchone() for id_ in ids)
    return [one for one in found if one]


def fingerprint_of_raw(raw: Mapping[str, Any]) -> int:
    """A row's fingerprint, as of a record, signed: of what it says, whether it can be read here or not."""
    head = raw["id"], raw["rev"], raw.get("service", ""), raw.get("form_version", ""), raw.get("fields", {})
    return int.from_bytes(hashlib.sha256(canonical(head)).digest()[:8], "big", signed=True)
