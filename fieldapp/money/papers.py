"""Papers about money, in words: a receipt and the report of a till's day. As data, and as a page to be printed."""

from __future__ import annotations

import html
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from fieldapp.clock import moment_of
from fieldapp.money import payment as pay
from fieldapp.money.cash import ZERO, amount_of, dollars, rounding_said
from fieldapp.money.payment import Payment, lines_of, payment_of
from fieldapp.money.till import MORE, TOOK, Takings, pieces, takings, till_of
from fieldapp.records import REASON, Record
from fieldapp.texts import language, tr

Rows = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Paper:
    """A page: what it is, the number that stands on it large, and groups of names and values."""

    title: str
    number: str
    about: tuple[str, ...]
    parts: tuple[tuple[str, Rows], ...]
    notes: tuple[str, ...] = ()

    def as_html(self, city: str) -> str:
        """The page for paper and PDF, in the language that is spoken now; everything in it is text."""
        about = "".join(f"<p>{_safe(one)}</p>" for one in self.about)
        notes = "".join(f"<p><small>{_safe(one)}</small></p>" for one in self.notes)
        parts = "".join(f"<h3>{_safe(name)}</h3>{_table(rows)}" for name, rows in self.parts if rows)
        return (
            f"<html lang='{language()}'><head><style>h1, h2, h3 {{ font-weight: 600 }}</style></head>"
            f"<body><p>{_safe(city)}</p><h2>{_safe(self.title)}</h2>"
            f"<h1>{_safe(self.number)}</h1>{about}{parts}{notes}</body></html>"
        )


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


def day_end(record: Record, payments: Iterable[Payment], clerk: str) -> Paper:
    """The report of a till that was closed, from what stood in it when it was closed."""
    till, listed = till_of(record), sorted(payments, key=lambda one: one.name)
    closed = record.get(f"{MORE}/closed_at")
    hours = tr("Open from {start} to {end}", start=_moment(till.opened_at), end=_moment(closed))
    about = (tr("Clerk: {name}", name=clerk), tr("Laptop: {device}", device=till.device), hours)
    return Paper(
        title=tr("Till report"),
        number=till.name,
        about=about,
        parts=(
            (tr("Takings"), _takings(record)),
            (tr("Cash"), _cash(record)),
            (tr("Count"), _pieces(record)),
            (tr("Not with the City when it was closed"), _unsent(record)),
            (tr("Receipts"), tuple(map(_line, listed))),
        ),
        notes=(*apart(record, takings(listed)), rounding_said(), tr("Signature of the clerk: ____________________")),
    )


def day_data(record: Record, payments: Iterable[Payment]) -> dict[str, object]:
    """The same as data: amounts as texts with two decimals, each receipt with its number."""
    close = {path.rpartition("/")[2]: value for path, value in record.fields.items() if path.startswith("close/")}
    till = till_of(record)
    return {
        "till": till.id,
        "name": till.name,
        "clerk": till.clerk,
        "device": till.device,
        "opened_at": till.opened_at,
        "float": f"{till.float:.2f}",
        "counted": f"{till.count or ZERO:.2f}",
        "pieces": {str(worth): number for worth, number in pieces(record, "count").items()},
        **close,
        "receipts": [
            {
                "number": one.receipt,
                "kind": one.kind,
                "state": one.state,
                "method": one.method,
                "asked": f"{one.asked:.2f}",
                "paid": f"{one.paid:.2f}",
                "case": one.reference,
            }
            for one in sorted(payments, key=lambda one: one.receipt)
        ],
    }


def _about(one: Payment, clerk: str, at: str) -> Iterable[str]:
    if not one.receipt:
        yield tr("The final number follows from the City")
    yield tr("{moment}, taken by {name}", moment=_moment(at), name=clerk)
    if one.reference:
        yield tr("Reference of the case: {reference}", reference=one.reference)


def _fees(record: Record, one: Payment) -> Rows:
    rows = []
    for title, why, amount, hst in lines_of(record):
        rows.append((f"{title} ({why})" if why else title, dollars(amount)))
        if hst:
            rows.append((tr("HST"), dollars(hst)))
    if one.kind == "refund":
        rows.append((one.purpose, dollars(one.asked)))
        rows.append((tr("Of the receipt"), record.get(f"{pay.REFUND}/refund_no")))
        rows.append((tr("Why"), record.get(f"{pay.REFUND}/refund_reason")))
    else:
        rows.append((tr("Amount due, with HST"), dollars(amount_of(record.get(f"{pay.PAY}/pay_due")))))
    return tuple(rows)


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


