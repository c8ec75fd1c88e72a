"""A walk-in visit as its record has it: a ticket, the services that were asked for, and the papers that were shown.

A visit is a record of the same journal as all others, and so it survives a kill, is sent, and has a history. It holds
nobody's name: who it is stands in the records of its services, and nowhere twice.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from fieldapp.records import ALIAS, LANG, Record, whole
from fieldapp.services.declared import Document

SERVICE = "walk-in"
WAITING, FINISH, NOT_COME = "waiting", "finish", "not_come"
TICKET, BEGAN, KNOWN_FROM = "visit/ticket", "visit/began_at", "visit/more_visit/known_from"
DRAWN, CALLED = "visit/more_visit/drawn_at", "visit/more_visit/called_at"
CALLS, CAME = "visit/more_visit/calls", "visit/more_visit/came_at"
ITEM = "visit/more_visit/item"
SEEN = "OK"  # the answer to "I saw it"


@dataclass(frozen=True)
class Item:
    """One service of a visit: the path of its line, its record's id, and the documents (by id) that were shown."""

    path: str
    record: str
    papers: tuple[str, ...] = ()


@dataclass(frozen=True)
class Visit:
    """A visit. `lang` is what the resident reads. `drawn`, `came` and `began` are stamps: when they drew their ticket,
    "" where none was drawn, when they came to the counter with it, and when the visit began; `calls` how often it was
    called.

    `known_from` is the record that tells who it is, "" for one that is not known yet, or needs no name."""

    id: str
    alias: str
    state: str
    ticket: str
    known_from: str
    items: tuple[Item, ...]
    lang: str = "en"
    drawn: str = ""
    calls: int = 0
    came: str = ""
    began: str = ""

    def item(self, record_id: str) -> Item | None:
        """The line of this record, None where it is not part of the visit."""
        return next((one for one in self.items if one.record == record_id), None)


def seen_in(documents: Iterable[Document], record: Record) -> tuple[str, ...]:
    """The documents (by id) that were shown, as the answers of a record say."""
    return tuple(one.id for one in documents if one.seen and all(record.get(path) == SEEN for path in one.seen))


def visit_of(record: Record) -> Visit:
    """The visit that a record of the service "walk-in" is; its services in the order in which they were asked for."""
    lines = [path for path in record.fields if path.startswith(f"{ITEM}[") and path.endswith("]")]
    lines.sort(key=lambda path: whole(record.get(path)))
    return Visit(
        id=record.id,
        alias=record.get(ALIAS),
        state=record.state,
        ticket=record.get(TICKET),
        known_from=record.get(KNOWN_FROM),
        items=tuple(_item(record, path) for path in lines),
        lang=record.get(LANG) or "en",
        drawn=record.get(DRAWN),
        calls=whole(record.get(CALLS)),
        came=record.get(CAME),
        began=record.get(BEGAN),
    )


def _item(record: Record, path: str) -> Item:
    return Item(path, record.get(f"{path}/item_record"), tuple(record.get(f"{path}/item_papers").split()))
