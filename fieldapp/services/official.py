"""Official numbers that a step of a service issues: of orders, receipts, certificates. Pure.

Each bears its final number when it is printed, also where there is no network: a laptop holds a block of them that the
City has reserved for it (store/numbers.py). Where the block has run out the number is marked provisional, and the City
gives the final one when the step arrives.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from fieldapp.records import ISSUED, PROVISIONAL, Fields
from fieldapp.services.declared import OfficialNumber, Transition
from fieldapp.services.entries import Entries
from fieldapp.services.steps import read_when
from fieldapp.texts import tr

LARGEST_BLOCK = 200


def read_numbers(entries: Entries, steps: Iterable[Transition]) -> tuple[OfficialNumber, ...]:
    """The official numbers that steps of this service issue, if any."""
    roles = {step.id: step.roles for step in steps}
    found: list[OfficialNumber] = []
    for item in entries.tables("numbers"):
        one = _number(item, roles)
        if one.id in {other.id for other in found}:
            item.wrong("id", tr("“{name}” is there twice", name=one.id))
        found.append(one)
    return tuple(found)


def _number(item: Entries, roles: Mapping[str, frozenset[str]]) -> OfficialNumber:
    question, values, negated = read_when(item)
    steps = item.texts("steps")
    for step in steps:
        if step not in roles:
            item.wrong("steps", tr("the service has no step “{step}”", step=step))
    one = OfficialNumber(
        id=item.text("id"),
        title=item.bilingual("title"),
        prefix=item.text("prefix"),
        digits=item.number("digits"),
        start=item.number("start", 1),
        block=item.number("block"),
        low=item.number("low"),
        steps=frozenset(steps),
        roles=frozenset().union(*(roles.get(step, ()) for step in steps)),
        question=question,
        values=values,
        negated=negated,
    )
    item.finish()
    _check(item, one)
    return one


def _check(item: Entries, one: OfficialNumber) -> None:
    if not (one.id.isascii() and one.id.isidentifier()):
        item.wrong("id", tr("“{name}” must be letters, digits and low lines", name=one.id))
    try:
        ends_in_digit = prefix(one, date(2026, 1, 1))[-1].isdecimal()
    except (KeyError, ValueError, IndexError):
        item.wrong("prefix", tr("“{prefix}” cannot be used; its places are yy and yyyy", prefix=one.prefix))
        ends_in_digit = False
    if ends_in_digit:
        item.wrong("prefix", tr("“{prefix}” must not end in a digit: the number follows it", prefix=one.prefix))
    if not 3 <= one.digits <= 10:
        item.wrong("digits", tr("must be from 3 to 10"))
    if not 0 < one.low < one.block <= LARGEST_BLOCK:
        item.wrong("block", tr("must be more than low, and at most {n}", n=LARGEST_BLOCK))


def due(numbers: Iterable[OfficialNumber], step: str, fields: Fields) -> list[OfficialNumber]:
    """The numbers that `step` issues for a record that then has `fields`, and that it does not have yet."""
    return [
        one
        for one in numbers
        if step in one.steps and fields.get(ISSUED + one.id, "") in {"", PROVISIONAL} and _applies(one, fields)
    ]


def _applies(one: OfficialNumber, fields: Fields) -> bool:
    if not one.question:
        return True
    answer = fields.get(one.question, "")
    return bool(answer) and (answer in one.values) is not one.negated


def prefix(one: OfficialNumber, day: date) -> str:
    """What stands before the digits in the year of `day`."""
    return one.prefix.format(yy=f"{day:%y}", yyyy=f"{day:%Y}")


def series(one: OfficialNumber, day: date) -> str:
    """The series that `day`'s numbers are of: one whose prefix names the year begins anew with each."""
    return f"{one.id}/{day.year}" if "{yy" in one.prefix else one.id
