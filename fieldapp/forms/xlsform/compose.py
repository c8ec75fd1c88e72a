"""`include`: question blocks that several forms share, put in where a form names them.

A block is a Markdown file with a survey sheet and, if it needs them, choices; its columns (languages too) come along.
"""

from __future__ import annotations

from pathlib import Path

from fieldapp.errors import FormError, Place
from fieldapp.forms.xlsform.workbook import Row, Workbook, read_workbook
from fieldapp.texts import tr

_INCLUDE = "include"
_OWN = frozenset({"type", "name"})


def composed(book: Workbook, blocks: Path | None) -> tuple[Workbook, list[FormError]]:
    """`book` with all its blocks in it, each row with the place it came from; and what could not be put in."""
    composer = _Composer(blocks)
    survey = composer.rows(book, ())
    sheets = {**book.sheets, "survey": survey}
    headers = {**book.headers, "survey": _union(book.headers.get("survey", []), survey)}
    if composer.lists:
        choices = [*book.rows("choices"), *composer.choices(book)]
        sheets["choices"], headers["choices"] = choices, _union(book.headers.get("choices", []), choices)
    return Workbook(book.file, sheets, headers), composer.faults


class _Composer:
    def __init__(self, blocks: Path | None) -> None:
        self.blocks = blocks
        self.books: dict[str, Workbook] = {}
        self.lists: dict[tuple[str, str], list[Row]] = {}  # by block and list name
        self.faults: list[FormError] = []

    def rows(self, book: Workbook, above: tuple[str, ...]) -> list[Row]:
        """The survey's rows with those of its blocks; `above` are the blocks that are being put in."""
        found: list[Row] = []
        for row in book.rows("survey"):
            if row.get("type").strip() != _INCLUDE:
                found.append(row)
                continue
            block = self._block(row, above)
            if block is not None:
                found += self.rows(block, (*above, row.get("name").strip()))
        return found

    def _block(self, row: Row, above: tuple[str, ...]) -> Workbook | None:
        name = row.get("name").strip()
        extra = sorted(set(row.cells) - _OWN)
        if not name:
            self._fault(tr("include needs the name of a block"), row.at("name"))
            return None
        if extra:
            message = tr("include takes no other columns: put a group around it for “{column}”", column=extra[0])
            self._fault(message, row.at(extra[0]))
            return None
        if name in above:
            self._fault(tr("block “{name}” includes itself", name=name), row.at("name"))
            return None
        return self.books.get(name) or self._read(name, row)

    def _read(self, name: str, row: Row) -> Workbook | None:
        path = self.blocks / f"{name}.md" if self.blocks and name == Path(name).name else None
        if path is None or not path.is_file():
            self._fault(tr("there is no block “{name}”", name=name), row.at("name"))
            return None
        try:
            block = read_workbook(path, path.read_bytes())
        except FormError as fault:
            self._fault(str(fault.args[0]), fault.place)
            return None
        self.books[name] = block
        for choice in block.rows("choices"):
            if choice.cells:
                self.lists.setdefault((name, _list_name(choice)), []).append(choice)
        return block

    def _fault(self, message: str, place: Place) -> None:
        self.faults.append(FormError(message, place))

    def choices(self, book: Workbook) -> list[Row]:
        """The blocks' choice lists that are not there yet; a list that is there must say the same."""
        known: dict[str, list[Row]] = {}
        for row in book.rows("choices"):
            known.setdefault(_list_name(row), []).append(row)
        found: list[Row] = []
        for (_, name), rows in self.lists.items():
            if name not in known:
                known[name] = rows
                found += rows
            elif [row.cells for row in known[name]] != [row.cells for row in rows]:
                self._fault(tr("the choice list “{name}” is defined twice, differently", name=name), rows[0].place)
        return found


def _list_name(row: Row) -> str:
    return row.get("list_name", "list name", "list").strip()


def _union(headers: list[str], rows: list[Row]) -> list[str]:
    names = dict.fromkeys(headers)
    for row in rows:
        names.update(dict.fromkeys(row.cells))
    return list(names)


def place_of_row(book: Workbook, sheet: str, number: int) -> Place:
    """Where row `number` of the composed sheet came from."""
    rows = book.rows(sheet)
    return rows[number - 2].place if 0 <= number - 2 < len(rows) else Place(book.file, sheet, number)
