"""How a case stands with its payments: what is still to be paid, or what was paid too much.

Two clerks without a network may each take money for one case. Both receipts count, so once both have come the case has
too much: that is reported, and a second person pays it back.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from fieldapp.money import payment as pay
from fieldapp.money.cash import ZERO, dollars
from fieldapp.money.payment import Payment
from fieldapp.texts import plural


@dataclass(frozen=True)
class Overpaid:
    """A case that has more money than it owes. `receipts` are those that can be paid back, the oldest first."""

    case: str  # record id
    reference: str
    amount: Decimal
    receipts: tuple[Payment, ...]

    @property
    def said(self) -> str:
        """In words, with the receipts."""
        return plural(
            len(self.receipts),
            "Paid {amount} too much, by {n} receipt: {numbers}",
            "Paid {amount} too much: {n} receipts {numbers}",
            amount=dollars(self.amount),
            numbers=", ".join(one.name for one in self.receipts),
        )

    def back(self, person: str = "") -> tuple[Payment, Decimal] | None:
        """What to pay back first, and how much of it: the newest receipt that has enough, else the largest; of those
        that `person` did not take, where there are such, since nobody pays back what they took."""
        if not self.receipts:
            return None
        free = [one for one in self.receipts if one.clerk != person] or list(self.receipts)
        enough = [one for one in free if one.asked >= self.amount]
        first = enough[-1] if enough else max(free, key=lambda one: one.asked)
        return first, min(first.asked, self.amount)


def still_due(due: Decimal, payments: Iterable[Payment]) -> Decimal:
    """What is left of `due`; below zero for what was paid too much. A fee that is waived takes away what is due, and is
    no money that could be paid back."""
    listed = list(payments)
    waived = sum((one.owed_back for one in listed if one.method == pay.WAIVED), ZERO)
    money = sum((one.owed_back for one in listed if one.method != pay.WAIVED), ZERO)
    return max(due - waived, ZERO) - money


def overpaid(due: Decimal, payments: Sequence[Payment]) -> Overpaid | None:
    """What was paid too much of a case that owes `due`, None where nothing was. `payments` are all of that one case."""
    left = still_due(due, payments)
    if left >= 0:
        return None
    whole = [one for one in payments if one.state == pay.RECEIVED and one.kind != "refund" and one.method != pay.WAIVED]
    of = payments[0]
    return Overpaid(of.case, of.reference, -left, tuple(sorted(whole, key=lambda one: one.id)))
