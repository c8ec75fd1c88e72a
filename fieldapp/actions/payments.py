"""Taking a payment, voiding it, paying it back: each one commit, with the receipt's number in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from fieldapp.access import require_role
from fieldapp.actions.desk import Desk
from fieldapp.actions.forms import open_form
from fieldapp.actions.numbers import issues
from fieldapp.actions.owing import balance, billed, owed, paid_for
from fieldapp.actions.tills import my_till
from fieldapp.clock import new_id, today
from fieldapp.counter import visit as visits
from fieldapp.errors import RefusedError
from fieldapp.money import payment as pay
from fieldapp.money import till as tills
from fieldapp.money.cards import refuse_card
from fieldapp.money.cash import ZERO, dollars, kept, payable, to_nickel
from fieldapp.money.payment import line_answers, payment_of
from fieldapp.money.till import Till
from fieldapp.records import (
    ALIAS,
    AUTHOR,
    ISSUED,
    LANG,
    PARENT,
    PROVISIONAL,
    REASON,
    SHARE,
    STATE,
    TITLE,
    WARD,
    Change,
    Record,
)
from fieldapp.services import Service, workflow
from fieldapp.store import Issue
from fieldapp.texts import language, speaking, tr

TAKE, VOID, REFUND = "take", "void", "refund"


@dataclass(frozen=True)
class Handed:
    """What somebody hands over: how much it is meant to pay, the way, and its number (of a cheque, a money order, the
    terminal's slip). `tendered` is cash before the change; `reason` says why a fee is waived."""

    asked: Decimal
    method: str
    proof: str = ""
    tendered: Decimal | None = None
    reason: str = ""

    @property
    def paid(self) -> Decimal:
        """What changes hands."""
        if self.method == pay.WAIVED:
            return ZERO
        return to_nickel(self.asked) if self.method == pay.CASH else self.asked

    @property
    def missing(self) -> Decimal:
        """By how much the cash that is handed over is less than what is to be paid."""
        return ZERO if self.tendered is None else max(ZERO, self.paid - self.tendered)

    @property
    def fault(self) -> str:
        """What is wrong with the cash that is handed over, "" for nothing."""
        if self.tendered is None:
            return ""
        words = {"amount": dollars(self.tendered), "missing": dollars(self.missing)}
        if not payable(self.tendered):
            return tr("Nobody can hand over {amount} in cash: no coin is less than 5 cents.", amount=words["amount"])
        return tr("{missing} is missing: {amount} was handed over.", **words) if self.missing else ""

    @property
    def change(self) -> Decimal:
        """What is given back of the cash that is handed over."""
        return ZERO if self.tendered is None else max(ZERO, self.tendered - self.paid)


def take_payment(desk: Desk, case: Record, handed: Handed) -> Record:
    """Take money for a case, or for all that a visit owes, in the till that is open here. The record has its receipt
    number and never changes.

    AccessError for a role that takes no money; RefusedError without an open till, for an amount that is not owed, for
    a part of what a visit owes, for cash that is too little or that no coins make, or for a way of paying whose number
    is missing or looks like a card's."""
    service, till = _desk_ready(desk)
    with speaking(case.get(LANG)):  # what a resident reads is in their language
        due = owed(desk, case)
        lines = line_answers(due.lines)  # each with why it is so
    left = balance(desk, case)
    if handed.method != pay.WAIVED and not ZERO < handed.asked <= left:
        raise RefusedError(tr("{amount} cannot be taken: {left} is still to be paid.", **_told(handed.asked, left)))
    _need_coins(handed)
    shares = _shares(desk, case, handed, left) if case.service == visits.SERVICE else {}
    own = case.get(ISSUED + pay.RECEIPT)
    counted = any(one.receipt == own for one in paid_for(desk, case))
    numbered = "own" if own in {"", PROVISIONAL} or counted else "case"
    answers = {
        **_what(handed, due.full if handed.method == pay.WAIVED else due.due),
        **lines,
        **shares,
        f"{pay.PAY}/pay_kind": "payment",
        f"{pay.PAY}/pay_for": _purpose(desk, case),
        f"{pay.PAY}/pay_ref": case.get(ALIAS),
        **_where(case, numbered, own if numbered == "case" else ""),
    }
    made = _begun(desk, service, till, case, answers)
    return desk.store.commit_together([made])[0]


def _need_coins(handed: Handed) -> None:
    """RefusedError for cash that is not enough, or that no notes and coins make."""
    if handed.method == pay.CASH and handed.fault:
        raise RefusedError(handed.fault)


def _shares(desk: Desk, visit: Record, handed: Handed, left: Decimal) -> dict[str, str]:
    """What each case of a visit gets of its one payment: all that it owes."""
    if handed.method == pay.WAIVED or handed.asked != left:
        raise RefusedError(
            tr(
                "A visit is paid whole: {left}. Take a part, or waive a fee, from the single request.",
                left=dollars(left),
            )
        )
    return {f"{SHARE}{one.id}": f"{kept(balance(desk, one))} {one.get(ALIAS)}" for one in billed(desk, visit)}


def void_payment(desk: Desk, record_id: str, reason: str) -> Record:
    """Say that a receipt does not count: nothing was paid. Takes a second person, a reason, and an open till.

    The record keeps its number and all it said. AccessError for whoever took it; RefusedError once its till is closed
    or counted: then the money is in the count, and is paid back instead."""
    record = desk.record(record_id)
    till = desk.store.record(record.get(PARENT))
    workflow.check(desk.service_of(record), record, VOID, desk.reviewer)
    _need_reason(reason)
    if till is not None and till.state != tills.OPEN:
        raise RefusedError(tr("The till of this receipt is counted already: pay the money back instead."))
    step = desk.service_of(record).transition(VOID)
    return desk.commit(record, {STATE: step.to, REASON: reason.strip()}, transition=VOID)


def refund(desk: Desk, record_id: str, handed: Handed) -> Record:
    """Pay a receipt back out of the till that is open here, whole or in part, once: a booking of its own with a number
    of its own, and the mark on the first one, both or neither. `handed.reason` says why.

    AccessError for whoever took the money; RefusedError for more than was paid, or without a till or a reason."""
    record = desk.record(record_id)
    service, till = _desk_ready(desk)
    first = payment_of(record)
    workflow.check(service, record, REFUND, desk.reviewer)
    _need_reason(handed.reason)
    if first.kind == "refund":
        raise RefusedError(tr("A refund is not paid back: take a new payment instead."))
    if not ZERO < handed.asked <= first.asked:
        raise RefusedError(tr("{amount} cannot be paid back: {left} was paid.", **_told(handed.asked, first.asked)))
    answers = {
        **_what(handed, handed.asked),
        f"{pay.PAY}/pay_kind": "refund",
        f"{pay.PAY}/pay_for": first.purpose,
        f"{pay.PAY}/pay_ref": first.reference,
        f"{pay.REFUND}/refund_no": first.receipt or record.reference,
        f"{pay.REFUND}/refund_of": record.id,
        f"{pay.REFUND}/refund_reason": handed.reason.strip(),
        f"{pay.BOOK}/case_id": first.case,
        f"{pay.BOOK}/numbered": "own",
        f"{pay.BOOK}/pay_lang": record.get(LANG) or language(),
    }
    back = _begun(desk, service, till, record, answers)
    step = service.transition(REFUND)
    marked = {
        f"{pay.LATER}/refund_record": back[0].record,
        f"{pay.LATER}/refund_sum": kept(handed.asked),
        STATE: step.to,
        REASON: handed.reason.strip(),
    }
    return desk.store.commit_together([back, (desk.change(record, marked, transition=REFUND), ())])[0]


def _desk_ready(desk: Desk) -> tuple[Service, Till]:
    service = desk.catalogue.get(pay.SERVICE)
    require_role(desk.person, service.start_roles, tr("take money"))
    till = my_till(desk)
    if till is None or till.state != tills.OPEN:
        raise RefusedError(tr("No till is open here. Open one first: money always belongs to a till."))
    return service, till


def _begun(
    desk: Desk, service: Service, till: Till, of: Record, answers: Mapping[str, str]
) -> tuple[Change, list[Issue]]:
    """The Change that makes a payment, complete, and the number that it takes. RefusedError for what is wrong in it."""
    blank = Record(new_id(), service.id, service.form_version)
    lang = answers[f"{pay.BOOK}/pay_lang"]
    own = {
        ALIAS: desk.store.next_alias(desk.device + desk.lane, today(desk.clock)),
        AUTHOR: desk.person.id,
        PARENT: till.id,
        LANG: lang,
        WARD: of.get(WARD),
    }
    given = {
        **answers,
        f"{pay.BOOK}/till_id": till.id,
        f"{pay.BOOK}/taken_at": _now(desk),
        STATE: service.first_state,
        **own,
    }
    given = {path: value for path, value in given.items() if value}
    asked = Record(blank.id, service.id, service.form_version, fields=given)
    session = open_form(desk, asked, lang=lang)
    if session.problems():  # the one who takes the money reads it, not the resident
        raise RefusedError(open_form(desk, asked).problems()[0].message)
    whole = {**given, **session.answers(pruned=True)}
    whole |= {path: value for path, value in service.derived(whole, lang).items() if value}
    whole[STATE] = service.transition(TAKE).to
    change = desk.change(blank, whole, transition=TAKE, creates=True)
    return change, issues(desk, service, TAKE, whole)


def _what(handed: Handed, due: Decimal) -> dict[str, str]:
    """The answers about how much, and by which way."""
    refuse_card(handed.proof, handed.reason)
    answers = {
        f"{pay.PAY}/pay_method": handed.method,
        f"{pay.PAY}/pay_due": kept(due),
        f"{pay.PAY}/pay_asked": kept(handed.asked),
        f"{pay.PAY}/pay_paid": kept(handed.paid),
    }
    if handed.method in pay.PROOFS:
        answers[f"{pay.PAY}/{pay.PROOFS[handed.method]}"] = handed.proof.strip()
    if handed.method == pay.WAIVED:
        answers[f"{pay.PAY}/waiver_reason"] = handed.reason.strip()
    if handed.tendered is not None and handed.method == pay.CASH:
        answers[f"{pay.PAY}/more_payment/tendered"] = kept(handed.tendered)
        answers[f"{pay.PAY}/more_payment/change_due"] = kept(handed.change)
    return answers


def _where(case: Record, numbered: str, receipt: str) -> dict[str, str]:
    return {
        f"{pay.BOOK}/case_id": case.id,
        f"{pay.BOOK}/case_service": case.service,
        f"{pay.BOOK}/pay_lang": case.get(LANG) or language(),
        f"{pay.BOOK}/numbered": numbered,
        f"{pay.BOOK}/receipt_was": receipt,
    }


def _purpose(desk: Desk, case: Record) -> str:
    """What was paid, without any resident's name: the service."""
    cases = billed(desk, case) if case.service == visits.SERVICE else [case]
    titles = [desk.service_of(one).title.text(case.get(LANG) or language()) for one in cases]
    return ", ".join(dict.fromkeys(filter(None, titles))) or case.get(TITLE)


def _need_reason(reason: str) -> None:
    refuse_card(reason)
    if not reason.strip():
        raise RefusedError(tr("Please say why: the reason stays with the receipt."))


def _now(desk: Desk) -> str:
    return desk.clock.now().isoformat(timespec="milliseconds")


def _told(amount: Decimal, left: Decimal) -> dict[str, str]:
    return {"amount": dollars(amount), "left": dollars(left)}