def _takings(record: Record) -> Rows:
    def row(name: str, path: str) -> tuple[str, str]:
        return name, dollars(amount_of(record.get(f"{MORE}/{path}")))

    rows = [row(methods()[method], path) for method, path in TOOK.items()]
    rows += [row(tr("Refunds in cash"), "back_cash"), row(tr("Other refunds"), "back_other")]
    voids = tr("Voided ({n})", n=record.get(f"{MORE}/voids_n") or "0")
    rows += [row(voids, "voids_sum"), row(tr("Waived fees"), "waived_sum")]
    return (*rows, (tr("Number of receipts"), record.get(f"{MORE}/receipts_n") or "0"))


def _cash(record: Record) -> Rows:
    till = till_of(record)
    should = amount_of(record.get("close/expected_cash"))
    rows = [
        (tr("Opening float"), dollars(till.float)),
        (tr("Should be there"), dollars(should)),
        (tr("Counted"), dollars(till.count or ZERO)),
        (tr("Over or short"), signed((till.count or ZERO) - should)),
    ]
    reason = record.get("close/over_reason")
    times = record.get("count/more_count/times") or "1"
    rows += [(tr("Reason"), reason)] if reason else []
    return (*rows, (tr("Counted so often"), times))


def apart(record: Record, sums: Takings) -> Iterator[str]:
    """What of the count, beside the cash, is not what was taken: cheques with money orders, and the terminal."""
    cheques = sums.took[pay.CHEQUE] + sums.took[pay.ORDER]
    counted = amount_of(record.get("count/cheques_sum"))
    if counted != cheques:
        words = {"counted": dollars(counted), "took": dollars(cheques)}
        yield tr("Cheques and money orders: {counted} counted, {took} taken.", **words)
    cards, slips = sums.took[pay.DEBIT] + sums.took[pay.CREDIT], record.get("count/more_count/slips_sum")
    if amount_of(slips) != cards and (slips or cards):
        words = {"slips": dollars(amount_of(slips)), "took": dollars(cards)}
        yield tr("Terminal: {slips} on its day slip, {took} taken.", **words)


def signed(amount: Decimal) -> str:
    """A difference: +$1.00, -$1.00, $0.00."""
    return f"+{dollars(amount)}" if amount > 0 else dollars(amount)


def _pieces(record: Record) -> Rows:
    counted = pieces(record, "count").items()
    rows = [
        (f"{number} × {dollars(Decimal(worth) / 100)}", dollars(Decimal(worth * number) / 100))
        for worth, number in counted
    ]
    if record.get("count/cheques_n") not in {"", "0"}:
        name = tr("Cheques and money orders ({n})", n=record.get("count/cheques_n"))
        rows.append((name, dollars(amount_of(record.get("count/cheques_sum")))))
    if slips := record.get("count/more_count/slips_sum"):
        rows.append((tr("Total on the terminal's day slip"), dollars(amount_of(slips))))
    return tuple(rows)


def _unsent(record: Record) -> Rows:
    number = record.get(f"{MORE}/unsent_n")
    if number in {"", "0"}:
        return ()
    total = dollars(amount_of(record.get(f"{MORE}/unsent_sum")))
    return ((tr("Receipts"), number), (tr("Their sum"), total), (tr("Numbers"), record.get(f"{MORE}/unsent_list")))


def _line(one: Payment) -> tuple[str, str]:
    marks = {pay.VOID: tr("void"), pay.REFUNDED: tr("refunded later")}
    parts = (
        one.name,
        methods().get(one.method, ""),
        one.reference,
        marks.get(one.state, ""),
    )
    amount = -one.paid if one.kind == "refund" else one.paid
    return " · ".join(part for part in parts if part), dollars(amount)


def _moment(stamp: str) -> str:
    return f"{moment_of(stamp):%Y-%m-%d %H:%M}" if stamp else "–"


def _table(rows: Rows) -> str:
    cells = "".join(
        f"<tr><td width='70%'>{_safe(name)}</td><td align='right'>{_safe(value)}</td></tr>" for name, value in rows
    )
    return f"<table width='100%' cellpadding='4'>{cells}</table>"


def _safe(text: str) -> str:
    return html.escape(text)
