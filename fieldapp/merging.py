"""Three-way merge of one Change's edits into a record, path by path. Pure; wall clocks decide nothing.

The gateway merges an op into the City's row with it, and the laptop its own unsent Changes into the row that came: one
function, so that both see the same. What becomes of a path that two people changed is a matter of its class:

* **plain**: a clash; both values are kept until a person chooses.
* **set**: several choices, ids in a list. Elements are put in and taken out one by one, so that there is never a clash.
* **append**: words that are only ever added to. Both people's lines stay; where one of them rewrote what was there
  before, it is a clash after all.
* **decision**: a clash that only a supervisor who wrote neither of the two may end.
* **figure**: what the form calculates. It is nobody's word: the gateway works it out anew from the merged answers.

`None` and "" both mean that a path has no value.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

from fieldapp.records import (
    ADDRESS,
    DUE,
    LANG,
    POINT,
    REASON,
    REASON_FIELD,
    STATE,
    TITLE,
    WARD,
    Change,
    Edits,
    Fields,
    Record,
    edited,
)

NOTES = frozenset({REASON, REASON_FIELD})  # a step's own words
DERIVED = frozenset({TITLE, ADDRESS, POINT, WARD, DUE, LANG})  # what follows from the answers
ASIDE = NOTES | DERIVED | {STATE}  # never clash: they go with the step, or are worked out anew


class Kind(StrEnum):
    """The class of a path: what becomes of it when two people change it."""

    PLAIN = "plain"
    SET = "set"
    APPEND = "append"
    DECISION = "decision"
    FIGURE = "figure"


KindOf = Callable[[str], Kind]
Kinds = Callable[[str, str], KindOf]  # of a service's form in a version


def plain(_path: str) -> Kind:
    """Where nothing is known of the form."""
    return Kind.PLAIN


def all_plain(_service: str, _version: str) -> KindOf:
    """Where no form is known."""
    return plain


@dataclass(frozen=True)
class Clash:
    """Two people changed one path from the same base to different values. Neither is thrown away."""

    path: str
    base: str
    mine: str
    theirs: str
    kind: Kind = Kind.PLAIN


@dataclass(frozen=True)
class Merge:
    """What becomes of a Change's edits: those that apply, and those that clash. Equal ones need nothing."""

    applied: Mapping[str, str | None] = field(default_factory=dict)
    clashes: tuple[Clash, ...] = ()


def merge(current: Fields, edits: Edits, was: Edits, kind_of: KindOf = plain) -> Merge:
    """Decide for each path: unchanged since the person saw it -> applies; equal already, or not
    changed by this person -> nothing; else as its class says."""
    applied: dict[str, str | None] = {}
    clashes = []
    for path, new in edits.items():
        theirs, base, mine = current.get(path) or "", was.get(path) or "", new or ""
        if mine in {theirs, base}:  # equal already, or nothing that this person changed
            continue
        if theirs == base:
            applied[path] = new
            continue
        kind = kind_of(path)
        both = together(kind, base, mine, theirs)
        if both is None:
            clashes.append(Clash(path, base, mine, theirs, kind))
        elif both != theirs:
            applied[path] = both or None
    return Merge(applied, (*clashes, *_torn(current, edits, applied)))


def together(kind: Kind, base: str, mine: str, theirs: str) -> str | None:
    """Both people's changes in one value; None where that cannot be."""
    if kind is Kind.SET:
        return _elements(base.split(), mine.split(), theirs.split())
    return _lines(base, mine, theirs) if kind is Kind.APPEND else None


def _elements(base: list[str], mine: list[str], theirs: list[str]) -> str:
    """Theirs, without what I took out, with what I put in."""
    kept = [one for one in theirs if one in mine or one not in base]
    return " ".join(dict.fromkeys([*kept, *(one for one in mine if one not in base)]))


