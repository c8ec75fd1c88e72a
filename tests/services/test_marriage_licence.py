"""Marriage licences: who may not marry, which papers count, what never is written down, and who may clear what."""

from __future__ import annotations

import pytest

from fieldapp.forms import FormSession
from fieldapp.records import Record
from fieldapp.services import Catalogue, workflow
from tests.support.filling import ANSWERS, fill, messages, open_service, value
from tests.support.services import person, record_in

SERVICE = Catalogue.load().get("marriage-licence")


def filled(**changed: str) -> FormSession:
    session = fill(open_service(SERVICE), ANSWERS["marriage-licence"])
    return fill(session, {path.replace("__", "/"): text for path, text in changed.items()})


def steps(session: FormSession, state: str, role: str) -> list[str]:
    fields = {**record_in("marriage-licence", state).fields, **session.answers()}
    record = Record("r1", "marriage-licence", "1", 1, fields)
    return [step.id for step in workflow.offered(SERVICE, record, person("x", role))]


@pytest.mark.parametrize(("born", "age"), [("2010-11-24", None), ("2010-11-23", "16"), ("2008-11-24", "17")])
def test_nobody_under_sixteen_on_the_day_itself(born: str, age: str | None) -> None:
    session = filled(first__a_birth_date=born)
    assert ("first/a_birth_date" in messages(session)) == (age is None)
    if age is not None:
        assert value(session, "first/a_age") == age
        assert list(messages(session)) == ["first/a_consent16"]


def test_who_is_seventeen_and_divorced_is_refused() -> None:
    wrong = messages(filled(first__a_birth_date="2009-03-01", first__a_marital_status="divorced"))
    assert "never married before" in wrong["first/a_marital_status"]


@pytest.mark.parametrize(("second", "fits"), [("passport", False), ("drivers_licence", True), ("birth_cert", True)])
def test_two_different_papers_are_needed(second: str, fits: bool) -> None:
    session = filled(second_id__b_id2_type=second, second_id__b_id2_expiry="2030-01-01")
    assert ("second_id/b_id2_type" not in messages(session)) == fits


def test_one_of_them_has_a_photo_and_no_health_card_is_there() -> None:
    session = filled(first_id__a_id1_type="immigrant_landing")
    assert "photo" in messages(session)["first_id/a_id2_type"]
    offered = {choice.name for choice in session.choices(session.node("/data/first_id/a_id1_type"))}
    assert not {name for name in offered if "health" in name or "sin" in name}


def test_the_whole_number_of_a_paper_is_not_even_kept_in_a_draft() -> None:
    session = filled(first_id__a_id1_last3="AB1234567")
    assert "Only the last three" in messages(session)["first_id/a_id1_last3"]
    assert "AB1234567" not in session.answers().values()


def test_expired_papers_are_refused_and_a_birth_certificate_never_expires() -> None:
    session = filled(first_id__a_id1_expiry="2026-11-22")
    assert list(messages(session)) == ["first_id/a_id1_expiry"]
    assert not session.node("/data/first_id/a_id2_expiry").relevant


def test_a_divorce_abroad_waits_for_the_registrar_general() -> None:
    session = filled(first__a_marital_status="divorced", first__a_divorce_where="outside")
    assert messages(session) == {}
    assert "await_registrar" in steps(session, "submitted", "counter")
    assert "clear" not in steps(session, "submitted", "supervisor")
    fill(session, {"first/a_rg_authorization": "RG-2026-17"})
    assert "accept" not in steps(session, "submitted", "counter")
    assert "clear" in steps(session, "submitted", "supervisor")


def test_a_plain_case_is_accepted_at_the_counter_and_issued_with_its_number_only() -> None:
    session = filled()
    assert "accept" in steps(session, "submitted", "counter")
    assert "issue" not in steps(session, "ready", "counter")
    assert "issue" in steps(filled(fee__stationery_no="A123456"), "ready", "counter")


def test_a_wedding_after_ninety_days_is_warned_of() -> None:
    note = "/data/marriage/marriage_late_note"
    assert not filled(marriage__marriage_date="2027-02-21").node(note).relevant
    session = filled(marriage__marriage_date="2027-02-22")
    assert session.node(note).relevant
    assert messages(session) == {}


def test_the_fee_is_read_from_the_dated_schedule() -> None:
    session = filled(fee__pay_method="cash", fee__pay_state="received_offline")
    assert list(messages(session)) == ["fee/fee_quoted"]
    fill(session, {"fee/fee_quoted": "150"})
    assert list(messages(session)) == ["fee/fee_list_date"]
    fill(session, {"fee/fee_list_date": "2026-01-01"})
    assert messages(session) == {}
    assert float(value(session, "fee/fee_total")) == 150
