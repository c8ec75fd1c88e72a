"""Tax account: the plan that fits the account, two weeks' notice, and bank details that nobody sees in passing."""

from __future__ import annotations

import pytest

from fieldapp.forms import FormSession
from fieldapp.services import Catalogue, workflow
from fieldapp.services.secrecy import is_secret
from tests.support.filling import ANSWERS, fill, messages, open_service, value
from tests.support.services import person, record_in

SERVICE = Catalogue.load().get("tax-account")


def filled(**changed: str) -> FormSession:
    session = fill(open_service(SERVICE), ANSWERS[SERVICE.id])
    return fill(session, {path.replace("__", "/"): text for path, text in changed.items()})


@pytest.mark.parametrize(
    ("current", "plan", "fits"),
    [("yes", "monthly_15", True), ("no", "monthly_15", False), ("no", "arrears", True), ("yes", "arrears", False)],
)
def test_who_owes_taxes_has_the_arrears_plan_only(current: str, plan: str, fits: bool) -> None:
    wrong = messages(filled(plan__taxes_current=current, plan__plan_kind=plan))
    assert ("plan/plan_kind" not in wrong) == fits


@pytest.mark.parametrize(
    ("plan", "first", "fits"),
    [
        ("monthly_1", "2027-01-01", True),
        ("monthly_1", "2027-01-15", False),
        ("monthly_15", "2026-11-15", False),  # gone by
        ("ten_month", "2027-01-15", False),
        ("ten_month", "2027-02-15", True),
        ("instalment", "2027-04-30", True),
        ("instalment", "2027-05-31", False),
    ],
)
def test_the_first_withdrawal_is_a_day_of_the_plan(plan: str, first: str, fits: bool) -> None:
    wrong = messages(filled(plan__plan_kind=plan, plan__first_draw=first))
    assert ("plan/first_draw" not in wrong) == fits


def test_a_card_number_in_the_account_is_refused_and_not_kept() -> None:
    session = filled(plan__bank__bank_acct="4111111111111111")
    assert "card" in messages(session)["plan/bank/bank_acct"]
    assert "4111111111111111" not in session.answers().values()


def test_cancelling_takes_two_weeks() -> None:
    cancel = {"request__task": "pap_cancel", "request__cancel_effective": "2026-12-06"}  # asked for on 23 November
    assert "14 days" in messages(filled(**cancel))["request/cancel_effective"]
    assert messages(filled(**{**cancel, "request__cancel_effective": "2026-12-07"})) == {}


def test_ebilling_asks_for_the_address_twice_and_never_for_the_code() -> None:
    session = filled(
        request__task="ebill_on", request__bill_email="Ana@example.ca", request__bill_email2="ana@example.ca"
    )
    assert messages(session) == {}
    session.set("/data/request/bill_email2", "anna@example.ca")
    assert list(messages(session)) == ["request/bill_email2"]
    assert not [path for path in SERVICE.form().questions if path.endswith("code") and path != "case/service_code"]


def test_bank_details_are_hidden() -> None:
    assert all(is_secret(SERVICE, f"plan/bank/{name}") for name in ("bank_inst", "bank_acct", "void_cheque"))
    assert "1234567" not in str(SERVICE.derived(filled().answers(), "en"))


def test_its_title_says_in_words_what_is_wanted() -> None:
    title = SERVICE.derived(filled().answers(), "fr")["@title"]
    assert title is not None
    assert title.startswith("Compte d'impôt · Commencer")
    assert value(filled(), "request/task_en") == "Start pre-authorized payment"


def test_a_second_person_verifies() -> None:
    record = record_in(SERVICE.id, "queued", author="bea")
    assert "verify" not in {step.id for step in workflow.offered(SERVICE, record, person("bea", "back_office"))}
    assert "verify" in {step.id for step in workflow.offered(SERVICE, record, person("ben", "back_office"))}
