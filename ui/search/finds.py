"""What the palette can find: records in the store, and everything that a person can do or start."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from fieldapp.errors import ServiceError
from fieldapp.store import Query
from fieldapp.store import Row as StoreRow
from fieldapp.store.rows import folded
from fieldapp.texts import language, tr
from ui.session import Navigate, Session
from ui.shell.pages import RAIL, title
from ui.widgets import Row

RECENT, MATCHES = 6, 12


@dataclass(frozen=True)
class Find:
    """One line of the palette and what it does. `words` are what it answers to besides its title."""

    row: Row
    deed: Callable[[], object]
    words: str = ""

    def answers(self, typed: str) -> bool:
        """Whether every typed word begins a word of it."""
        words = folded(f"{self.row.title} {self.words}").split()
        return all(any(word.startswith(part) for word in words) for part in folded(typed).split())


def find(session: Session, navigate: Navigate, typed: str, actions: list[Find]) -> list[Find]:
    """Records first, then what one can do; without any text: the newest records and everything that can be done."""
    doable = [*_services(session, navigate), *_pages(navigate), *actions]
    if not typed:
        return [*_recent(session, navigate), *_pages(navigate), *actions]
    records = [_record(session, navigate, row) for row in session.store.search(typed, MATCHES)]
    matching = [one for one in doable if one.answers(typed)]
    return [*matching[:3], *records, *matching[3:]]


def _recent(session: Session, navigate: Navigate) -> list[Find]:
    numbers = session.store.ids(Query(assignee=session.person.id))[:RECENT]
    return [_record(session, navigate, row) for row in session.store.rows(numbers)]


def _record(session: Session, navigate: Navigate, row: StoreRow) -> Find:
    try:
        service = session.catalogue.get(row.service)
        icon, kind = service.icon, service.title.text(language())
    except ServiceError:
        icon, kind = "file-text", row.service
    below = " · ".join(part for part in (row.reference, kind, row.address) if part)
    shown = Row(row.id, row.title or row.address or row.reference, below, icon=icon, trailing=tr("Record"))
    return Find(shown, lambda: navigate("records", record=row.id))


def _services(session: Session, navigate: Navigate) -> list[Find]:
    found = []
    for service in session.catalogue.startable(session.person):
        if not service.stands_alone:
            continue  # it begins from the record that it belongs to
        name = service.title.text(language())
        row = Row(f"start:{service.id}", name, icon=service.icon, trailing=tr("Start"))
        words = f"{service.code} {' '.join(service.keywords.get(language(), ()))}"
        found.append(Find(row, partial(navigate, "counter", service=service.id), words))
    return found


def _pages(navigate: Navigate) -> list[Find]:
    return [
        Find(
            Row(f"page:{place.id}", title(place.id), icon=place.icon, trailing=f"Ctrl {number}"),
            partial(navigate, place.id),
            tr("Go to page"),
        )
        for number, place in enumerate(RAIL, start=1)
    ]
