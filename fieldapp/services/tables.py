"""Reference tables as CSV files: rows of text, found by a column's value. Dated rows name their first and last day."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache
from pathlib import Path

from fieldapp.errors import Place, ServiceError
from fieldapp.texts import tr

Row = Mapping[str, str]


@dataclass(frozen=True)
class Table:
    """The rows of one CSV file, in its order."""

    path: Path
    columns: tuple[str, ...]
    rows: tuple[Row, ...]

    def find(self, column: str, key: str) -> Row | None:
        """The first row whose `column` is `key`; None without one, or without such a column."""
        return self._index(column).get(key)

    @cached_property
    def _indexes(self) -> dict[str, dict[str, Row]]:
        return {}

    def _index(self, column: str) -> Mapping[str, Row]:
        if column not in self._indexes:
            self._indexes[column] = {row[column]: row for row in reversed(self.rows) if column in row}
        return self._indexes[column]


def read_table(path: Path, required: Sequence[str] = ()) -> Table:
    """The table in `path`: UTF-8, a header, every row as long as it. ServiceError with file, row and column."""
    return _read(path, path.stat().st_mtime_ns if path.is_file() else 0, tuple(required))


@lru_cache(maxsize=64)
def _read(path: Path, _changed: int, required: tuple[str, ...]) -> Table:
    try:
        lines = list(csv.reader(path.read_text("utf-8-sig").splitlines(), strict=True))
    except UnicodeDecodeError as error:
        message = tr("its letters are not UTF-8: save it again as “CSV UTF-8”")
        raise ServiceError(message, Place(str(path))) from error
    except (OSError, csv.Error) as error:
        raise ServiceError(tr("cannot be read: {error}", error=error), Place(str(path))) from error
    if not lines:
        raise ServiceError(tr("is empty: the first line must name the columns"), Place(str(path)))
    header = tuple(name.strip() for name in lines[0])
    if len(header) == 1 and ";" in header[0]:
        message = tr("its columns stand between semicolons: save it with commas between them")
        raise ServiceError(message, Place(str(path), row=1))
    for name in required:
        if name not in header:
            raise ServiceError(tr("this column is missing"), Place(str(path), row=1, column=name))
    rows = []
    for number, line in enumerate(lines[1:], start=2):
        if len(line) != len(header):
            raise ServiceError(ragged(len(line), len(header)), Place(str(path), row=number))
        rows.append(dict(zip(header, (value.strip() for value in line), strict=True)))
    return Table(path, header, tuple(rows))


def ragged(values: int, columns: int) -> str:
    """What is said of a row that is not as long as its header; one that is longer often has a comma in a value."""
    message = tr("has {n} values, the header {columns}", n=values, columns=columns)
    if values < columns:
        return message
    return message + ". " + tr("A value with a comma stands between quotation marks; an amount has a point, as 30.00.")


def day_in(table: Table, row: int, column: str, *, default: date | None = None) -> date:
    """The day in a cell (`row` counts from 0), `default` when it is empty. ServiceError for anything else."""
    text = table.rows[row][column]
    if not text and default is not None:
        return default
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        place = Place(str(table.path), row=row + 2, column=column)
        raise ServiceError(tr("“{text}” is no day; write it as 2026-11-23", text=text), place) from error
