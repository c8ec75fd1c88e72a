"""An XLSForm's sheets as rows that know where they stand: .xlsx, .xls, .md and .csv, read through pyxform."""

from __future__ import annotations

import struct
import warnings
import zipfile
import zlib
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import ParseError

from fieldapp.errors import FormError, Place
from fieldapp.forms.xlsform.dialects import portable
from fieldapp.forms.xlsform.guarding import check_book, text_of
from fieldapp.forms.xlsform.markdown import with_breaks
from fieldapp.forms.xlsform.rows import Row, Workbook
from fieldapp.texts import tr

__all__ = ["Row", "Workbook", "read_workbook"]

_LONGEST = 1_000_000  # signs in a cell: an expression of 100 kB passes, a file that was pasted into a cell does not
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


def read_workbook(path: Path, content: bytes) -> Workbook:
    """The workbook in `content`. FormError when it is empty, cut, or no spreadsheet at all."""
    if not content.strip():
        raise FormError(tr("this file is empty"), Place(file=path.name))
    if path.suffix.lower() in {".md", ".csv"}:
        content = text_of(content, path.name)
    else:
        check_book(content, path.name)
    data = _read(path, content)
    names = [name for name in data.__slots__ if not name.endswith("_header") and name not in _NO_SHEETS]
    sheets = {name: _rows(path.name, name, getattr(data, name)) for name in names if getattr(data, name) is not None}
    if path.suffix.lower() == ".md":
        sheets = {name: [_broken(row) for row in rows] for name, rows in sheets.items()}
    headers = {name: _headers(getattr(data, f"{name}_header", None), sheets[name]) for name in sheets}
    if not any(sheets.values()):
        raise FormError(tr("this is no XLSForm: it has no survey sheet with questions"), Place(file=path.name))
    return portable(Workbook(path.name, sheets, headers))


_NO_SHEETS = frozenset({"sheet_names", "fallback_form_name"})


def _read(path: Path, content: bytes) -> Any:
    from pyxform.errors import PyXFormError
    from pyxform.xls2json_backends import get_xlsform

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of what a spreadsheet holds besides its cells
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
    found = []
    for number, cells in enumerate(rows, 2):
        row = Row(
            {str(key): str(value) for key, value in cells.items() if value is not None}, Place(file, sheet, number)
        )
        long = next((column for column, text in row.cells.items() if len(text) > _LONGEST), None)
        if long is not None:
            raise FormError(tr("this cell is too long: at most {n} signs can be read", n=_LONGEST), row.at(long))
        found.append(row)
    return found


def _broken(row: Row) -> Row:
    return Row({column: with_breaks(text) for column, text in row.cells.items()}, row.place)


def _headers(header: Any, rows: list[Row]) -> list[str]:
    names = dict.fromkeys(str(name) for name in (header[0] if header else ()))
    for row in rows:
        names.update(dict.fromkeys(row.cells))
    return list(names)
