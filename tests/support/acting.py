"""What people do at their laptops, one thing after the other, by chance."""

from __future__ import annotations

import random

from fieldapp.errors import RefusedError
from fieldapp.records import STATE, WARD
from tests.support.gateway import APPROVED, DRAFT, SUBMITTED, Laptop

PATHS = ("items/a", "items/b", "items/c")
STEPS = {DRAFT: ("submit", SUBMITTED), SUBMITTED: ("approve", APPROVED)}


def act(laptop: Laptop, made: list[str], chance: random.Random) -> str:
    """Somebody does one thing at `laptop`, to a new record or to one of those `made` so far; what it was."""
    here = [record for record in made if laptop.store.record(record)]
    does = chance.choice((record, answer, answer, answer, step, photo, move, repair))
    if does is record:
        made.append(laptop.new({PATHS[0]: "0"}, ward=chance.choice(("08", "09", ""))))
        return f"record {made[-1]}"
    if not here:
        return ""
    chosen = chance.choice(here)
    does(laptop, chosen, chance)
    return f"{does.__name__} {chosen}"


def record(_laptop: Laptop, _record: str, _chance: random.Random) -> None:
    """Something new."""


def answer(laptop: Laptop, chosen: str, chance: random.Random) -> None:
    """An answer, or none any more."""
    laptop.edit(chosen, {chance.choice(PATHS): chance.choice(("1", "2", "3", None))})


def move(laptop: Laptop, chosen: str, chance: random.Random) -> None:
    """The address turns out to be in another ward."""
    laptop.edit(chosen, {WARD: chance.choice(("08", "09"))})


def photo(laptop: Laptop, chosen: str, chance: random.Random) -> None:
    """A photo."""
    taken = laptop.photo(chance.randbytes(500))
    laptop.edit(chosen, {"photos/one": f"{taken.sha256}.jpg"}, attachments=(taken,))


def step(laptop: Laptop, chosen: str, _chance: random.Random) -> None:
    """Hand it in, or approve it, whoever it is: the City judges."""
    if way := STEPS.get(laptop.answer(chosen, STATE)):
        laptop.step(chosen, *way)


def repair(laptop: Laptop, chosen: str, chance: random.Random) -> None:
    """Decide what to do about a conflict or a refusal, where there is one."""
    try:
        laptop.store.resolve(chosen, mine=chance.random() < 0.5)
    except RefusedError:
        return  # there was nothing to repair, or the City never had the record
