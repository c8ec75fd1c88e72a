"""What stands on an issued paper, before it is set in type: plain words in one language, frozen."""

from __future__ import annotations

from dataclasses import dataclass, field

Rows = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Part:
    """A heading and what stands under it: names and values, or paragraphs. `level` is the heading's, from 1."""

    title: str
    rows: Rows = ()
    words: tuple[str, ...] = ()
    level: int = 1


@dataclass(frozen=True)
class Picture:
    """A picture on the paper: the file it comes from, by its SHA-256, and what it shows, in words."""

    sha256: str
    caption: str


@dataclass(frozen=True)
class Sheet:
    """A whole paper. `number` is what is quoted, in large print, with its name; `facts` stand beside it."""

    language: str
    kind: str
    title: str
    number: tuple[str, str]
    facts: Rows = ()
    to: tuple[str, ...] = ()
    lead: tuple[str, ...] = ()
    parts: tuple[Part, ...] = ()
    pictures: tuple[Picture, ...] = ()
    signature: Picture | None = None
    signs: bool = False  # whether it is signed: where there is no picture, by hand
    closing: tuple[str, ...] = field(default=())
