"""Made-up edits of two people, for the laws of merging: paths whose class is told by their name."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from fieldapp.merging import Kind, KindOf
from fieldapp.records import Change, Edits, Fields

KINDS = {"set": Kind.SET, "note": Kind.APPEND, "say": Kind.DECISION, "sum": Kind.FIGURE}
LINES = [f"rows[{key}]{rest}" for key in "ab" for rest in ("", "/what", "/set")]
PATHS = ["p", "q", "set", "set2", "note", "say", *LINES]
ELEMENTS = st.lists(st.sampled_from("abcd"), unique=True).map(" ".join)
WORDS = st.lists(st.sampled_from(["roof", "wall", "door"]), max_size=3, unique=True).map("\n".join)
PLAIN = st.sampled_from(["", "1", "2", "3"])


def kind_of(path: str) -> Kind:
    """By the path's last word."""
    last = path.rpartition("/")[2]
    return next((kind for name, kind in KINDS.items() if last.startswith(name)), Kind.PLAIN)


def kinds(_service: str, _version: str) -> KindOf:
    """The same for all forms."""
    return kind_of


def value_of(path: str) -> st.SearchStrategy[str]:
    """A value that fits the path."""
    kind = kind_of(path)
    return ELEMENTS if kind is Kind.SET else WORDS if kind is Kind.APPEND else PLAIN


@st.composite
def fields(draw: st.DrawFn) -> dict[str, str]:
    """A record: answers only in lines that are there."""
    found = {path: draw(value_of(path)) for path in draw(st.lists(st.sampled_from(PATHS), unique=True))}
    lines = {path.partition("/")[0] for path in found if path.startswith("rows")}
    return {path: value for path, value in {**found, **dict.fromkeys(lines, "1")}.items() if value}


@st.composite
def edits_of(draw: st.DrawFn, base: Fields) -> dict[str, str | None]:
    """What somebody who sees `base` does: answers, words added to notes, a line added or taken away whole."""
    found: dict[str, str | None] = {}
    for path in draw(st.lists(st.sampled_from(PATHS), unique=True, max_size=5)):
        new = draw(value_of(path))
        if kind_of(path) is Kind.APPEND:
            new = "\n".join(part for part in (base.get(path, ""), new) if part)
        found[path] = new or None
    for path in [path for path in found if "/" in path]:
        line = path.partition("/")[0]
        if not base.get(line) or (line in found and not found[line]):
            found[line] = "1"
    for line in [path for path, new in found.items() if path.endswith("]") and not new]:
        found |= {path: None for path in (*base, *found) if path.startswith(f"{line}/")}
    return found


def change(number: int, base: Fields, edits: Edits, **parts: Any) -> Change:
    """A Change of somebody who saw `base`."""
    was = {path: base.get(path) for path in edits}
    values: dict[str, Any] = {
        "id": f"c{number}",
        "record": "r",
        "service": "s",
        "form_version": "1",
        "base_rev": 1,
        "edits": edits,
        "was": was,
        "actor": f"p{number}",
        "principal": f"p{number}",
        "device": "d",
        "at": "2026-11-23T09:00:00.000Z",
    }
    return Change(**{**values, **parts})
