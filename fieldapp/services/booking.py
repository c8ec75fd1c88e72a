"""What a service books in the City's calendar: `[[bookings]]` of its service.toml."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from fieldapp.access import ROLES
from fieldapp.services.declared import State, Transition
from fieldapp.services.entries import Entries
from fieldapp.services.texts import Text
from fieldapp.texts import tr

STATUSES = ("confirmed", "offered", "waiting", "full", "cancelled", "no_show", "attended")


@dataclass(frozen=True)
class BookingRule:
    """One thing that a record may have booked. `slot`, `day`, `part`, `place` are questions (of the repeat `repeat`,
    where there are several wishes); `steps` ask for it, `frees` give it back; `states` are where the City's answer
    leads."""

    id: str
    title: Text
    roles: frozenset[str]  # who may book, cancel and say who came
    slot: str = ""
    day: str = ""
    part: str = ""
    place: str = ""
    repeat: str = ""
    answer: str = ""  # a question for the confirmed place, in words
    wait: str = ""  # a question: "yes" puts who gets no place on the waiting list
    steps: frozenset[str] = frozenset()
    frees: frozenset[str] = frozenset()
    came: frozenset[str] = frozenset()  # steps that say that the person came
    absent: frozenset[str] = frozenset()  # or did not
    notice: int = 0  # hours
    plans: bool = False  # whether the slot's person and time become the visit's
    states: Mapping[str, str] = field(default_factory=dict)

    @property
    def questions(self) -> dict[str, str]:
        """The questions that it names, by key."""
        named = {name: getattr(self, name) for name in ("slot", "day", "part", "place", "repeat", "answer", "wait")}
        return {name: path for name, path in named.items() if path}


def read_bookings(
    entries: Entries, states: Iterable[State], steps: Iterable[Transition], start_roles: frozenset[str]
) -> tuple[BookingRule, ...]:
    """The bookings of this service, if any."""
    known_steps, known_states = {step.id for step in steps}, {state.id for state in states}
    found: list[BookingRule] = []
    for item in entries.tables("bookings"):
        one = _rule(item, start_roles)
        if one.id in {other.id for other in found}:
            item.wrong("id", tr("“{name}” is there twice", name=one.id))
        _check(item, one, known_steps, known_states)
        found.append(one)
    return tuple(found)


def _rule(item: Entries, start_roles: frozenset[str]) -> BookingRule:
    one = BookingRule(
        id=item.text("id"),
        title=item.bilingual("title"),
        roles=frozenset(item.texts("roles", ())) or start_roles,
        slot=item.text("slot", ""),
        day=item.text("day", ""),
        part=item.text("part", ""),
        place=item.text("place", ""),
        repeat=item.text("repeat", ""),
        answer=item.text("answer", ""),
        wait=item.text("wait", ""),
        steps=frozenset(item.texts("steps", ())),
        frees=frozenset(item.texts("frees", ())),
        came=frozenset(item.texts("came", ())),
        absent=frozenset(item.texts("absent", ())),
        notice=item.number("notice_hours", 0),
        plans=item.flag("plans"),
        states=item.pairs("states"),
    )
    item.finish()
    return one


def _check(item: Entries, one: BookingRule, steps: set[str], states: set[str]) -> None:
    if not (one.id.isascii() and one.id.isidentifier()):
        item.wrong("id", tr("“{name}” must be letters, digits and low lines", name=one.id))
    for role in sorted(one.roles - ROLES):
        item.wrong("roles", tr("unknown role “{role}”; known are: {known}", role=role, known=", ".join(ROLES)))
    for key, named in (("steps", one.steps), ("frees", one.frees), ("came", one.came), ("absent", one.absent)):
        for step in sorted(named - steps):
            item.wrong(key, tr("the service has no step “{step}”", step=step))
    if one.steps and not (one.slot or one.day):
        item.wrong("steps", tr("a step can only ask for what a question says: name slot or day"))
    _check_states(item, one, states)
    for key in ("slot", "day", "part", "place") if one.repeat else ():
        path = getattr(one, key)
        if path and not path.startswith(f"{one.repeat}/"):
            item.wrong(key, tr("“{path}” is not in the repeat “{repeat}”", path=path, repeat=one.repeat))


def _check_states(item: Entries, one: BookingRule, states: set[str]) -> None:
    for status, state in one.states.items():
        if status not in STATUSES:
            known = ", ".join(STATUSES)
            item.wrong(f"states.{status}", tr("is no outcome of a booking; known are: {known}", known=known))
        if state not in states:
            item.wrong(f"states.{status}", tr("unknown state “{state}”", state=state))
