"""Official numbers of one push. A judgement gets a promise; the promises are kept at the very end, all at once.

The row of a series is locked from then to the commit only, so pushes that make records are judged side by side.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import TypeVar

from fieldapp.records import NUMBER, Record
from fieldapp.services import Service, numbers
from sync.gateway.transactions import LOCKED, Transaction
from sync.wire import OpResult

Value = TypeVar("Value", str, str | None)


class Series:
    """The numbers that one transaction gives. A rolled back transaction gives its numbers back: there is no gap."""

    def __init__(self, day: date) -> None:
        self._day = day
        self._promised: dict[str, Service] = {}
        self._given: dict[str, str] = {}

    def promise(self, service: Service) -> str:
        """Stands for the next number of the service's series until `give`. No number looks like it."""
        promised = f"\N{HORIZONTAL ELLIPSIS}{len(self._promised)}"
        self._promised[promised] = service
        return promised

    def give(self, tx: Transaction) -> None:
        """Take the promised numbers, each series once, in the order of the promises."""
        for name in sorted({self._counter(service) for service in self._promised.values()}):
            mine = [(promised, one) for promised, one in self._promised.items() if self._counter(one) == name]
            self._take(tx, f"series/{name}", mine)

    def in_record(self, record: Record) -> Record:
        """The record with its number."""
        fields = self._kept(record.fields)
        return Record(record.id, record.service, record.form_version, record.rev, fields)

    def in_result(self, result: OpResult) -> OpResult:
        """The answer with its record's number."""
        edits = self._kept(result.edits)
        return result if edits is result.edits else replace(result, edits=edits)

    def _take(self, tx: Transaction, counter: str, mine: list[tuple[str, Service]]) -> None:
        start = mine[0][1].series.start
        tx.execute("INSERT INTO counter VALUES (?, ?) ON CONFLICT (name) DO NOTHING", (counter, start - 1))
        last = tx.execute(f"SELECT v FROM counter WHERE name = ? {LOCKED}", (counter,)).fetchone()[0]
        tx.execute("UPDATE counter SET v = ? WHERE name = ?", (last + len(mine), counter))
        for n, (promised, service) in enumerate(mine, last + 1):
            self._given[promised] = numbers.number(service.series, n, self._day)

    def _counter(self, service: Service) -> str:
        return numbers.counter(service.series, self._day)

    def _kept(self, values: Mapping[str, Value]) -> Mapping[str, Value]:
        number = self._given.get(values.get(NUMBER) or "")
        return {**values, NUMBER: number} if number else values
