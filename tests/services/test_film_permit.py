"""Film permit: notice in business days, a grid that takes no street, insurance, and who decides."""

from __future__ import annotations

from datetime import date

import pytest

from fieldapp.forms import FormSession
from fieldapp.services import Catalogue, workflow
from tests.support.filling import ANSWERS, fill, messages, open_service, value
from tests.support.services import person, record_in

SERVICE = Catalogue.load().get("film-permit")  # a case is received on Monday, 23 November 2026


def filled(**changed: str) -> FormSession:
    session = fill(open_service(SERVICE), ANSWERS[SERVICE.id])
    return fill(session, {path.replace("__", "/"): text for path, text in changed.items()})


def on(first: date, **changed: str) -> FormSession:
    session = filled(**changed)
    session.set("/data/schedule/day[1]/day_date", first.isoformat())
    return session


@pytest.mark.parametrize(
    ("first", "closure", "late"),
    [
        (date(2026, 11, 25), "none", "yes"),
        (date(2026, 11, 26), "none", "no"),  # the third business day
        (date(2026, 12, 4), "road_full", "yes"),
        (date(2026, 12, 7), "road_full", "no"),  # the tenth
        (date(2026, 11, 26), "sidewalk", "no"),  # no road is closed
    ],
)
def test_three_business_days_and_ten_for_a_closure(first: date, closure: str, late: str) -> None:
    assert value(on(first, street__closure=closure), "street/is_late") == late


def test_what_is_late_says_why_and_a_supervisor_decides() -> None:
    session = on(date(2026, 11, 24))
    assert "later days" in messages(session)["street/late_reason"]
    session.set("/data/street/late_reason", "The snow scene was moved")
    assert messages(session) == {}


def test_a_grid_takes_no_street_and_no_parking() -> None:
    grid = {"production__permit_kind": "grid", "street__closure": "lane_full", "street__any_parking": "yes"}
    wrong = messages(filled(**grid))
    assert "location permit" in wrong["street/closure"]
    assert "location permit" in wrong["street/any_parking"]


@pytest.mark.parametrize(
    ("question", "answer"),
    [("ins_occ", "1999999.99"), ("ins_agg", "3000000"), ("ins_city_named", "no"), ("ins_expiry", "2026-12-13")],
)
def test_insurance_that_does_not_suffice_is_refused(question: str, answer: str) -> None:
    assert list(messages(filled(**{f"insurance__{question}": answer}))) == [f"insurance/{question}"]


def test_a_closure_needs_a_traffic_plan() -> None:
    changed = {"street__closure": "road_full", "street__police_paid_duty": "yes"}
    assert list(messages(filled(**changed))) == ["papers/handed_in"]
    whole = "sheet code insurance letter traffic_plan"
    assert messages(filled(**changed, papers__handed_in=whole)) == {}


def test_the_letter_is_there_five_business_days_before() -> None:
    session = on(date(2027, 1, 4))  # before it lie the holidays
    assert value(session, "schedule/first_day") == "2027-01-04"
    assert value(session, "neighbours/letter_drop_by") == "2026-12-23"


def test_the_earliest_of_several_days_counts() -> None:
    session = filled()
    session.add("/data/schedule/day")
    session.set("/data/schedule/day[2]/day_date", "2026-12-10")
    assert value(session, "schedule/first_day") == "2026-12-10"
    assert value(session, "schedule/last_day") == "2026-12-14"


def test_a_supervisor_approves_and_not_their_own() -> None:
    record = record_in(SERVICE.id, "circulating", author="sam")
    bea, sam, sue = person("bea", "back_office"), person("sam", "supervisor"), person("sue", "supervisor")
    offered = {who.id: {step.id for step in workflow.offered(SERVICE, record, who)} for who in (bea, sam, sue)}
    assert "approve" in offered["sue"]
    assert "approve" not in offered["sam"] | offered["bea"]
