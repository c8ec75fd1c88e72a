"""Three-way merge of one op's edits into the City's row, path by path. Pure; wall clocks decide nothing.

`None` and "" both mean that a path has no value.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from fieldapp.records import Edits, Fields


@dataclass(frozen=True)
class Clash:
    """Two people changed one path from the same base to different values. Neither is thrown away."""

    path: str
    base: str
    mine: str
    theirs: str


@dataclass(frozen=True)
class Merge:
    """What becomes of an op's edits: those that apply, and those that clash. Equal ones need nothing."""

    applied: Mapping[str, str | None] = field(default_factory=dict)
    clashes: tuple[Clash, ...] = ()


def merge(current: Fields, edits: Edits, was: Edits) -> Merge:
    """Decide for each path: unchanged since the person saw it -> applies; equal already, or not
    changed by this person -> nothing; else a clash."""
    applied: dict[str, str | None] = {}
    clashes = []
    for path, new in edits.items():
        theirs, base, mine = current.get(path) or "", was.get(path) or "", new or ""
        if mine in {theirs, base}:  # equal already, or nothing that this person changed
            continue
        if theirs == base:
            applied[path] = new
        else:
            clashes.append(Clash(path, base, mine, theirs))
    return Merge(applied, tuple(clashes))
