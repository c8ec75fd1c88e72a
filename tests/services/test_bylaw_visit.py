"""By-law visits: a day after the snow, day and night, a notice with its number, the City's contractor and the cost."""

from __future__ import annotations

import pytest

from fieldapp.forms import FormSession
from fieldapp.services import Catalogue, official
from tests.support.filling import ANSWERS, fill, messages, open_service, record_with, steps_of, value
from tests.support.services import person

SERVICE = Catalogue.load().get("bylaw-visit")
ITEM = "order/order_item[1]"
NOTICE = {
    "yard/grass_cm": "45",
    "outcome/result": "notice",
    "outcome/follow_up": "2026-12-02",
    f"{ITEM}/o_provision": "s. 4",
    f"{ITEM}/o_finding": "Grass 45 cm high",
    f"{ITEM}/o_location": "Front yard",
    f"{ITEM}/o_action": "Cut the grass",
    f"{ITEM}/o_comply_by": "2026-11-30",
    "order/served_on[1]/srv_name": "Owner",
}
WORKS = {
    "outcome/result": "contractor_request",
    "works/w_what": "Cut the grass and take it away",
    "works/w_before": f"{'ab' * 32}.jpg",
}


def filled(more: dict[str, str]) -> FormSession:
    return fill(fill(open_service(SERVICE), ANSWERS[SERVICE.id]), more)


def steps(session: FormSession, state: str, role: str) -> list[str]:
    who = person("clara" if role == "inspector" else "sam", role)
    return steps_of(session, SERVICE, state, who)


@pytest.mark.parametrize(("stopped", "hours", "fits"), [("22T09:00", "24", True), ("22T10:00", "23", False)])
def test_snow_is_noticed_a_day_after_it_stopped(stopped: str, hours: str, fits: bool) -> None:
    snow = {**NOTICE, "visit/kind": "snow_ice", "snow/snow_ended_at": f"2026-11-{stopped}:00.000-05:00"}
    session = filled(snow)
    assert value(session, "snow/hours_since") == hours
    assert ("outcome/result" not in messages(session)) == fits


@pytest.mark.parametrize(("hour", "kind"), [("06:59", "night"), ("07:00", "day"), ("22:59", "day"), ("23:00", "night")])
def test_noise_is_by_day_or_by_night(hour: str, kind: str) -> None:
    session = filled({"visit/kind": "noise", "noise/heard_at": f"2026-11-22T{hour}:00.000-05:00"})
    assert value(session, "noise/class_time") == kind


def test_a_notice_has_its_number_before_it_is_served() -> None:
    session = filled(NOTICE)
    assert messages(session) == {}
    assert steps(session, "planned", "inspector") == ["issue_notice", "no_access"]
    issued = official.due(SERVICE.numbers, "issue_notice", record_with(session, SERVICE, "planned").fields)
    assert [one.id for one in issued] == ["comply_notice"]
    assert steps(session, "notice_issued", "inspector") == ["not_served"]


def test_a_contractors_cost_is_approved_by_a_second_person() -> None:
    session = filled(WORKS)
    assert messages(session) == {}
    assert steps(session, "planned", "inspector") == ["order_works", "no_access"]
    assert steps(session, "works_ordered", "inspector") == ["owner_did"]
    fill(session, {"works/works_done": "yes"})
    missing = {"works/w_after", "works/w_done_on", "works/w_hours", "works/w_cost"}
    assert set(messages(session)) == missing
    assert steps(session, "costs_review", "supervisor") == ["return", "approve_costs", "waive_costs"]
    assert steps(session, "costs_review", "inspector") == []
