"""What an author got wrong in the sheets, all of it at once, each with sheet, row and column.

pyxform stops at its first error and, without Java, looks into no expression; this looks at every row by itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from fieldapp.errors import Place
from fieldapp.forms.xlsform.headers import EXPRESSIONS, TEXTS, cells, value
from fieldapp.forms.xlsform.workbook import Row, Workbook
from fieldapp.forms.xpath import functions
from fieldapp.forms.xpath.lexer import XPathError
from fieldapp.forms.xpath.parser import parse
from fieldapp.forms.xpath.tree import Call, walk
from fieldapp.texts import tr

ERROR, WARNING = "error", "warning"
_REFERENCE = re.compile(r"\$\{\s*(?:last-saved#)?([^}]*?)\s*\}")
_NAME = re.compile(r"[^\W\d][\w.\-]*(:[^\W\d][\w.\-]*)?")
_BEGIN = re.compile(r"begin[ _]+(group|repeat|loop|lgroup)\b", re.IGNORECASE)
_END = re.compile(r"end[ _]+(group|repeat|loop|lgroup)\b", re.IGNORECASE)
_SELECT = re.compile(
    r"(?:select_one|select_multiple|select one|select multiple|select one from|select all that apply from|rank)\s+(\S+)"
)
_WORDS = {"yes", "no", "true", "false", "true()", "false()"}


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to correct. `severity`: error (the form cannot be used) or warning."""

    severity: str
    place: Place
    message: str


def lint_sheets(book: Workbook) -> list[Finding]:
    """All that is wrong in a composed workbook's rows."""
    survey = [row for row in book.rows("survey") if value(row, "type") and not value(row, "disabled").startswith("y")]
    names = {value(row, "name") for row in survey}
    lists = {row.get("list_name", "list name", "list").strip() for row in book.rows("choices")}
    found = list(_nesting(survey))
    for row in survey:
        found += _row(row, names, lists)
    return found


def _error(place: Place, message: str) -> Finding:
    return Finding(ERROR, place, message)


def _nesting(survey: list[Row]) -> Iterator[Finding]:
    """Groups and repeats that are not closed, or closed but never begun; the same name twice in one group."""
    stack: list[tuple[str, Row, dict[str, Row]]] = []
    names: dict[str, Row] = {}
    for row in survey:
        kind, name = value(row, "type"), value(row, "name")
        begin, end = _BEGIN.match(kind), _END.match(kind)
        if end:
            if not stack or stack[-1][0] != end[1].lower():
                yield _error(row.at("type"), tr("{kind} has no begin_{what} before it", kind=kind, what=end[1].lower()))
                continue
            names = stack.pop()[2]
            continue
        if name and name in names:
            taken = names[name].place.row
            yield _error(row.at("name"), tr("the name “{name}” is taken by row {n}", name=name, n=taken))
        elif name:
            names[name] = row
        if begin:
            stack.append((begin[1].lower(), row, names))
            names = {}
    for kind, row, _ in stack:
        yield _error(row.at("type"), tr("this {kind} is never closed: end_{kind} is missing", kind=kind))


def _row(row: Row, names: set[str], lists: set[str]) -> Iterator[Finding]:
    name, kind = value(row, "name"), value(row, "type")
    if name and not _NAME.fullmatch(name):
        message = tr("“{name}” is no name: it may hold letters, digits, - and _, and begins with a letter", name=name)
        yield _error(row.at("name"), message)
    yield from _choice_list(row, kind, lists)
    for header, column, text in cells(row):
        if column in EXPRESSIONS or column in TEXTS or column in {"default", "trigger"}:
            yield from _references(row, header, text, names)
        if column in EXPRESSIONS and text.strip().casefold() not in _WORDS:
            yield from _expression(row, header, text)


def _choice_list(row: Row, kind: str, lists: set[str]) -> Iterator[Finding]:
    match = _SELECT.match(kind)
    if match and "." not in match[1] and "$" not in match[1] and match[1] not in lists:
        yield _error(row.at("type"), tr("there is no choice list “{name}”", name=match[1]))


def _references(row: Row, header: str, text: str, names: set[str]) -> Iterator[Finding]:
    for name in _REFERENCE.findall(text):
        if name not in names:
            yield _error(row.at(header), tr("there is no question ${{{name}}}", name=name))


def _expression(row: Row, header: str, text: str) -> Iterator[Finding]:
    source = _REFERENCE.sub("/form/reference", text)
    try:
        tree = parse(source.strip())
    except XPathError as error:
        yield _error(row.at(header), str(error))
        return
    for part in walk(tree):
        if isinstance(part, Call) and not part.name.startswith(functions.HOST):
            try:
                functions.check(part)
            except XPathError as error:
                yield _error(row.at(header), str(error))
