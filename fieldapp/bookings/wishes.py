"""Wishes: what a record asks of the City's calendar. They travel in the record's own Change.

A form asks for them in questions that `[[bookings]]` of service.toml names: a slot that was picked from a list, or a
day, perhaps with the part of the day and the place. What is done later (another slot, a cancellation, the waiting list)
is an Ask at the path `@wish/<id>`; the City answers it and takes it away again.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from fieldapp.records import Fields, canonical, plain
from fieldapp.services.booking import BookingRule

BOOK, WAIT, CANCEL, ABSENT, CAME = "book", "wait", "cancel", "no_show", "attended"
ACTS = frozenset({BOOK, WAIT, CANCEL, ABSENT, CAME})
RESIDENT, CITY = "resident", "city"  # who cancelled
MOST = 10  # wishes in one Ask


@dataclass(frozen=True)
class Wish:
    """One slot that would suit: this very one, or any on a day, at a part of it, at a place. What is "" does not
    matter."""

    slot: str = ""
    day: str = ""  # YYYY-MM-DD
    part: str = ""  # am, pm
    place: str = ""  # words of the slot's place, or the beginning of its id


@dataclass(frozen=True)
class Ask:
    """What a person wants of the City's calendar. `seen`: the standing's number that they saw; `by`: who cancels."""

    act: str
    wishes: tuple[Wish, ...] = ()
    seen: int = 0
    by: str = ""
    why: str = ""

    def text(self) -> str:
        """As a Change carries it."""
        said = {**asdict(self), "wishes": [{k: v for k, v in asdict(one).items() if v} for one in self.wishes]}
        return canonical({name: value for name, value in said.items() if value}).decode()


def ask_of(text: str) -> Ask | None:
    """The Ask that `text` holds; None when it holds none."""
    try:
        said: dict[str, Any] = plain(text)
        wishes = tuple(Wish(**{k: str(v) for k, v in one.items()}) for one in said.get("wishes", ()))
        ask = Ask(str(said["act"]), wishes, int(said.get("seen", 0)), str(said.get("by", "")), str(said.get("why", "")))
    except (ValueError, TypeError, KeyError, AttributeError):
        return None
    return ask if ask.act in ACTS and len(ask.wishes) <= MOST else None


def wishes_of(rule: BookingRule, fields: Fields) -> tuple[Wish, ...]:
    """What the form's questions say, in their order."""
    lines = _lines(rule, fields)
    found = [_wish(rule, fields, line) for line in lines]
    return tuple(one for one in found if one.slot or one.day)[:MOST]


def _lines(rule: BookingRule, fields: Fields) -> list[str]:
    """The instances of the repeat that holds the wishes, in their order; one empty name where there is none."""
    if not rule.repeat:
        return [""]
    held = f"{rule.repeat}["
    named = {path: float(value) for path, value in fields.items() if path.startswith(held) and path.endswith("]")}
    return sorted(named, key=lambda path: (named[path], path))


def _wish(rule: BookingRule, fields: Fields, line: str) -> Wish:
    def at(question: str) -> str:
        if not question:
            return ""
        path = f"{line}{question.removeprefix(rule.repeat)}" if line else question
        return fields.get(path, "")

    part = at(rule.part)
    return Wish(at(rule.slot), at(rule.day)[:10], part if part in {"am", "pm"} else "", at(rule.place))
