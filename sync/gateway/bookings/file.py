"""The calendar as a CSV file: read strictly, each mistake with its row and column, and written the same way."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterable, Mapping
from datetime import timedelta
from pathlib import Path

from fieldapp.bookings import Slot, local_moment
from fieldapp.errors import InputError, Place
from fieldapp.services import Catalogue
from fieldapp.texts import tr

COLUMNS = ("id", "serves", "place", "place_fr", "starts", "minutes", "capacity", "person", "wards")
OPTIONAL = frozenset({"place_fr", "person", "wards", "free", "cancelled"})
WRITTEN = (*COLUMNS, "free", "cancelled")
ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,59}")
STARTS = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}")  # sorted and cut as text, so of one length
MOST_MINUTES, MOST_PLACES, MOST_LINES = 24 * 60, 10_000, 50_000


def read_slots(path: Path, catalogue: Catalogue) -> list[Slot]:
    """The slots in a file. InputError with row and column for anything that cannot be: then none is taken."""
    rows = _rows(path)
    slots: dict[str, Slot] = {}
    for number, row in enumerate(rows, start=2):
        slot = _slot(row, Place(str(path), row=number), catalogue)
        if slot.id in slots:
            raise InputError(tr("“{name}” is there twice", name=slot.id), Place(str(path), row=number, column="id"))
        slots[slot.id] = slot
    return list(slots.values())


def written(slots: Iterable[Slot]) -> str:
    """Slots as a file that can be read again; `free` and `cancelled` beside them are for people."""
    out = io.StringIO()
    lines = csv.writer(out, lineterminator="\n")
    lines.writerow(WRITTEN)
    for slot in slots:
        told = {"id": slot.id, **slot.told()}
        lines.writerow([told[name] for name in WRITTEN])
    return out.getvalue()


def _rows(path: Path) -> list[dict[str, str]]:
    try:
        lines = list(csv.reader(path.read_text("utf-8-sig").splitlines(), strict=True))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise InputError(tr("cannot be read: {error}", error=error), Place(str(path))) from error
    head = lines[0] if lines else []
    for name in COLUMNS:
        if name not in head and name not in OPTIONAL:
            raise InputError(tr("the column “{name}” is missing", name=name), Place(str(path), row=1))
    if unknown := [name for name in head if name not in WRITTEN]:
        raise InputError(tr("unknown column “{name}”", name=unknown[0]), Place(str(path), row=1))
    if twice := [name for name in head if head.count(name) > 1]:
        raise InputError(tr("“{name}” is there twice", name=twice[0]), Place(str(path), row=1))
    if len(lines) > MOST_LINES:
        raise InputError(tr("a calendar has at most {n} lines", n=MOST_LINES), Place(str(path)))
    for number, line in enumerate(lines[1:], start=2):
        if len(line) != len(head):
            wrong = tr("{n} values, but {m} columns", n=len(line), m=len(head))
            raise InputError(wrong, Place(str(path), row=number))
    return [dict(zip(head, (value.strip() for value in line), strict=True)) for line in lines[1:]]


def _slot(row: Mapping[str, str], place: Place, catalogue: Catalogue) -> Slot:
    def fail(column: str, message: str) -> InputError:
        return InputError(message, Place(place.file, row=place.row, column=column))

    if not ID.fullmatch(row["id"]):
        raise fail("id", tr("“{name}” must be letters, digits, dots and hyphens", name=row["id"]))
    serves = tuple(row["serves"].split())
    for key in serves or ("",):
        if not _known(key, catalogue):
            raise fail("serves", tr("“{key}” is no booking of a service", key=key))
    if not row["place"]:
        raise fail("place", tr("must not be empty"))
    if not _is_time(row["starts"]):
        words = {"text": row["starts"]}
        raise fail("starts", tr("“{text}” is no time by the City's clock, as in 2026-12-03T09:00", **words))
    numbers = {
        name: _number(row[name], most, fail, name)
        for name, most in (("minutes", MOST_MINUTES), ("capacity", MOST_PLACES))
    }
    wards = tuple(row.get("wards", "").split())
    if bad := [ward for ward in wards if not re.fullmatch(r"[0-9]{2}", ward)]:
        raise fail("wards", tr("“{ward}” is no ward: two digits each", ward=bad[0]))
    beside = row["place"], row.get("place_fr", ""), row["starts"], numbers["minutes"], numbers["capacity"]
    return Slot(row["id"], serves, *beside, row.get("person", ""), wards)


def _number(text: str, most: int, fail: Callable[[str, str], InputError], name: str) -> int:
    if text.isdecimal() and len(text) <= len(str(most)) and 0 < int(text) <= most:
        return int(text)
    raise fail(name, tr("“{text}” must be a whole number from 1 to {most}", text=text, most=most))


def _is_time(text: str) -> bool:
    """Whether it is a minute by the City's clock, with a day after it: what begins then also ends."""
    if not STARTS.fullmatch(text):
        return False
    try:
        local_moment(text) + timedelta(days=2)
    except (ValueError, OverflowError):
        return False
    return True


def _known(key: str, catalogue: Catalogue) -> bool:
    service, stroke, name = key.partition("/")
    if service not in catalogue:
        return False
    rules = catalogue.get(service).bookings
    return any(rule.id == name for rule in rules) if stroke else bool(rules)
