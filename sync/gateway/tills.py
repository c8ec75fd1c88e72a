"""The tills as the City has them: what their receipts come to, beside what each said when it was closed."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from fieldapp.money import payment as pay
from fieldapp.money import till as tills
from fieldapp.money.cash import ZERO, amount_of
from fieldapp.money.payment import Payment, payment_of
from fieldapp.money.till import MORE, TOOK, Takings, Till, takings, till_of
from fieldapp.records import Record
from fieldapp.texts import tr
from sync.gateway.transactions import LISTED, Transaction, listed

COLUMNS = "SELECT id, service, form_version, rev, fields FROM record"


@dataclass(frozen=True)
class TillAccount:
    """One till: its sums by the City's records, and what does not fit in them."""

    till: Till
    sums: Takings
    said: Decimal | None  # what was taken in all, as the till said when it was closed; None before that
    over_short: Decimal
    reason: str
    faults: tuple[str, ...]

    def data(self) -> dict[str, object]:
        """As JSON values; amounts are texts with two decimals."""
        return {
            "till": self.till.id,
            "name": self.till.name,
            "clerk": self.till.clerk,
            "device": self.till.device,
            "state": self.till.state,
            "opened_at": self.till.opened_at,
            "receipts": self.sums.receipts,
            "took": {method: f"{amount:.2f}" for method, amount in self.sums.took.items()},
            "paid_back": f"{self.sums.back_cash + self.sums.back_other:.2f}",
            "total": f"{self.sums.total:.2f}",
            "voids": self.sums.voids,
            "over_short": f"{self.over_short:.2f}",
            "reason": self.reason,
            "faults": list(self.faults),
        }


def accounts(reader: Transaction, day: str = "") -> list[TillAccount]:
    """Every till, or those opened on `day` (2026-11-23), in the order in which they were opened."""
    payments = payments_of(reader)
    twice = {number for number, times in Counter(one.receipt for one in payments).items() if number and times > 1}
    found = [one for one in of_service(reader, tills.SERVICE) if till_of(one).opened_at.startswith(day)]
    by_till: dict[str, list[Payment]] = {}
    for one in payments:
        by_till.setdefault(one.till, []).append(one)
    made = [_account(one, by_till.get(one.id, []), twice) for one in found]
    return sorted(made, key=lambda one: one.till.opened_at)


def payments_of(reader: Transaction) -> list[Payment]:
    """All payments of the City."""
    return [payment_of(one) for one in of_service(reader, pay.SERVICE)]


def records(reader: Transaction, ids: Iterable[str]) -> list[Record]:
    """These records, as far as the City has them."""
    return _records(reader, f"{COLUMNS} WHERE id IN {LISTED} ORDER BY id", listed(ids))


def _account(record: Record, payments: list[Payment], twice: Iterable[str]) -> TillAccount:
    till, sums = till_of(record), takings(payments)
    closed = till.state in {tills.CLOSED, tills.ACCEPTED}
    said = _said(record) if closed else None
    return TillAccount(
        till=till,
        sums=sums,
        said=said,
        over_short=amount_of(record.get("close/over_short")) if closed else ZERO,
        reason=record.get("close/over_reason"),
        faults=tuple(_faults(record, sums, said, twice)),
    )


def _said(record: Record) -> Decimal:
    took = sum((amount_of(record.get(f"{MORE}/{path}")) for path in TOOK.values()), ZERO)
    return took - amount_of(record.get(f"{MORE}/back_cash")) - amount_of(record.get(f"{MORE}/back_other"))


def _faults(record: Record, sums: Takings, said: Decimal | None, twice: Iterable[str]) -> Iterator[str]:
    if said is not None and said != sums.total:
        yield tr("it said {said} when it was closed, its receipts come to {found}", said=said, found=sums.total)
    if said is not None and (missing := set(_numbers(record)) - set(sums.numbers)):
        yield tr("receipts that have not come: {numbers}", numbers=", ".join(sorted(missing)))
    if doubled := set(twice) & set(sums.numbers):
        yield tr("receipt numbers that are there twice: {numbers}", numbers=", ".join(sorted(doubled)))


def _numbers(record: Record) -> list[str]:
    """The receipts that stood in the till, those alone that had their final number."""
    listed = record.get(f"{MORE}/numbers_used").split(", ")
    return [number for number in listed if number and not number.startswith("HAM-")]


def of_service(reader: Transaction, service: str) -> list[Record]:
    """All records of a service."""
    return _records(reader, f"{COLUMNS} WHERE service = ? ORDER BY id", service)


def _records(reader: Transaction, sql: str, value: str) -> list[Record]:
    rows = reader.execute(sql, (value,)).fetchall()
    return [Record(id_, name, version, rev, json.loads(fields)) for id_, name, version, rev, fields in rows]
