"""What is found in a form that pyxform refuses: its rows' own faults, and all that a check finds in the rest of it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from fieldapp.errors import FormError
from fieldapp.forms.definition.model import FormDefinition
from fieldapp.forms.files import media_folders
from fieldapp.forms.lint.advice import advice_on
from fieldapp.forms.lint.faults import rule_faults
from fieldapp.forms.lint.findings import Finding, cell_of, is_told, new_among
from fieldapp.forms.lint.mending import STOPPING, without
from fieldapp.forms.lint.places import SheetPlaces
from fieldapp.forms.lint.refused import conversion_fault, refusals
from fieldapp.forms.lint.sheets import Sheets
from fieldapp.forms.xform.reader import read_xform
from fieldapp.forms.xlsform.convert import convert
from fieldapp.forms.xlsform.headers import TEXTS, canonical
from fieldapp.forms.xlsform.rows import Workbook

# A form that was refused is mended and tried again, the less often the more rows it has.
_FEWEST, _MOST, _ROWS = 2, 50, 20_000
_OF_ANY_ROW = TEXTS | {"relevant"}  # what stands there means the same whatever the row's type and name are


def refused_at(error: FormError, sheets: Sheets, known: list[Finding]) -> list[Finding]:
    """What the rows' checks found, what else pyxform refuses in them, and its own words where none of that is it."""
    findings = [*known, *new_among(known, refusals(sheets))]
    if not is_told(error, findings):
        findings.append(conversion_fault(error, sheets))
    return findings


def in_spite_of(known: list[Finding], sheets: Sheets, path: Path) -> list[Finding]:
    """What is found in the rest of a form that was refused, with the rows and cells that are to blame mended."""
    found: list[Finding] = []
    book = without(sheets.book, known)
    for _ in range(_tries(book)):
        try:
            definition = read_xform(convert(book, path.stem), path.name, media_folders(path))
        except FormError as error:
            if not error.place.sheet or error.place.row is None:
                break
            fault = conversion_fault(error, sheets)
            found += [] if is_told(error, [item for item in (*known, *found) if item.code in STOPPING]) else [fault]
            before, book = book, without(book, [fault])
            if book == before:
                break
        else:
            return [*found, *_of_the_rest([*known, *found], Sheets(book, sheets.speller), definition)]
    return found


def _tries(book: Workbook) -> int:
    rows = sum(len(rows) for rows in book.sheets.values())
    return min(_MOST, max(_FEWEST, _ROWS // (rows + 1)))


def _of_the_rest(known: list[Finding], sheets: Sheets, definition: FormDefinition) -> Iterator[Finding]:
    """The findings on what was mended, but none that a mended row or cell is the reason of."""
    places = SheetPlaces(sheets, definition)
    cells = {cell_of(item.place) for item in known if item.code in STOPPING}
    rows = {cell[:3] for cell in cells if cell[3] in {"", "type", "name"}}
    bare = {
        cell_of(item.place)[:3] for item in known if item.code == "conversion" and item.place.column in {"", "name"}
    }
    faults = new_among(known, rule_faults(definition, places, sheets.speller))
    for item in (*faults, *advice_on(definition, places, sheets.speller)):
        cell = cell_of(item.place)
        is_apart = cell[:3] not in bare and canonical(item.place.column) in _OF_ANY_ROW and item.code != "no-label"
        if cell not in cells and (cell[:3] not in rows or is_apart or item.code == "no-message"):
            yield item
