"""Why a record waits where it does in the queue of whoever decides: by its clock, and by what is risky about it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from fieldapp.actions.decide import last_look, was_sent_back
from fieldapp.actions.desk import Desk
from fieldapp.actions.owing import owed
from fieldapp.clock import today
from fieldapp.errors import FieldAppError
from fieldapp.records import AUTHOR, DUE, SUBMITTED_BY, Record
from fieldapp.services.clocks import city_calendar
from fieldapp.services.risks import Risk, city_risks
from fieldapp.store import Query

PRIVATE = frozenset({"P3", "P4"})
ONE = Decimal(1)


@dataclass(frozen=True)
class Reason:
    """One reason: its rule, and how much of it there is: business days late or left, dollars, or 1. `who` is the user
    id that it is about."""

    rule: Risk
    amount: Decimal = ONE
    who: str = ""

    @property
    def code(self) -> str:
        """The rule's code."""
        return self.rule.code

    @property
    def points(self) -> int:
        """How much it counts."""
        return self.rule.weighs(self.amount if self.code != "due_soon" else ONE)


@dataclass
class Pressing:
    """Looks at one record after the other. What it finds out of whole people it keeps: it is asked often."""

    desk: Desk
    failing: Collection[str]  # the values of answers that say that something failed
    alarmed: Collection[str] = ()  # user ids whose laptops' journals have an open alarm
    _experienced: dict[tuple[str, str], bool] = field(default_factory=dict)

    def reasons(self, record: Record) -> tuple[Reason, ...]:
        """All reasons that count on this day, the weightiest first."""
        day = today(self.desk.clock)
        rules = city_risks(day)
        found = [
            Reason(rules[code], amount, who) for code, amount, who in self._facts(record, day, rules) if code in rules
        ]
        return tuple(sorted((one for one in found if one.points), key=lambda one: -one.points))

    def knew(self, service: str, person: str) -> None:
        """Something of this person's was closed: look again."""
        self._experienced.pop((service, person), None)

    def _facts(self, record: Record, day: date, rules: Mapping[str, Risk]) -> Iterator[tuple[str, Decimal, str]]:
        yield from _clock(record, day, rules)
        by = record.get(SUBMITTED_BY) or record.get(AUTHOR)
        if any(value in self.failing for value in record.answers.values()):
            yield "failed", ONE, ""
        if by in self.alarmed:
            yield "alarm", ONE, by
        for dispute in self.desk.store.exchange.disputes().items:
            if dispute.record == record.id and dispute.settled_by:
                yield "merged", ONE, dispute.settled_by
                break
        if by and not self._is_experienced(record.service, by):
            yield "first_by", ONE, by
        if self.desk.service_of(record).privacy.class_ in PRIVATE:
            yield "sensitive", ONE, ""
        yield "money", self._fee(record), ""
        if last_look(self.desk, record.id) is not None and was_sent_back(self.desk, record):
            yield "returned", ONE, ""

    def _fee(self, record: Record) -> Decimal:
        try:
            return owed(self.desk, record).full
        except FieldAppError:  # a fee of a year that the table does not know: the form says so
            return Decimal(0)

    def _is_experienced(self, service: str, person: str) -> bool:
        key = service, person
        if key not in self._experienced:
            store = self.desk.store
            held = Query(service=service, state_kinds=("done",), assignee=person)
            begun = Query(service=service, state_kinds=("done",), author=person)
            self._experienced[key] = any(len(store.ids(query)) for query in (held, begun))
        return self._experienced[key]


def weight(reasons: Collection[Reason]) -> int:
    """What the reasons come to together: the larger, the sooner."""
    return sum(one.points for one in reasons)


def _clock(record: Record, day: date, rules: Mapping[str, Risk]) -> Iterator[tuple[str, Decimal, str]]:
    try:
        due = date.fromisoformat(record.get(DUE)[:10])
    except ValueError:
        return
    calendar = city_calendar()
    left = calendar.between(day, due)
    if due < day:
        yield "overdue", Decimal(max(1, -left)), ""
    elif "due_soon" in rules and left <= rules["due_soon"].limit:
        yield "due_soon", Decimal(left), ""
