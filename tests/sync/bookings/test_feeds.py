"""The calendar of an inspector, as a calendar program reads it: by a secret address, over HTTP."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
import requests
from icalendar import Calendar

from fieldapp.records import ADDRESS, STATE
from fieldapp.services import Catalogue
from sync.gateway.bookings import keeping
from tests.support.bookings import DAY, ask, calendar, slot, wishing
from tests.support.gateway import CHIEF, CLERK, INSPECTOR_8, SERVICE, City
from ui.__main__ import main

VISIT = slot("V1", serves=("building-inspection",), person=INSPECTOR_8.id, minutes=60)


def read(city: City, secret: str, language: str = "en") -> requests.Response:
    assert city.server is not None
    url = f"{city.server.url}/v1/calendar/{secret}.ics"
    return requests.get(url, headers={"Accept-Language": language}, timeout=20)


def events(answer: requests.Response) -> list[dict[str, str]]:
    read: Any = Calendar.from_ical(answer.content)
    found = read.walk("VEVENT")
    return [{name: str(one.get(name, "")) for name in ("SUMMARY", "LOCATION", "STATUS", "UID")} for one in found]


def test_a_booked_visit_is_in_its_inspectors_calendar_and_stays_as_cancelled(far: City) -> None:
    calendar(far.service, VISIT)
    chief = far.laptop(CHIEF)
    record = chief.new({STATE: "planned", ADDRESS: "12 King St E"}, service="building-inspection")
    chief.sync()
    ask(chief, record, "book", "V1", booking="visit")
    chief.sync()
    secret = far.service.feeds.give(INSPECTOR_8.id, far.service.now())
    answer = read(far, secret)
    assert answer.headers["Content-Type"].startswith("text/calendar")
    assert answer.headers["Cache-Control"] == "no-store"
    [entry] = events(answer)
    assert entry["SUMMARY"].startswith("Building inspection · IN26-")
    assert (entry["LOCATION"], entry["STATUS"]) == ("12 King St E", "CONFIRMED")
    keeping.cancel(far.service.database, far.service.catalogue, "V1", "Snow", far.service.now())
    [then] = events(read(far, secret, "fr"))
    assert (then["UID"], then["STATUS"]) == (entry["UID"], "CANCELLED")


def test_a_slot_of_theirs_says_how_many_are_booked_and_of_health_nothing(far: City) -> None:
    calendar(far.service, slot("C1", capacity=3, person=CHIEF.id, minutes=15, place="Clinic"))
    clerk = far.laptop(CLERK)
    for _ in range(2):
        wishing(clerk, DAY)
    clerk.sync()
    secret = far.service.feeds.give(CHIEF.id, far.service.now())
    [entry] = events(read(far, secret))
    assert (entry["SUMMARY"], entry["LOCATION"]) == ("Bulk item pick-up · 2 booked", "Clinic")
    known = far.service.catalogue.get(SERVICE)
    health = replace(known, privacy=replace(known.privacy, class_="P4"))
    feeds = far.service.feeds
    feeds._catalogue = Catalogue({SERVICE: health})
    [quiet] = events(read(far, secret))
    assert (quiet["SUMMARY"], quiet["LOCATION"]) == ("Appointment with the City", "")


def test_an_address_that_is_revoked_or_guessed_opens_nothing(far: City) -> None:
    feeds, now = far.service.feeds, far.service.now()
    first = feeds.give(CHIEF.id, now)
    second = feeds.give(CHIEF.id, now)
    assert [read(far, one).status_code for one in (first, second, "x" * 43)] == [404, 200, 404]
    assert feeds.revoke(CHIEF.id, now) == 1
    assert read(far, second).status_code == 404
    third = feeds.give(CHIEF.id, now)
    far.service.revocations.revoke("", CHIEF.id, now, erase=False, take_work=False)
    assert read(far, third).status_code == 404
    assert second.encode() not in b"".join(
        row[0] for row in far.service.database.read("SELECT hash FROM calendar_address")
    )


def test_the_command_prints_an_address_once(near: City, capsys: pytest.CaptureFixture[str]) -> None:
    where = ["--data", str(near.folder / "gateway")]
    assert main(["gateway", "calendar", "give", CHIEF.id, "--url", "https://gateway.example.ca/", *where]) == 0
    secret = (
        capsys.readouterr().out.strip().removeprefix("https://gateway.example.ca/v1/calendar/").removesuffix(".ics")
    )
    assert near.service.feeds.whose(secret) == CHIEF.id
    assert main(["gateway", "calendar", "revoke", CHIEF.id, *where]) == 0
    assert near.service.feeds.whose(secret) == ""
