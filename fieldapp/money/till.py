"""A till as its record has it, and what its payments come to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from fieldapp.money import payment as pay
from fieldapp.money.cash import DENOMINATIONS, ZERO, amount_of, counted
from fieldapp.money.payment import Payment
from fieldapp.records import AUTHOR, Record, whole

SERVICE = "till"
OPEN, COUNTED, CLOSED, ACCEPTED = "open", "counted", "closed", "accepted"
CLOSE, MORE = "close", "close/more_close"
HIGH = Decimal(1000)  # dollars: a float above this is more likely typed wrongly than counted, so it is asked about once
TOOK = {
    pay.CASH: "took_cash",
    pay.CHEQUE: "took_cheque",
    pay.ORDER: "took_order",
    pay.DEBIT: "took_debit",
    pay.CREDIT: "took_credit",
}


@dataclass(frozen=True)
class Takings:
    """What the payments of a till come to. Sums of cash are of what changed hands, rounded to 5 cents."""

    took: Mapping[str, Decimal]  # by method, without what was voided
    back_cash: Decimal
    back_other: Decimal
    receipts: int
    voids: int
    voided: Decimal
    waived: Decimal
    numbers: tuple[str, ...]

    @property
    def total(self) -> Decimal:
        """Everything that was taken, less what was paid back."""
        return sum(self.took.values(), ZERO) - self.back_cash - self.back_other

    @property
    def cash(self) -> Decimal:
        """By how much the cash in the till has grown."""
        return self.took[pay.CASH] - self.back_cash


def takings(payments: Iterable[Payment]) -> Takings:
    """What these payments of one till come to."""
    listed = sorted(payments, key=lambda one: one.receipt)
    good = [one for one in listed if one.counts]
    taken = [one for one in good if one.kind != "refund"]
    back = [one for one in good if one.kind == "refund"]
    voids = [one for one in listed if one.state == pay.VOID]
    return Takings(
        took={method: _sum(one.paid for one in taken if one.method == method) for method in pay.METHODS},
        back_cash=_sum(one.paid for one in back if one.method == pay.CASH),
        back_other=_sum(one.paid for one in back if one.method != pay.CASH),
        receipts=len(good),
        voids=len(voids),
        voided=_sum(one.paid for one in voids),
        waived=_sum(one.asked for one in taken if one.method == pay.WAIVED),
        numbers=tuple(one.name for one in listed),
    )


@dataclass(frozen=True)
class Till:
    """A person's till at one laptop."""

    id: str
    name: str
    clerk: str  # user id
    device: str
    state: str
    opened_at: str
    float: Decimal
    count: Decimal | None  # cash as it was counted; None before that
    reference: str


def till_of(record: Record) -> Till:
    """The till that a record of the service "till" is."""
    done = record.state in {COUNTED, CLOSED, ACCEPTED}
    return Till(
        id=record.id,
        name=record.get("till/till_name"),
        clerk=record.get(AUTHOR),
        device=record.get("till/till_device"),
        state=record.state,
        opened_at=record.get("till/opened_at"),
        float=amount_of(record.get("float/float_total")),
        count=amount_of(record.get("count/count_total")) if done else None,
        reference=record.reference,
    )


def pieces(record: Record, group: str) -> dict[int, int]:
    """Notes and coins as they were counted in the group `float` or `count`."""
    found = {worth: record.get(f"{group}/{group[0]}_{worth}") for worth in DENOMINATIONS}
    return {worth: whole(number) for worth, number in found.items() if whole(number)}


def piece_answers(group: str, of: Mapping[int, int]) -> dict[str, str | None]:
    """The answers that keep notes and coins."""
    return {f"{group}/{group[0]}_{worth}": str(of[worth]) if of.get(worth) else None for worth in DENOMINATIONS}


def expected(till: Till, sums: Takings) -> Decimal:
    """The cash that should be in the till: its float and by how much it has grown."""
    return till.float + sums.cash


def over_short(till: Till, sums: Takings) -> Decimal:
    """How much more cash there is than there should be; less than zero where some is missing."""
    return (till.count or ZERO) - expected(till, sums)


def worth(of: Mapping[int, int]) -> Decimal:
    """What notes and coins come to."""
    return counted(of)


def _sum(amounts: Iterable[Decimal]) -> Decimal:
    return sum(amounts, ZERO)


def listed(numbers: Sequence[str]) -> str:
    """Receipt numbers as one text, runs of them as the first and the last."""
    return ", ".join(numbers)
