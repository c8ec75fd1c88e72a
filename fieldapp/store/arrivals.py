"""Taking in a page of the City's feed: rows, tallies and cursor in one transaction."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from fieldapp.records import Record
from fieldapp.store import rows
from fieldapp.store.journal import unsettled
from fieldapp.store.rebase import rebased
from fieldapp.store.remote import RemoteRow
from fieldapp.store.rows import Place, Stored
from fieldapp.store.saves import forget
from fieldapp.store.sqlcipher import Connection
from fieldapp.store.tallies import Tally


class Page:
    """One page on its way into the table."""

    def __init__(self, tx: Connection, bucket: str, now: str) -> None:
        self._tx = tx
        self._bucket = bucket
        self._now = now
        self._tally = Tally()
        self._rows: list[tuple[Stored, str]] = []
        self._shadows: list[tuple[Any, ...]] = []
        self._forgotten: list[int] = []

    def apply(self, feed: Sequence[RemoteRow], next_cursor: int, epoch: str) -> frozenset[str]:
        """Take in the rows; the ids that changed. A row may come twice in a page: the last one counts."""
        latest = {row.id: row for row in feed}
        echoes = rows.echoes(self._tx, {row.id: row.rev for row in latest.values() if not row.gone})
        self._claim(echoes)
        for id_ in echoes:
            del latest[id_]
        stored = rows.load(self._tx, latest)
        self._open = unsettled(self._tx, {id_: one.n for id_, one in stored.items() if one.place != Place.CITY})
        touched = frozenset(id_ for id_, row in latest.items() if self._take(row, stored.get(id_)))
        self._write()
        self._tx.execute(
            "INSERT INTO bucket (name, cursor, epoch) VALUES (?, ?, ?)"
            " ON CONFLICT (name) DO UPDATE SET cursor = excluded.cursor, epoch = excluded.epoch",
            (self._bucket, next_cursor, epoch),
        )
        return touched

    def _take(self, row: RemoteRow, known: Stored | None) -> bool:
        if row.gone:
            return known is not None and self._leave(row, known)
        if known is None:
            self._arrive(row)
            return True
        self._renew(row, known)
        return True

    def _arrive(self, row: RemoteRow) -> None:
        record = Record(row.id, row.service, row.form_version, row.rev, row.fields)
        text = rows.text_of(row.fields)
        fp = rows.fingerprint_of(record, text)
        self._tally.swap(("", None), (self._bucket, fp))
        self._rows.append((Stored(record, Place.CITY, self._bucket, fp, updated=row.at or self._now), text))

    def _renew(self, row: RemoteRow, known: Stored) -> None:
        """The City's newer row: a clean record becomes it; under open Changes it becomes the base they stand on."""
        city = Record(row.id, row.service, row.form_version, row.rev, row.fields)
        text = rows.text_of(row.fields)
        before = known.bucket, known.fp
        known.bucket, known.fp = self._bucket, rows.fingerprint_of(city, text)
        known.gone = known.stale = 0
        self._tally.swap(before, (known.bucket, known.fp))
        known.record = city
        if known.place != Place.CITY:
            known.record = rebased(city, [one.change for one in self._open.get(row.id, [])])
            self._shadows.append((known.n, city.rev, city.form_version, text))
            text = rows.text_of(known.record.fields)
        known.updated = row.at or self._now
        self._rows.append((known, text))

    def _claim(self, echoes: Mapping[str, tuple[int, str, int]]) -> None:
        """Echoes of what is known. What comes in another bucket than it was counted in moves there."""
        moved = [(n, bucket, fp) for n, bucket, fp in echoes.values() if bucket != self._bucket]
        for _, bucket, fp in moved:
            self._tally.swap((bucket, fp), (self._bucket, fp))
        self._tx.executemany("UPDATE record SET bucket = ? WHERE n = ?", [(self._bucket, n) for n, _, _ in moved])

    def _leave(self, row: RemoteRow, known: Stored) -> bool:
        """The row left this bucket. It stays while anything is open on it, or when another bucket has it by now."""
        if known.bucket != self._bucket or known.fp is None or row.rev < known.record.rev:
            return False
        self._tally.swap((known.bucket, known.fp), ("", None))
        if known.place == Place.CITY:
            self._forgotten.append(known.n)
        else:
            self._tx.execute("UPDATE record SET gone = 1, fp = NULL WHERE n = ?", (known.n,))
        return True

    def _write(self) -> None:
        rows.write(self._tx, self._rows)
        self._tx.executemany("INSERT OR REPLACE INTO shadow VALUES (?, ?, ?, ?)", self._shadows)
        forget(self._tx, self._forgotten)
        self._tally.write(self._tx)
