"""Choices out of a table on disk, up to millions: nothing is read but what somebody looks at."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence, Set
from dataclasses import dataclass
from typing import overload

from fieldapp.forms.definition.instances import Item, Names
from fieldapp.forms.definition.model import Choice
from fieldapp.forms.session.nodes import Options
from fieldapp.forms.tables.storedrows import StoredRows, StoredTable
from fieldapp.forms.xpath.lexer import XPathError
from fieldapp.forms.xpath.parser import parse
from fieldapp.forms.xpath.tree import Call, Expression, Literal, Path

_WAY: Names = ("root", "item")
Dress = Callable[[str, Item], Choice]


def whole_table(nodeset: str) -> str:
    """The table of which a nodeset offers all rows: `x` in `instance('x')/root/item`; "" for any other nodeset."""
    try:
        tree: Expression = parse(nodeset)
    except XPathError:
        return ""
    if not isinstance(tree, Path) or not isinstance(tree.start, Call) or tree.start.name != "instance":
        return ""
    bare = all(step.axis == "child" and not step.predicates for step in tree.steps)
    name = tree.start.arguments[0] if tree.start.arguments else None
    names = tuple(step.name for step in tree.steps)
    return str(name.value) if bare and names == _WAY and isinstance(name, Literal) else ""


class LongNames(Set[str]):
    """The values that can be chosen. Equal to itself alone: comparing all of them would read the whole table."""

    def __init__(self, table: StoredTable, column: str) -> None:
        self._table = table
        self._column = column

    def __contains__(self, name: object) -> bool:
        return isinstance(name, str) and bool(self._table.shelf.having(self._column, name))

    def __iter__(self) -> Iterator[str]:
        return (row.cell(self._column) for row in StoredRows(self._table))

    def __len__(self) -> int:
        return self._table.shelf.size

    def __eq__(self, other: object) -> bool:
        return self is other

    def __hash__(self) -> int:
        return id(self)


@dataclass(frozen=True)
class LongRows(Sequence[tuple[str, object]]):
    """Each value with its row."""

    rows: StoredRows
    column: str

    def __len__(self) -> int:
        return len(self.rows)

    @overload
    def __getitem__(self, index: int) -> tuple[str, object]: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[tuple[str, object]]: ...
    def __getitem__(self, index: int | slice) -> tuple[str, object] | Sequence[tuple[str, object]]:
        if isinstance(index, slice):
            return [(row.cell(self.column), row) for row in self.rows[index]]
        row = self.rows[index]
        return (row.cell(self.column), row)


class LongOptions(Options):
    """All rows of a table on disk as choices: `value` and `label` are its columns."""

    __slots__ = ("label", "table", "value")

    def __init__(self, table: StoredTable, value: str, label: str) -> None:
        super().__init__(LongRows(StoredRows(table), value), LongNames(table, value))
        self.table, self.value, self.label = table, value, label


class LongChoices(Sequence[Choice]):
    """The choices of a long list, made as they are looked at. `dress` makes one of its name and row.

    Two are equal when they show the same table in the same language: so a screen need not compare choice by choice.
    """

    def __init__(self, options: LongOptions, dress: Dress, language: str) -> None:
        self._options = options
        self._dress = dress
        self._mark = (options, language)

    def find(self, words: Sequence[str], most: int) -> tuple[list[Choice], int]:
        """At most `most` choices whose label holds all `words`, accents and case aside; and how many there are.

        Those that begin with the words come first, then the order of the table counts.
        """
        table = self._options.table
        numbers, total = table.shelf.find(self._options.label, words, most)
        return [self._made(row) for row in table.numbered(numbers)], total

    def named(self, name: str) -> Choice | None:
        """The choice of that name, None where it is not offered."""
        rows = self._options.table.matching(_WAY, self._options.value, name)
        return self._made(rows[0]) if rows else None

    def _made(self, row: Item) -> Choice:
        return self._dress(row.cell(self._options.value), row)

    def __len__(self) -> int:
        return self._options.table.shelf.size

    @overload
    def __getitem__(self, index: int) -> Choice: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Choice]: ...
    def __getitem__(self, index: int | slice) -> Choice | Sequence[Choice]:
        rows = StoredRows(self._options.table)[index]
        return self._made(rows) if isinstance(rows, Item) else [self._made(row) for row in rows]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, LongChoices) and self._mark == other._mark

    def __hash__(self) -> int:
        return hash(self._mark)
