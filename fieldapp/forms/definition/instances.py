"""Secondary instances: choice lists in the form, and tables beside it (CSV, GeoJSON, XML). Read when first needed."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

from fieldapp.errors import FormError, Place
from fieldapp.texts import tr


class Item:
    """An element of a table: what paths such as `instance('x')/root/item/name` walk through. Never changes."""

    __slots__ = ("_above", "_columns", "_index", "name", "value")

    def __init__(self, name: str, value: str = "", above: Item | None = None) -> None:
        self.name = name
        self.value = value
        self._above = above
        self._columns: dict[str, list[Item]] = {}
        self._index: dict[tuple[tuple[str, ...], str], dict[str, list[Item]]] = {}

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
        """The children of this name."""
        if name != "*":
            return self._columns.get(name, ())
        return [child for key, column in self._columns.items() if not key.startswith("@") for child in column]

    def place(self) -> int:
        """The position among those of the same name."""
        family = self._above.named(self.name) if self._above else [self]
        return 1 + next(index for index, other in enumerate(family) if other is self)

    def cell(self, column: str) -> str:
        """The text in a column, "" where there is none."""
        found = self._columns.get(column)
        return found[0].text() if found else ""

    def cells(self) -> dict[str, str]:
        """All columns of a row."""
        return {name: column[0].text() for name, column in self._columns.items()}

    def matching(self, names: tuple[str, ...], column: str, key: str) -> list[Any]:
        """The elements reached by `names` whose child `column` reads `key`, through an index made at the first call."""
        index = self._index.get((names, column))
        if index is None:
            index = self._index[names, column] = {}
            rows = [self]
            for name in names:
                rows = [child for row in rows for child in row.named(name)]
            for row in rows:
                for cell in row.named(column):
                    index.setdefault(cell.text(), []).append(row)
        return index.get(key, [])


class Table:
    """A named secondary instance; its content is built when something asks for it."""

    def __init__(self, name: str, build: Callable[[], Item | None], source: str = "") -> None:
        self.name = name
        self.source = source
        self._build = build

    @cached_property
    def root(self) -> Item | None:
        """Its root, None when there is no such file: then the host may know the data."""
        return self._build()


def of_rows(rows: Sequence[Mapping[str, str]]) -> Item:
    """A table as ODK shows a CSV file: root, item, one element a column."""
    top = Item("instance")
    root = top.put(Item("root", above=top))
    for row in rows:
        item = root.put(Item("item", above=root))
        for column, value in row.items():
            if column:
                item.put(Item(column, value or "", item))
    return top


def of_file(source: str, folders: Sequence[Path]) -> Item | None:
    """The content of the file that `jr://file…/name` means, None when no folder has it. FormError when unreadable."""
    name = source.rpartition("/")[2]
    path = next((folder / name for folder in folders if name and (folder / name).is_file()), None)
    if path is None:
        return None
    try:
        return _READERS.get(path.suffix.lower(), _xml)(path)
    except (ValueError, KeyError, TypeError, csv.Error) as error:
        message = tr("this file, which the form needs, cannot be read: {why}", why=str(error))
        raise FormError(message, Place(file=path.name)) from error


def _csv(path: Path) -> Item:
    content = path.read_text("utf-8-sig")
    head = content.partition("\n")[0]
    delimiter = max(",;\t|", key=head.count)
    rows = csv.DictReader(io.StringIO(content, newline=""), delimiter=delimiter)
    return of_rows([{key.strip(): value for key, value in row.items() if isinstance(key, str)} for row in rows])


def _geojson(path: Path) -> Item:
    features = json.loads(path.read_text("utf-8"))["features"]
    return of_rows([_feature(feature) for feature in features])


def _feature(feature: Mapping[str, Any]) -> dict[str, str]:
    geometry = feature["geometry"]
    points = geometry["coordinates"]
    if geometry["type"] == "Point":
        points = [points]
    elif geometry["type"] == "Polygon":
        points = points[0]
    row = {"geometry": "; ".join(f"{point[1]} {point[0]} 0 0" for point in points)}
    if "id" in feature:
        row["id"] = str(feature["id"])
    return row | {key: "" if value is None else str(value) for key, value in feature.get("properties", {}).items()}


def _xml(path: Path) -> Item:
    from lxml import etree

    from fieldapp.forms.xform.xmlread import parse

    top = Item("instance")
    try:
        top.put(of_element(parse(path.read_bytes()), top))
    except etree.XMLSyntaxError as error:
        raise ValueError(str(error)) from error
    return top


def of_element(element: Any, above: Item | None = None) -> Item:
    """A table from an XML element (lxml)."""
    item = Item(element.tag.rpartition("}")[2], (element.text or "").strip(), above)
    for name, value in element.attrib.items():
        item.put(Item(f"@{name.rpartition('}')[2]}", value, item))
    for child in element:
        item.put(of_element(child, item))
    return item


_READERS: dict[str, Callable[[Path], Item]] = {".csv": _csv, ".geojson": _geojson}
