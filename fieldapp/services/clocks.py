"""Business days: every day but Saturdays, Sundays and the holidays of resources/reference/holidays.csv."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path

from fieldapp.paths import resources
from fieldapp.services.tables import day_in, read_table
from fieldapp.services.texts import Text

DAY = timedelta(days=1)
HOLIDAY_COLUMNS = ("date", "en", "fr", "source", "mark")


@dataclass(frozen=True)
class Calendar:
    """The City's business days. Beyond the years of the table only weekends are known: see `covers`."""

    holidays: dict[date, Text]
    unsure: frozenset[date] = frozenset()  # those of them whose source is still to be confirmed

    def is_business_day(self, day: date) -> bool:
        """Whether the City works on `day`."""
        return day.weekday() < 5 and day not in self.holidays

    def add(self, day: date, days: int) -> date:
        """The business day that is `days` business days after `day` (before it, when negative).

        The day itself never counts. With 0 it is `day`, or the next business day when the City is closed on it.
        """
        step = DAY if days >= 0 else -DAY
        left = abs(days)
        if left == 0:
            while not self.is_business_day(day):
                day += step
        while left:
            day += step
            left -= self.is_business_day(day)
        return day

    def between(self, start: date, end: date) -> int:
        """How many business days lie after `start`, up to and with `end`; negative when `end` is earlier."""
        if end < start:
            return -self.between(end, start)
        weeks, rest = divmod((end - start).days, 7)  # not day by day: a year typed as 9999 is three million of them
        worked = 5 * weeks + sum((start + DAY * n).weekday() < 5 for n in range(1, rest + 1))
        return worked - sum(start < day <= end and day.weekday() < 5 for day in self.holidays)

    def covers(self, day: date) -> bool:
        """Whether the table holds the holidays of that year."""
        return any(holiday.year == day.year for holiday in self.holidays)


def read_calendar(path: Path) -> Calendar:
    """The calendar of a holiday table. ServiceError with file, row and column when it is wrong."""
    table = read_table(path, HOLIDAY_COLUMNS)
    days = [day_in(table, number, "date") for number in range(len(table.rows))]
    holidays = {day: Text(row["en"], row["fr"]) for day, row in zip(days, table.rows, strict=True)}
    return Calendar(
        holidays, frozenset(d for d, row in zip(days, table.rows, strict=True) if row["mark"] != "verified")
    )


@cache
def city_calendar() -> Calendar:
    """The calendar that ships with FieldApp."""
    return read_calendar(resources() / "reference" / "holidays.csv")
