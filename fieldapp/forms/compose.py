"""`include`: question blocks that several forms share, put in where a form names them.

A block is a Markdown file with a survey sheet and, if it needs them, choices; its columns (languages too) come along.
"""

from __future__ import annotations

from pathlib import Path

from fieldapp.errors import FormError, Place
from fieldapp.forms.workbook import Row, Workbook, read_workbook
from fieldapp.texts import tr

_INCLUDE = "include"
_OWN = frozenset({"type", "name"})


def composed(book: Workbook, blocks: Path | None) -> Workbook:
    """`book` with all its blocks in it; each row keeps the place it came from. FormError for a block that is not there."""
    composer = _Composer(blocks)
    survey = composer.rows(book, ())
    sheets = {**book.sheets, "survey": survey}
    headers = {**book.headers, "survey": _union(book.headers.get("survey", []), survey)}
    if composer.lists:
        choices = [*book.rows("choices"), *composer.choices(book)]
        sheets["choices"], headers["choices"] = choices, _union(book.headers.get("choices", []), choices)
    return Workbook(book.file, sheets, headers)


def includes(book: Workbook) -> bool:
    """Whether the form names any block."""
    return any(row.get("type") == _INCLUDE for row in book.rows("survey"))


class _Composer:
    def __init__(self, blocks: Path | None) -> None:
        self.blocks = blocks
        self.books: dict[str, Workbook] = {}
        self.lists: dict[str, list[Row]] = {}

    def rows(self, book: Workbook, above: tuple[str, ...]) -> list[Row]:
        found: list[Row] = []
        for row in book.rows("survey"):
            if row.get("type") == _INCLUDE:
                found += self._block(row, above)
            else:
                found.append(row)
        return found

    def _block(self, row: Row, above: tuple[str, ...]) -> list[Row]:
        name = row.get("name")
        extra = sorted(set(row.cells) - _OWN)
        if not name:
            raise FormError(tr("include needs the name of a block"), row.at("name"))
        if extra:
            message = tr("include takes no other columns: put a group around it for “{column}”", column=extra[0])
            raise FormError(message, row.at(extra[0]))
        if name in above:
            raise FormError(tr("block “{name}” includes itself", name=name), row.at("name"))
        block = self._read(name, row)
        for choice in block.rows("choices"):
            if choice.cells:
                self.lists.setdefault(_list_name(choice), []).append(choice)
        return self.rows(block, (*above, name))

    def _read(self, name: str, row: Row) -> Workbook:
        path = self.blocks / f"{name}.md" if self.blocks and name == Path(name).name else None
        if path is None or not path.is_file():
            raise FormError(tr("there is no block “{name}”", name=name), row.at("name"))
        if name in self.books:
            return Workbook(path.name, {"survey": self.books[name].rows("survey")})
        self.books[name] = read_workbook(path, path.read_bytes())
        return self.books[name]

    def choices(self, book: Workbook) -> list[Row]:
        """The blocks' choice lists that the form does not define itself; FormError where two differ."""
        known: dict[str, list[dict[str, str]]] = {}
        for row in book.rows("choices"):
            known.setdefault(_list_name(row), []).append(dict(row.cells))
        found: list[Row] = []
        for name, rows in self.lists.items():
            by_file: dict[str, list[Row]] = {}
            for row in rows:
                by_file.setdefault(row.place.file, []).append(row)
            for family in by_file.values():
                cells = [dict(row.cells) for row in family]
                if name not in known:
                    known[name] = cells
                    found += family
                elif known[name] != cells:
                    raise FormError(
                        tr("the choice list “{name}” is defined twice, differently", name=name), family[0].place
                    )
        return found


def _list_name(row: Row) -> str:
    return row.get("list_name", "list name", "list")


def _union(headers: list[str], rows: list[Row]) -> list[str]:
    names = dict.fromkeys(headers)
    for row in rows:
        names.update(dict.fromkeys(row.cells))
    return list(names)


def place_of_row(book: Workbook, sheet: str, number: int) -> Place:
    """Where row `number` of the composed sheet came from."""
    rows = book.rows(sheet)
    return rows[number - 2].place if 0 <= number - 2 < len(rows) else Place(book.file, sheet, number)
