"""What a case owes, what was paid for it, and a receipt by its number."""

from __future__ import annotations

from decimal import Decimal

from fieldapp.actions.desk import Desk
from fieldapp.clock import today
from fieldapp.money import payment as pay
from fieldapp.money.cash import ZERO
from fieldapp.money.payment import Payment, payment_of
from fieldapp.money.quote import Quote, quote
from fieldapp.records import ALIAS, Record
from fieldapp.store import Query

MOST = 10_000  # payments of one case that are looked at


def owed(desk: Desk, case: Record) -> Quote:
    """What a case owes, line by line."""
    service = desk.service_of(case)
    return quote(case.fields, service.fees, today(desk.clock))


def paid_for(desk: Desk, case: Record) -> list[Payment]:
    """The payments of a case that are on this laptop, oldest first."""
    wanted = Query(service=pay.SERVICE, text=case.get(ALIAS), sort="updated", descending=False)
    found = (payment_of(one) for one in desk.store.find(wanted, MOST))
    return sorted((one for one in found if one.case == case.id), key=lambda one: one.id)


def balance(desk: Desk, case: Record) -> Decimal:
    """What is still to be paid of a case, as far as this laptop knows."""
    return owed(desk, case).due - sum((one.owed_back for one in paid_for(desk, case)), ZERO)


def find_receipt(desk: Desk, number: str) -> Record | None:
    """The payment with this receipt number, if it is on this laptop."""
    found = desk.store.find(Query(service=pay.SERVICE, text=number), 50)
    return next((one for one in found if payment_of(one).receipt.casefold() == number.strip().casefold()), None)
