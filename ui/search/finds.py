"""What the palette offers: what was found on the laptop, and everything that a person can do, start or read."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial

from fieldapp import phones
from fieldapp.counter.person import Known
from fieldapp.errors import ServiceError
from fieldapp.near import nearly
from fieldapp.services import Service
from fieldapp.store import Row as StoreRow
from fieldapp.store.rows import folded
from fieldapp.texts import language, tr
from ui import days
from ui.search.looking import Hits
from ui.session import Navigate, Session
from ui.shell.pages import RAIL, title
from ui.widgets import Row

HELP = 4  # articles that are offered


@dataclass(frozen=True)
class Find:
    """One line of the palette and what it does. `words` are what it answers to besides its title."""

    row: Row
    deed: Callable[[], object]
    words: str = ""
    reads: bool = False  # it opens something to read, and does nothing
    explains: bool = False  # its words explain it: where only they answer, it stands last and is not Enter's

    def titled(self, typed: str) -> bool:
        """Whether every typed word begins a word of its title."""
        words = folded(self.row.title).split()
        return all(any(word.startswith(part) for word in words) for part in folded(typed).split())

    def answers(self, typed: str) -> bool:
        """Whether every typed word begins a word of it."""
        words = self._words()
        return all(any(word.startswith(part) for word in words) for part in folded(typed).split())

    def nearly_answers(self, typed: str) -> bool:
        """The same, where a letter is wrong, missing or too many."""
        words = self._words()
        return all(nearly(part, words) for part in folded(typed).split())

    def _words(self) -> list[str]:
        return folded(f"{self.row.title} {self.words}").split()


def offered(session: Session, navigate: Navigate, hits: Hits, actions: Sequence[Find]) -> list[Find]:
    """What to show for `hits`, in groups, the likeliest group first. `actions` are what can be done besides."""
    doable = [*_pages(navigate), *(one for one in actions if not one.reads)]
    named = sorted(hits.records, key=lambda row: row.reference.casefold() != hits.typed.strip().casefold())
    records = [_record(session, navigate, row) for row in named]  # whose number was typed whole comes first
    if not hits.typed:
        return [*_captioned(tr("Yours, newest first"), records), *_captioned(tr("What you can do"), doable)]
    doable = _matching(doable, hits.typed)
    doable.sort(key=lambda one: not one.titled(hits.typed))
    far = [one for one in doable if one.explains and not one.titled(hits.typed)]
    doable = [one for one in doable if one not in far]
    articles = _matching([one for one in actions if one.reads], hits.typed)
    articles.sort(key=lambda one: not one.titled(hits.typed))
    services = [_service(navigate, one) for one in dict.fromkeys(hits.services)]
    people = [_person(navigate, one) for one in hits.people]
    places = [_address(navigate, one.label, one.ward) for one in hits.addresses]
    groups = [
        (tr("What you can do"), doable[:3]),
        (tr("Services to start"), services),
        (_of_records(session, hits), records),
        (tr("People"), people),
        (tr("Addresses"), places),
        (tr("More that you can do"), doable[3:]),
        (tr("Help"), articles[:HELP]),
        (tr("Settings"), far),
    ]
    if _is_number(hits.typed):
        groups.insert(0, groups.pop(2))
    elif _names_a_record(hits.typed, records, services):
        groups.insert(1, groups.pop(2))
    return [one for caption, finds in groups for one in _captioned(caption, finds)]


def _matching(finds: list[Find], typed: str) -> list[Find]:
    """Those that answer, or else those that nearly do."""
    return [one for one in finds if one.answers(typed)] or [one for one in finds if one.nearly_answers(typed)]


def _is_number(typed: str) -> bool:
    """Whether it looks like a record's or receipt's number, or an address: then what is on the laptop comes first."""
    return any(sign.isdigit() for sign in typed)


def _names_a_record(typed: str, records: list[Find], services: list[Find]) -> bool:
    """Whether all that was typed stands on the line of a record, and on no service's: "burn permit lopez" is one that
    there is, and begins no other."""
    return any(one.answers(typed) for one in records) and not any(one.titled(typed) for one in services)


def _of_records(session: Session, hits: Hits) -> str:
    if hits.day is None:
        return tr("Records")
    return tr("Due on {day}", day=days.short(hits.day, session.clock.now().date()))


def _captioned(caption: str, finds: list[Find]) -> list[Find]:
    return [replace(one, row=replace(one.row, caption="" if n else caption)) for n, one in enumerate(finds)]


def _record(session: Session, navigate: Navigate, row: StoreRow) -> Find:
    try:
        service = session.catalogue.get(row.service)
        icon, kind = service.icon, service.title.text(language())
    except ServiceError:
        icon, kind = "file-text", row.service
    below = " · ".join(part for part in (row.reference, kind, row.address) if part)
    shown = Row(row.id, row.title or row.address or row.reference, below, icon=icon, trailing=tr("Record"))
    return Find(shown, lambda: navigate("records", record=row.id), below)


def _person(navigate: Navigate, one: Known) -> Find:
    below = " · ".join(part for part in (phones.shown(one.phone), one.email, one.address) if part)
    row = Row(f"person:{one.records[0]}", one.name, below, icon="user", trailing=tr("Person"))
    return Find(row, partial(navigate, "records", record=one.records[0]))


def _address(navigate: Navigate, name: str, ward: str) -> Find:
    where = tr("Ward {ward}", ward=ward) if ward else tr("Address")
    row = Row(f"address:{name}", name, icon="map-pin", trailing=where)
    return Find(row, partial(navigate, "lookups", tab="property", address=name))


def _service(navigate: Navigate, service: Service) -> Find:
    row = Row(f"start:{service.id}", service.title.text(language()), icon=service.icon, trailing=tr("Start"))
    return Find(row, partial(navigate, "counter", service=service.id))


def _pages(navigate: Navigate) -> list[Find]:
    more = {"review": tr("approve return decide"), "records": tr("assign give work to people, audit, history, table")}
    return [
        Find(
            Row(f"page:{place.id}", title(place.id), icon=place.icon, trailing=f"Ctrl {number}"),
            partial(navigate, place.id),
            f"{tr('Go to page')} {more.get(place.id, '')}",
        )
        for number, place in enumerate(RAIL, start=1)
    ]
