"""Fire safety: an order is issued, served and looked at again; what only a supervisor may countersign."""

from __future__ import annotations

import pytest

from fieldapp.errors import RefusedError
from fieldapp.forms import FormSession
from fieldapp.records import Record
from fieldapp.services import Catalogue, carry, workflow
from tests.support.filling import ANSWERS, fill, messages, open_service, value
from tests.support.services import person, record_in

CATALOGUE = Catalogue.load()
SERVICE = CATALOGUE.get("fire-inspection")
FAILED = {
    "checklist/check[3]/k_result": "fail",
    "checklist/check[3]/k_found": "Rear exit chained",
    "checklist/check[3]/k_article": "2.7.1.7",
    "checklist/check[3]/k_action": "Take the chain off",
    "checklist/check[3]/k_fix_by": "2026-11-24",
    "checklist/check[3]/k_photo": f"{'ab' * 32}.jpg",
}
ORDER = {
    **FAILED,
    "outcome/result": "order_s21",
    "outcome/follow_up": "2026-11-25",
    "order/instr_type": "order_s21",
    "order/served_on[1]/srv_name": "1234567 Ontario Inc.",
}


def filled(more: dict[str, str]) -> FormSession:
    return fill(fill(open_service(SERVICE), ANSWERS[SERVICE.id]), more)


def offered(session: FormSession, state: str, role: str) -> list[str]:
    record = record_in(SERVICE.id, state)
    record = Record(record.id, record.service, record.form_version, 1, {**record.fields, **session.answers()})
    who = "clara" if role == "inspector" else "sam"
    return [step.id for step in workflow.offered(SERVICE, record, person(who, role))]


def test_what_failed_does_not_fit_no_contraventions() -> None:
    session = filled(FAILED)
    assert "does not fit" in messages(session)["outcome/result"]


def test_an_order_needs_something_to_correct_and_a_day_to_come_back() -> None:
    session = filled({**ORDER, "outcome/follow_up": ""})
    assert set(messages(session)) == {"outcome/follow_up"}
    assert "outcome/result" in messages(filled({"outcome/result": "order_s21"}))


def test_an_order_is_issued_then_served() -> None:
    session = filled(ORDER)
    assert messages(session) == {}
    assert offered(session, "planned", "inspector") == ["issue_order", "no_access"]
    assert offered(session, "order_issued", "inspector") == ["not_served"]
    fill(session, {"order/is_served": "yes"})
    assert offered(session, "order_issued", "inspector") == ["served"]


def test_a_visit_without_an_order_is_finished_at_once() -> None:
    assert offered(filled({}), "planned", "inspector") == ["submit", "no_access"]


def test_a_closure_is_countersigned_by_a_second_person() -> None:
    threat = {"danger/imminent": "yes", "danger/steps_taken/threat_phoned": "Platoon chief"}
    session = filled({**ORDER, **threat, "danger/steps_taken/countersign": "closure"})
    assert value(session, "danger/needs_countersign") == "yes"
    assert offered(session, "submitted", "supervisor") == ["countersign", "return", "void"]
    assert offered(filled({}), "submitted", "supervisor") == ["approve", "return", "void"]
    with pytest.raises(RefusedError):
        workflow.check(SERVICE, record_in(SERVICE.id, "submitted"), "countersign", person("sam", "supervisor"))


def test_a_vulnerable_occupancy_is_asked_for_drills_and_staff() -> None:
    assert len([node for node in filled({}).nodes() if node.question.name == "k_result"]) == 17
    care = filled({"premises/occ_class": "B3"})
    labels = [care.label(node) for node in care.nodes() if node.question.name == "k_result"]
    assert labels[-2:] == ["Fire drill held as required", "Enough staff to carry out the plan"]


def test_what_was_ordered_is_asked_for_again() -> None:
    answers = filled(ORDER).answers(pruned=True)
    first = record_in(SERVICE.id, "submitted", record_id="v1")
    first = Record(first.id, first.service, first.form_version, 1, {**first.fields, **answers})
    request = Record(
        "q1", "fire-request", "1", 1, {"place/address": "412 Upper James St", "request/trigger": "complaint"}
    )
    again = carry.prefill(SERVICE, request, [first])
    assert again["visit/previous_count"] == "1"
    assert "Rear exit chained" in again.values()
    assert "Take the chain off" in again.values()
