"""Building permit intake: fee, clocks, payment without card numbers, agents and designers."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldapp.clock import CITY_ZONE
from fieldapp.forms import FormSession
from fieldapp.services import Catalogue
from tests.support.filling import MONDAY, PERMIT, fill, messages, open_service, value

SERVICE = Catalogue.load().get("building-permit")


def filled(changed: Mapping[str, str] | None = None, *, at: datetime = MONDAY) -> FormSession:
    return fill(fill(open_service(SERVICE, at=at), PERMIT), changed or {})


@pytest.mark.parametrize(
    ("changed", "fee"),
    [
        ({}, "1766"),  # 14.72 $ × 120 m²
        ({"project/a_area": "10"}, "283.00"),  # the minimum
        ({"fee/fee_class": "hotel"}, "2335"),  # 19.46 $ × 120 m² = 2335.20 $, to the dollar
        ({"fee/fee_class": "portable"}, "349.00"),
        ({"fee/fee_class": "other"}, "2500"),  # 1 % of 250,000 $
        ({"project/b_purpose": "alteration", "project/a_area": ""}, "2500"),
    ],
)
def test_the_fee_follows_the_table(changed: dict[str, str], fee: str) -> None:
    session = filled(changed)
    assert float(value(session, "fee/fee_base")) == float(fee)
    assert float(value(session, "fee/fee_total")) == float(fee)


def test_a_fee_is_that_of_the_day_of_receipt() -> None:
    session = filled({"project/a_area": "10", "case/received_at": "2022-06-01T09:00:00.000-04:00"})
    assert float(value(session, "fee/fee_base")) == 234.0


def test_the_fee_is_explained() -> None:
    session = filled()
    note = session.node("/data/fee/fee_area_note")
    assert session.label(note) == "$14.72 for each m² × 120 m² = $1766, at least $283.00"
    session.language = "fr"
    assert session.label(note) == "14.72 $ par m² × 120 m² = 1766 $, au moins 283.00 $"


def test_a_waived_fee_needs_a_reason() -> None:
    session = filled({"fee/more_payment/fee_waiver": "yes"})
    assert float(value(session, "fee/fee_total")) == 0
    assert list(messages(session)) == ["fee/more_payment/waiver_reason"]


@pytest.mark.parametrize(
    "reference",
    ["4111 1111 1111 1111", "4111-1111-1111-1111", "5105105105105100", "x123456789012", "4111/1111/1111/1111"],
)
def test_a_card_number_is_refused(reference: str) -> None:
    session = filled({"fee/pay_method": "credit_terminal", "fee/terminal_ref": reference})
    assert "card number" in messages(session)["fee/terminal_ref"]


@given(st.from_regex(r"\A[0-9]{4}([ ._/·-]?[0-9]{4}){3}\Z"))
def test_no_spelling_of_a_card_number_gets_through(card: str) -> None:
    session = open_service(SERVICE)
    session.set("/data/fee/pay_method", "credit_terminal")
    session.set("/data/fee/terminal_ref", card)
    assert "fee/terminal_ref" in messages(session)


def test_a_terminal_reference_is_taken() -> None:
    session = filled({"fee/pay_method": "debit_terminal", "fee/terminal_ref": "T1-004512"})
    assert messages(session) == {}
    assert value(session, "fee/receipt_no") == "HAM-D1-261123-001-R"


def test_nothing_paid_has_no_receipt() -> None:
    assert value(filled(), "fee/receipt_no") == ""


@pytest.mark.parametrize(
    ("size", "due"),
    [("house", "2026-12-07"), ("small", "2026-12-14"), ("large", "2026-12-21"), ("complex", "2027-01-07")],
)
def test_the_decision_is_due_by_the_size_of_the_building(size: str, due: str) -> None:
    session = filled({"project/size": size})
    assert value(session, "case/decision_by") == due
    assert SERVICE.derived(session.answers(), "en")["@due"] == due


def test_an_incomplete_application_starts_only_the_completeness_check() -> None:
    session = filled({"law/h_complete": "no"})
    assert messages(session) == {}
    assert value(session, "case/decision_by") == ""
    assert SERVICE.derived(session.answers(), "en")["@due"] == "2026-11-25"


def test_an_agent_brings_the_owner_in() -> None:
    session = filled({"applicant/c_is": "agent"})
    assert set(messages(session)) == {"owner/d_name", "owner/d_addr"}


def test_a_designer_needs_a_bcin() -> None:
    session = filled({"design/who_designs": "designer"})
    designer = "design/schedules/sched1[1]"
    assert set(messages(session)) == {f"{designer}/designer", f"{designer}/bcin"}
    fill(session, {f"{designer}/designer": "A. Roy", f"{designer}/bcin": "12"})
    assert "four to six digits" in messages(session)[f"{designer}/bcin"]


def test_a_new_home_asks_for_its_registration() -> None:
    session = filled({"project/b_purpose": "new", "builder/f_newhome": "yes", "builder/f_reg_req": "yes"})
    assert list(messages(session)) == ["builder/f_reg_no"]


@pytest.mark.parametrize(
    ("roll", "fits"), [("08012345678", True), ("080 123-45678", True), ("2518080123456780000", False)]
)
def test_the_roll_number_has_eleven_digits(roll: str, fits: bool) -> None:
    session = filled({"place/parcel/roll_no": roll})
    assert (messages(session) == {}) == fits


def test_a_draft_of_last_month_keeps_its_moment() -> None:
    kept = filled(at=datetime(2026, 10, 5, 9, 0, tzinfo=CITY_ZONE)).answers()
    assert value(open_service(SERVICE, kept), "case/received_at").startswith("2026-10-05")


def test_a_card_number_is_never_kept_not_even_in_a_draft() -> None:
    card = "4111 1111 1111 1111"
    session = filled({"fee/pay_method": "credit_terminal", "fee/terminal_ref": card})
    assert value(session, "fee/terminal_ref") == card  # the screen shows what is wrong
    assert card not in session.answers().values()
    assert card not in session.to_xml()
    fill(session, {"fee/pay_method": "cash"})
    assert card not in session.answers().values()


def test_a_reference_that_was_corrected_is_kept() -> None:
    session = filled({"fee/pay_method": "credit_terminal", "fee/terminal_ref": "4111 1111 1111 1111"})
    fill(session, {"fee/terminal_ref": "A-4712"})
    assert session.answers()["fee/terminal_ref"] == "A-4712"
