"""Re-inspection: what earlier visits found and nobody has reported corrected goes on being asked for.

An open item is known by the record and the repeat instance in which it was found. Every later visit carries it along
under that identity, so it does not matter in which order visits were made or synced: what any of them calls closed
is closed, and everything else is open.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from fieldapp.records import Fields, Record
from fieldapp.services.declared import CarryRule, CarrySource
from fieldapp.services.instances import rows_of
from fieldapp.services.service import Service
from fieldapp.store import Query, Store

MOST_SIBLINGS = 500


@dataclass(frozen=True)
class OpenItem:
    """Something that is still to be corrected; `answers` are questions of the repeat it is carried into."""

    id: str
    reference: str
    answers: Mapping[str, str]

    @property
    def key(self) -> str:
        """The key of its repeat instance, the same on every laptop."""
        return "c" + hashlib.sha256(self.id.encode()).hexdigest()[:8]


def prefill(service: Service, parent: Record, earlier: Iterable[Record] = ()) -> dict[str, str]:
    """The answers that a new record of `service` under `parent` begins with; `earlier` are its siblings."""
    copied = {path: _first(parent, sources) for path, sources in _copies(service).items()}
    known = {path: value for path, value in copied.items() if value}
    return {**service.start_answers, **known, **_carried(service, list(earlier))}


def siblings(store: Store, service: Service, parent: str) -> list[Record]:
    """The records of `service` under the record `parent`, newest first: at most `MOST_SIBLINGS`."""
    return store.find(Query(service=service.id, parent=parent), MOST_SIBLINGS)


def open_items(rule: CarryRule, visits: Iterable[Record]) -> list[OpenItem]:
    """What is open after `visits`, in the order of record and row."""
    found: dict[str, OpenItem] = {}
    closed: set[str] = set()
    for record in sorted(visits, key=lambda item: item.id):
        if record.state not in rule.states:
            continue
        for item in _found(rule, record):
            found[item.id] = item
        for row in rows_of(record.fields, rule.into).values():
            item = _again(rule, row)
            found.setdefault(item.id, item)
            if row.get(rule.closed_question, "") in rule.closed_values:
                closed.add(item.id)
    return [item for item in found.values() if item.id not in closed]


def _first(parent: Record, sources: str) -> str:
    """The first of several sources that has a value: "@number|@alias"."""
    return next((parent.get(source) for source in sources.split("|") if parent.get(source)), "")


def _copies(service: Service) -> Mapping[str, str]:
    return service.parent_rule.copy if service.parent_rule else {}


def _carried(service: Service, earlier: list[Record]) -> dict[str, str]:
    rule = service.carry
    if rule is None:
        return {}
    items = open_items(rule, earlier)
    visits = sum(record.state in rule.states for record in earlier)
    fields = {rule.count: str(len(items)), rule.visits: str(visits + 1)}
    for number, item in enumerate(items, start=1):
        row = f"{rule.into}[{item.key}]"
        own = {rule.id_question: item.id, rule.reference_question: item.reference, **item.answers}
        fields |= {row: str(number), **{f"{row}/{name}": value for name, value in own.items() if value}}
    return fields


def _found(rule: CarryRule, record: Record) -> Iterator[OpenItem]:
    for source in rule.sources:
        for path, row in rows_of(record.fields, source.repeat).items():
            if not source.question or row.get(source.question, "") in source.values:
                yield OpenItem(f"{record.id}/{path}", record.reference, _copy(source, row))


def _again(rule: CarryRule, row: Fields) -> OpenItem:
    """The open item that a carried row stands for: it may come from a visit that is not on this laptop."""
    names = {name for source in rule.sources for name in source.copy}
    answers = {name: row[name] for name in sorted(names) if row.get(name)}
    return OpenItem(row.get(rule.id_question, ""), row.get(rule.reference_question, ""), answers)


def _copy(source: CarrySource, row: Fields) -> dict[str, str]:
    return {new: row[old] for new, old in source.copy.items() if row.get(old)}
