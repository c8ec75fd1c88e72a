"""Amounts: read, written, rounded. The rules of rounding stand here and nowhere else.

* What is worked out is rounded to the whole cent, a half cent upwards (`services.fees.cents`).
* What is paid in cash is rounded to 5 cents, since there is no smaller coin: 1 and 2 go down, 3 and 4 up. Any other way
  of paying is exact. Nobody can hand over, or be given, an amount that ends in anything else.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal

from fieldapp.errors import RefusedError
from fieldapp.services.fees import cents
from fieldapp.texts import language, tr

ZERO = Decimal("0.00")
NICKEL = Decimal("0.05")
MOST = Decimal(1_000_000_000)
DENOMINATIONS = (10000, 5000, 2000, 1000, 500, 200, 100, 25, 10, 5)  # cents: notes, then coins
_AMOUNT = re.compile(r"[0-9]{1,9}(?:[.,][0-9]{1,2})?")


def to_nickel(amount: Decimal) -> Decimal:
    """What is paid in cash for `amount`: the nearest 5 cents."""
    return cents((amount / NICKEL).quantize(Decimal(1), ROUND_HALF_UP) * NICKEL)


def amount_in(text: str) -> Decimal:
    """The amount that a person typed: 12, 12.5, 12,50, $1 234.50. RefusedError for anything else, which it does not
    repeat: it may be a card's number."""
    plain = re.sub(r"[\s$]", "", text)
    if "." in plain:
        plain = plain.replace(",", "")
    if not _AMOUNT.fullmatch(plain):
        raise RefusedError(tr("This is no amount; write it as {example}.", example=written(Decimal("1234.50"))))
    return cents(Decimal(plain.replace(",", ".")))


def kept(amount: Decimal) -> str:
    """As an amount stands in a record: 1234.50."""
    return f"{cents(amount):.2f}"


def written(amount: Decimal) -> str:
    """As a person here types an amount: 1234.50, or 1234,50."""
    return kept(amount).replace(".", ",") if language() == "fr" else kept(amount)


def payable(amount: Decimal) -> bool:
    """Whether there are notes and coins for this amount."""
    return to_nickel(amount) == amount


def amount_of(text: str) -> Decimal:
    """The amount that stands in a record, zero where none does: another program may have written what is none."""
    return stated(text) or ZERO


def stated(text: str) -> Decimal | None:
    """A number that stands in a record, in whole cents; None where none does that could be reckoned with."""
    try:
        amount = cents(Decimal(text))
    except ArithmeticError:
        return None
    return amount if amount.is_finite() else None


def dollars(amount: Decimal) -> str:
    """As people read an amount: $1,234.50, or 1 234,50 $."""
    sign, plain = "-" if amount < 0 else "", f"{abs(cents(amount)):,.2f}"
    if language() != "fr":
        return f"{sign}${plain}"
    return sign + plain.replace(",", "\N{NARROW NO-BREAK SPACE}").replace(".", ",") + "\N{NO-BREAK SPACE}$"


def counted(pieces: Mapping[int, int]) -> Decimal:
    """What notes and coins are worth: {cents of one: how many}."""
    return cents(Decimal(sum(worth * number for worth, number in pieces.items())) / 100)


def difference_said(amount: Decimal) -> str:
    """By how much cash is over or short, in words."""
    if not amount:
        return tr("The count agrees.")
    words = tr("Over by {amount}") if amount > 0 else tr("Short by {amount}")
    return words.format(amount=dollars(abs(amount)))


def rounding_said() -> str:
    """The rule of rounding in words."""
    return tr("Cash is rounded to 5 cents (1 and 2 down, 3 and 4 up); any other way of paying is exact.")
