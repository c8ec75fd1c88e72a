"""The report of a till's day: in words, and as data. What it says was fixed when the till was closed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal

from fieldapp.money import payment as pay
from fieldapp.money.cash import ZERO, amount_of, difference_said, dollars, rounding_said
from fieldapp.money.papers import Paper, Rows, methods, moment
from fieldapp.money.payment import Payment
from fieldapp.money.till import MORE, TOOK, Takings, pieces, takings, till_of
from fieldapp.records import Record
from fieldapp.texts import tr


def day_end(record: Record, payments: Iterable[Payment], clerk: str) -> Paper:
    """The report of a till that was closed, from what stood in it when it was closed."""
    till, listed = till_of(record), sorted(payments, key=lambda one: one.name)
    closed = record.get(f"{MORE}/closed_at")
    hours = tr("Open from {start} to {end}", start=moment(till.opened_at), end=moment(closed))
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
        notes=(*apart(record, takings(listed)), rounding_said()),
    )


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
        (tr("Over or short"), difference_said((till.count or ZERO) - should)),
    ]
    reason = record.get("close/over_reason")
    times = record.get("count/more_count/times") or "1"
    rows += [(tr("Reason"), reason)] if reason else []
    return (*rows, (tr("Counted so often"), times))


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
