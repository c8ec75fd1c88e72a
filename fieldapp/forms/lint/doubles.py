"""Choices of an XForm that are there twice in every respect; those of sheets are found row by row."""

from __future__ import annotations

from collections.abc import Iterator

from fieldapp.forms.definition.closed import list_of
from fieldapp.forms.definition.model import FormDefinition, Question
from fieldapp.forms.lint.findings import Finding, finding
from fieldapp.forms.lint.places import XFormPlaces, ref_of
from fieldapp.texts import tr

_OWN = frozenset({"itextId"})  # numbered by pyxform, and so never the same


def doubles(definition: FormDefinition, places: XFormPlaces) -> Iterator[Finding]:
    """A warning for each: people see the same line twice, and both mean the same."""
    seen: set[str] = set()
    for question in definition.questions.values():
        if question.choices is None:
            continue
        name = list_of(question.choices.nodeset) or question.path
        if name not in seen:
            seen.add(name)
            for number, choice in _again(_rows(definition, question, name)):
                message = tr("the choice “{name}” is in this list already", name=choice)
                where = name if question.choices.nodeset else ref_of(definition, name)
                yield finding("same-choice", places.choice(where, number, definition.translations.default), message)


def _rows(definition: FormDefinition, question: Question, name: str) -> list[tuple[str, object]]:
    """Each choice's name, with all that is to be the same."""
    if question.choices is None or not question.choices.nodeset:
        return [(item, item) for item, _ in question.choices.items] if question.choices is not None else []
    table = definition.tables.get(name)
    if table is None or table.source or table.root is None:
        return []
    rows = [item.cells() for root in table.root.named("root") for item in root.named("item")]
    value = question.choices.value
    return [(row.get(value, ""), frozenset(cell for cell in row.items() if cell[0] not in _OWN)) for row in rows]


def _again(rows: list[tuple[str, object]]) -> Iterator[tuple[int, str]]:
    known: set[object] = set()
    for number, (name, row) in enumerate(rows):
        if row in known:
            yield number, name
        known.add(row)
