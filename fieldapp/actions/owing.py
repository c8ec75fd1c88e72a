"""What a case owes, what was paid for it, by whom too much, and a receipt by its number."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from fieldapp.actions.desk import Desk
from fieldapp.clock import today
from fieldapp.counter import visit as visits
from fieldapp.counter.visit import visit_of
from fieldapp.money import payment as pay
from fieldapp.money.cash import ZERO
from fieldapp.money.payment import Payment, parts_of, payment_of
from fieldapp.money.quote import Line, Quote, quote
from fieldapp.money.standing import Overpaid, overpaid, still_due
from fieldapp.records import ALIAS, Record
from fieldapp.store import Query
from fieldapp.texts import language, tr

MOST = 10_000  # payments of one case that are looked at
LOOKED_AT = 1_000


def owed(desk: Desk, case: Record) -> Quote:
    """What a case owes, line by line; a visit, what all of its cases owe, each line with its case's reference."""
    service = desk.service_of(case)
    if case.service == visits.SERVICE:
        return Quote(tuple(line for one in billed(desk, case) for line in _named(desk, one)))
    return quote(case.fields, service.fees, today(desk.clock))


def billed(desk: Desk, visit: Record) -> list[Record]:
    """The cases of a visit that still owe something."""
    cases = (desk.store.record(one.record) for one in visit_of(visit).items)
    known = (one for one in cases if one is not None and one.service in desk.catalogue)
    return [one for one in known if balance(desk, one) > 0]


def _named(desk: Desk, case: Record) -> Iterator[Line]:
    """Its lines, so that a resident knows on the receipt of several what each is for, by the number they quote. The
    offline reference stays in it: by that the payment of a case is found again."""
    service = desk.service_of(case).title.text(language())
    numbers = " · ".join(dict.fromkeys((case.reference, case.get(ALIAS))))
    for line in owed(desk, case).lines:
        named = line.title.startswith(service)
        title = line.title if named else tr("{service}: {line}", service=service, line=line.title)
        yield replace(line, title=f"{title} ({numbers})")


def paid_for(desk: Desk, case: Record) -> list[Payment]:
    """The payments of a case that are on this laptop, oldest first; of a visit, those of the cases that owe still."""
    if case.service == visits.SERVICE:
        return [one for each in billed(desk, case) for one in paid_for(desk, each)]
    wanted = Query(service=pay.SERVICE, text=case.get(ALIAS), sort="updated", descending=False)
    found = (part for one in desk.store.find(wanted, MOST) for part in parts_of(one))
    return sorted((one for one in found if one.case == case.id), key=lambda one: one.id)


def balance(desk: Desk, case: Record) -> Decimal:
    """What is still to be paid of a case, as far as this laptop knows; below zero for what was paid too much."""
    if case.service == visits.SERVICE:
        return sum((balance(desk, one) for one in billed(desk, case)), ZERO)
    return still_due(owed(desk, case).due, paid_for(desk, case))


def too_much(desk: Desk, case: Record) -> Overpaid | None:
    """What was paid too much for a case, as far as this laptop knows: two clerks offline both took money for it."""
    payments = paid_for(desk, case)
    return overpaid(owed(desk, case).due, payments) if payments else None


def all_too_much(desk: Desk) -> list[Overpaid]:
    """The cases for which several receipts brought too much, the largest sum first, among the newest LOOKED_AT payments
    here. `gateway tills` looks at all, and at those with one receipt whose fee was lowered later."""
    newest = desk.store.find(Query(service=pay.SERVICE, state=pay.RECEIVED), LOOKED_AT)
    times = Counter(part.case for one in newest for part in parts_of(one))
    cases = (desk.store.record(case) for case, number in times.items() if case and number > 1)
    known = (case for case in cases if case is not None and case.service in desk.catalogue)
    found = [one for one in (too_much(desk, case) for case in known) if one is not None]
    return sorted(found, key=lambda one: one.amount, reverse=True)


def receipts_of(desk: Desk, case: Record) -> list[Payment]:
    """The payments that were taken for a case, or for a visit with all its cases, each once, oldest first."""
    cases = [case]
    if case.service == visits.SERVICE:
        cases += [one for item in visit_of(case).items if (one := desk.store.record(item.record)) is not None]
    wanted = {one.id for one in cases}
    found: dict[str, Payment] = {}
    for one in cases:
        for record in desk.store.find(Query(service=pay.SERVICE, text=one.get(ALIAS)), MOST):
            if wanted & {part.case for part in (payment_of(record), *parts_of(record))}:
                found[record.id] = payment_of(record)
    return sorted(found.values(), key=lambda one: one.id)


def find_receipt(desk: Desk, number: str) -> Record | None:
    """The payment with this receipt number, if it is on this laptop: RC26-000042, or 42 for this year's, else last
    year's; before it has a number, by its offline reference."""
    for wanted in _numbers_meant(desk, number.strip()):
        for record in desk.store.find(Query(service=pay.SERVICE, text=wanted), 50):
            if payment_of(record).name.casefold() == wanted.casefold():
                return record
    return None


def _numbers_meant(desk: Desk, typed: str) -> Iterator[str]:
    if not typed.isdecimal() or not typed.isascii():
        yield from filter(None, (typed,))
        return
    official = next(one for one in desk.catalogue.get(pay.SERVICE).numbers if one.id == pay.RECEIPT)
    year = today(desk.clock).year
    for one in (year, year - 1):
        yield f"{official.prefix.format(yy=f'{one % 100:02}', yyyy=one)}{int(typed):0{official.digits}}"
