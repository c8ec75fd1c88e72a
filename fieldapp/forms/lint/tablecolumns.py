"""Columns that an expression looks for in a table which does not have them: `ward = …` in a list without wards."""

from __future__ import annotations

import csv
from collections.abc import Iterator

from fieldapp.errors import FormError
from fieldapp.forms.definition.model import FormDefinition
from fieldapp.forms.lint.spelling import Speller
from fieldapp.forms.tables import csvfile
from fieldapp.forms.xpath.tree import Call, Expression, Literal, Path, Step, parts
from fieldapp.texts import tr

_FAR = 2_000  # rows of a list that are looked at


class TableColumns:
    """The columns of a form's tables, each table looked at once."""

    def __init__(self, definition: FormDefinition, speller: Speller) -> None:
        self._definition, self._speller = definition, speller
        self._known: dict[str, frozenset[str]] = {}

    def of(self, part: Expression) -> Iterator[tuple[str, str, str]]:
        """A remark for each column that the rows of the table do not have."""
        name = _table_of(part)
        if not isinstance(part, Path) or not name or [step.name for step in part.steps[:2]] != ["root", "item"]:
            return
        columns = self._columns(name)
        for column in dict.fromkeys(_wanted(part.steps[1:])) if columns else ():
            if column not in columns:
                message = tr("no row of “{table}” has a column “{column}”", table=name, column=column)
                yield "unknown-list-column", message, self._speller.meant(column, sorted(columns))

    def _columns(self, name: str) -> frozenset[str]:
        if name not in self._known:
            self._known[name] = frozenset(self._found(name))
        return self._known[name]

    def _found(self, name: str) -> Iterator[str]:
        table = self._definition.tables.get(name)
        if table is None or table.is_last_saved:
            return
        if table.source:
            yield from self._of_file(table.source)
            return
        rows = [item for root in table.root.named("root") for item in root.named("item")] if table.root else []
        if len(rows) <= _FAR:
            yield from {cell.name for row in rows for cell in row.named("*")}

    def _of_file(self, source: str) -> Iterator[str]:
        path = self._definition.media.file(source)
        if path is not None and path.suffix.lower() == ".csv":
            try:
                with csvfile.opened(path) as (columns, _):
                    yield from columns
            except (FormError, ValueError, OSError, csv.Error):
                return


def _table_of(part: Expression) -> str:
    start = part.start if isinstance(part, Path) else None
    if not isinstance(start, Call) or start.name != "instance" or len(start.arguments) != 1:
        return ""
    named = start.arguments[0]
    return named.value if isinstance(named, Literal) and isinstance(named.value, str) else ""


def _wanted(steps: tuple[Step, ...]) -> Iterator[str]:
    """The columns that a path of a row names: in its predicates, and behind it."""
    item, *behind = steps
    for predicate in item.predicates:
        yield from _relative(predicate)
    if behind and behind[0].axis == "child" and behind[0].by_name:
        yield behind[0].name


def _relative(part: Expression) -> Iterator[str]:
    """The columns in a predicate. What stands in the predicates of its own paths is seen from somewhere else."""
    if not isinstance(part, Path):
        for inner in parts(part):
            yield from _relative(inner)
    elif part.start is None and not part.absolute and part.steps[0].axis == "child" and part.steps[0].by_name:
        yield part.steps[0].name
