"""Where in an author's file a question's rule or text stands: a cell of a spreadsheet, or a line of an XForm."""

from __future__ import annotations

from functools import cached_property
from typing import Protocol

from fieldapp.errors import Place
from fieldapp.forms.definition.model import FormDefinition
from fieldapp.forms.lint.sheets import BEGIN, END, Sheets
from fieldapp.forms.xlsform.headers import canonical, header_of, language_of, value
from fieldapp.forms.xlsform.workbook import Row


class Places(Protocol):
    """What a check of the whole form needs to know of the file."""

    by_name: bool  # whether its author speaks of questions by ${name}, not by their paths

    def rule(self, path: str, kind: str, line: int = 0, /) -> Place:
        """Of a question's rule or text: `kind` is the bind's, or label, hint, name, default…"""
        ...

    def text(self, path: str, kind: str, language: str, line: int = 0, /) -> Place:
        """Of a text in one language."""
        ...

    def choice(self, name: str, number: int, language: str) -> Place:
        """Of the label of a list's choice, counted from 0."""
        ...


class XFormPlaces:
    """Lines of an XForm; the column is the rule's name, the field the question."""

    by_name = False

    def __init__(self, file: str, definition: FormDefinition) -> None:
        self._file, self._definition = file, definition

    def rule(self, path: str, kind: str, line: int = 0, /) -> Place:
        """The line that was noted for the rule, else the question's bind."""
        question = self._definition.questions.get(path)
        row = line or (question.bind.line if question else 0) or None
        return Place(self._file, "", row, kind, ref_of(self._definition, path))

    def text(self, path: str, kind: str, language: str, line: int = 0, /) -> Place:
        """Texts of all languages are told apart by the column."""
        return self.rule(path, f"{kind}::{language}" if language else kind, line)

    def choice(self, name: str, number: int, language: str) -> Place:
        """The list itself: its elements have no place of their own."""
        return Place(self._file, "", None, f"label::{language}", f"{name}[{number + 1}]")


# What pyxform makes out of other sheets.
_ELSEWHERE = {
    "meta/instanceName": ("settings", "instance_name"),
    "meta/entity/@id": ("entities", "entity_id"),
    "meta/entity/@create": ("entities", "create_if"),
    "meta/entity/@update": ("entities", "update_if"),
    "meta/entity/label": ("entities", "label"),
}


class SheetPlaces:
    """Cells of an XLSForm's sheets."""

    by_name = True

    def __init__(self, sheets: Sheets, definition: FormDefinition) -> None:
        self._sheets, self._definition = sheets, definition

    def rule(self, path: str, kind: str, _line: int = 0, /) -> Place:
        """The cell of the rule; without a row of its own, the sheet."""
        if path in _ELSEWHERE:
            return self._elsewhere(path)
        row = self._rows.get(path)
        if row is None:  # what pyxform makes out of repeat_count
            path = path.removesuffix("_count")
            row, kind = self._rows.get(path), "count"
        ref = ref_of(self._definition, path)
        if row is None:
            return Place(self._sheets.book.file, "survey", None, "", ref)
        at = row.at(header_of(row, kind))
        return Place(at.file, at.sheet, at.row, at.column, ref)

    def text(self, path: str, kind: str, language: str, line: int = 0, /) -> Place:
        """The cell in the language's column."""
        place = self.rule(path, kind, line)
        return Place(place.file, place.sheet, place.row, self._column("survey", kind, language), place.field)

    def choice(self, name: str, number: int, language: str) -> Place:
        """The choice's cell in the language's column."""
        rows = self._sheets.lists.get(name, [])
        column = self._column("choices", "label", language)
        return rows[number].at(column) if number < len(rows) else Place(self._sheets.book.file, "choices", None, column)

    def _elsewhere(self, path: str) -> Place:
        sheet, column = _ELSEWHERE[path]
        rows = self._sheets.book.rows(sheet)
        at = rows[0].at(header_of(rows[0], column)) if rows else Place(self._sheets.book.file, sheet, None, column)
        return Place(at.file, at.sheet, at.row, at.column, ref_of(self._definition, path))

    def _column(self, sheet: str, kind: str, language: str) -> str:
        """The header of the language's column, or the one that it would have."""
        for header in self._sheets.book.headers.get(sheet, []):
            if canonical(header) == kind and language_of(header) == language:
                return header
        return f"{kind}::{language}"

    @cached_property
    def _rows(self) -> dict[str, Row]:
        return rows_by_path(self._sheets)


def rows_by_path(sheets: Sheets) -> dict[str, Row]:
    """The survey's row of each question path."""
    found: dict[str, Row] = {}
    above: list[str] = []
    for row in sheets.survey:
        kind, name = value(row, "type"), value(row, "name")
        if BEGIN.match(kind):
            above.append(name)
            found["/".join(above)] = row
        elif END.match(kind):
            del above[-1:]
        elif name:
            found["/".join([*above, name])] = row
    return found


def ref_of(definition: FormDefinition, path: str) -> str:
    """A question as expressions name it: `/data/place/unit`."""
    return f"/{definition.root_name}/{path}" if path else f"/{definition.root_name}"
