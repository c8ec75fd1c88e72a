"""Taking in a page of the City's feed: rows, tallies and cursor in one transaction."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from fieldapp.merging import Kinds, all_plain
from fieldapp.records import Record
from fieldapp.store import rows
from fieldapp.store.handouts import Shelf, abandoned, is_handout
from fieldapp.store.journal import unsettled
from fieldapp.store.membership import joining, leaving, names, stale
from fieldapp.store.rebase import rebased
from fieldapp.store.remote import Piece, RemoteRow
from fieldapp.store.rows import Place, Stored
from fieldapp.store.saves import leave_city
from fieldapp.store.sqlcipher import Connection
from fieldapp.store.tallies import Tally


class Page:
    """One page on its way into the table."""

    def __init__(self, tx: Connection, bucket: str, now: str, kinds: Kinds = all_plain) -> None:
        self._tx = tx
        self._kinds = kinds
        self._bucket = bucket
        self._now = now
        self._tally = Tally()
        self._rows: list[tuple[Stored, str]] = []
        self._shadows: list[tuple[Any, ...]] = []
        self._left: list[tuple[int, int]] = []

    def apply(self, piece: Piece, epoch: str) -> frozenset[str]:
        """Take in the rows; the ids that changed. A row may come twice in a piece: the last one counts."""
        latest = {row.id: row for row in piece.rows}
        left = self._shelve(latest)
        echoes = rows.echoes(self._tx, {row.id: row.rev for row in latest.values() if not row.gone})
        self._claim(echoes)
        for id_ in echoes:
            del latest[id_]
        stored = rows.load(self._tx, latest)
        self._open = unsettled(self._tx, {id_: one.n for id_, one in stored.items() if one.place != Place.CITY})
        touched = frozenset(id_ for id_, row in latest.items() if self._take(row, stored.get(id_)))
        self._write()
        leave_city(self._tx, abandoned(self._tx, left))
        self._tx.execute(
            "INSERT INTO bucket (name, cursor, epoch, as_of, after) VALUES (?, ?, ?, ?, ?)"
            " ON CONFLICT (name) DO UPDATE SET cursor = excluded.cursor, epoch = excluded.epoch,"
            " as_of = excluded.as_of, after = excluded.after",
            (self._bucket, piece.cursor, epoch, *((0, "") if piece.cursor or piece.start is None else piece.start)),
        )
        return touched

    def _shelve(self, latest: dict[str, RemoteRow]) -> list[str]:
        """Take out what is no record, and records that cannot be read: of such a one, what is known here stays, but
        it is not what the bucket holds. The records that a row stood for which could not be read, and left."""
        shelf = Shelf(self._tx, self._bucket, self._tally)
        odd = [row for row in latest.values() if is_handout(row)]
        for row in odd:
            shelf.take(row)
            del latest[row.id]
        unread = [row.id for row in odd if not row.kind and not row.gone]
        for known in rows.load(self._tx, unread).values() if unread else ():
            others = leaving(known.bucket, self._bucket)
            self._tally.swap((known.bucket, known.fp), (others, known.fp))
            self._tx.execute("UPDATE record SET bucket = ? WHERE n = ?", (others, known.n))
        cleared = shelf.drop(latest)
        return [id_ for id_ in cleared if latest[id_].gone] + [row.id for row in odd if row.gone]

    def _take(self, row: RemoteRow, known: Stored | None) -> bool:
        if row.gone:
            return known is not None and self._leave(row, known)
        if known is None:
            self._arrive(row)
            return True
        if not known.record.service and row.rev <= known.record.rev:
            return self._stay_away(known)
        self._renew(row, known)
        return True

    def _arrive(self, row: RemoteRow) -> None:
        record = Record(row.id, row.service, row.form_version, row.rev, row.fields)
        text = rows.text_of(row.fields)
        fp = rows.fingerprint_of(record, text)
        self._tally.swap(("", None), (self._bucket, fp))
        self._rows.append((Stored(record, Place.CITY, self._bucket, fp, updated=row.at or self._now), text))

    def _stay_away(self, known: Stored) -> bool:
        """What left this laptop and comes again as it was, where a bucket is built anew, is only counted."""
        buckets = joining(known.bucket, self._bucket)
        self._tally.swap((known.bucket, known.fp), (buckets, known.fp))
        still = int(stale(buckets))
        self._tx.execute("UPDATE record SET bucket = ?, stale = ?, gone = 0 WHERE n = ?", (buckets, still, known.n))
        return False

    def _renew(self, row: RemoteRow, known: Stored) -> None:
        """The City's newer row: a clean record becomes it; under open Changes it becomes the base they stand on."""
        city = Record(row.id, row.service, row.form_version, row.rev, row.fields)
        text = rows.text_of(row.fields)
        before = known.bucket, known.fp
        known.bucket, known.fp = joining(known.bucket, self._bucket), rows.fingerprint_of(city, text)
        known.gone = known.stale = 0
        self._tally.swap(before, (known.bucket, known.fp))
        known.record = city
        if known.place != Place.CITY:
            known.record = rebased(city, [one.change for one in self._open.get(row.id, [])], self._kinds)
            self._shadows.append((known.n, city.rev, city.form_version, text))
            text = rows.text_of(known.record.fields)
        known.updated = row.at or self._now
        self._rows.append((known, text))

    def _claim(self, echoes: Mapping[str, tuple[int, str, int]]) -> None:
        """Echoes of what is known. What comes in one more bucket is counted there too."""
        told = [(n, buckets, joining(buckets, self._bucket), fp) for n, buckets, fp in echoes.values()]
        joined = [(n, before, after, fp) for n, before, after, fp in told if before != after]
        for _, before, after, fp in joined:
            self._tally.swap((before, fp), (after, fp))
        self._tx.executemany("UPDATE record SET bucket = ? WHERE n = ?", [(after, n) for n, _, after, _ in joined])

    def _leave(self, row: RemoteRow, known: Stored) -> bool:
        """The row left this bucket; whether it goes. It stays while another has it, or anything is open on it."""
        if self._bucket not in names(known.bucket) or known.fp is None or row.rev < known.record.rev:
            return False
        others = leaving(known.bucket, self._bucket)
        self._tally.swap((known.bucket, known.fp), (others, known.fp))
        if others:
            self._tx.execute("UPDATE record SET bucket = ? WHERE n = ?", (others, known.n))
            return False
        self._left.append((known.n, known.place))
        return True

    def _write(self) -> None:
        rows.write(self._tx, self._rows)
        self._tx.executemany("INSERT OR REPLACE INTO shadow VALUES (?, ?, ?, ?)", self._shadows)
        leave_city(self._tx, self._left)
        self._tally.write(self._tx)
