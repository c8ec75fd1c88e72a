"""Groups and repeats that are not closed, or closed but never begun; names that are taken, or that are none."""

from __future__ import annotations

import re
from collections.abc import Iterator

from fieldapp.forms.lint.findings import Finding, finding
from fieldapp.forms.lint.sheets import BEGIN, END, Sheets
from fieldapp.forms.xform.shape import DEEPEST
from fieldapp.forms.xlsform.headers import value
from fieldapp.forms.xlsform.workbook import Row
from fieldapp.texts import tr

_NAME = re.compile(r"[^\W\d][\w.\-]*(:[^\W\d][\w.\-]*)?")


_Open = tuple[str, Row, dict[str, Row]]  # a group's kind, its row, and the names around it


def nesting(sheets: Sheets) -> Iterator[Finding]:
    """The faults of the form's outline."""
    stack: list[_Open] = []
    names: dict[str, Row] = {}
    for row in sheets.survey:
        kind = value(row, "type")
        begin, end = BEGIN.match(kind), END.match(kind)
        if end:
            yield from _ended(end[1].lower(), row, stack)
            names = stack.pop()[2] if stack else names
            continue
        yield from _name(row, names)
        if begin:
            if len(stack) == DEEPEST:
                yield finding("too-deep", row.at("type"), tr("groups are nested deeper than {n} levels", n=DEEPEST))
            stack.append((begin[1].lower(), row, names))
            names = {}
    yield from (_not_closed(group) for group in stack)


def _ended(what: str, row: Row, stack: list[_Open]) -> Iterator[Finding]:
    """An end closes the nearest of its kind. Where none is open it is a slip, and meant for the innermost, which is
    left on the stack."""
    if any(kind == what for kind, _, _ in stack):
        while stack[-1][0] != what:
            yield _not_closed(stack.pop())
        return
    message = tr("{kind} has no begin_{what} before it", kind=value(row, "type"), what=what)
    yield finding("not-begun", row.at("type"), message)
    if stack:
        yield _not_closed(stack[-1])


def _not_closed(group: _Open) -> Finding:
    kind, row, _ = group
    return finding("not-closed", row.at("type"), tr("this {kind} is never closed: end_{kind} is missing", kind=kind))


def _name(row: Row, names: dict[str, Row]) -> Iterator[Finding]:
    """A name that is none, or that another question of the same group has; `names` learns it."""
    name = value(row, "name")
    if not name:
        return
    if not _NAME.fullmatch(name):
        message = tr("“{name}” is no name: it may hold letters, digits, - and _, and begins with a letter", name=name)
        yield finding("bad-name", row.at("name"), message, _written(name))
    first = names.get(name)  # the very same row, where a block is there twice
    if first is None:
        names[name] = row
    else:
        message = tr("the name “{name}” is taken by row {n}", name=name, n=first.place.row)
        yield finding("name-taken", row.at("name"), message, _twice(first, row))


def _written(name: str) -> str:
    """The name as it could be written."""
    plain = re.sub(r"\W+", "_", name).strip("_")
    plain = f"q{plain}" if plain[:1].isdigit() else plain
    return tr("It could be “{name}”.", name=plain) if plain else ""


def _twice(first: Row, row: Row) -> str:
    """What to do about a block that stands in one group twice."""
    return tr("Give one of the two includes a prefix.") if first.place == row.place else ""
