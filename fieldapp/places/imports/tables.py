"""CSV as a stream of rows, with the number that a spreadsheet shows for each. A cut file is noticed at its end."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TextIO

from fieldapp.errors import LayerError, Place
from fieldapp.places.imports.files import lines
from fieldapp.places.words import plain
from fieldapp.texts import tr

Row = tuple[int, list[str]]


class Table:
    """A CSV stream with a header. `whole` says whether its last line has an end, as files that were not cut have."""

    def __init__(self, stream: TextIO, place: Place, *, whole: bool = True, may_be_empty: bool = False) -> None:
        self.place = place
        self._may_be_empty = may_be_empty
        self._whole = whole
        source = lines(stream, place)
        first = next(source, "")
        delimiter = max(",;\t|", key=first.count)
        self._reader = csv.reader(source, delimiter=delimiter, strict=True)
        self.header = [name.strip() for name in next(csv.reader([first], delimiter=delimiter), [])]
        self._plain = [plain(name) for name in self.header]

    def column(self, names: Sequence[str]) -> int | None:
        """The place of the first of `names` that the header has, whatever its capitals; None without any."""
        return next((self._plain.index(name) for name in names if name in self._plain), None)

    def need(self, names: Sequence[str]) -> int:
        """As `column`. Raises LayerError, naming what is missing and what is there."""
        found = self.column(names)
        if found is None:
            there = ", ".join(self.header[:12]) or "-"
            raise LayerError(
                tr("There is no column {names}; the columns are: {there}.", names=" / ".join(names), there=there),
                replace(self.place, row=1),
            )
        return found

    def rows(self) -> Iterator[Row]:
        """All rows but blank ones. Raises LayerError for what is no CSV and for a cut file."""
        width = len(self.header)
        last: Row | None = None
        blank_ends = 0
        number = 1
        for number, cells in enumerate(self._cells(), 2):
            if cells:
                if last:
                    yield last
                    blank_ends += len(last[1]) >= width and not last[1][width - 1]
                last = (number, cells)
        if last:
            self._check_last(last, usual=blank_ends > 0)
            yield last
        elif not self._may_be_empty:
            raise LayerError(tr("The file has a header but no rows."), replace(self.place, row=number))

    def _cells(self) -> Iterator[list[str]]:
        try:
            yield from self._reader
        except csv.Error as error:
            place = replace(self.place, row=self._reader.line_num + 1)
            raise LayerError(
                tr("This is no row of a table ({error}): the file seems to be cut.", error=error), place
            ) from error
        except UnicodeDecodeError as error:
            place = replace(self.place, row=self._reader.line_num + 2)
            raise LayerError(tr("The text is not UTF-8. Save the file as UTF-8."), place) from error

    def _check_last(self, last: Row, *, usual: bool) -> None:
        number, cells = last
        width = len(self.header)
        blank_end = len(cells) >= width and not cells[width - 1] and not usual
        if not self._whole and (len(cells) < width or blank_end):
            raise LayerError(
                tr(
                    "The last row has {n} of {width} columns and no line end: the file is cut.",
                    n=len(cells),
                    width=width,
                ),
                replace(self.place, row=number),
            )
