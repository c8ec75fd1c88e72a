"""Numbers that the City gives in one push. A judgement gets a promise; the promises are kept at the very end, all at
once.

The row of a series is locked from then to the commit only, so pushes that make records are judged side by side.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from fieldapp.numbering import written
from fieldapp.records import ISSUED, NUMBER, Record
from fieldapp.services import Service, numbers, official
from fieldapp.services.declared import OfficialNumber
from sync.gateway.numbers import COUNTER
from sync.gateway.transactions import LOCKED, Transaction
from sync.wire import OpResult

Value = TypeVar("Value", str, str | None)


@dataclass(frozen=True)
class _Promise:
    """Of which counter a number will be, and how it is written."""

    counter: str
    start: int
    kind: Service | OfficialNumber
    record: str = ""


class Series:
    """The numbers that one transaction gives. A rolled back transaction gives its numbers back: there is no gap."""

    def __init__(self, day: date) -> None:
        self._day = day
        self._promised: dict[str, _Promise] = {}
        self._given: dict[str, str] = {}
        self._paths = {NUMBER}  # where promises stand
        self._officials: list[tuple[str, int, str, str]] = []

    def promise(self, service: Service) -> str:
        """Stands for the next number of the service's series until `give`. No number looks like it."""
        counter = f"series/{numbers.counter(service.series, self._day)}"
        return self._promise(_Promise(counter, service.series.start, service))

    def promise_official(self, one: OfficialNumber, record: str) -> str:
        """Stands for the next official number of a series until `give`; it is for this record."""
        self._paths.add(ISSUED + one.id)
        return self._promise(_Promise(COUNTER + official.series(one, self._day), one.start, one, record))

    def give(self, tx: Transaction) -> None:
        """Take the promised numbers, each series once, in the order of the promises."""
        for name in sorted({one.counter for one in self._promised.values()}):
            self._take(tx, name, [(promised, one) for promised, one in self._promised.items() if one.counter == name])

    def officials(self) -> list[tuple[str, int, str, str]]:
        """The official numbers that were given: series, place, number and record."""
        return self._officials

    def in_record(self, record: Record) -> Record:
        """The record with its numbers."""
        fields = self._kept(record.fields)
        return Record(record.id, record.service, record.form_version, record.rev, fields)

    def in_result(self, result: OpResult) -> OpResult:
        """The answer with its record's numbers."""
        edits = self._kept(result.edits)
        return result if edits is result.edits else OpResult(**{**vars(result), "edits": edits})

    def _promise(self, promise: _Promise) -> str:
        promised = f"\N{HORIZONTAL ELLIPSIS}{len(self._promised)}"
        self._promised[promised] = promise
        return promised

    def _take(self, tx: Transaction, counter: str, mine: list[tuple[str, _Promise]]) -> None:
        tx.execute("INSERT INTO counter VALUES (?, ?) ON CONFLICT (name) DO NOTHING", (counter, mine[0][1].start - 1))
        last = tx.execute(f"SELECT v FROM counter WHERE name = ? {LOCKED}", (counter,)).fetchone()[0]
        tx.execute("UPDATE counter SET v = ? WHERE name = ?", (last + len(mine), counter))
        for n, (promised, one) in enumerate(mine, last + 1):
            self._given[promised] = self._written(one.kind, n)
            if isinstance(one.kind, OfficialNumber):
                self._officials.append((counter.removeprefix(COUNTER), n, self._given[promised], one.record))

    def _written(self, kind: Service | OfficialNumber, n: int) -> str:
        if isinstance(kind, Service):
            return numbers.number(kind.series, n, self._day)
        return written(official.prefix(kind, self._day), kind.digits, n)

    def _kept(self, values: Mapping[str, Value]) -> Mapping[str, Value]:
        if not self._given:
            return values
        kept = {
            path: self._given[value] for path in self._paths if (value := values.get(path)) and value in self._given
        }
        return {**values, **kept} if kept else values
