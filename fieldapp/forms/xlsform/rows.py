"""The sheets of an XLSForm as rows that know where they stand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from fieldapp.errors import Place


@dataclass(frozen=True)
class Row:
    """One row of a sheet: its cells by their column's header, and its place."""

    cells: Mapping[str, str]
    place: Place

    def get(self, *columns: str) -> str:
        """The first of these columns that has a value, "" for none."""
        return next((text for column in columns if (text := self.cells.get(column, ""))), "")

    def at(self, column: str) -> Place:
        """The place of one cell."""
        return Place(self.place.file, self.place.sheet, self.place.row, column)


def changed(row: Row, others: Mapping[str, str] | None = None, **cells: str) -> Row:
    """The row with other texts in some cells."""
    return Row({**row.cells, **(others or {}), **cells}, row.place)


@dataclass
class Workbook:
    """The sheets of one XLSForm by their lower-case names; blank rows are kept, so that numbers stay true."""

    file: str
    sheets: dict[str, list[Row]]
    headers: dict[str, list[str]] = field(default_factory=dict)
    used: frozenset[str] = frozenset()  # choice lists that a dialect's own columns name

    def rows(self, sheet: str) -> list[Row]:
        """The rows of a sheet, [] where there is none."""
        return self.sheets.get(sheet, [])
