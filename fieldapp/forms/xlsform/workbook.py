"""An XLSForm's sheets as rows that know where they stand: .xlsx, .xls, .md and .csv, read through pyxform."""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import ParseError

from fieldapp.errors import FormError, Place
from fieldapp.texts import tr

_MARK = b"\xef\xbb\xbf"  # what some editors put before UTF-8
_UNREADABLE = (
    ValueError,
    KeyError,
    TypeError,
    AttributeError,
    IndexError,
    OSError,
    EOFError,
    AssertionError,
    NotImplementedError,
    ParseError,
    struct.error,
    zipfile.BadZipFile,
    zlib.error,
)


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


@dataclass
class Workbook:
    """The sheets of one XLSForm by their lower-case names; blank rows are kept, so that numbers stay true."""

    file: str
    sheets: dict[str, list[Row]]
    headers: dict[str, list[str]] = field(default_factory=dict)

    def rows(self, sheet: str) -> list[Row]:
        """The rows of a sheet, [] where there is none."""
        return self.sheets.get(sheet, [])


def read_workbook(path: Path, content: bytes) -> Workbook:
    """The workbook in `content`. FormError when it is empty, cut, or no spreadsheet at all."""
    if not content.strip():
        raise FormError(tr("this file is empty"), Place(file=path.name))
    data = _read(path, content.removeprefix(_MARK) if path.suffix.lower() in {".md", ".csv"} else content)
    names = [name for name in data.__slots__ if not name.endswith("_header") and name not in _NO_SHEETS]
    sheets = {name: _rows(path.name, name, getattr(data, name)) for name in names if getattr(data, name) is not None}
    headers = {name: _headers(getattr(data, f"{name}_header", None), sheets[name]) for name in sheets}
    if not any(sheets.values()):
        raise FormError(tr("this is no XLSForm: it has no survey sheet with questions"), Place(file=path.name))
    return Workbook(path.name, sheets, headers)


_NO_SHEETS = frozenset({"sheet_names", "fallback_form_name"})


def _read(path: Path, content: bytes) -> Any:
    from pyxform.errors import PyXFormError
    from pyxform.xls2json_backends import get_xlsform

    try:
        return get_xlsform(content, file_type=path.suffix.lower())
    except PyXFormError as error:
        raise FormError(_plain(str(error)), Place(file=path.name)) from error
    except _UNREADABLE as error:
        message = tr("this is no readable {kind} file; it may be cut or of another kind", kind=path.suffix)
        raise FormError(message, Place(file=path.name)) from error


def _plain(message: str) -> str:
    if "was not recognized as a supported type" in message:
        return tr("this is no XLSForm: no table with a survey sheet can be read from it")
    return message


def _rows(file: str, sheet: str, rows: list[dict[str, Any]]) -> list[Row]:
    return [
        Row({str(key): str(value) for key, value in row.items() if value is not None}, Place(file, sheet, number))
        for number, row in enumerate(rows, 2)
    ]


def _headers(header: Any, rows: list[Row]) -> list[str]:
    names = dict.fromkeys(str(name) for name in (header[0] if header else ()))
    for row in rows:
        names.update(dict.fromkeys(row.cells))
    return list(names)
