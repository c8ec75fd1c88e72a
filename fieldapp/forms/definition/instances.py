"""Secondary instances: choice lists in the form, and tables beside it. Built when something first asks for them."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property

from lxml.etree import _Element

from fieldapp.forms.xpath.values import number_of

Names = tuple[str, ...]


class Item:
    """An element of a table: what paths such as `instance('x')/root/item/name` walk through. Never changes."""

    __slots__ = ("_above", "_columns", "_index", "_numbers", "name", "value")

    def __init__(self, name: str, value: str = "", above: Item | None = None) -> None:
        self.name = name
        self.value = value
        self._above = above
        self._columns: dict[str, list[Item]] = {}
        self._index: dict[tuple[Names, str], dict[str, list[Item]]] = {}
        self._numbers: dict[tuple[Names, str], dict[float, list[Item]]] = {}

    def put(self, child: Item) -> Item:
        """Take a child in, at the end."""
        self._columns.setdefault(child.name, []).append(child)
        return child

    def counts(self) -> bool:
        """Tables are always relevant."""
        return True

    def up(self) -> Item | None:
        """The element above."""
        return self._above

    def text(self) -> str:
        """Its own text, or that of everything in it."""
        if self._columns and not self.value:
            return "".join(child.text() for child in self.named("*"))
        return self.value

    def atom(self) -> str:
        """Tables hold texts only."""
        return self.text()

    def named(self, name: str) -> Sequence[Item]:
        """The children of this name; `*` means all elements, `@name` an attribute."""
        if name != "*":
            return self._columns.get(name, ())
        return [child for key, column in self._columns.items() if not key.startswith("@") for child in column]

    def place(self) -> int:
        """The position among those of the same name."""
        family = self._above.named(self.name) if self._above else [self]
        return 1 + next(index for index, other in enumerate(family) if other is self)

    def cell(self, column: str) -> str:
        """The text in a column, "" where there is none."""
        found = self.named(column)
        return found[0].text() if found else ""

    def cells(self) -> dict[str, str]:
        """All columns of a row."""
        return {name: column[0].text() for name, column in self._columns.items()}

    def rows(self, names: Names) -> Sequence[Item]:
        """The elements that `names` reach, one step after the other."""
        found: Sequence[Item] = [self]
        for name in names:
            steps = [row.named(name) for row in found]
            found = steps[0] if len(steps) == 1 else [child for step in steps for child in step]
        return found

    def matching(self, names: Names, column: str, key: str | float) -> Sequence[Item]:
        """The elements reached by `names` whose child `column` equals `key`: a text, or a number as XPath compares it.

        The first call for a column makes an index; the time of later ones does not depend on the table's length.
        """
        if isinstance(key, float):
            return [] if math.isnan(key) else self._by_number(names, column).get(key, [])
        return self._by_text(names, column).get(key, [])

    def _by_text(self, names: Names, column: str) -> dict[str, list[Item]]:
        index = self._index.get((names, column))
        if index is None:
            index = self._index[names, column] = {}
            for row in self.rows(names):
                for cell in row.named(column):
                    index.setdefault(cell.text(), []).append(row)
        return index

    def _by_number(self, names: Names, column: str) -> dict[float, list[Item]]:
        index = self._numbers.get((names, column))
        if index is None:
            index = self._numbers[names, column] = {}
            for row in self.rows(names):
                for cell in row.named(column):
                    index.setdefault(number_of(cell.text()), []).append(row)
        return index


class Table:
    """A named secondary instance; its content is built when something asks for it."""

    def __init__(self, name: str, build: Callable[[], Item | None], source: str = "") -> None:
        self.name = name
        self.source = source
        self._build = build

    @property
    def is_last_saved(self) -> bool:
        """Whether it stands for the answers of the record that this person saved last."""
        return self.source == "jr://instance/last-saved"

    @cached_property
    def root(self) -> Item | None:
        """Its root, None when there is no such file: then the host may know the data. FormError when unreadable."""
        return self._build()


def of_rows(rows: Iterable[Mapping[str, str]]) -> Item:
    """A table as ODK shows a CSV file: root, item, one element a column."""
    top = Item("instance")
    root = top.put(Item("root", above=top))
    for row in rows:
        item = root.put(Item("item", above=root))
        for column, value in row.items():
            if column:
                item.put(Item(column, value or "", item))
    return top


def of_element(element: _Element, above: Item | None = None) -> Item:
    """A table from an XML element."""
    item = Item(str(element.tag).rpartition("}")[2], (element.text or "").strip(), above)
    for name, value in element.attrib.items():
        item.put(Item(f"@{str(name).rpartition('}')[2]}", str(value), item))
    for child in element:
        item.put(of_element(child, item))
    return item