def _lines(base: str, mine: str, theirs: str) -> str | None:
    """Theirs first, then the lines that I added; a line that both wrote stands there once."""
    if not (mine.startswith(base) and theirs.startswith(base)):
        return None
    there = theirs.splitlines()
    added = [line for line in mine[len(base) :].splitlines() if line.strip() and line not in there]
    return "\n".join([theirs, *added])


def _torn(current: Fields, edits: Edits, applied: Edits) -> list[Clash]:
    """Somebody took a line of a repeat away while somebody else wrote into it for the first time."""
    found = [Clash(path, "", new, "") for path, new in applied.items() if new and _line_is_gone(path, current, applied)]
    gone = {path for path, new in applied.items() if path.endswith("]") and not new}
    for path, theirs in current.items() if gone else ():
        if path not in edits and any(path.startswith(f"{line}/") for line in gone):
            found.append(Clash(path, "", "", theirs))
    return found


def _line_is_gone(path: str, current: Fields, applied: Edits) -> bool:
    """Whether a line (an instance of a repeat) that holds `path` was there when it was written into, and is not now."""
    return any(not current.get(line) and not applied.get(line) for line in lines_of(path))


def lines_of(path: str) -> list[str]:
    """The lines that hold an answer, outermost first: `items[a]/parts[b]/what` is in `items[a]` and its `parts[b]`."""
    return [path[:end] for end in range(1, len(path)) if path[end] == "/" and path[end - 1] == "]"]


def applying(record: Record, change: Change, kinds: Kinds = all_plain) -> Record:
    """The record as the person sees it after their `change`, which the City has not taken yet.

    Where nothing clashes it is what the gateway will make of it, save what it works out anew; what clashes stands as
    this person wrote it, until it is settled. The revision stays, for only the City counts revisions."""
    fields = merged(record.fields, change, kinds)
    return Record(record.id, record.service, change.form_version, record.rev, fields)


def merged(fields: Fields, change: Change, kinds: Kinds = all_plain) -> dict[str, str]:
    """`fields` after the Change, as its person sees it."""
    if not fields and not any(change.was.values()):  # a new record: a tenth of what its save costs
        return {path: new for path, new in change.edits.items() if new}
    aside = {path: new for path, new in change.edits.items() if path in ASIDE}
    own = {path: new for path, new in change.edits.items() if path not in ASIDE}
    outcome = merge(fields, own, change.was, _when_asked(kinds, change))
    mine = {clash.path: clash.mine or None for clash in outcome.clashes}
    return edited(fields, {**outcome.applied, **mine, **aside})


def composed(first: Change, later: Change, kinds: Kinds = all_plain) -> dict[str, str | None]:
    """The edits of `later` as they are on top of what `first` wrote, not of what others have added since: a list or a
    note that two people add to does not become one person's word."""
    kind_of = _when_asked(kinds, later)
    edits = dict(later.edits)
    for path, new in later.edits.items():
        wrote, seen = first.edits.get(path) or "", later.was.get(path) or ""
        if path not in first.edits or path in ASIDE or wrote == seen:
            continue
        both = together(kind_of(path), seen, new or "", wrote)
        edits[path] = new if both is None else both or None
    return edits


def on_top(fields: Fields, change: Change, kinds: Kinds = all_plain) -> Change:
    """The Change as it says the same on top of `fields`: what was seen is what is there, and what both people wrote
    into one path is in it. Who takes a line away says so of what somebody has written into it since."""
    after = merged(fields, change, kinds)
    edits = {path: after.get(path) for path in (*change.edits, *sorted(fields.keys() - after.keys()))}
    return replace(change, edits=edits, was={path: fields.get(path) for path in edits})


def _when_asked(kinds: Kinds, change: Change) -> KindOf:
    """The form is looked into only where two values differ: most Changes never ask."""

    def kind_of(path: str) -> Kind:
        return kinds(change.service, change.form_version)(path)

    return kind_of
