"""Whether a text holds a payment card's number. Such a number is never written down, wherever somebody types it.

A number counts when it has the beginning and the length of a card's brand and its check digit (Luhn) is right, also
with blanks, dashes, dots and the like between its digits. Roll numbers, phone numbers, ids and references
pass.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from unicodedata import digit

from fieldapp.errors import RefusedError
from fieldapp.texts import tr

_APART = r"[\s\-‐‑‒–—−./\\_·,*]{0,3}"
_RUN = re.compile(rf"\d(?:{_APART}\d){{13,}}")
_GROUP = re.compile(r"\d+")
# An id (RFC 9562) with a letter in it: one in ten thousand has digits side by side that would be a card's.
_ID = re.compile(r"(?=[0-9-]{0,35}[a-f])\b[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}\b", re.IGNORECASE)
_LONGEST = 19
_ROLL = re.compile(r"2518\d{15}")  # a whole roll number of Hamilton, with county and municipality in front
# The beginning of each brand's numbers, and how many digits they have.
_BRANDS = (
    (re.compile(r"4"), frozenset({16, 19})),  # Visa, and Canadian debit cards of that network
    (re.compile(r"5[1-5]|222[1-9]|22[3-9]|2[3-6]|27[01]|2720"), frozenset({16})),  # Mastercard
    (re.compile(r"3[47]"), frozenset({15})),  # American Express
    (re.compile(r"6011|64[4-9]|65"), frozenset(range(16, 20))),  # Discover
    (re.compile(r"30[0-5]|36|3[89]"), frozenset({14, 16, 19})),  # Diners Club
    (re.compile(r"35(2[89]|[3-8])"), frozenset(range(16, 20))),  # JCB
    (re.compile(r"62"), frozenset(range(16, 20))),  # UnionPay
    (re.compile(r"50|5[6-8]|6304|6759|676[1-3]"), frozenset(range(16, 20))),  # Maestro, Interac
)


def refuse_card(*texts: str) -> None:
    """RefusedError where a card's number stands in any of `texts`; the error does not repeat it."""
    if any(map(holds_card, texts)):
        raise RefusedError(card_said())


def card_said() -> str:
    """What somebody is told who typed a card's number."""
    return tr("This looks like a card number. It is not kept. Never write one down: use the terminal.")


def holds_card(text: str) -> bool:
    """Whether a card's number stands anywhere in `text`."""
    if len(text) < 14:
        return False
    told = _ID.sub("id", text)
    return any(_is_card(number) for run in _RUN.findall(told) for number in _numbers(run))


def _numbers(run: str) -> Iterator[str]:
    """What a run of digits may be meant as: groups that stand side by side, together; of a very long one its ends."""
    groups = ["".join(str(digit(sign)) for sign in group) for group in _GROUP.findall(run)]
    if _ROLL.fullmatch("".join(groups)):
        return
    for first in range(len(groups)):
        joined = ""
        for group in groups[first:]:
            joined += group
            if len(joined) > _LONGEST:
                break
            yield joined
    for group in groups:
        if len(group) > _LONGEST:
            yield from (part for n in range(14, _LONGEST + 1) for part in (group[:n], group[-n:]))


def _is_card(number: str) -> bool:
    branded = any(begins.match(number) and len(number) in lengths for begins, lengths in _BRANDS)
    return branded and luhn(number)


def luhn(number: str) -> bool:
    """Whether the last of these ASCII digits is the check digit of those before it."""
    doubled = (sum(divmod(2 * int(sign), 10)) for sign in number[-2::-2])
    return (sum(map(int, number[::-2])) + sum(doubled)) % 10 == 0
