"""Choice lists: names and labels that stand there twice, and lists that no question uses."""

from __future__ import annotations

import re
from collections.abc import Iterator

from fieldapp.forms.lint.findings import Finding, finding
from fieldapp.forms.lint.sheets import SELECT, Sheets
from fieldapp.forms.xlsform.headers import canonical, value
from fieldapp.forms.xlsform.workbook import Row
from fieldapp.texts import tr

_INSTANCE = re.compile(r"instance\(\s*['\"]([^'\"]+)['\"]\s*\)")


_YES = frozenset({"yes", "true", "true()"})


def list_faults(sheets: Sheets) -> Iterator[Finding]:
    """The faults of all choice lists."""
    settings = sheets.book.rows("settings")
    allowed = any(row.get("allow_choice_duplicates").strip().casefold() in _YES for row in settings)
    for rows in sheets.lists.values():
        yield from _same_names(rows, allowed=allowed)
        yield from _same_labels(rows)
    yield from _unused(sheets)
    for row in sheets.lists.get("", []):
        if value(row, "name") or value(row, "label"):
            message = tr("this choice belongs to no list: its list_name is missing")
            yield finding("no-list", row.at("list_name"), message)


def _same_names(rows: list[Row], *, allowed: bool) -> Iterator[Finding]:
    """The same name twice; where the form allows that (for cascades), twice with the same cells all over."""
    code = "same-choice" if allowed else "duplicate-choice"
    first: dict[object, Row] = {}
    for row in rows:
        name = value(row, "name")
        same = first.setdefault(frozenset(row.cells.items()) if allowed else name, row)
        if same is not row and name:
            message = tr("the choice “{name}” is in this list already, in row {n}", name=name, n=same.place.row)
            yield finding(code, row.at("name"), message)


def _same_labels(rows: list[Row]) -> Iterator[Finding]:
    """Choices that nobody can tell apart: the same texts, and the same in the columns by which lists are filtered."""
    first: dict[frozenset[tuple[str, str]], Row] = {}
    for row in rows:
        cells = frozenset(item for item in row.cells.items() if canonical(item[0]) != "name")
        same = first.setdefault(cells, row)
        told_apart = same is row or value(same, "name") == value(row, "name") or not value(row, "label")
        if not told_apart:
            message = tr("the choice in row {n} has the same label", n=same.place.row)
            yield finding("same-label", row.at("label"), message)


def _unused(sheets: Sheets) -> Iterator[Finding]:
    """Lists that the form itself brings and does not use; those of a block are there for other forms too."""
    used = _used(sheets)
    for name, rows in sheets.lists.items():
        if name and name not in used and rows[0].place.file == sheets.book.file:
            message = tr("no question uses the choice list “{name}”", name=name)
            yield finding("unused-list", rows[0].at(_list_column(rows[0])), message)


def _used(sheets: Sheets) -> set[str]:
    found = {match[1] for row in sheets.survey if (match := SELECT.match(value(row, "type")))}
    texts = [text for sheet in ("survey", "choices") for row in sheets.book.rows(sheet) for text in row.cells.values()]
    return found.union(sheets.book.used, *(_INSTANCE.findall(text) for text in texts if "instance(" in text))


def _list_column(row: Row) -> str:
    return next((header for header in row.cells if canonical(header) in {"list_name", "list"}), "list_name")
