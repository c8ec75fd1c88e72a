"""Two versions of one answer: what they are, whose, from when; and the Change by which a person ends it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from fieldapp.actions.desk import Desk
from fieldapp.actions.forms import open_form
from fieldapp.errors import ServiceError
from fieldapp.records import LANG, Edits, Fields, Record, edited
from fieldapp.store import Entry
from fieldapp.store.journal import UNTAKEN


@dataclass(frozen=True)
class Version:
    """One value of an answer, "" for none; `by` is a user id and `at` a stamp, "" where they are not known here."""

    value: str
    by: str = ""
    at: str = ""


@dataclass(frozen=True)
class Clash:
    """An answer that two people changed from the same `base` to different values."""

    path: str
    base: str
    mine: Version
    theirs: Version


def clashes(desk: Desk, record_id: str) -> list[Clash]:
    """All answers of the record that wait for a choice, in the order in which they were given here."""
    store = desk.store
    entries = [entry for entry in store.history(record_id) if entry.state in UNTAKEN]
    city, mine = store.city_record(record_id), store.record(record_id)
    if mine is None:
        return []
    found: dict[str, Clash] = {}
    for entry in entries:
        for path in (entry.answer or {}) if entry.state == "conflict" else ():
            base = entry.change.was.get(path) or ""
            own = Version(mine.get(path), *_last(entries, path))
            found.setdefault(path, Clash(path, base, own, _theirs(entry, city, path)))
    return list(found.values())


def settle(desk: Desk, record_id: str, chosen: Mapping[str, str], seen: Mapping[str, str]) -> Record:
    """End the record's conflict: `chosen` has the value to keep at each path, `seen` the City's as it was shown.

    All goes to the City as one Change of a person who saw both, also where the City's values are kept. RefusedError
    when the City has newer values by now, or there is nothing to choose.
    """
    record = desk.record(record_id)
    after = edited(record.fields, chosen)
    figures = _calculated(desk, record, after)
    derived = desk.service_of(record).derived(edited(after, figures), record.get(LANG))
    follows = {path: new for path, new in derived.items() if (new or "") != record.get(path)}
    edits: Edits = {**{path: value or None for path, value in chosen.items()}, **figures, **follows}
    return desk.store.choose(record_id, edits, dict(seen))


def both(mine: str, theirs: str) -> str:
    """Two notes as one: theirs first, then mine; what one of them says already is not said twice."""
    if mine in theirs or theirs in mine:
        return max(mine, theirs, key=len)
    return f"{theirs}\n{mine}"


def _calculated(desk: Desk, record: Record, after: Fields) -> Edits:
    """What the form calculates anew from the answers as they are chosen; nothing where its form is not here."""
    try:
        form = open_form(desk, replace(record, fields=after))
    except ServiceError:
        return {}
    figures = {node.path for node in form.nodes() if node.question.kind == "calculate"}
    return {path: new for path, new in form.edits(after)[0].items() if path in figures}


def _last(entries: list[Entry], path: str) -> tuple[str, str]:
    """Who gave this answer here last, and when by this laptop's clock."""
    mine = [entry.change for entry in entries if path in entry.change.edits]
    return (mine[-1].actor, mine[-1].at) if mine else ("", "")


def _theirs(entry: Entry, city: Record | None, path: str) -> Version:
    """The City's value: as it came with its answer, or newer; who wrote a newer one is not known here."""
    told = (entry.answer or {}).get(path) or ""
    now = city.get(path) if city is not None and city.rev >= entry.rev else told
    by, at = entry.authors.get(path, ("", ""))
    return Version(now, by, at) if now == told else Version(now)
