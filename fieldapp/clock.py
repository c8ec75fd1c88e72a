"""Clocks and identifiers, passed in wherever time or chance matters, so that tests own both."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Protocol
from zoneinfo import ZoneInfo

import uuid_utils

CITY_ZONE = ZoneInfo("America/Toronto")


class Clock(Protocol):
    """The device's wall clock. It is data, never order: see sync/PROTOCOL.md."""

    def now(self) -> datetime:
        """The present moment, with its time zone."""
        ...


class SystemClock:
    """The machine's own clock, in the City's time zone."""

    def now(self) -> datetime:
        """The present moment in the City's time zone."""
        return datetime.now(CITY_ZONE)


@dataclass
class FixedClock:
    """A clock that stands still until it is moved: for tests and the practice city."""

    moment: datetime = field(default_factory=lambda: datetime(2026, 11, 23, 9, 0, tzinfo=CITY_ZONE))

    def now(self) -> datetime:
        """The moment it was set to."""
        return self.moment

    def forward(self, **delta: float) -> None:
        """Move on by a timedelta given in its own words: `clock.forward(minutes=5)`."""
        self.moment += timedelta(**delta)


@dataclass(frozen=True)
class ShiftedClock:
    """The machine's clock, moved by `shift`: a practice day begins in the morning, whenever it is played."""

    shift: timedelta

    def now(self) -> datetime:
        """The moved present moment."""
        return datetime.now(CITY_ZONE) + self.shift


def stamp(moment: datetime) -> str:
    """A moment as records keep it: ISO 8601 in UTC with milliseconds, sortable as text."""
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def moment_of(text: str) -> datetime:
    """The moment that `stamp` wrote, in the City's time zone. ValueError for what is none, the calendar's ends too."""
    try:
        return datetime.fromisoformat(text).astimezone(CITY_ZONE)
    except OverflowError as fault:  # as 0001-01-01T00:00:00Z, which some servers say where they know no time
        raise ValueError(f"{text}: {fault}") from fault


def today(clock: Clock) -> date:
    """The City's calendar day."""
    return clock.now().astimezone(CITY_ZONE).date()


def new_id() -> str:
    """A UUIDv7 (RFC 9562): unique without asking a server, and sorted by time within one device."""
    return str(uuid_utils.uuid7())
