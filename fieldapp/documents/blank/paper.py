"""What stands on a blank form, before anybody sets it in type: its parts in reading order, frozen.

The same paper is made again when a filled form comes back: the names of its entries say which answer each field is.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

LINE, LINES, ONE, LIST, SEVERAL, TICK, ORDER = "line", "lines", "one", "list", "several", "tick", "order"
MARK = "fieldapp-form"  # the read-only field that says which form this is


@dataclass(frozen=True)
class Option:
    """A choice: the name that the form keeps, and what a person reads."""

    name: str
    label: str


@dataclass(frozen=True)
class Entry:
    """A place to answer. `field` is its name in the PDF, `path` the question's, `rows` which instance of each repeat
    around it is meant, from the outermost, from 1; `repeats` are the paths of these.

    `kind`: line, lines (of text), one (a circle for each option), list (a drop-down list), several (a box for each),
    tick (one box), order (a number for each option). `only` says when it is to be answered, `how` in which spelling;
    `always` is false in rows and under conditions.
    """

    field: str
    path: str
    kind: str
    label: str
    rows: tuple[int, ...] = ()
    required: bool = False
    hint: str = ""
    only: str = ""
    how: str = ""
    options: tuple[Option, ...] = ()
    width: str = "full"
    always: bool = True
    repeats: tuple[str, ...] = ()

    @property
    def fields(self) -> tuple[str, ...]:
        """The names of its fields: one, but for several boxes or numbers one each."""
        if self.kind in {SEVERAL, ORDER}:
            return tuple(self.of_option(option) for option in self.options)
        return (self.field,)

    def of_option(self, option: Option) -> str:
        """The name of the field that stands for one of several options."""
        return f"{self.field}={option.name.replace('.', '·')}"


@dataclass(frozen=True)
class Heading:
    """The title of a section, a group or a row of a repeat; `level` from 1."""

    text: str
    level: int = 1
    only: str = ""


@dataclass(frozen=True)
class Words:
    """A paragraph: what the form says without asking. `kind`: note, boxed (the privacy notice), more."""

    text: str
    kind: str = "note"


@dataclass(frozen=True)
class Signature:
    """A place to sign by hand."""

    label: str
    only: str = ""


Part = Entry | Heading | Words | Signature


@dataclass(frozen=True)
class Mark:
    """Which form a paper is: by this it is known again when it comes back."""

    service: str
    version: str
    language: str

    def __str__(self) -> str:
        return f"fieldapp:{self.service}:{self.version}:{self.language}"

    @classmethod
    def read(cls, text: str) -> Mark | None:
        """The mark that `text` is, None for any other text."""
        parts = text.strip().split(":")
        return cls(*parts[1:]) if len(parts) == 4 and parts[0] == "fieldapp" and all(parts) else None


@dataclass(frozen=True)
class Paper:
    """A whole blank form in one language. `bring` is what goes with it, `attach` the pictures and files it asks for."""

    mark: Mark
    code: str
    title: str
    summary: str
    parts: tuple[Part, ...]
    notice: str = ""
    bring: tuple[str, ...] = ()
    attach: tuple[str, ...] = ()
    large: bool = field(default=False, compare=False)

    @property
    def entries(self) -> Iterator[Entry]:
        """The places to answer, in reading order."""
        return (part for part in self.parts if isinstance(part, Entry))
