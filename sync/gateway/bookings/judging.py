"""Bookings in a push: a record's wish is answered in the transaction that judges its op, and only if it is taken."""

from __future__ import annotations

from collections.abc import Iterator

from fieldapp.access import has_role
from fieldapp.bookings import Ask, Standing, ask_of, standing_of, suits, wishes_of
from fieldapp.bookings.standing import WAITING
from fieldapp.bookings.wishes import ABSENT, BOOK, CAME, CANCEL
from fieldapp.records import REASON, WARD, WISH, Change, Edits, Fields, Person
from fieldapp.services import Catalogue, Service, Transition
from fieldapp.services.booking import BookingRule
from fieldapp.texts import tr
from sync.gateway.bookings.allocating import Case, answered
from sync.gateway.bookings.calendar import Calendar, Held
from sync.gateway.bookings.writing import edits_of
from sync.gateway.moves import Moves
from sync.gateway.rules import Refusal
from sync.gateway.transactions import Transaction


class Bookings:
    """The bookings of one push, in its transaction."""

    def __init__(self, tx: Transaction, catalogue: Catalogue, person: Person, now: str) -> None:
        self._calendar = Calendar(tx, catalogue, now)
        self._person = person
        self._staged: list[Held] = []

    @property
    def untold(self) -> bool:
        """Whether other records must be told of a place that is theirs now."""
        return self._calendar.untold

    def judge(
        self, change: Change, service: Service, before: Fields, after: Fields, step: Transition | None
    ) -> Edits | Refusal:
        """What the City writes into the record beside the op's own edits, or why that one is not taken."""
        self._clear()
        edits: dict[str, str | None] = {}
        for name in _named(change):
            if service.booking(name) is None:
                return Refusal("booking", tr("The City does not book such a thing for this service."))
        for rule in service.bookings:
            given = self._one(rule, change, service, before, {**after, **_texts(edits)}, step)
            if isinstance(given, Refusal):
                return given
            edits |= given
        return edits

    def note(self) -> None:
        """The op was taken: so is what it booked."""
        for one in self._staged:
            self._calendar.put(one)
        self._clear()

    def _clear(self) -> None:
        self._staged = []
        self._calendar.promised.clear()

    def write(self, moves: Moves) -> None:
        """Let laptops know what is free now."""
        self._calendar.hand_out(moves)

    def _one(
        self,
        rule: BookingRule,
        change: Change,
        service: Service,
        before: Fields,
        after: Fields,
        step: Transition | None,
    ) -> dict[str, str | None] | Refusal:
        ask = self._asked(rule, change, before, after, step)
        if isinstance(ask, Refusal):
            return ask
        known = standing_of(before, rule.id)
        if ask is None:
            return edits_of(service, rule, known, after, anew=False)
        held = self._calendar.held(change.record, rule.id)
        known = held.read() if held else known
        wait = bool(rule.wait) and after.get(rule.wait) == "yes"
        standing = answered(self._calendar, Case(ask, f"{service.id}/{rule.id}", rule, after, known, wait))
        if isinstance(standing, Refusal):
            return standing
        if standing is not None:
            row = self._row(rule, change, service, after, ask, standing, held)
            self._staged.append(row)
            if row.slot and row.slot != (held.slot if held else ""):
                self._calendar.promised[row.slot] += 1
        return {**edits_of(service, rule, standing or known, after, anew=standing is not None), WISH + rule.id: None}

    def _asked(
        self, rule: BookingRule, change: Change, before: Fields, after: Fields, step: Transition | None
    ) -> Ask | Refusal | None:
        """What this op asks of the calendar, by word or by its step."""
        text, by_step = change.edits.get(WISH + rule.id), step is not None and step.id in rule.steps
        if text:
            ask = ask_of(text)
            if ask is None:
                return Refusal("malformed", tr("This wish for an appointment cannot be read."))
            if not has_role(self._person, rule.roles) and not (by_step and ask.act == BOOK):
                return Refusal("role", tr("Your role may not book this."))
            return ask
        if step is not None and (ask := _of_step(rule, step, before, after)):
            return ask
        return _of_form(rule, before, after) if by_step else None

    def _row(
        self,
        rule: BookingRule,
        change: Change,
        service: Service,
        after: Fields,
        ask: Ask,
        standing: Standing,
        held: Held | None,
    ) -> Held:
        slot = standing.slot.id if standing.slot and standing.holds else ""
        waits = standing.status == WAITING
        turn = (held.turn if held and held.status == WAITING else self._calendar.lock()) if waits else 0
        place = change.record, rule.id, service.id, after.get(WARD, ""), slot
        return Held(*place, standing.status, turn, ask.text() if waits else "", standing.text(), 1)


def _of_step(rule: BookingRule, step: Transition, before: Fields, after: Fields) -> Ask | None:
    """What a step says of a place: given back, or whether the person came. Of no place it says nothing."""
    known = standing_of(before, rule.id)
    if known is None:
        return None
    if step.id in rule.frees:
        return Ask(CANCEL, why=after.get(REASON, ""))
    if known.holds and step.id in rule.came | rule.absent:
        return Ask(CAME if step.id in rule.came else ABSENT)
    return None


def _of_form(rule: BookingRule, before: Fields, after: Fields) -> Ask | None:
    """What the form wishes, where the place that is booked already is not among it."""
    wishes, known = wishes_of(rule, after), standing_of(before, rule.id)
    if not wishes or (known and known.holds and known.slot and any(suits(known.slot, one) for one in wishes)):
        return None
    return Ask(BOOK, wishes, known.number if known else 0)


def _named(change: Change) -> Iterator[str]:
    """The bookings of which an op asks something."""
    return (path.removeprefix(WISH) for path, value in change.edits.items() if path.startswith(WISH) and value)


def _texts(edits: Edits) -> dict[str, str]:
    return {path: value or "" for path, value in edits.items()}
