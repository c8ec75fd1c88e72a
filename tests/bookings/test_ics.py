"""The calendar file that a resident takes along, read back by the library that calendars are made of."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from icalendar import Calendar

from fieldapp.bookings import Slot, Standing
from fieldapp.bookings.ics import for_resident
from fieldapp.clock import CITY_ZONE
from fieldapp.errors import RefusedError
from fieldapp.records import BOOKING, LANG, NUMBER, Record
from fieldapp.services import Catalogue, Service

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=CITY_ZONE)
SLOT = Slot("V1", ("building-inspection",), "71 Main St W; 1st floor", "71, rue Main Ouest", "2027-03-14T01:30", 60, 1)
SERVICE = Catalogue.load().get("building-inspection")
RULE = SERVICE.bookings[0]


def record(standing: Standing | None, lang: str = "en") -> Record:
    said = {BOOKING + "visit": standing.text()} if standing else {}
    return Record("r1", SERVICE.id, "1", 3, {NUMBER: "IN26-200001", LANG: lang, "person/last_name": "Doe", **said})


def read(standing: Standing, lang: str = "en", service: Service = SERVICE) -> tuple[bytes, Any]:
    data = for_resident(record(standing, lang), service, RULE, NOW)
    return data, Calendar.from_ical(data)


def test_a_confirmed_booking_is_an_entry_with_its_zone() -> None:
    data, found = read(Standing("confirmed", 2, SLOT))
    [entry], [zone] = found.walk("VEVENT"), found.walk("VTIMEZONE")
    assert (str(found["METHOD"]), str(entry["STATUS"]), entry["SEQUENCE"]) == ("PUBLISH", "CONFIRMED", 2)
    assert (str(entry["UID"]), str(zone["TZID"])) == ("r1.visit@fieldapp", "America/Toronto")
    assert entry["DTSTART"].params["TZID"] == "America/Toronto"
    assert entry["DTEND"].dt.timestamp() - entry["DTSTART"].dt.timestamp() == 3600  # over the hour that is skipped
    assert entry["DTSTAMP"].dt.utcoffset() == timedelta(0)
    assert str(entry["LOCATION"]) == SLOT.place
    assert "IN26-200001" in str(entry["DESCRIPTION"])
    assert b"Doe" not in data
    assert all(len(line) <= 75 for line in data.split(b"\r\n"))


def test_a_cancelled_one_keeps_its_uid_and_says_so() -> None:
    _, first = read(Standing("confirmed", 2, SLOT))
    _, then = read(Standing("cancelled", 3, SLOT, by="city", why="The inspector is ill"))
    [before], [after] = first.walk("VEVENT"), then.walk("VEVENT")
    assert before["UID"] == after["UID"]
    assert (str(then["METHOD"]), str(after["STATUS"]), after["SEQUENCE"]) == ("CANCEL", "CANCELLED", 3)


def test_it_is_in_the_language_of_the_record() -> None:
    _, found = read(Standing("confirmed", 1, SLOT), "fr")
    [entry] = found.walk("VEVENT")
    assert str(entry["LOCATION"]) == SLOT.place_fr
    assert str(entry["DESCRIPTION"]).startswith("le dimanche 14 mars 2027, de 1 h 30 à 3 h 30, 71, rue Main")


def test_of_health_it_says_nothing() -> None:
    health = replace(SERVICE, privacy=replace(SERVICE.privacy, class_="P4"))
    _, found = read(Standing("confirmed", 1, SLOT), service=health)
    [entry] = found.walk("VEVENT")
    assert str(entry["SUMMARY"]) == "Appointment with the City"
    assert "DESCRIPTION" not in entry


def test_a_route_fills_the_day() -> None:
    _, found = read(Standing("confirmed", 1, replace(SLOT, starts="2026-12-03T07:00", minutes=540)))
    [entry] = found.walk("VEVENT")
    assert (str(entry["DTSTART"].dt), str(entry["DTEND"].dt)) == ("2026-12-03", "2026-12-04")


@pytest.mark.parametrize("standing", [None, Standing("offered", 1), Standing("waiting", 1)])
def test_a_wish_is_no_appointment(standing: Standing | None) -> None:
    with pytest.raises(RefusedError):
        for_resident(record(standing), SERVICE, RULE, NOW)
