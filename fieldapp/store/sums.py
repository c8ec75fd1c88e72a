"""Counting all records of this laptop at once, for reports: from the index that lists read, never whole rows but where
the day of the City's receipt is asked for. SQLite counts while the screen goes on; no record is held here."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from fieldapp.clock import moment_of
from fieldapp.records import RECEIVED
from fieldapp.store.database import Database

GROUPS = (
    "SELECT service, state, ward, due, assignee, count(*), min(updated) FROM record INDEXED BY record_lines"
    " WHERE service <> '' GROUP BY service, state, ward, due, assignee"
)
BY_SERVICE = "SELECT service, count(*) FROM record INDEXED BY record_lines WHERE service <> '' GROUP BY service"
# By the hour: a day of the City's is none of the clock in the stamps.
ALIKE = (
    "SELECT service, state, ward, due, substr(updated, 1, 13), substr({received}, 1, 13), json_array({paths}), count(*)"
    " FROM record INDEXED BY record_updated WHERE updated >= ? AND service <> '' GROUP BY 1, 2, 3, 4, 5, 6, 7"
)


@dataclass(frozen=True, slots=True)
class Group:
    """So many records of one kind; `since` is the stamp of the one that nobody has changed for the longest time."""

    service: str
    state: str
    ward: str
    due: str
    assignee: str
    n: int
    since: str


@dataclass(frozen=True, slots=True)
class Alike:
    """So many records that cannot be told apart by what was asked of them. `received` is the day of the City's first
    receipt, None where it is not known; `answers` are those of the paths that were asked for, without empty ones."""

    service: str
    state: str
    ward: str
    due: str
    changed: date | None
    received: date | None
    answers: Mapping[str, str]
    n: int


class Sums:
    """Counts. None of it is for the screen's thread: with 200,000 records it takes seconds."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def groups(self) -> list[Group]:
        """All records here, by what a supervisor asks of them."""
        return [Group(*found) for found in self._database.read(GROUPS)]

    def by_service(self) -> dict[str, int]:
        """How many records of each service lie here; what was taken out of a row is not counted."""
        return dict(self._database.read(BY_SERVICE))

    def alike(self, since: str, paths: Sequence[str]) -> list[Alike]:
        """What was changed at or after the stamp `since`, by days and by the answers to `paths`. Whatever was received
        since then is among it."""
        sql = ALIKE.format(received=_value(RECEIVED), paths=", ".join(map(_value, paths)))
        counts: Counter[tuple[str, str, str, str, date | None, date | None, str]] = Counter()
        for service, state, ward, due, changed, received, answers, n in self._database.read(sql, (since,)):
            counts[service, state, ward, due, _day(changed), _day(received or ""), answers] += n
        return [Alike(*key[:-1], _answers(paths, key[-1]), n) for key, n in counts.items()]


def _value(path: str) -> str:
    """The SQL of a field's value. Paths are names of questions, and these hold no quotation mark."""
    return "json_extract(fields, '$.\"" + path.replace("'", "").replace('"', "") + "\"')"


def _answers(paths: Sequence[str], told: str) -> Mapping[str, str]:
    return {path: value for path, value in zip(paths, json.loads(told), strict=True) if value}


@lru_cache(10_000)
def _day(hour: str) -> date | None:
    """The City's day of an hour (YYYY-MM-DDTHH, UTC)."""
    try:
        return moment_of(f"{hour}:00:00Z").date()
    except ValueError:
        return None
