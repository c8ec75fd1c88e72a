"""The City's own functions in the forms' expressions. Days are texts, 2026-11-23; of a moment the day counts.

A blank or unreadable argument gives a blank, and so does a day that no calendar has: the form then shows that something
is missing, not a wrong date.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from decimal import Decimal

from fieldapp.errors import ServiceError
from fieldapp.money.cards import luhn
from fieldapp.services.clocks import city_calendar
from fieldapp.services.fees import FeeLine, FeeTable, city_fees, items_in

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def city_functions(fees: Callable[[], FeeTable] = city_fees) -> Mapping[str, Callable[..., str | float]]:
    """All of them, by the name that an expression uses; `fees` gives the service's table."""
    return {
        "city:fee-base": lambda lines, day: _fees(fees, lines, day, lambda line: line.amount),
        "city:fee-hst": lambda lines, day: _fees(fees, lines, day, lambda line: line.hst),
        "city:add-days": add_days,
        "city:add-business-days": add_business_days,
        "city:days-between": days_between,
        "city:business-days-between": business_days_between,
        "city:day-in-week": day_in_week,
        "city:check-digit": check_digit,
    }


def add_days(start: str, days: str) -> str:
    """The day `days` days after `start`."""
    return _moved(start, days, lambda day, count: day + timedelta(days=count))


def add_business_days(start: str, days: str) -> str:
    """The day `days` business days after `start`, by the City's calendar."""
    return _moved(start, days, lambda day, count: city_calendar().add(day, count))


def days_between(start: str, end: str) -> float:
    """How many days `end` is after `start`; not a number when either is blank, so that no comparison holds."""
    first, last = _day(start), _day(end)
    return float("nan") if first is None or last is None else float((last - first).days)


def business_days_between(start: str, end: str) -> float:
    """How many business days lie after `start`, up to and with `end`; negative when `end` is earlier."""
    first, last = _day(start), _day(end)
    return float("nan") if first is None or last is None else float(city_calendar().between(first, last))


def day_in_week(any_day: str, weekday: str) -> str:
    """The `weekday` (mon … sun) of the week, Monday to Sunday, that `any_day` is in."""
    day = _day(any_day)
    if day is None or weekday not in WEEKDAYS:
        return ""
    return _moved(any_day, str(WEEKDAYS.index(weekday) - day.weekday()), lambda day, n: day + timedelta(days=n))


def check_digit(number: str) -> float:
    """1 when the last digit of `number` is the check digit of those before it (Luhn, as on health cards), else 0."""
    return float(number.isascii() and number.isdigit() and luhn(number))


def _fees(fees: Callable[[], FeeTable], lines: str, day: str, part: Callable[[FeeLine], Decimal]) -> str:
    """The sum of a part of each line of "CODE quantity; CODE quantity", as the fees hold on that day."""
    counts = _day(day)
    if counts is None:
        return ""
    try:
        return f"{sum((part(line) for line in fees().explain(items_in(lines), counts)), Decimal(0)):.2f}"
    except ServiceError:
        return ""


def _moved(start: str, days: str, move: Callable[[date, int], date]) -> str:
    """`start` moved by `days`; "" where that leads past the calendar's ends, as from a year that was typed as 9999."""
    day, count = _day(start), _whole(days)
    if day is None or count is None:
        return ""
    try:
        _ = day + timedelta(days=count)  # business days lead further: nobody walks to the calendar's end day by day
        return move(day, count).isoformat()
    except OverflowError:
        return ""


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        return None


def _whole(text: str) -> int | None:
    try:
        return int(float(text))
    except (ValueError, OverflowError):
        return None
