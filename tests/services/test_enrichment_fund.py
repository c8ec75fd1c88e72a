"""The City Enrichment Fund: streams by area, a budget in balance, a last day that the server decides; its report."""

from __future__ import annotations

from datetime import datetime

import pytest

from fieldapp.clock import CITY_ZONE
from fieldapp.forms import FormSession
from fieldapp.records import Record
from fieldapp.services import Catalogue, workflow
from fieldapp.services.carry import prefill
from tests.support.filling import ANSWERS, MONDAY, fill, messages, open_service, value
from tests.support.services import person, record_in

CATALOGUE = Catalogue.load()
SERVICE, REPORT = CATALOGUE.get("enrichment-fund"), CATALOGUE.get("enrichment-report")


def filled(at: datetime = MONDAY, **changed: str) -> FormSession:
    session = fill(open_service(SERVICE, at=at), ANSWERS["enrichment-fund"])
    return fill(session, {path.replace("__", "/"): text for path, text in changed.items()})


def report(**changed: str) -> FormSession:
    session = fill(open_service(REPORT), ANSWERS["enrichment-report"])
    return fill(session, {path.replace("__", "/"): text for path, text in changed.items()})


def test_each_area_has_its_own_streams_and_digital_none_that_we_know() -> None:
    session = filled(fund__area="environment")
    node = session.node("/data/fund/stream")
    assert [choice.name for choice in session.choices(node)] == ["env_capacity", "env_projects"]
    assert not filled(fund__area="digital").node("/data/fund/stream").relevant


@pytest.mark.parametrize(
    ("area", "at", "late"),
    [
        ("arts", datetime(2025, 11, 17, 15, 59, tzinfo=CITY_ZONE), "no"),
        ("arts", datetime(2025, 11, 17, 16, 1, tzinfo=CITY_ZONE), "yes"),
        ("agriculture", datetime(2025, 12, 5, 15, 59, tzinfo=CITY_ZONE), "no"),
    ],
)
def test_the_intake_of_2026_ended_at_four(area: str, at: datetime, late: str) -> None:
    assert value(filled(at, fund__area=area), "fund/late") == late


def test_an_intake_without_a_known_day_says_so() -> None:
    session = filled()
    assert value(session, "fund/grant_year") == "2027"
    assert session.node("/data/fund/due_unknown_note").relevant
    assert value(session, "fund/late") == "no"


def test_what_is_late_becomes_eligible_by_a_supervisors_exception_only() -> None:
    session = filled(datetime(2025, 11, 18, 9, 0, tzinfo=CITY_ZONE))
    fields = {**record_in("enrichment-fund", "submitted").fields, **session.answers()}
    record = Record("r1", "enrichment-fund", "1", 1, fields)
    assert "accept" not in [step.id for step in workflow.offered(SERVICE, record, person("bea", "back_office"))]
    assert "except" in [step.id for step in workflow.offered(SERVICE, record, person("sam", "supervisor"))]


def test_a_budget_balances_to_the_cent_and_its_share_is_told() -> None:
    assert value(filled(), "budget/share") == "25"
    session = filled(budget__request_amt="3000.01")
    assert "same to the cent" in messages(session)["budget/budget_checked"]


def test_three_hundred_words() -> None:
    assert messages(filled(programme__summary="word " * 300)) == {}
    assert list(messages(filled(programme__summary="word " * 301))) == ["programme/summary"]


def test_a_charity_encloses_its_statements_and_is_told_what_is_missing() -> None:
    session = filled(fund__legal_status="charity", fund__reg_no="12345 6789 RR0001")
    assert list(messages(session)) == ["files/fin_stmt"]
    assert "list of the board" in session.label(session.node("/data/files/missing_note"))


def test_the_three_year_pilot_takes_who_was_funded_before() -> None:
    assert list(messages(filled(fund__multi_year="yes"))) == ["fund/multi_year", "files/outline3y"]


def test_a_report_begins_with_what_the_application_said() -> None:
    fields = {**record_in("enrichment-fund", "report_due", number="CEF26-10001").fields, **filled().answers()}
    begun = prefill(REPORT, Record("p", "enrichment-fund", "1", 1, fields))
    assert begun["award/award_no"] == "CEF26-10001"
    assert begun["award/award_title"] == "Plays in the park"
    assert float(begun["award/budget_total"]) == 12000


def test_more_than_a_tenth_of_difference_is_explained() -> None:
    assert messages(report()) == {}
    assert list(messages(report(**{"actuals__actual_out[1]__aout_amount": "10700"}))) == ["actuals/variance_reason"]


def test_a_picture_needs_the_consent_of_all_in_it() -> None:
    session = report(pictures__any_photos="yes")
    session.set("/data/pictures/photo_list/report_photo[1]/photo_consent", "no")
    assert "consent" in messages(session)["pictures/photo_list/report_photo[1]/photo_consent"]
