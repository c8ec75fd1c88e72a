"""Cases of the City that have more money than they owe, by its own records."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from fieldapp.money import payment as pay
from fieldapp.money.payment import Payment, parts_of
from fieldapp.money.quote import quote
from fieldapp.money.standing import Overpaid, overpaid
from fieldapp.services import Catalogue
from sync.gateway.tills import of_service, records
from sync.gateway.transactions import Transaction

PAGE = 500  # cases that are read at once


def paid_too_much(reader: Transaction, catalogue: Catalogue, today: date) -> list[Overpaid]:
    """All cases for which too much was paid, the largest sum first. What a service that is not known here asks for,
    nobody can tell: its cases are left out."""
    by_case: dict[str, list[Payment]] = {}
    for one in (part for record in of_service(reader, pay.SERVICE) for part in parts_of(record)):
        if one.case:
            by_case.setdefault(one.case, []).append(one)
    found = _each(reader, catalogue, by_case, today)
    return sorted(found, key=lambda one: one.amount, reverse=True)


def overpaid_data(one: Overpaid) -> dict[str, object]:
    """As JSON values; amounts are texts with two decimals. `back` is what a second person pays back first."""
    receipts = [{"number": each.name, "method": each.method, "amount": f"{each.asked:.2f}"} for each in one.receipts]
    first = one.back()
    back = {"number": first[0].name, "amount": f"{first[1]:.2f}"} if first else None
    return {"case": one.reference, "amount": f"{one.amount:.2f}", "receipts": receipts, "back": back}


def _each(
    reader: Transaction, catalogue: Catalogue, by_case: dict[str, list[Payment]], today: date
) -> Iterator[Overpaid]:
    ids = sorted(by_case)
    for start in range(0, len(ids), PAGE):
        for case in records(reader, ids[start : start + PAGE]):
            if case.service in catalogue:
                due = quote(case.fields, catalogue.get(case.service).fees, today).due
                told = overpaid(due, sorted(by_case[case.id], key=lambda one: one.id))
                if told is not None:
                    yield told
