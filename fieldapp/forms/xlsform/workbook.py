"""An XLSForm's sheets as rows that know where they stand: .xlsx, .xls, .md and .csv."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from fieldapp.errors import FormError, Place
from fieldapp.forms.xlsform.dialects import portable
from fieldapp.forms.xlsform.guarding import check_book, text_of
from fieldapp.forms.xlsform.invisible import plain
from fieldapp.forms.xlsform.markdown import with_breaks
from fieldapp.forms.xlsform.rows import Row, Workbook
from fieldapp.forms.xlsform.spreadsheet import read_spreadsheet
from fieldapp.texts import tr

__all__ = ["Row", "Workbook", "read_workbook"]

_LONGEST = 1_000_000  # signs in a cell: an expression of 100 kB passes, a file that was pasted into a cell does not
MOST_ROWS = (
    20_000  # of a survey: the longest forms in use have a few thousand, and each row takes a millisecond to check
)
_UNWRITABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")  # what no XML can carry
_TELLING = frozenset({"type", "name", "list_name"})
_NO_SHEETS = frozenset({"sheet_names", "fallback_form_name"})


def read_workbook(path: Path, content: bytes) -> Workbook:
    """The workbook in `content`. FormError when it is empty, cut, or no spreadsheet at all."""
    if not content.strip():
        raise FormError(tr("this file is empty"), Place(file=path.name))
    if path.suffix.lower() in {".md", ".csv"}:
        content = text_of(content, path.name)
    else:
        check_book(content, path.name)
    data = read_spreadsheet(path, content)
    if len(data.survey or ()) > MOST_ROWS:
        message = tr("this survey has {n} rows; at most {most} can be read", n=len(data.survey), most=MOST_ROWS)
        raise FormError(message, Place(path.name, "survey"))
    names = [name for name in data.__slots__ if not name.endswith("_header") and name not in _NO_SHEETS]
    sheets = {name: _rows(path.name, name, getattr(data, name)) for name in names if getattr(data, name) is not None}
    if path.suffix.lower() == ".md":
        sheets = {name: [_broken(row) for row in rows] for name, rows in sheets.items()}
    headers = {name: _headers(getattr(data, f"{name}_header", None), sheets[name]) for name in sheets}
    if not any(sheets.values()):
        raise FormError(tr("this is no XLSForm: it has no survey sheet with questions"), Place(file=path.name))
    return portable(Workbook(path.name, sheets, headers))


def _rows(file: str, sheet: str, rows: list[dict[str, Any]]) -> list[Row]:
    found = []
    for number, cells in enumerate(rows, 2):
        texts = {_header(key): plain(str(key), _clean(value)) for key, value in cells.items() if value is not None}
        row = Row(texts, Place(file, sheet, number))
        long = next((column for column, text in row.cells.items() if len(text) > _LONGEST), None)
        if long is not None:
            raise FormError(tr("this cell is too long: at most {n} signs can be read", n=_LONGEST), row.at(long))
        found.append(row)
    return found


def _header(text: object) -> str:
    """A header as written; those by which rows are told apart in their one spelling: `List Name` → `list_name`."""
    written = _clean(text)
    plain = "_".join(written.split()).casefold()
    return plain if plain in _TELLING else written


def _clean(text: object) -> str:
    return _UNWRITABLE.sub("", str(text))


def _broken(row: Row) -> Row:
    return Row({column: with_breaks(text) for column, text in row.cells.items()}, row.place)


def _headers(header: Any, rows: list[Row]) -> list[str]:
    names = dict.fromkeys(_header(name) for name in (header[0] if header else ()))
    for row in rows:
        names.update(dict.fromkeys(row.cells))
    return list(names)
