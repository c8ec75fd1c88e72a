"""CSV as the world writes it, row by row: comma, semicolon, tab or bar; UTF-8, UTF-16 or Windows; marked or not."""

from __future__ import annotations

import codecs
import csv
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import chain
from pathlib import Path
from typing import TextIO

from fieldapp.texts import tr

DELIMITERS = ",;\t|"  # the specification's order of preference, and one that SurveyCTO writes
_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_BLOCK = 1 << 20

Row = tuple[str, ...]


@contextmanager
def opened(path: Path) -> Iterator[tuple[Row, Iterator[Row]]]:
    """The column names, and the rows one by one, each as long as the columns. ValueError when it is no such table.

    Columns without a name are left out, of two with the same name the first counts; blank lines are no rows.
    """
    with path.open(encoding=encoding_of(path), newline="") as file:
        lines, delimiter = _dialect(file)
        reader = csv.reader(lines, delimiter=delimiter)
        header = next(reader, None)
        if header is None:
            raise ValueError(tr("it is empty; the first line must name the columns"))
        places = _places(header)
        yield tuple(places), _rows(reader, list(places.values()))


def _places(header: list[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for index, name in enumerate(header):
        if name.strip():
            found.setdefault(name.strip(), index)
    if not found:
        raise ValueError(tr("its first line names no columns"))
    return found


def _rows(reader: Iterator[list[str]], places: list[int]) -> Iterator[Row]:
    for cells in reader:
        if cells:
            size = len(cells)
            yield tuple([cells[place] if place < size else "" for place in places])


def _dialect(file: TextIO) -> tuple[Iterator[str], str]:
    """The lines with the header first, and the delimiter: as `sep=` says, else the one that the header holds most."""
    first = file.readline(_BLOCK)
    if first.casefold().startswith("sep=") and len(first.strip()) == 5:
        return file, first.strip()[-1]
    bare = "".join(first.split('"')[::2])  # without what stands in quotes
    return chain([first] if first else [], file), max(DELIMITERS, key=bare.count)


def encoding_of(path: Path) -> str:
    """The encoding of a text file by its mark; without one UTF-8 where all of it is, else that of Windows."""
    with path.open("rb") as file:
        start = file.read(4)
        for mark, name in _MARKS:
            if start.startswith(mark):
                return name
        file.seek(0)
        decoder = codecs.getincrementaldecoder("utf-8")()
        try:
            while block := file.read(_BLOCK):
                decoder.decode(block)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return "cp1252"
    return "utf-8"
