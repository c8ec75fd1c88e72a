"""Special event: when an application is needed, how far ahead, what each choice opens, and no permit uninsured."""

from __future__ import annotations

from dataclasses import replace

import pytest

from fieldapp.forms import FormSession
from fieldapp.services import Catalogue, workflow
from tests.support.filling import ANSWERS, fill, messages, open_service, value
from tests.support.services import person, record_in

SERVICE = Catalogue.load().get("special-event")


def filled(changed: dict[str, str]) -> FormSession:
    return fill(fill(open_service(SERVICE), ANSWERS["special-event"]), changed)


@pytest.mark.parametrize(
    ("flags", "people", "needed"),
    [("none", "1000", "no"), ("none", "1001", "yes"), ("amplified", "50", "yes")],
)
def test_an_application_is_needed_for_what_the_city_lists(flags: str, people: str, needed: str) -> None:
    session = filled({"event/event_flags": flags, "event/attend": people})
    assert value(session, "event/needs_seat") == needed


@pytest.mark.parametrize(
    ("site", "day", "fits"),
    [
        ("park", "2027-01-22", "yes"),  # sixty days
        ("park", "2027-01-21", "no"),
        ("park road", "2027-03-22", "no"),
        ("park road", "2027-03-23", "yes"),  # a hundred and twenty days
    ],
)
def test_parks_need_sixty_days_and_roads_twice_as_many(site: str, day: str, fits: str) -> None:
    session = filled({"event/event_site": site, "days/day[1]/d_start": f"{day}T10:00:00.000-05:00"})
    assert value(session, "days/lead_ok") == fits
    assert session.node("/data/days/late_why").relevant == (fits == "no")


def test_a_large_tent_or_stage_needs_a_building_permit() -> None:
    session = filled({"event/event_flags": "tents stage", "structures/stage_m2": "225"})
    fill(session, {"structures/tent[1]/t_length": "10", "structures/tent[1]/t_width": "6"})
    assert value(session, "structures/bp_needed") == "no"
    session.set("/data/structures/tent[1]/t_width", "6.1")
    assert value(session, "structures/bp_needed") == "yes"


def test_nothing_goes_with_none_of_these() -> None:
    assert "goes alone" in messages(filled({"event/event_flags": "none food"}))["event/event_flags"]


@pytest.mark.parametrize(("insured", "step"), [("yes", "issue"), ("no", "insured")])
def test_no_permit_without_insurance(insured: str, step: str) -> None:
    known = record_in("special-event", "approved", author="cleo")
    record = replace(known, fields={**known.fields, "plans/has_insurance": insured})
    offered = [one.id for one in workflow.offered(SERVICE, record, person("sam", "supervisor"))]
    assert ({"issue", "insured"} & set(offered)) == {step}
