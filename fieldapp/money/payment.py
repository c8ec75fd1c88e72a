"""A payment as its record has it, and the answers that make a new one. Nothing of it ever changes once it is taken."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from fieldapp.money.cash import amount_of, kept
from fieldapp.money.quote import Line
from fieldapp.records import ALIAS, AUTHOR, ISSUED, PARENT, PROVISIONAL, SHARE, Record

SERVICE = "payment"
RECEIPT = "receipt"  # the official number of every payment
CASH, CHEQUE, ORDER, DEBIT, CREDIT, WAIVED = (
    "cash",
    "cheque",
    "money_order",
    "debit_terminal",
    "credit_terminal",
    "waived",
)
METHODS = (CASH, CHEQUE, ORDER, DEBIT, CREDIT)
PROOFS = {CHEQUE: "cheque_no", ORDER: "order_no", DEBIT: "terminal_ref", CREDIT: "terminal_ref"}
RECEIVED, VOID, REFUNDED = "received", "void", "refunded"
PAY, REFUND, FEES, BOOK, LATER = "payment", "payment/refund", "fees", "book/more_book", "refunded/more_refunded"


@dataclass(frozen=True)
class Payment:
    """Money taken (`kind` payment) or paid back (refund). `asked` is exact, `paid` what changed hands."""

    id: str
    receipt: str  # its number; "" while only the City can give it
    alias: str  # the offline reference of the booking itself
    kind: str
    state: str
    method: str
    asked: Decimal
    paid: Decimal
    till: str  # record id
    case: str  # record id, "" for none
    reference: str  # of the case
    purpose: str
    refunded: Decimal  # of this payment, later
    clerk: str  # user id of who took it
    at: str = ""  # when it was taken, a stamp

    @property
    def name(self) -> str:
        """By what it is called: its number, before that its offline reference."""
        return self.receipt or self.alias

    @property
    def counts(self) -> bool:
        """Whether the money is, or was, in the till: not what was voided."""
        return self.state in {RECEIVED, REFUNDED}

    @property
    def owed_back(self) -> Decimal:
        """What it has brought of what the case owes, less what went back."""
        if not self.counts:
            return Decimal(0)
        return -self.asked if self.kind == "refund" else self.asked


def payment_of(record: Record) -> Payment:
    """The payment that a record of the service "payment" is."""
    own = record.get(ISSUED + RECEIPT) or record.get(f"{BOOK}/receipt_was")
    return Payment(
        id=record.id,
        receipt="" if own == PROVISIONAL else own,
        alias=record.get(ALIAS),
        kind=record.get(f"{PAY}/pay_kind"),
        state=record.state,
        method=record.get(f"{PAY}/pay_method"),
        asked=amount_of(record.get(f"{PAY}/pay_asked")),
        paid=amount_of(record.get(f"{PAY}/pay_paid")),
        till=record.get(PARENT),
        case=record.get(f"{BOOK}/case_id"),
        reference=record.get(f"{PAY}/pay_ref"),
        purpose=record.get(f"{PAY}/pay_for"),
        refunded=amount_of(record.get(f"{LATER}/refund_sum")),
        clerk=record.get(AUTHOR),
        at=record.get(f"{BOOK}/taken_at"),
    )


def parts_of(record: Record) -> list[Payment]:
    """A payment as each of its cases sees it: what it brought them. That of a visit counts for several, each with its
    share; what was paid back of it is taken from the last of them first."""
    shares = sorted(path for path in record.fields if path.startswith(SHARE))
    return list(_shared(record, shares)) if shares else [payment_of(record)]


def _shared(record: Record, shares: list[str]) -> Iterator[Payment]:
    whole = payment_of(record)
    back = whole.refunded if whole.state == REFUNDED else Decimal(0)
    for path in reversed(shares):
        amount, _, reference = record.get(path).partition(" ")
        asked = amount_of(amount)
        gone = min(asked, back)
        back -= gone
        case = path.removeprefix(SHARE)
        yield replace(whole, case=case, reference=reference, asked=asked - gone, paid=asked - gone, refunded=gone)


def lines_of(record: Record) -> list[tuple[str, str, Decimal, Decimal]]:
    """The lines that were paid: what, why, amount and HST."""
    start = f"{FEES}/line["
    keys = sorted(
        {path[: path.index("]") + 1] for path in record.fields if path.startswith(start)},
        key=lambda one: record.get(one).zfill(6),
    )
    return [
        (
            record.get(f"{one}/l_text"),
            record.get(f"{one}/more_line/l_remark"),
            amount_of(record.get(f"{one}/l_amount")),
            amount_of(record.get(f"{one}/l_hst")),
        )
        for one in keys
    ]


def line_answers(lines: Iterable[Line]) -> Mapping[str, str]:
    """The answers that keep the lines of a quote, with how each came about."""
    answers: dict[str, str] = {}
    for n, line in enumerate(lines, start=1):
        one = f"{FEES}/line[l{n}]"
        why = {
            "l_rate": f"{line.fee.amount:f}" if line.fee else "",
            "l_unit": line.fee.unit if line.fee else "",
            "l_quantity": f"{line.quantity.normalize():f}" if line.quantity is not None else "",
            "l_hst_rate": f"{line.fee.hst:f}" if line.fee else "",
            "l_day": line.day.isoformat(),
            "l_from": line.fee.valid_from.isoformat() if line.fee else "",
            "l_source": line.fee.source if line.fee else "",
            "l_remark": line.why,
        }
        answers |= {one: str(n), f"{one}/l_code": line.code or "-", f"{one}/l_text": line.title}
        answers |= {f"{one}/l_amount": kept(line.amount), f"{one}/l_hst": kept(line.hst)}
        answers |= {f"{one}/more_line/{name}": value for name, value in why.items() if value}
    return answers
