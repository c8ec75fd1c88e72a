"""A block's rows under other names: `first_name` → `owner_first_name`, wherever the block itself speaks of it."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass

from fieldapp.forms.xlsform.headers import EXPRESSIONS, canonical, value
from fieldapp.forms.xlsform.workbook import Row

_REFERENCE = re.compile(r"(\$\{\s*(?:last-saved#)?)([^}]*?)(\s*\})")
_INSTANCE = re.compile(r"(instance\(\s*)(['\"])([^'\"]+)\2(\s*\))")
_LIST = re.compile(r"(\s*(?:select[_ ]\S+|select (?:one|multiple)(?: from)?|rank)\s+)(\S+)(.*)", re.DOTALL)
# The pieces of an expression, as far as they decide whether a name is a question's: texts, references, attributes,
# axes and calls are none.
_PIECE = re.compile(
    r"""(?P<table>instance\(\s*(?:"[^"]*"|'[^']*')\s*\))
    |(?P<current>current\(\s*\))
    |(?P<other>"[^"]*"|'[^']*'|\$\{[^}]*\}|@[\w.:\-]+|[\w.\-]+::|[\w.:\-]+\s*\(|/\s*\*)
    |(?P<name>[^\W\d][\w.\-]*)
    |(?P<sign>[\[\]=<>+*|,!)\-])
    |(?P<rest>.)""",
    re.VERBOSE | re.DOTALL,
)
_OPERATORS = frozenset({"and", "or", "div", "mod"})
# Columns that hold names: the question's own, those it had, and the PDF's field, which no two questions may share.
_NAMING = frozenset({"name", "was", "pdf"})


@dataclass(frozen=True)
class Renaming:
    """What an include asks for: a prefix of all names, and the form's choice lists in place of the block's."""

    prefix: str
    lists: Mapping[str, str]

    def rows(self, rows: list[Row]) -> list[Row]:
        """The block's rows under their new names."""
        if not self.prefix and not self.lists:
            return rows
        names = {name for row in rows if (name := value(row, "name"))} if self.prefix else set()
        return [
            Row({header: self._cell(header, text, names) for header, text in row.cells.items()}, row.place)
            for row in rows
        ]

    def _cell(self, header: str, text: str, names: Collection[str]) -> str:
        column = canonical(header)
        if column in _NAMING:
            return " ".join(self._named(word) for word in text.split())
        rename = self._renamer(names)
        text = _REFERENCE.sub(lambda match: match[1] + rename(match[2]) + match[3], text)
        if column == "type":
            return _LIST.sub(lambda match: match[1] + self.lists.get(match[2], match[2]) + match[3], text)
        if column not in EXPRESSIONS:
            return text
        text = _INSTANCE.sub(self._instance, text)
        return text if column == "choice_filter" else renamed(text, rename)

    def _named(self, word: str) -> str:
        """A name, or the last of those that lead to a question's former place."""
        above, slash, name = word.rpartition("/")
        return f"{above}{slash}{self.prefix}{name}"

    def _instance(self, match: re.Match[str]) -> str:
        before, quote, name, after = match.groups()
        return f"{before}{quote}{self.lists.get(name, name)}{quote}{after}"

    def _renamer(self, names: Collection[str]) -> Callable[[str], str]:
        return lambda name: self.prefix + name if name in names else name


def renamed(expression: str, rename: Callable[[str], str]) -> str:
    """An expression with the names of its paths renamed, as in `../first` or `${person}[first = '']`.

    In `instance('people')/root/item[first = …]` names are columns of that table: they stay, up to the path's end.
    """
    found: list[str] = []
    depth, home = 0, False  # of the table's path, in brackets; whether current() leads back to the question
    for match in _PIECE.finditer(expression):
        text, kind = match[0], match.lastgroup
        if kind == "name" and text not in _OPERATORS:
            found.append(text if depth and not home else rename(text))
            continue
        found.append(text)
        if kind == "table":
            depth, home = max(depth, 1), False
        elif kind == "current":
            home = True
        elif kind in {"sign", "name"}:
            depth, home = _after(text, depth), False
    return "".join(found)


def _after(sign: str, depth: int) -> int:
    """The depth after a sign: brackets go in and out, any operator outside them ends the table's path."""
    if not depth:
        return 0
    if sign == "[":
        return depth + 1
    depth -= sign == "]"
    return depth if depth > 1 or sign == "]" else 0
