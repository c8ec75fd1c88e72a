"""`include`: question blocks that several forms share, put in where a form names them.

A block is a Markdown file with a survey sheet and, if it needs them, choices; its columns (languages too) come along.
An include may say more than the block's name:

* `relevant`: holds for all that the block brings, together with what each of its rows says itself;
* `parameters`: `prefix=owner_` before every name, so that a block can be there twice; `role=owner_role` for the form's
  own choice list in place of the block's list `role`. A default that it does not have becomes its first choice.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from fieldapp.errors import FormError, Place
from fieldapp.forms.xlsform.headers import canonical, header_of, is_disabled, value
from fieldapp.forms.xlsform.prefixing import Renaming
from fieldapp.forms.xlsform.workbook import Row, Workbook, read_workbook
from fieldapp.texts import tr

_INCLUDE = "include"
_OWN = frozenset({"type", "name", "relevant", "parameters", "disabled"})
_PREFIX = re.compile(r"[^\W\d][\w\-]*")
_BEGIN = re.compile(r"begin[ _]", re.IGNORECASE)
_END = re.compile(r"end[ _]", re.IGNORECASE)


def composed(book: Workbook, blocks: Path | None) -> tuple[Workbook, list[FormError]]:
    """`book` with all its blocks in it, each row with the place it came from; and what could not be put in."""
    composer = _Composer(blocks, dict(_lists(book)))
    part = composer.part(book, ())
    sheets = {**book.sheets, "survey": part.survey}
    headers = {**book.headers, "survey": _union(book.headers.get("survey", []), part.survey)}
    if part.lists:
        choices = [*book.rows("choices"), *composer.choices(book, part)]
        sheets["choices"], headers["choices"] = choices, _union(book.headers.get("choices", []), choices)
    return Workbook(book.file, sheets, headers, book.used), composer.faults


@dataclass
class _Part:
    """What a workbook gives: its rows with those of its blocks, and the choice lists that the blocks bring."""

    survey: list[Row] = field(default_factory=list)
    lists: list[tuple[str, list[Row]]] = field(default_factory=list)

    def take(self, other: _Part) -> None:
        """Put the rows and lists of a block at the end."""
        self.survey += other.survey
        self.lists += other.lists


class _Composer:
    def __init__(self, blocks: Path | None, own: Mapping[str, list[Row]]) -> None:
        self.blocks = blocks
        self.own = own  # the form's own choice lists
        self.books: dict[str, Workbook | None] = {}
        self.faults: list[FormError] = []

    def part(self, book: Workbook, above: tuple[str, ...]) -> _Part:
        """What `book` gives; `above` are the blocks that are being put in."""
        found = _Part()
        for row in book.rows("survey"):
            if row.get("type").strip() != _INCLUDE:
                found.survey.append(row)
            elif not is_disabled(row):
                found.take(self._included(row, above))
        return found

    def _included(self, row: Row, above: tuple[str, ...]) -> _Part:
        name = value(row, "name")
        block = self._block(row, name, above)
        if block is None:
            return _Part()
        part = self.part(block, (*above, name))
        part.lists += _lists(block)
        renaming = self._renaming(row, part)
        lists = [(name, rows) for name, rows in part.lists if name not in renaming.lists]
        rows = [self._defaulted(one, renaming) for one in renaming.rows(part.survey)]
        return _Part(_relevant(rows, row), lists)

    def _defaulted(self, row: Row, renaming: Renaming) -> Row:
        """The row; where the form's own list takes the place of the block's, with a default that this list has."""
        name, default = value(row, "type").rpartition(" ")[2], value(row, "default")
        if not default or name not in renaming.lists.values() or name not in self.own:
            return row
        choices = [value(choice, "name") for choice in self.own[name]]
        return row if default in choices else Row({**row.cells, header_of(row, "default"): choices[0]}, row.place)

    def _block(self, row: Row, name: str, above: tuple[str, ...]) -> Workbook | None:
        extra = sorted(header for header in row.cells if canonical(header) not in _OWN)
        if not name:
            self._fault(tr("include needs the name of a block"), row.at("name"))
        elif extra:
            message = tr("include takes no other columns: put a group around it for “{column}”", column=extra[0])
            self._fault(message, row.at(extra[0]))
        elif name in above:
            self._fault(tr("block “{name}” includes itself", name=name), row.at("name"))
        else:
            return self._read(name, row)
        return None

    def _read(self, name: str, row: Row) -> Workbook | None:
        if name in self.books:
            return self.books[name]
        path = self.blocks / f"{name}.md" if self.blocks and name == Path(name).name else None
        if path is None or not path.is_file():
            self._fault(tr("there is no block “{name}”", name=name), row.at("name"))
            return None
        self.books[name] = None
        try:
            self.books[name] = read_workbook(path, path.read_bytes())
        except FormError as fault:
            self._fault(str(fault.args[0]), fault.place)
        return self.books[name]

    def _renaming(self, row: Row, part: _Part) -> Renaming:
        """What the include's `parameters` ask for; whatever of it is wrong is left out."""
        prefix, lists = "", {}
        place = row.at(header_of(row, "parameters"))
        known = {name for name, _ in part.lists}
        for word in value(row, "parameters").split():
            key, sign, text = word.partition("=")
            if not sign or not text:
                self._fault(tr("“{word}” is no parameter: write prefix=owner_ or list=other", word=word), place)
            elif key == "prefix" and _PREFIX.fullmatch(text):
                prefix = text
            elif key == "prefix":
                self._fault(tr("“{text}” cannot begin a name", text=text), place)
            elif key in known:
                lists[key] = text
            else:
                self._fault(tr("this block brings no choice list “{name}”", name=key), place)
        return Renaming(prefix, lists)

    def _fault(self, message: str, place: Place) -> None:
        self.faults.append(FormError(message, place))

    def choices(self, book: Workbook, part: _Part) -> list[Row]:
        """The blocks' choice lists that are not there yet; a list that is there must say the same."""
        known = dict(_lists(book))
        found: list[Row] = []
        for name, rows in part.lists:
            if name not in known:
                known[name] = rows
                found += rows
            elif [row.cells for row in known[name]] != [row.cells for row in rows]:
                self._fault(tr("the choice list “{name}” is defined twice, differently", name=name), rows[0].place)
        return found


