"""What pyxform refuses, found in every row at once: by itself it stops at the first."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from fieldapp.errors import FormError, Place
from fieldapp.forms.lint.findings import Finding, finding
from fieldapp.forms.lint.sheets import END, SELECT, UNCLOSED, Sheets
from fieldapp.forms.lint.spelling import Speller
from fieldapp.forms.lint.typenames import is_known_type, unknown_type, untold_type
from fieldapp.forms.xlsform.headers import REFERRING, canonical, cells, value
from fieldapp.forms.xlsform.workbook import Row
from fieldapp.texts import tr

_SILENT = re.compile(r"named '([^']*)' has no label or hint")


def refusals(sheets: Sheets) -> Iterator[Finding]:
    """What is missing or unknown in the rows of a form that was refused."""
    typed = any(canonical(header) == "type" for header in sheets.book.headers.get("survey", ()))
    if sheets.book.rows("survey") and not typed:  # each row would be told to have none
        place = Place(sheets.book.file, "survey", 1)
        yield finding("no-type", place, tr("there is no column “type”: it says what each row is"))
        return
    for row in sheets.book.rows("survey"):
        yield from _survey_row(row, sheets.speller)
        yield from _unclosed(row, sheets)
    several = _lists_of_several(sheets)
    for name, rows in sheets.lists.items():
        for row in rows if name else ():
            yield from _choice(row, name, is_several=name in several)


def conversion_fault(error: FormError, sheets: Sheets) -> Finding:
    """What pyxform refused, as a finding: a type that it does not know, else its own words."""
    message = str(error.args[0])
    if not sheets.book.rows("survey"):
        message = tr("there is no sheet “survey”: the sheet with the questions must have this name")
        return finding("conversion", replace(error.place, sheet="", row=None), message)
    kind, silent = untold_type(message), _SILENT.search(message)
    if kind:
        return unknown_type(kind, error.place, sheets.speller)
    if silent:
        message = tr("the question “{name}” has neither a label nor a hint", name=silent[1])
    return finding("conversion", error.place, message)


def _survey_row(row: Row, speller: Speller) -> Iterator[Finding]:
    kind = value(row, "type")
    if not kind:
        if value(row, "name") or row.get("label"):
            yield finding("no-type", row.at("type"), tr("this row has no type"))
    elif not is_known_type(kind):
        yield unknown_type(kind, row.at("type"), speller)
    elif not value(row, "name") and not END.match(kind) and kind != "note":
        yield finding("no-name", row.at("name"), tr("this question or group has no name"))


def _unclosed(row: Row, sheets: Sheets) -> Iterator[Finding]:
    """References without their end."""
    for header, column, text in cells(row):
        match = UNCLOSED.search(text) if column in REFERRING else None
        if match:
            message = tr("this reference is not closed: {reference}", reference=f"${{{match[1].strip()}")
            name = next(iter(match[1].split()), "")
            guess = f"${{{name}}}" if name in sheets.names else ""
            suggestion = tr("Did you mean {name}?", name=guess) if guess else ""
            yield finding("bad-reference", row.at(header), message, suggestion)


def _choice(row: Row, listed: str, *, is_several: bool) -> Iterator[Finding]:
    name = value(row, "name")
    if not name:
        yield finding("no-name", row.at("name"), tr("this choice of the list “{list}” has no name", list=listed))
    elif is_several and " " in name:
        message = tr("the choice “{name}” has a blank in its name, and its list is one of several answers", name=name)
        yield finding(
            "blank-in-choice", row.at("name"), message, tr("It could be “{name}”.", name="_".join(name.split()))
        )


def _lists_of_several(sheets: Sheets) -> set[str]:
    """The lists of which people choose several: blanks stand between the answers."""
    kinds = (value(row, "type") for row in sheets.survey)
    return {match[1] for kind in kinds if (match := SELECT.match(kind)) and ("multiple" in kind or "all that" in kind)}
