"""Record fields from answers: what lists, search, buckets and clocks need, as service.toml maps it."""

from __future__ import annotations

import re
from datetime import date, timedelta

from fieldapp.records import ADDRESS, DUE, LANG, POINT, TITLE, WARD, Edits, Fields
from fieldapp.services.clocks import city_calendar
from fieldapp.services.declared import ServiceClock
from fieldapp.services.service import Service
from fieldapp.texts import speaking

PLACE = re.compile(r"\{([^{}]+)\}")
BESIDE = re.compile(r"(?:\{[^{}]+\})+")  # one place, or several right beside each other: a person, an organization
SHORT, OVER = "$-", "$+"  # before the path of an amount: said where it is below zero, or above it
FIELDS = {"address": ADDRESS, "point": POINT, "ward": WARD, "lang": LANG}
FOLLOWING = frozenset({"point", "ward"})
TITLE_LENGTH = 120


def derived(service: Service, fields: Fields, language: str, today: date | None = None) -> Edits:
    """The record fields that follow from `fields`. See `Service.derived`.

    A blank answer leaves the record field as it is: an inspection keeps the place that it has from its permit. Once
    the record has an address of its own, point and ward follow it, blank included.
    """
    edits: dict[str, str | None] = {TITLE: title(service, fields, language)}
    placed = bool(fields.get(service.derivation.paths.get("address", "")))
    for name, path in service.derivation.paths.items():
        value = fields.get(path, "")
        if value:
            edits[FIELDS[name]] = point(value) if name == "point" else value
        elif placed and name in FOLLOWING and fields.get(FIELDS[name]):
            edits[FIELDS[name]] = None
    due = due_day(service, fields, today)
    if due:
        edits[DUE] = due
    return edits


def title(service: Service, fields: Fields, language: str) -> str:
    """The parts that have something to say, joined; a part whose answers are all blank is left out."""
    parts = service.derivation.title_fr if language == "fr" else service.derivation.title_en
    with speaking(language):
        said = [_filled(part, fields) for part in parts]
    text = " · ".join(part for part in said if part) or service.title.text(language)
    if said and not said[0]:  # "permit 26-104005", as long as nobody said which stage is inspected
        text = text[:1].upper() + text[1:]
    return text if len(text) <= TITLE_LENGTH else text[: TITLE_LENGTH - 1].rstrip() + "…"


def point(value: str) -> str:
    """Latitude and longitude alone, without altitude and accuracy."""
    return " ".join(value.split()[:2])


def due_day(service: Service, fields: Fields, today: date | None) -> str:
    """The day of the first clock that runs, "" when none does."""
    for clock in service.clocks:
        start = _day(fields.get(clock.from_, "")) if clock.from_ else today
        if start:
            due = falls_due(clock, start)
            return due.isoformat() if due else ""
    return ""


def falls_due(clock: ServiceClock, start: date) -> date | None:
    """The day on which a clock that began on `start` ends; None past the calendar's end, as from a mistyped year."""
    try:
        if clock.business:
            return city_calendar().add(start, clock.days)
        return start + timedelta(days=clock.days)
    except OverflowError:
        return None


def running_clock(service: Service, fields: Fields) -> ServiceClock | None:
    """The clock that gives a record's due date: the first that runs. Its name is a promise to whoever reads it."""
    return next((one for one in service.clocks if not one.from_ or _day(fields.get(one.from_, ""))), None)


def _filled(part: str, fields: Fields) -> str:
    found = {name: _said(name, fields) for name in PLACE.findall(part)}
    if found and not any(found.values()):
        return ""
    return BESIDE.sub(lambda run: ", ".join(filter(None, map(found.get, PLACE.findall(run[0])))), part).strip()


def path_of(name: str) -> str:
    """The answer that a place in a title names."""
    return name.removeprefix(SHORT).removeprefix(OVER)


def _said(name: str, fields: Fields) -> str:
    value = fields.get(path_of(name), "")
    if not name.startswith((SHORT, OVER)):
        return " ".join(value.split())
    from fieldapp.money.cash import amount_of, dollars  # money knows the services, and is loaded after them

    amount = amount_of(value)
    return dollars(abs(amount)) if (amount < 0 if name.startswith(SHORT) else amount > 0) else ""


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        return None
