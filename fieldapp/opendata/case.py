"""Case: a record together with the steps that led to it, as far as publications and reports need them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from fieldapp.clock import moment_of
from fieldapp.records import RECEIVED, WARD, Record


@dataclass(frozen=True)
class Step:
    """One Change that the City took. `at` is the City's time, `made` the device's (stamps)."""

    at: str
    made: str
    actor: str
    state: str = ""  # the state it led to, "" where it led to none
    transition: str = ""


@dataclass(frozen=True)
class Case:
    """A record as it stands, and its steps, oldest first. It may stand for several that are alike."""

    record: Record
    steps: tuple[Step, ...] = ()
    times: int = 1

    @property
    def service(self) -> str:
        """The service's id."""
        return self.record.service

    @property
    def state(self) -> str:
        """The state it is in."""
        return self.record.state

    def get(self, path: str) -> str:
        """An answer, "" for none."""
        return self.record.get(path)

    @property
    def ward(self) -> str:
        """Two digits, "" outside every ward."""
        return self.record.get(WARD)

    @cached_property
    def received(self) -> date | None:
        """The City's day on which the record first came; None while that is not known."""
        first = self.record.get(RECEIVED) or (self.steps[0].at if self.steps else "")
        return day_of(first)

    def reached(self, *states: str) -> date | None:
        """The day on which it first came into one of these states."""
        return next((day_of(step.at) for step in self.steps if step.state in states), None)

    def ended(self, done: frozenset[str]) -> date | None:
        """The day on which it came into the state it rests in, where that is one of `done`."""
        if self.record.state not in done:
            return None
        return next((day_of(step.at) for step in reversed(self.steps) if step.state), None)


def day_of(stamp: str) -> date | None:
    """The City's calendar day of a stamp; None for what is none."""
    try:
        return moment_of(stamp).date()
    except ValueError:
        return None
