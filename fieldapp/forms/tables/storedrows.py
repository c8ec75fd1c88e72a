"""A table on disk as expressions see it: root, item, cells. Rows come from the disk when something looks at them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import overload

from fieldapp.forms.definition.instances import Item, Names
from fieldapp.forms.tables.stored import Cells, Shelf

_WAY: Names = ("root", "item")
_BLOCK = 256  # rows that are read at a time


class StoredTable(Item):
    """The nameless top of a table on disk: `root` under it, and the rows as its items."""

    __slots__ = ("_window", "shelf")

    def __init__(self, shelf: Shelf) -> None:
        super().__init__("instance")
        self.shelf = shelf
        self._window: tuple[int, list[Cells]] = (1, [])  # the rows read last, and the first one's number
        self.put(_Root(self))

    def rows(self, names: Names) -> Sequence[Item]:
        """The rows, none of them read yet."""
        return StoredRows(self) if names == _WAY else super().rows(names)

    def matching(self, names: Names, column: str, key: str | float) -> Sequence[Item]:
        """The rows whose cell equals `key`, through an index on disk."""
        if names != _WAY:
            return super().matching(names, column, key)
        return self.numbered(self.shelf.having(column, key))

    def numbered(self, numbers: Sequence[int]) -> list[Item]:
        """Rows by their numbers."""
        root = self.named("root")[0]
        return [StoredRow(self, root, number) for number in numbers]

    def cells_of(self, number: int) -> Cells:
        """One row's cells. Who goes on from the rows read last gets a block of them: a scan asks for them next."""
        first, block = self._window  # taken and put as one: other threads read too
        if not 0 <= number - first < len(block):
            last = number + _BLOCK - 1 if number == first + len(block) else number
            first, block = self._window = number, self.shelf.between(number, last)
        return block[number - first]


class _Root(Item):
    """`root`, which holds the rows."""

    __slots__ = ("_table",)

    def __init__(self, table: StoredTable) -> None:
        super().__init__("root", above=table)
        self._table = table

    def named(self, name: str) -> Sequence[Item]:
        return StoredRows(self._table) if name in {"item", "*"} else ()

    def text(self) -> str:
        return "".join(row.text() for row in self.named("item"))


class StoredRows(Sequence[Item]):
    """All rows in the file's order, made one by one as they are looked at."""

    def __init__(self, table: StoredTable) -> None:
        self.table = table
        self._root = table.named("root")[0]

    def __len__(self) -> int:
        return self.table.shelf.size

    def __iter__(self) -> Iterator[Item]:
        table, root = self.table, self._root
        return (StoredRow(table, root, number) for number in range(1, len(self) + 1))

    @overload
    def __getitem__(self, index: int) -> Item: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Item]: ...
    def __getitem__(self, index: int | slice) -> Item | Sequence[Item]:
        numbers = range(1, len(self) + 1)[index]
        return StoredRow(self.table, self._root, numbers) if isinstance(numbers, int) else self.table.numbered(numbers)


class StoredRow(Item):
    """One row: its place in the file only, until something reads its cells."""

    __slots__ = ("_number", "_table")

    def __init__(self, table: StoredTable, root: Item, number: int) -> None:
        self.name, self.value, self._above = "item", "", root
        self._table, self._number = table, number

    def named(self, name: str) -> Sequence[Item]:
        """The cells of one column, or all."""
        if name == "*":
            return [Item(column, text, self) for column, text in self.cells().items()]
        place = self._table.shelf.places.get(name)
        return () if place is None else [Item(name, self._table.cells_of(self._number)[place], self)]

    def text(self) -> str:
        """All cells."""
        return "".join(self._table.cells_of(self._number))

    def place(self) -> int:
        """The number of the row, from 1."""
        return self._number

    def cell(self, column: str) -> str:
        """The text in a column, "" where there is none."""
        place = self._table.shelf.places.get(column)
        return "" if place is None else self._table.cells_of(self._number)[place]

    def cells(self) -> dict[str, str]:
        """All columns."""
        return dict(zip(self._table.shelf.columns, self._table.cells_of(self._number), strict=True))