def _lists(book: Workbook) -> list[tuple[str, list[Row]]]:
    found: dict[str, list[Row]] = {}
    for row in book.rows("choices"):
        if row.cells:
            found.setdefault(list_name(row), []).append(row)
    return list(found.items())


def list_name(row: Row) -> str:
    """The choice list to which a row of the choices sheet belongs."""
    return row.get("list_name", "list name", "list").strip()


def _relevant(rows: list[Row], include: Row) -> list[Row]:
    """The rows under the include's condition: those in a group have it from the group."""
    condition, header = value(include, "relevant"), header_of(include, "relevant")
    if not condition:
        return rows
    found, depth = [], 0
    for row in rows:
        kind = value(row, "type")
        depth -= bool(_END.match(kind))
        found.append(row if depth or not kind or _END.match(kind) else _under(row, condition, header))
        depth += bool(_BEGIN.match(kind))
    return found


def _under(row: Row, condition: str, header: str) -> Row:
    own = value(row, "relevant")
    cells = (
        {**row.cells, header_of(row, "relevant"): f"({condition}) and ({own})"}
        if own
        else {**row.cells, header: condition}
    )
    return Row(cells, row.place)


def _union(headers: list[str], rows: list[Row]) -> list[str]:
    names = dict.fromkeys(headers)
    for row in rows:
        names.update(dict.fromkeys(row.cells))
    return list(names)


def place_of_row(book: Workbook, sheet: str, number: int) -> Place:
    """Where row `number` of the composed sheet came from."""
    rows = book.rows(sheet)
    return rows[number - 2].place if 0 <= number - 2 < len(rows) else Place(book.file, sheet, number)
