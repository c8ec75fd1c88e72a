"""A workbook as Markdown tables: what a person can read, compare and keep in a repository, and every tool can load.

Cells hold no line breaks in Markdown; `<br>` stands for one, as elsewhere in Markdown tables.
"""

from __future__ import annotations

import re

from fieldapp.forms.xlsform.rows import Row, Workbook

_BREAK = re.compile(r"\s*<br\s*/?>\s*", re.IGNORECASE)
_LINES = re.compile(r"[ \t]*(?:\r\n|\r|\n)[ \t]*")
_SPACES = re.compile(r"[\t\x0b\x0c\x1c-\x1f\x85\u2028\u2029]")


def markdown_of(book: Workbook) -> str:
    """All sheets, each a table under its name; columns without any text are left out."""
    return "\n".join(_sheet(name, book) for name, rows in book.sheets.items() if any(row.cells for row in rows))


def _sheet(name: str, book: Workbook) -> str:
    rows = book.rows(name)
    used = {column for row in rows for column, text in row.cells.items() if text}
    columns = [column for column in _columns(book.headers.get(name, []), rows) if column in used]
    lines = [f"| {name} |", _line(columns)]
    lines += [_line([row.cells.get(column, "") for column in columns]) for row in rows]
    return "\n".join([*lines, ""])


def _columns(headers: list[str], rows: list[Row]) -> list[str]:
    """The columns in the order of the sheet, then those that rows have besides."""
    return list(dict.fromkeys([*headers, *(column for row in rows for column in row.cells)]))


def _line(cells: list[str]) -> str:
    return "|".join(["", " ", *(f" {_written(cell)} " if cell else " " for cell in cells), ""])


def _written(cell: str) -> str:
    text = _LINES.sub("<br>", cell.strip()).replace("|", "\\|")
    return _SPACES.sub(" ", text)


def with_breaks(text: str) -> str:
    """A cell's text as it was meant."""
    return _BREAK.sub("\n", text) if "<" in text else text
