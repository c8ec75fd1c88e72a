"""How much open work each person has, and what a proposal makes of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping

from fieldapp.actions import Desk
from fieldapp.actions.bulk import Piece
from fieldapp.actions.choosing import role_words
from fieldapp.clock import today
from fieldapp.records import ASSIGNEE
from fieldapp.reports.standing import Heap, standing, working
from fieldapp.texts import plural, tr
from ui.session import Session
from ui.widgets import Row

NOBODY = "-"  # the id of the line of nobody: "" is no line


def loads(desk: Desk) -> dict[str, Heap]:
    """Each person's heap of open work. It counts all records: not for the screen's thread."""
    day = today(desk.clock)
    heaps = standing(desk.store.sums.work(working(desk.catalogue), day, day), (), desk.catalogue, day, day).people
    return {person: heaps.get(person, Heap()) for person in {*desk.store.people.names(), *heaps} - {""}}


def rows(session: Session, heaps: dict[str, Heap], pieces: Iterable[Piece]) -> list[Row]:
    """A line a person, whoever has open work first, the least of it above; the last is nobody's."""
    delta = change(pieces)
    day = today(session.clock)
    order = sorted(heaps, key=lambda one: (not heaps[one].all, heaps[one].all, session.name_of(one)))
    roles = session.store.people.roles()
    people = [_row(_called(session, one, roles), one, heaps[one], delta[one], (day - since).days if since else 0)
              for one in order for since in (heaps[one].since,)]  # fmt: skip
    return [*people, Row(NOBODY, tr("with nobody"), tr("Whoever has time takes it"), trailing=_delta(delta[""]))]


def _called(session: Session, person: str, roles: Mapping[str, Collection[str]]) -> str:
    """A name, and the person's roles where the City tells them."""
    known = ", ".join(role_words(role) for role in sorted(roles.get(person, ())))
    return f"{session.name_of(person)} · {known}" if known else session.name_of(person)


def change(pieces: Iterable[Piece]) -> Counter[str]:
    """By how many pieces each person's work grows or shrinks."""
    delta: Counter[str] = Counter()
    for one in pieces:
        delta[one.to] += 1
        delta[one.record.get(ASSIGNEE)] -= 1
    return delta


def _row(name: str, person: str, heap: Heap, delta: int, untouched: int) -> Row:
    parts = [tr("{n} open", n=heap.all), plural(heap.review, "{n} waits for a decision", "{n} wait for a decision")]
    if untouched:
        parts.append(plural(untouched, "untouched for {n} day", "untouched for {n} days"))
    chip = (plural(heap.late, "{n} late", "{n} late"), "bad") if heap.late else None
    after = f"{_delta(delta)} → {heap.all + delta}" if delta else ""
    return Row(person, name, " · ".join(parts), chip=chip, trailing=after)


def _delta(n: int) -> str:
    return f"{n:+d}".replace("-", "−") if n else ""
