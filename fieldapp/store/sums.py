"""Counting all records of this laptop at once, for reports: from the index that lists read. Whole rows are read only
for the day of the City's receipt and for answers that are asked for, once: what was read of a row is remembered until
the row changes. SQLite counts while the screen goes on."""

from __future__ import annotations

import json
import threading
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import NamedTuple

from fieldapp.clock import Clock, moment_of, stamp
from fieldapp.records import DUE, RECEIVED
from fieldapp.store.database import Database

# Each kind of work (service, state, kind) is one stretch of the index.
KINDS = (
    "kinds AS (SELECT json_extract(value, '$[0]') AS service, json_extract(value, '$[1]') AS state,"
    " json_extract(value, '$[2]') AS kind FROM json_each(?)),"
)
WORK = (
    "work AS MATERIALIZED (SELECT r.service, r.ward, r.assignee, k.kind, r.updated, CASE WHEN r.due = '' THEN 4"
    " WHEN substr(r.due, 1, 10) < ? THEN 0 WHEN substr(r.due, 1, 10) = ? THEN 1 WHEN substr(r.due, 1, 10) <= ? THEN 2"
    " ELSE 3 END AS term FROM kinds k CROSS JOIN record r INDEXED BY record_lines"
    " WHERE r.service = k.service AND r.state = k.state)"
)
HEAP = "SELECT '{by}', {by}, kind, term, count(*), min(updated) FROM work GROUP BY {by}, kind, term"
HEAPS = f"WITH {KINDS} {WORK} {' UNION ALL '.join(HEAP.format(by=by) for by in ('service', 'ward', 'assignee'))}"
HELD = (
    f"WITH {KINDS[:-1]} SELECT r.service, r.ward, r.assignee, count(*) FROM kinds k CROSS JOIN record r"
    " INDEXED BY record_lines WHERE r.service = k.service AND r.state = k.state AND r.assignee <> '' GROUP BY 1, 2, 3"
)
BY_SERVICE = "SELECT service, count(*) FROM record INDEXED BY record_lines WHERE service <> '' GROUP BY service"
HEADS = (
    "SELECT n, service, state, ward, due, updated FROM record INDEXED BY record_lines"
    " WHERE updated >= ? AND service <> ''"
)
# By the hour: a day of the City's is none of the clock in the stamps.
INSIDE = (
    "SELECT n, updated, {received}, CASE WHEN ? OR service IN (SELECT value FROM json_each(?))"
    " THEN json_array({paths}) ELSE '' END FROM record WHERE {which}"
)
MANY = 3  # where one row in three or more is to be read, all are, as they lie
SETTLED = timedelta(minutes=2)  # a younger row may change without its time (saves.MINUTE)
Inside = tuple[str, date | None, Mapping[str, str]]  # when the row changed, its receipt, its answers
NOTHING: Inside = ("", None, {})


@dataclass(frozen=True, slots=True)
class Heaped:
    """So much open work of one `key`, a service, ward or assignee as `by` says. `term` is 0 for late, 1 for today, 2
    for soon, 3 for later, 4 without a date; `since` the stamp of what nobody has changed for the longest time."""

    by: str
    key: str
    kind: str
    term: int
    n: int
    since: str


@dataclass(frozen=True, slots=True)
class Held:
    """So much work of one kind that somebody holds."""

    service: str
    ward: str
    assignee: str
    n: int


class Known(NamedTuple):
    """A record as far as counting needs it. `first` is the day of the City's first receipt, None where it is not
    known; `answers` are those of the paths that were asked for, without empty ones."""

    service: str
    state: str
    ward: str
    due: str
    changed: date | None
    first: date | None
    answers: Mapping[str, str]

    @property
    def received(self) -> date | None:
        """The day on which it came, as far as that is known here."""
        return self.first or self.changed

    @property
    def times(self) -> int:
        """It stands for itself."""
        return 1

    def get(self, path: str) -> str:
        """An answer, or the due date."""
        return self.due if path == DUE else self.answers.get(path, "")

    def reached(self, *states: str) -> date | None:
        """When it came into one of these states: known of the one that it is in."""
        return self.changed if self.state in states else None

    def ended(self, done: frozenset[str]) -> date | None:
        """When it came into the state it rests in, where that is one of `done`."""
        return self.changed if self.state in done else None


