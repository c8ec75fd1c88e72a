"""The practice city's staff and residents. All of them are made up."""

from __future__ import annotations

import random
from dataclasses import dataclass

from fieldapp.access import BACK_OFFICE, COUNTER, INSPECTOR, SUPERVISOR
from fieldapp.records import Person

TREMBLAY = Person("m.tremblay", "M. Tremblay", frozenset({INSPECTOR}), title="Building inspector")
OSEI = Person("j.osei", "J. Osei", frozenset({COUNTER}), title="Counter, City Hall")
KAUR = Person("r.kaur", "R. Kaur", frozenset({SUPERVISOR, BACK_OFFICE}), title="Supervisor, Building")
NGUYEN = Person("l.nguyen", "L. Nguyen", frozenset({INSPECTOR}), title="Building inspector")
STAFF = (TREMBLAY, OSEI, KAUR, NGUYEN)  # the laptops are numbered in this order

GIVEN = ("Amara", "Bo", "Camille", "Dario", "Elif", "Farah", "Goran", "Hana", "Ivo", "Jing", "Kofi", "Lucie", "Mateo")
FAMILY = (
    "Beausoleil",
    "Cormorant",
    "Dunmore",
    "Fontenelle",
    "Greywater",
    "Kestrelle",
    "Marchbanks",
    "Norwell",
    "Pellerand",
    "Quillfeather",
    "Ravensby",
    "Silvermont",
    "Tarnowe",
    "Vasterby",
    "Winterhale",
    "Yarrowin",
)
BUILDERS = ("Lakeview Homes Ltd.", "Escarpment Builders Inc.", "Red Hill Carpentry", "Chedoke Renovations Ltd.")


@dataclass(frozen=True)
class Resident:
    """A made-up resident. Phone numbers lie in 905-555-01xx, which no one is given (NANP fiction range)."""

    first_name: str
    last_name: str
    phone: str
    email: str
    company: str = ""


def residents(seed: int, count: int) -> list[Resident]:
    """`count` residents, the same for the same seed; every third one is a builder."""
    chance = random.Random(seed)  # noqa: S311 - made-up people, not secrets
    return [_resident(chance, n) for n in range(count)]


def _resident(chance: random.Random, n: int) -> Resident:
    first, last = chance.choice(GIVEN), chance.choice(FAMILY)
    email = f"{first}.{last}@example.org".lower()
    company = chance.choice(BUILDERS) if n % 3 == 0 else ""
    return Resident(first, last, f"90555501{n % 100:02d}", email, company)
