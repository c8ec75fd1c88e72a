"""What stands in single cells: references to questions and lists, and expressions, before the form is converted."""

from __future__ import annotations

import re
from collections.abc import Iterator

from fieldapp.errors import Place
from fieldapp.forms.lint.findings import Finding, finding
from fieldapp.forms.lint.sheets import BEGIN, END, REFERENCE, SELECT, Sheets
from fieldapp.forms.lint.slips import slip_in
from fieldapp.forms.lint.spelling import Speller
from fieldapp.forms.xlsform.headers import EXPRESSIONS, REFERRING, cells, value
from fieldapp.forms.xlsform.workbook import Row
from fieldapp.forms.xpath import functions
from fieldapp.forms.xpath.lexer import XPathError
from fieldapp.forms.xpath.parser import parse, unexpected
from fieldapp.forms.xpath.tree import Call, walk
from fieldapp.texts import tr

_WORDS = {"yes", "no", "true", "false", "true()", "false()"}
_STRAIGHT = str.maketrans("“”‘’", "\"\"''")  # quotation marks of word processors: pyxform straightens them
# Expressions on the other sheets, by their columns.
_ELSEWHERE = {"settings": {"instance_name"}, "entities": {"entity_id", "create_if", "update_if", "label"}}


def cell_faults(sheets: Sheets) -> Iterator[Finding]:
    """The faults of every cell that holds an expression, or refers to a question or to a list."""
    for sheet, columns in _ELSEWHERE.items():
        for row in sheets.book.rows(sheet):
            for header, column, text in cells(row):
                if column in columns and text.strip():
                    yield from _references(row, header, text, sheets)
                    yield from _expression(row, header, text, sheets)
    for row in sheets.survey:
        yield from _choice_list(row, sheets)
        for header, column, text in cells(row):
            if column in REFERRING:
                yield from _references(row, header, text, sheets)
            if column in EXPRESSIONS and text.strip().casefold() not in _WORDS and _counts(row, column):
                yield from _expression(row, header, text, sheets)


def _counts(row: Row, column: str) -> bool:
    """Whether pyxform makes anything of an expression in this row: what stands behind an end, for one, is left out."""
    kind = value(row, "type").casefold()
    if column == "choice_filter":
        return "select" in kind or kind.startswith("rank")
    return not END.match(kind) and (column != "repeat_count" or BEGIN.match(kind) is not None)


def _choice_list(row: Row, sheets: Sheets) -> Iterator[Finding]:
    match = SELECT.match(value(row, "type"))
    if match and "." not in match[1] and "$" not in match[1] and match[1] not in sheets.lists:
        message = tr("there is no choice list “{name}”", name=match[1])
        yield finding("unknown-list", row.at("type"), message, sheets.speller.meant(match[1], sheets.lists))


def _references(row: Row, header: str, text: str, sheets: Sheets) -> Iterator[Finding]:
    for name in REFERENCE.findall(text):
        if name not in sheets.names:
            message = tr("there is no question ${{{name}}}", name=name)
            suggestion = sheets.speller.meant(name, sheets.names, "${", "}")
            yield finding("unknown-question", row.at(header), message, suggestion)


def _expression(row: Row, header: str, text: str, sheets: Sheets) -> Iterator[Finding]:
    source = REFERENCE.sub(_path, text).translate(_STRAIGHT)
    return expression_faults(source, row.at(header), sheets.speller, text)


def _path(reference: re.Match[str]) -> str:
    """A path in place of a reference, just as long: characters are counted as their author wrote them."""
    return "/".ljust(len(reference[0]), "x")


def expression_faults(source: str, place: Place, speller: Speller, text: str = "") -> Iterator[Finding]:
    """What is wrong in an expression by itself: its grammar, its functions, and how many arguments they get. `text` is
    what its author wrote, with references."""
    try:
        tree = parse(source)
    except XPathError as error:
        reference = REFERENCE.match(text, error.at - 1) if error.at else None
        message = unexpected(reference[0], error.at) if reference else str(error)
        yield finding("bad-expression", place, message, slip_in(text or source, error.at))
        return
    for part in walk(tree):
        if isinstance(part, Call) and not part.name.startswith(functions.HOST):
            yield from _call(part, place, speller)


def _call(call: Call, place: Place, speller: Speller) -> Iterator[Finding]:
    try:
        functions.check(call)
    except XPathError as error:
        known = call.name in functions.TABLE
        suggestion = "" if known else speller.meant(call.name, functions.TABLE, "", "()")
        yield finding("arguments" if known else "unknown-function", place, str(error), suggestion)