class Sums:
    """Counts. None of it is for the screen's thread: the first time it takes a second or two with 200,000 records."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database, self._clock = database, clock
        self._lock = threading.Lock()
        self._asked: object = None
        self._inside: dict[int, Inside] = {}

    def forget(self) -> None:
        """Remember nothing of any record: the store is locked."""
        with self._lock:
            self._inside = {}

    def work(self, kinds: Iterable[tuple[str, str, str]], day: date, soon: date) -> list[Heaped]:
        """Open work by service, by ward and by assignee. `kinds` are service, state and what kind of work that is."""
        days = day.isoformat(), day.isoformat(), soon.isoformat()
        return [Heaped(*found) for found in self._database.read(HEAPS, (json.dumps(list(kinds)), *days))]

    def held(self, kinds: Iterable[tuple[str, str, str]]) -> list[Held]:
        """Who holds how much of what."""
        return [Held(*found) for found in self._database.read(HELD, (json.dumps(list(kinds)),))]

    def by_service(self) -> dict[str, int]:
        """How many records of each service lie here; what was taken out of a row is not counted."""
        return dict(self._database.read(BY_SERVICE))

    def known(self, since: str, paths: Sequence[str], of: Collection[str] | None = None) -> list[Known]:
        """What was changed at or after the stamp `since`, with the answers to `paths` of the services `of` (None: of
        all). Whatever was received since then is among it."""
        with self._lock:
            if (asked := (tuple(paths), None if of is None else frozenset(of))) != self._asked:
                self._asked, self._inside = asked, {}
            heads = self._database.read(HEADS, (since,))
            lacking = [head[0] for head in heads if self._inside.get(head[0], NOTHING)[0] != head[5]]
            few = len(lacking) * MANY < len(heads)
            fresh = self._read_inside(lacking if few else None, since, paths, of)
            young = stamp(self._clock.now() - SETTLED)
            kept = {n: one for n, one in fresh.items() if one[0] < young}
            self._inside = {head[0]: self._inside[head[0]] for head in heads if head[0] in self._inside} | kept
            known = self._inside | fresh
        return [_known(head, known.get(head[0], NOTHING)) for head in heads]

    def _read_inside(
        self, lacking: Sequence[int] | None, since: str, paths: Sequence[str], of: Collection[str] | None
    ) -> dict[int, Inside]:
        """Of the rows with these numbers; None: of all since then."""
        few = lacking is not None
        if few and not lacking:
            return {}
        which = "n IN (SELECT value FROM json_each(?))" if few else "updated >= ? AND service <> ''"
        sql = INSIDE.format(received=_hour(RECEIVED), paths=", ".join(map(_value, paths)), which=which)
        values = of is None, json.dumps(sorted(of or ())), json.dumps(lacking) if few else since
        return {
            n: (updated, _day(received), _answers(paths, told) if told else {})
            for n, updated, received, told in self._database.read(sql, values)
        }


def _known(head: tuple[int, str, str, str, str, str], inside: Inside) -> Known:
    _, service, state, ward, due, updated = head
    return Known(service, state, ward, due, _day(updated[:13]), inside[1], inside[2])


def _value(path: str) -> str:
    """The SQL of a field's value. Paths are names of questions, and these hold no quotation mark."""
    return "json_extract(fields, '$.\"" + path.replace("'", "").replace('"', "") + "\"')"


def _hour(path: str) -> str:
    """The SQL of the hour of a stamp, "" for none. The fields are canonical JSON, in which a quotation mark inside of a
    value is escaped: this key can stand nowhere else, and one need not parse the whole to find it."""
    key = f'"{path}":"'
    return (
        f"CASE instr(fields, '{key}') WHEN 0 THEN '' ELSE substr(fields, instr(fields, '{key}') + {len(key)}, 13) END"
    )


def _answers(paths: Sequence[str], told: str) -> Mapping[str, str]:
    return {path: value for path, value in zip(paths, json.loads(told), strict=True) if value}


@lru_cache(10_000)
def _day(hour: str) -> date | None:
    """The City's day of an hour (YYYY-MM-DDTHH, UTC)."""
    try:
        return moment_of(f"{hour}:00:00Z").date()
    except ValueError:
        return None
