"""A file beside a form as a table: short ones as items in memory, long ones as rows on disk."""

from __future__ import annotations

import csv
from collections.abc import Callable, Sequence
from pathlib import Path

from fieldapp.errors import FormError, Place
from fieldapp.forms.definition.instances import Item, of_rows
from fieldapp.forms.tables import csvfile
from fieldapp.forms.tables.geojson import features_of
from fieldapp.forms.tables.storedrows import StoredTable
from fieldapp.forms.tables.storing import shelf_of
from fieldapp.forms.tables.xmlfile import of_xml
from fieldapp.texts import tr

LONG = 512 << 10  # bytes from which on a CSV is read into a file instead of into memory
LARGEST = 64 << 20  # bytes of an XML or GeoJSON file: both are held in memory, at about ten times their size
_UNREADABLE = (ValueError, KeyError, TypeError, IndexError, AttributeError, RecursionError, OSError, csv.Error)


def of_file(source: str, folders: Sequence[Path], cache: Path | None = None) -> Item | None:
    """The content of the file that `jr://file…/name` means, None when no folder has it.

    `cache` keeps what was made of long tables. FormError, with the reason, for a file that cannot be read.
    """
    path = found(source, folders)
    if path is None:
        return None
    try:
        return _READERS.get(path.suffix.lower(), _xml)(path, cache)
    except _UNREADABLE as error:
        message = tr("this file, which the form needs, cannot be read: {why}", why=str(error))
        raise FormError(message, Place(file=path.name)) from error


def found(source: str, folders: Sequence[Path]) -> Path | None:
    """The file that `jr://images/name` or `name` means; never one outside the form's folders."""
    name = source.replace("\\", "/").rpartition("/")[2]
    if name in {"", ".", ".."}:
        return None
    return next((folder / name for folder in folders if (folder / name).is_file()), None)


def _csv(path: Path, cache: Path | None) -> Item:
    if path.stat().st_size >= LONG:
        return StoredTable(shelf_of(path, cache))
    with csvfile.opened(path) as (columns, rows):
        return of_rows(dict(zip(columns, row, strict=True)) for row in rows)


def _geojson(path: Path, _cache: Path | None) -> Item:
    _check_size(path)
    return of_rows(features_of(path))


def _xml(path: Path, _cache: Path | None) -> Item:
    _check_size(path)
    return of_xml(path)


def _check_size(path: Path) -> None:
    if path.stat().st_size > LARGEST:
        message = tr("it is too large; files over {n} MB must be CSV, which is read row by row", n=LARGEST >> 20)
        raise ValueError(message)


_READERS: dict[str, Callable[[Path, Path | None], Item]] = {".csv": _csv, ".geojson": _geojson}
