"""The table that takes in rows with a point, in batches, with their ward and rural area."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from fieldapp.places.imports.areas import ward_code
from fieldapp.places.imports.entries import Column, Entry
from fieldapp.places.imports.job import BATCH, Job
from fieldapp.places.imports.locator import Locator
from fieldapp.places.imports.report import SAMPLES, Doubles
from fieldapp.texts import tr

_OWN_WARD = ("ward", "ward_no", "ward_number")
_OWN_RURAL = ("rural", "is_rural")
_YES = {"1", "1.0", "yes", "y", "true", "t", "rural"}


class PointTable:
    """Takes rows in batches into a table whose columns are `head`, lat, lon, ward, rural, `tail`."""

    def __init__(self, job: Job, table: str, columns: int) -> None:
        self._connection, self._report, self._table = job.connection, job.report, table
        self._insert = f"INSERT INTO {table} VALUES ({', '.join('?' * columns)})"
        self._locator = Locator(job.connection)
        self._doubles = Doubles()
        self._batch: list[tuple[Entry, tuple[Any, ...], tuple[Any, ...]]] = []
        self._own: list[tuple[str, int]] = []  # ward and rural by the file itself, a row each
        self._ward_column, self._rural_column = Column(_OWN_WARD), Column(_OWN_RURAL)
        self._own_wards = False
        self._hits = 0

    def add(self, entry: Entry, key: str, head: tuple[Any, ...], tail: tuple[Any, ...]) -> None:
        """Take in a row; `key` is what must not occur twice. Its id is its number in order, from 1."""
        self._report.rows += 1
        if key:
            self._doubles.add(key, entry.row)
        self._batch.append((entry, (self._report.rows, *head), tail))
        if len(self._batch) >= BATCH:
            self._flush()

    def finish(self) -> None:
        """Write what is left, settle where the wards come from, and complete the report."""
        self._flush()
        self._doubles.tell(self._report)
        if self._own_wards and not self._hits:
            self._take_own()
        elif self._locator.wards:
            self._report.wards_from = "polygons"
        outside = f"SELECT count(*) FROM {self._table} WHERE ward = ''"
        self._report.outside_wards = self._connection.execute(outside).fetchone()[0]

    def _flush(self) -> None:
        if not self._batch:
            return
        lons = np.array([entry.lon for entry, _, _ in self._batch])
        lats = np.array([entry.lat for entry, _, _ in self._batch])
        own = self._read_own()
        wards = self._locator.wards_of(lons, lats)
        rural = self._locator.rural_of(lons, lats)
        if rural is None:
            rural = [value for _, value in own]
        self._compare(wards, own)
        self._connection.executemany(
            self._insert,
            [
                (*head, entry.lat, entry.lon, ward, outside_town, *tail)
                for (entry, head, tail), ward, outside_town in zip(self._batch, wards, rural, strict=True)
            ],
        )
        self._batch = []

    def _read_own(self) -> list[tuple[str, int]]:
        """The file's own ward and rural columns, which count where no polygons are loaded."""
        ward, rural = self._ward_column, self._rural_column
        self._own_wards = self._own_wards or ward.name_in(self._batch[0][0].columns) is not None
        own = [(ward_code(ward.of(entry)), int(rural.of(entry).lower() in _YES)) for entry, _, _ in self._batch]
        self._own += own
        return own

    def _compare(self, wards: Sequence[str], own: Sequence[tuple[str, int]]) -> None:
        self._hits += sum(1 for ward in wards if ward)
        if not self._own_wards:
            return
        for (entry, _, _), ward, (other, _) in zip(self._batch, wards, own, strict=True):
            if ward != other:
                self._report.wards_differ += 1
                if len(self._report.differ_samples) < SAMPLES:
                    message = tr(
                        "row {row}: “{own}” in the file, “{ward}” by the polygons", row=entry.row, own=other, ward=ward
                    )
                    self._report.differ_samples.append(message)

    def _take_own(self) -> None:
        """No row lies in any ward that is loaded, or none is loaded: the file's own column is the better answer."""
        if self._locator.wards:
            note = tr("No row lies in the wards that are loaded; the file's own ward column was used.")
            self._report.notes.append(note)
        self._report.wards_from, self._report.wards_differ, self._report.differ_samples = "column", 0, []
        rows = [(ward, number) for number, (ward, _) in enumerate(self._own, 1) if ward]
        self._connection.executemany(f"UPDATE {self._table} SET ward = ? WHERE id = ?", rows)
