"""XLSForm to XForm through pyxform, imported only here and where sheets are read: never when the cache has the form."""

from __future__ import annotations

import re
from collections.abc import Mapping

from fieldapp.errors import FormError, Place
from fieldapp.forms.xlsform.compose import place_of_row
from fieldapp.forms.xlsform.external import with_lists
from fieldapp.forms.xlsform.headers import canonical
from fieldapp.forms.xlsform.workbook import Workbook
from fieldapp.texts import tr

_ROW = re.compile(r"\[row : (\d+)\]\s*")
_SHEET = re.compile(r"'(survey|choices|settings|external_choices|entities|osm)' sheet|(?:on|in) the (\w+) sheet")
_QUOTED = re.compile(r"['\"]([^'\"]+)['\"]")
_COLUMN = re.compile(r"the '([\w: ()]+)' (?:value|column)")


def convert(book: Workbook, name: str) -> bytes:
    """The XForm of a whole workbook. FormError with sheet, row and column where pyxform names them."""
    from pyxform.errors import PyXFormError

    sheets: dict[str, object] = {"sheet_names": list(book.sheets), "fallback_form_name": name}
    for sheet, rows in book.sheets.items():
        sheets[sheet] = [dict(row.cells) for row in rows]
        sheets[f"{sheet}_header"] = [dict.fromkeys(book.headers.get(sheet, []))]
    try:
        xform = _xform(sheets)
    except PyXFormError as error:
        raise located(str(error), book) from error
    except (ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError) as error:
        raise FormError(tr("this form cannot be converted: {why}", why=str(error)), Place(file=book.file)) from error
    return with_lists(xform.encode(), book)


def _xform(sheets: Mapping[str, object]) -> str:
    """What pyxform's own `convert` does, without its search for external choices: of a large form that is most of the
    time, and they are put in here."""
    from pyxform.builder import create_survey_element_from_dict
    from pyxform.xls2json import workbook_to_json
    from pyxform.xls2json_backends import get_xlsform

    book = get_xlsform(xlsform=sheets)
    warnings: list[str] = []
    read = workbook_to_json(workbook_dict=book, fallback_form_name=book.fallback_form_name, warnings=warnings)
    written: str = create_survey_element_from_dict(read).to_xml(validate=False, pretty_print=False, warnings=warnings)
    return written


def _guessed(message: str, book: Workbook) -> Place | None:
    """The place of the only cell that holds what the message quotes: pyxform does not always name the row."""
    quoted = set(_QUOTED.findall(message))
    cells = [
        row.at(column)
        for row in book.rows("survey")
        for column, text in row.cells.items()
        if canonical(column) in {"type", "name"} and text.strip() in quoted
    ]
    return cells[0] if len(cells) == 1 else None


def located(message: str, book: Workbook) -> FormError:
    """pyxform's message as ours: the row number out of the text and into the place."""
    row, sheet, column = _ROW.search(message), _SHEET.search(message), _COLUMN.search(message)
    name = next((part for part in sheet.groups() if part), "survey") if sheet else "survey"
    text = " ".join(_ROW.sub("", message).split())
    if row is None:
        return FormError(text, _guessed(text, book) or Place(file=book.file, sheet=name if sheet else ""))
    place = place_of_row(book, name, int(row[1]))
    return FormError(text, Place(place.file, place.sheet, place.row, column[1] if column else ""))
