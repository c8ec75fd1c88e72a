"""Vaccine appointment: what is asked of whom, a health card's check digit, the interval, and what nobody sees."""

from __future__ import annotations

import pytest

from fieldapp.forms import FormSession
from fieldapp.services import Catalogue, workflow
from fieldapp.services.secrecy import is_secret
from tests.support.filling import ANSWERS, fill, messages, open_service
from tests.support.services import person, record_in

SERVICE = Catalogue.load().get("vaccine")


def filled(**changed: str) -> FormSession:
    session = fill(open_service(SERVICE), ANSWERS[SERVICE.id])
    return fill(session, {path.replace("__", "/"): text for path, text in changed.items()})


@pytest.mark.parametrize(("number", "fits"), [("9876543217", True), ("9876-543-217", True), ("9876543218", False)])
def test_a_health_card_number_has_its_check_digit(number: str, fits: bool) -> None:
    session = filled(client__hc_number=number)
    assert (messages(session) == {}) == fits
    assert ("client/hc_number" in session.answers()) == fits  # a wrong one is not written down


def test_a_card_number_is_refused() -> None:
    assert list(messages(filled(client__hc_number="98765"))) == ["client/hc_number"]


def test_travel_is_referred() -> None:
    session = fill(open_service(SERVICE, language="fr"), ANSWERS[SERVICE.id])
    session.set("/data/need/reason", "travel_no")
    assert "clinique du voyage" in messages(session)["need/reason"]


def test_an_adult_is_asked_for_no_school() -> None:
    session = filled(need__reason="adult_routine")
    assert not session.node("/data/need/school").relevant
    assert messages(session) == {}


@pytest.mark.parametrize(
    ("vaccine", "given", "warned"),
    [("hepb", "2026-10-01", True), ("hepb", "2026-05-20", False), ("mmr", "2026-10-01", False)],
)
def test_an_interval_is_told_and_refuses_nothing(vaccine: str, given: str, warned: bool) -> None:
    session = filled()
    session.set("/data/need/health/dose[1]/dose_vaccine", vaccine)
    session.set("/data/need/health/dose[1]/dose_date", given)
    assert session.node("/data/need/health/dose[1]/dose_note").relevant == warned
    assert messages(session) == {}


def test_nobody_is_named_in_lists() -> None:
    edits = SERVICE.derived(filled().answers(), "en")
    assert edits["@title"] == "Vaccine appointment"
    assert "Wójcik" not in str(edits)
    hidden = ("client/client_last", "client/dob", "need/school", "need/health/allergy_epipen", "person/phone")
    assert all(is_secret(SERVICE, path) for path in hidden)
    assert SERVICE.open_data == ()


def test_only_the_calendar_or_the_office_offers_a_time() -> None:
    record = record_in(SERVICE.id, "requested")
    clara, bea = person("carl", "counter"), person("bea", "back_office")
    assert "offer" not in {step.id for step in workflow.offered(SERVICE, record, clara)}
    assert "offer" in {step.id for step in workflow.offered(SERVICE, record, bea)}
