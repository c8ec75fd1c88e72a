"""Papers about money, in words; and the receipt. `fieldapp/documents` sets them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from fieldapp.clock import moment_of
from fieldapp.money import payment as pay
from fieldapp.money.cash import amount_of, dollars, rounding_said
from fieldapp.money.payment import Payment, lines_of, payment_of
from fieldapp.records import REASON, Record
from fieldapp.texts import tr

Rows = tuple[tuple[str, str], ...]
BOTH = re.compile(r"\(([^()·]+) · [^()]+\)$")  # the City's number with the laptop's own: people quote the first


@dataclass(frozen=True)
class Paper:
    """A paper: what it is, the number that stands on it large, and groups of names and values."""

    title: str
    number: str
    about: tuple[str, ...]
    parts: tuple[tuple[str, Rows], ...]
    notes: tuple[str, ...] = ()


def receipt_paper(record: Record, clerk: str, at: str = "") -> Paper:
    """The receipt of a payment or a refund. `clerk` is who took the money, `at` when, for one that does not say."""
    one = payment_of(record)
    titles = {"refund": tr("Receipt of a refund")}
    return Paper(
        title=titles.get(one.kind, tr("Receipt")),
        number=one.name,
        about=tuple(_about(one, clerk, record.get(f"{pay.BOOK}/taken_at") or at)),
        parts=((tr("What was paid for"), _fees(record, one)), (tr("Payment"), _paid(record, one))),
        notes=tuple(_undone(record, one)),
    )


def methods() -> Mapping[str, str]:
    """The ways of paying, in words."""
    return {
        pay.CASH: tr("Cash"),
        pay.CHEQUE: tr("Cheque"),
        pay.ORDER: tr("Money order"),
        pay.DEBIT: tr("Debit, on the terminal"),
        pay.CREDIT: tr("Credit card, on the terminal"),
        pay.WAIVED: tr("Waived"),
    }


def _about(one: Payment, clerk: str, at: str) -> Iterable[str]:
    if not one.receipt:
        yield tr("The final number follows from the City")
    yield tr("{moment}, taken by {name}", moment=moment(at), name=clerk)
    if one.reference:
        yield tr("Reference of the case: {reference}", reference=one.reference)


def _fees(record: Record, one: Payment) -> Rows:
    rows = []
    for title, why, amount, hst in lines_of(record):
        named, reason = _of_service(BOTH.sub(r"(\1)", title), one), _why(why)
        rows.append((f"{named} ({reason})" if reason else named, dollars(amount)))
        if hst:
            rows.append((tr("HST"), dollars(hst)))
    if one.kind == "refund":
        rows.append((one.purpose, dollars(one.asked)))
        rows.append((tr("Of the receipt"), record.get(f"{pay.REFUND}/refund_no")))
        rows.append((tr("Why"), record.get(f"{pay.REFUND}/refund_reason")))
    else:
        rows.append((tr("Amount due, with HST"), dollars(amount_of(record.get(f"{pay.PAY}/pay_due")))))
    return tuple(rows)


def _why(why: str) -> str:
    """Of the reason of a fee what the resident has an interest in: how often, the tax and the rule. Where the City
    keeps the rule, and whether somebody confirmed it, stands in the record, for the City."""
    parts = why.split("; ")
    said = parts[:-1] if len(parts) > 1 else parts
    return "; ".join(part for part in said if not part.startswith("1 × "))


def _of_service(title: str, one: Payment) -> str:
    """A line's name with the service that it is of: "Fee" alone says nothing at home."""
    known = not one.purpose or title.startswith(tuple(one.purpose.split(", ")))
    return title if known else tr("{service}: {line}", service=one.purpose, line=title)


def _paid(record: Record, one: Payment) -> Rows:
    rows = [(tr("Way of paying"), methods().get(one.method, one.method))]
    proof = pay.PROOFS.get(one.method)
    rows += [(tr("Number"), record.get(f"{pay.PAY}/{proof}"))] if proof else []
    rows += [(tr("Why it is waived"), record.get(f"{pay.PAY}/waiver_reason"))] if one.method == pay.WAIVED else []
    if one.paid != one.asked and one.method == pay.CASH:
        rows += [(tr("Before rounding"), dollars(one.asked)), (tr("Rounding"), dollars(one.paid - one.asked))]
    rows.append((tr("Paid back") if one.kind == "refund" else tr("Paid"), dollars(one.paid)))
    if tendered := record.get(f"{pay.PAY}/more_payment/tendered"):
        rows.append((tr("Cash handed over"), dollars(amount_of(tendered))))
        rows.append((tr("Change"), dollars(amount_of(record.get(f"{pay.PAY}/more_payment/change_due")))))
    return tuple(rows)


def _undone(record: Record, one: Payment) -> Iterable[str]:
    if one.state == pay.VOID:
        yield tr("VOID. This receipt does not count: {reason}", reason=record.get(REASON))
    if one.state == pay.REFUNDED:
        yield tr("Refunded later: {amount}. {reason}", amount=dollars(one.refunded), reason=record.get(REASON))
    if one.method == pay.CASH:
        yield rounding_said()


def moment(stamp: str) -> str:
    """A stamp as people read it, – for none; what is none, as it stands: a receipt is printed all the same."""
    try:
        return f"{moment_of(stamp):%Y-%m-%d %H:%M}" if stamp else "–"
    except ValueError:
        return stamp
