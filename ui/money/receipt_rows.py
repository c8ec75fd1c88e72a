"""Receipts and cases as lines of a list: when, who and what for, so that one is found without being opened."""

from __future__ import annotations

from fieldapp.actions import Desk, balance, owed, paid_for
from fieldapp.clock import moment_of
from fieldapp.counter import visit as visits
from fieldapp.counter.person import name_of, person_in
from fieldapp.counter.visit import visit_of
from fieldapp.money import payment as pay
from fieldapp.money.cash import dollars
from fieldapp.money.papers import methods
from fieldapp.money.payment import Payment
from fieldapp.records import Record
from fieldapp.texts import tr
from ui.widgets import Row


def receipt_row(desk: Desk, one: Payment, *, waits: bool) -> Row:
    """A receipt: its number, when, who paid, what for, by which way; void, paid back or not sent."""
    chips = {pay.VOID: (tr("Void"), "bad"), pay.REFUNDED: (tr("Refunded"), "warn")}
    chip = chips.get(one.state) or ((tr("Not sent"), "plain") if waits else None)
    amount = dollars(-one.paid if one.kind == "refund" else one.paid)
    at = f"{moment_of(one.at):%H:%M}" if one.at else ""
    parts = (at, payer(desk, one.case), one.purpose, one.reference, methods().get(one.method, ""))
    return Row(one.id, one.name, " · ".join(filter(None, parts)), icon="receipt", chip=chip, trailing=amount)


def payer(desk: Desk, case_id: str) -> str:
    """The name of the person or the organization that a case, or a visit, is about; "" where nobody is named."""
    case = desk.store.record(case_id) if case_id else None
    if case is None or case.service not in desk.catalogue:
        return ""
    if case.service != visits.SERVICE:
        return name_of(person_in(desk.service_of(case), case))
    return next(filter(None, (payer(desk, one.record) for one in visit_of(case).items)), "")


def to_be_paid(desk: Desk, case: Record) -> str:
    """What a case still asks for: an amount, or that its fee is waived and nobody has booked that; "" for nothing."""
    left = balance(desk, case)
    if left > 0:
        return dollars(left)
    quote = owed(desk, case)
    return tr("Waived") if quote.waived and quote.full > 0 and not paid_for(desk, case) else ""
