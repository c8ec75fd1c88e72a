"""Food inspection: the colour of the sign, its override, the re-inspection, and infractions that are carried over."""

from __future__ import annotations

from dataclasses import replace

import pytest

from fieldapp.forms import FormSession
from fieldapp.records import Record
from fieldapp.services import Catalogue, carry, workflow
from tests.support.filling import ANSWERS, MONDAY, fill, messages, open_service, value
from tests.support.services import person, record_in

SERVICE = Catalogue.load().get("food-inspection")
FOUND = "infractions/found/inf[1]"
PREMISES = record_in("food-premises", "active", record_id="p1", number="FP26-10001")
CHIEF = person("sam", "supervisor")


def filled(changed: dict[str, str]) -> FormSession:
    return fill(fill(open_service(SERVICE), ANSWERS["food-inspection"]), changed)


def visited(session: FormSession, state: str = "submitted") -> Record:
    record = record_in("food-inspection", state, author="ivy", record_id="v1", number="FI26-100001")
    return replace(record, fields={**record.fields, **session.answers()})


@pytest.mark.parametrize(
    ("changed", "sign"),
    [
        ({}, "yellow"),  # a significant infraction
        ({f"{FOUND}/i_code": "floor_clean"}, "green"),  # minor: it may wait for the next inspection
        ({f"{FOUND}/i_code": "danger_zone"}, "red"),
        ({f"{FOUND}/i_code": "danger_zone", f"{FOUND}/i_cdi": "yes"}, "yellow"),
        ({"infractions/any_infraction": "no"}, "green"),
        ({"hazard/health_hazard": "yes"}, "red"),
    ],
)
def test_the_sign_follows_from_what_was_found(changed: dict[str, str], sign: str) -> None:
    assert value(filled(changed), "outcome/colour") == sign


def test_another_sign_needs_a_reason_and_the_supervisor_decides() -> None:
    session = filled({"outcome/colour_agree": "no", "outcome/colour_other": "yellow"})
    assert {"outcome/colour_other", "outcome/override_reason"} == set(messages(session))
    fill(session, {"outcome/colour_other": "green", "outcome/override_reason": "Fixed before I left"})
    assert messages(session) == {}
    steps = {step.id: step for step in workflow.offered(SERVICE, visited(session), CHIEF)}
    assert {"pass", "to_yellow", "to_red"} <= set(steps)
    assert "conditional" not in steps
    assert steps["to_yellow"].needs_reason


@pytest.mark.parametrize(("day", "fits"), [("2026-11-24", True), ("2026-11-26", True), ("2026-11-27", False)])
def test_a_conditional_pass_is_inspected_again_within_three_days(day: str, fits: bool) -> None:
    session = filled({"outcome/reinspect_by": day})
    assert ("outcome/reinspect_by" not in messages(session)) == fits
    assert SERVICE.derived(session.answers(), "en")["@due"] == day


def test_what_was_not_corrected_is_asked_for_at_the_reinspection_in_both_languages() -> None:
    first = visited(filled({}), "conditional")
    again = open_service(SERVICE, carry.prefill(SERVICE, PREMISES, [first]), at=MONDAY.replace(day=25))
    item = again.node("/data/previous/carried[1]/corrected")
    assert again.label(item) == "No readable thermometer in a cooler or warmer"
    again.language = "fr"
    assert again.label(item) == "Pas de thermomètre lisible dans un appareil"
    fill(again, {**ANSWERS["food-inspection"], "infractions/any_infraction": "no"})
    assert value(again, "outcome/colour_rec") == "yellow"
    again.set(item.ref, "yes")
    assert value(again, "outcome/colour_rec") == "green"


def test_a_health_hazard_needs_a_call_and_an_order() -> None:
    wrong = messages(filled({"hazard/health_hazard": "yes"}))
    assert "hazard/hazard_called" in wrong
    assert "order/instr_type" in wrong


def test_temperatures_and_sanitizers_are_judged_by_the_table() -> None:
    session = filled({"temps/any_temps": "yes", "sanitizing/any_sanitizer": "yes"})
    fill(session, {"temps/readings/temp[1]/t_hold": "cold", "temps/readings/temp[1]/t_c": "4.1"})
    fill(session, {"sanitizing/solutions/solution[1]/s_type": "quat", "sanitizing/solutions/solution[1]/s_ppm": "200"})
    assert value(session, "temps/readings/temp[1]/t_ok") == "no"
    assert value(session, "sanitizing/solutions/solution[1]/s_ok") == "yes"
