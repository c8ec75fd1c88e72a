"""Provincial Offences: what each part of the Act allows, which day is the last, and when a filing is a filing."""

from __future__ import annotations

import pytest

from fieldapp.forms import FormSession
from fieldapp.records import Record
from fieldapp.services import Catalogue, workflow
from tests.support.filling import ANSWERS, fill, messages, open_service, value
from tests.support.services import person, record_in

SERVICE = Catalogue.load().get("provincial-offence")


def filled(**changed: str) -> FormSession:
    session = fill(open_service(SERVICE), ANSWERS["provincial-offence"])
    return fill(session, {path.replace("__", "/"): text for path, text in changed.items()})


def steps(session: FormSession, state: str, who: str = "bea") -> list[str]:
    fields = {**record_in("provincial-offence", state).fields, **session.answers()}
    record = Record("r1", "provincial-offence", "1", 1, fields)
    return [step.id for step in workflow.offered(SERVICE, record, person(who, "back_office"))]


@pytest.mark.parametrize(
    ("part", "filing", "fits"),
    [("I", "trial_nia", True), ("II", "trial_nia", False), ("III", "trial_nia", False), ("III", "disclosure", True)],
)
def test_parking_and_summonses_have_other_ways(part: str, filing: str, fits: bool) -> None:
    session = filled(request__filing=filing, request__part=part)
    assert ("request/part" not in messages(session)) == fits


@pytest.mark.parametrize("number", ["123456", "1234567a", "123 4567", "12345678901"])
def test_an_offence_number_is_copied_as_it_is(number: str) -> None:
    assert "without blanks" in messages(filled(request__offence_no=number))["request/offence_no"]


def test_fifteen_days_but_the_day_on_the_notice_goes_first() -> None:
    session = filled()
    assert value(session, "clock/deadline") == "2026-11-25"
    assert SERVICE.derived(session.answers(), "en")["@due"] == "2026-11-25"
    fill(session, {"request/printed_deadline": "2026-12-10"})
    assert value(session, "clock/deadline") == "2026-12-10"


def test_what_is_late_is_taken_with_its_reason() -> None:
    session = filled(request__served_date="2026-11-01", request__offence_date="2026-11-01")
    assert list(messages(session)) == ["clock/late_reason"]
    fill(session, {"clock/late_reason": "In hospital"})
    assert messages(session) == {}


def test_a_reopening_counts_from_when_one_learned_of_it_and_is_sworn() -> None:
    session = filled(request__filing="reopening", clock__convict_learned="2026-11-20")
    assert value(session, "clock/deadline") == "2026-12-05"
    assert set(messages(session)) == {"clock/reopen_ground", "clock/oath_by"}


def test_only_at_the_court_office_is_the_stamp_a_filing() -> None:
    elsewhere, here = filled(), filled(case__site="poa_office")
    assert elsewhere.node("/data/clock/filed_there_note").relevant
    assert here.node("/data/clock/filed_here_note").relevant


def test_video_needs_an_address_for_the_link() -> None:
    assert list(messages(filled(hearing__hearing_email=""))) == ["hearing/hearing_email"]
    assert messages(filled(hearing__hearing_email="", hearing__attend_by="phone")) == {}


def test_a_date_is_set_by_the_court_for_a_hearing_only_and_never_by_who_filed() -> None:
    assert "set_date" in steps(filled(), "submitted")
    assert "complete" not in steps(filled(), "submitted")
    assert "set_date" not in steps(filled(), "submitted", "clara")
    assert "complete" in steps(filled(request__filing="change_address"), "submitted")


def test_what_the_list_shows_names_no_charge_and_nobody() -> None:
    title = SERVICE.derived(filled(request__charge="Speeding").answers(), "fr")["@title"]
    assert title == "Règlement anticipé"
