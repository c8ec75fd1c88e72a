"""Lanes: several people on one machine each count their own offline references, so each needs a letter of their own.

The first person of a machine has none (HAM-TOUGH-07-261123-001), the next ones B, C, ... (HAM-TOUGH-07B-261123-001).
A lane is given once and never again, also when that person's store is gone.
"""

from __future__ import annotations

import json

from fieldapp.paths import Home
from fieldapp.store.durable import make_folder, write_durably

FILE = "lanes.json"


def lane(home: Home, person: str) -> str:
    """The letters that this person's references carry behind the machine's name; "" for the machine's first person."""
    path = home.root / FILE
    given: list[str] = json.loads(path.read_text("utf-8")) if path.exists() else []
    if person not in given:
        given.append(person)
        make_folder(home.root)
        write_durably(path, json.dumps(given).encode())
    return letters(given.index(person))


def letters(number: int) -> str:
    """0 is "", then B, C ... Z, BB ...: like the columns of a spreadsheet, without A."""
    text = ""
    while number > 0:
        number, place = divmod(number - 1, 25)
        text = chr(ord("B") + place) + text
    return text
