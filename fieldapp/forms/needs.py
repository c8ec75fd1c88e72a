"""The files that a form needs: tables it reads, pictures and sounds it shows, and where each of them lies."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from fieldapp.forms.definition.model import ChoiceList, FormDefinition, Prototype
from fieldapp.forms.lint.expressions import outputs_of, rules_of

_TABLE = re.compile(
    r"(?:instance|pulldata)\(\s*['\"]([^'\"/@]+)['\"]"
)  # what begins with @ is a function of Survey123's
_FILE = "jr://"


def files_needed(definition: FormDefinition) -> Mapping[str, Path | None]:
    """Each file's name, with its place or None where no folder of the form has it. What a table names is not looked at:
    its rows may be many."""
    names = dict.fromkeys(name for name in _names(definition) if name)
    return {name: definition.media.file(name) for name in names}


def _names(definition: FormDefinition) -> Iterator[str]:
    for table in definition.tables.values():
        if table.source and not table.is_last_saved and not _short(table.source).startswith("@"):
            yield _short(table.source)
    for written in (*rules_of(definition), *outputs_of(definition)):
        for name in _TABLE.findall(written.source):
            if name not in definition.tables:
                yield f"{name}.csv"
    columns = {choices.columns.itext for choices in _searched(definition) if choices.columns}
    for (_, text), files in definition.translations.media.items():
        if text not in columns:
            yield from files.values()
    yield from _defaults(definition.prototype)


def _searched(definition: FormDefinition) -> Iterator[ChoiceList]:
    """Lists found by search(): their media are columns, not files."""
    return (question.choices for question in definition.questions.values() if question.choices is not None)


def _defaults(prototype: Prototype) -> Iterator[str]:
    """Files that a new record begins with."""
    if prototype.value.startswith(_FILE):
        yield _short(prototype.value)
    for child in prototype.children:
        yield from _defaults(child)
    if prototype.template is not None:
        yield from _defaults(prototype.template)


def _short(source: str) -> str:
    return source.rpartition("/")[2]
