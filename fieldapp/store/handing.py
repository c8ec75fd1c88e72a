"""Giving the unsent journal out of the store, and taking another laptop's in: the same Changes under the same ids."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from fieldapp.errors import RefusedError
from fieldapp.merging import Kinds, all_plain
from fieldapp.records import Attachment, Change, change_of, plain
from fieldapp.store.blobs import known
from fieldapp.store.database import Database
from fieldapp.store.journal import UNSETTLED, enter
from fieldapp.store.settling import stand_anew
from fieldapp.store.sqlcipher import Connection
from fieldapp.texts import tr

MANY = 500  # records that are brought up to date at once


@dataclass(frozen=True)
class Handed:
    """A sealed Change on its way from one store to another."""

    change: Change
    saved_at: str  # when the laptop that made it saved it, a stamp


@dataclass(frozen=True)
class Adopted:
    """What became of the Changes that were handed in: `new` were taken, `known` were here already."""

    new: int
    known: int


class Handing:
    """The journal, for a hand-over."""

    def __init__(self, database: Database, kinds: Kinds = all_plain) -> None:
        self._database = database
        self._kinds = kinds

    def unsent(self, principal: str) -> array[int]:
        """The places in the chain of all that the City has not taken from `principal`, oldest first."""
        sql = f"SELECT seq FROM journal WHERE state IN {UNSETTLED} AND principal = ? ORDER BY seq"
        return array("q", (seq for (seq,) in self._database.read(sql, (principal,))))

    def changes(self, places: Iterable[int]) -> Iterator[Handed]:
        """The Changes at these places, one at a time."""
        for seq in places:
            [(payload, saved_at)] = self._database.read("SELECT payload, saved_at FROM journal WHERE seq = ?", (seq,))
            yield Handed(change_of(plain(payload)), saved_at)

    def left_out(self, principal: str) -> int:
        """How many open Changes, and Changes under other sign-ins, `unsent` does not tell."""
        sql = (
            "SELECT (SELECT count(*) FROM draft)"
            f" + (SELECT count(*) FROM journal WHERE state IN {UNSETTLED} AND principal <> ?)"
        )
        return int(self._database.read(sql, (principal,))[0][0])

    def adopt(self, handed: Iterable[Handed], files: Iterable[Attachment] = ()) -> Adopted:
        """Take sealed Changes of another store into this journal, and `files` that were laid for them, all or none.
        What is here already is passed over.

        RefusedError when another Change is here under the same id. Whatever `handed` raises leaves nothing behind."""
        with self._database.write() as tx:
            for file in files:
                known(tx, file)
            return adopt(tx, handed, self._kinds)


def adopt(tx: Connection, handed: Iterable[Handed], kinds: Kinds = all_plain) -> Adopted:
    """As `Handing.adopt`, in a transaction that is open already."""
    here = new = 0
    records: dict[str, None] = {}
    for one in handed:
        if _is_here(tx, one.change):
            here += 1
            continue
        close_draft(tx, one.change)
        enter(tx, one.change, one.saved_at)
        records[one.change.record] = None
        new += 1
    ids = list(records)
    for start in range(0, len(ids), MANY):
        stand_anew(tx, ids[start : start + MANY], kinds=kinds)
    return Adopted(new, here)


def _is_here(tx: Connection, change: Change) -> bool:
    found = tx.execute("SELECT digest FROM journal WHERE id = ?", (change.id,)).fetchone()
    if found and found[0] != bytes.fromhex(change.digest):
        raise RefusedError(tr("Another change is here under the same id. Nothing was taken."))
    return found is not None


def close_draft(tx: Connection, change: Change) -> None:
    """An open Change that was closed in the other store is closed here too."""
    sql = "DELETE FROM draft WHERE n = (SELECT n FROM record WHERE id = ?) AND json_extract(payload, '$.id') = ?"
    tx.execute(sql, (change.record, change.id))
