"""What the gateway refuses, whatever a laptop claims: roles, steps, the City's own fields, scope, principals."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from fieldapp.errors import SignInError
from fieldapp.records import (
    AGREED,
    ASSIGNEE,
    AUTHOR,
    NUMBER,
    PAPERS,
    PLANNED,
    REASON,
    RECEIVED,
    STATE,
    SUBMITTED_BY,
    TITLE,
    Edits,
)
from sync.wire import OpResult, PushRequest
from tests.support.gateway import (
    APPROVED,
    CHIEF,
    CLERK,
    INSPECTOR_8,
    RETURNED,
    SECOND_CHIEF,
    SUBMITTED,
    City,
    Laptop,
)


def answer(laptop: Laptop, record: str, edits: Edits, **parts: Any) -> OpResult:
    """What the gateway says to one op, however it was made."""
    change = laptop.change(record, edits, **parts)
    return laptop.api.push(PushRequest(laptop.device, (change.payload(),))).results[0]


def verdict(laptop: Laptop, record: str, edits: Edits, **parts: Any) -> tuple[str, str]:
    """Its status and code."""
    result = answer(laptop, record, edits, **parts)
    return result.status, result.code


@pytest.mark.parametrize("path", [NUMBER, RECEIVED, SUBMITTED_BY])
def test_the_citys_own_fields_cannot_be_written(city: City, path: str) -> None:
    clerk = city.laptop(CLERK)
    record = clerk.new()
    clerk.sync()
    assert verdict(clerk, record, {path: "26-1"}) == ("rejected", "server_owned")
    assert verdict(clerk, "fresh", {path: "26-1"}, creates=True) == ("rejected", "server_owned")


def test_a_state_without_its_step_is_refused(near: City) -> None:
    clerk = near.laptop(CLERK)
    record = clerk.new()
    clerk.sync()
    assert verdict(clerk, record, {STATE: APPROVED}) == ("rejected", "server_owned")
    assert verdict(clerk, record, {STATE: APPROVED}, transition="submit") == ("rejected", "server_owned")
    assert verdict(clerk, "fresh", {STATE: APPROVED}, creates=True) == ("rejected", "server_owned")


def test_an_author_never_approves_the_own_record(city: City) -> None:
    chief, second = city.laptop(CHIEF), city.laptop(SECOND_CHIEF)
    record = chief.new(submit=True)
    city.sync()
    assert verdict(chief, record, {STATE: APPROVED}, transition="approve") == ("rejected", "role")
    assert verdict(second, record, {STATE: APPROVED}, transition="approve") == ("applied", "")


def test_an_author_cannot_give_the_record_to_another_name(near: City) -> None:
    chief = near.laptop(CHIEF)
    record = chief.new(submit=True)
    chief.sync()
    assert verdict(chief, record, {AUTHOR: CLERK.id}) == ("rejected", "fixed")
    assert verdict(chief, "fresh", {AUTHOR: CLERK.id}, creates=True) == ("rejected", "author")


def test_a_step_takes_its_role(near: City) -> None:
    clerk, chief = near.laptop(CLERK), near.laptop(CHIEF)
    record = chief.new(submit=True)
    near.sync()
    assert verdict(clerk, record, {STATE: APPROVED}, transition="approve") == ("rejected", "role")


def test_a_step_from_another_state_is_refused(near: City) -> None:
    clerk, chief = near.laptop(CLERK), near.laptop(CHIEF)
    record = clerk.new()
    near.sync()
    assert verdict(chief, record, {STATE: APPROVED}, transition="approve") == ("rejected", "state")
    assert verdict(chief, record, {STATE: "x"}, transition="no_such_step") == ("rejected", "state")


def test_a_return_takes_a_reason(near: City) -> None:
    clerk, chief = near.laptop(CLERK), near.laptop(CHIEF)
    record = clerk.new(submit=True)
    near.sync()
    assert verdict(chief, record, {STATE: RETURNED}, transition="return") == ("rejected", "reason")
    edits = {STATE: RETURNED, REASON: "The address is missing"}
    assert verdict(chief, record, edits, transition="return") == ("applied", "")


def test_answers_change_only_where_the_author_holds_the_record(near: City) -> None:
    clerk, chief = near.laptop(CLERK), near.laptop(CHIEF)
    record = clerk.new()
    near.sync()
    assert verdict(chief, record, {"items/a": "2"}) == ("rejected", "not_editable")
    clerk.step(record, "submit", SUBMITTED)
    near.sync()
    assert verdict(clerk, record, {"items/a": "2"}) == ("rejected", "not_editable")
    chief.step(record, "return", RETURNED, reason="Which items?")
    near.sync()
    assert verdict(clerk, record, {"items/a": "2"}) == ("applied", "")


def test_answers_cannot_ride_on_a_reviewers_step(near: City) -> None:
    clerk, chief = near.laptop(CLERK), near.laptop(CHIEF)
    record = clerk.new(submit=True)
    near.sync()
    edits = {STATE: APPROVED, "items/a": "slipped in"}
    assert verdict(chief, record, edits, transition="approve") == ("rejected", "not_editable")


def test_only_a_supervisor_assigns_and_plans(near: City) -> None:
    clerk, chief = near.laptop(CLERK), near.laptop(CHIEF)
    record = clerk.new()
    near.sync()
    plan = {ASSIGNEE: INSPECTOR_8.id, PLANNED: "2026-11-24T14:00:00.000Z"}
    assert verdict(clerk, record, plan) == ("rejected", "planning")
    assert verdict(clerk, "fresh", {ASSIGNEE: INSPECTOR_8.id}, creates=True) == ("rejected", "planning")
    assert verdict(chief, record, plan) == ("applied", "")


def test_who_may_not_start_a_service_starts_none(near: City) -> None:
    inspector = near.laptop(INSPECTOR_8)
    edits = {STATE: "draft", "@ward": "08"}
    assert verdict(inspector, "fresh", edits, creates=True, service="building-permit") == ("rejected", "role")


def test_another_wards_record_is_out_of_reach(city: City) -> None:
    clerk, inspector = city.laptop(CLERK), city.laptop(INSPECTOR_8)
    record = clerk.new(ward="09")
    clerk.sync()
    assert verdict(inspector, record, {TITLE: "Mine"}) == ("rejected", "out_of_scope")
    assert verdict(inspector, "fresh", {"@ward": "09"}, creates=True) == ("rejected", "out_of_scope")
    assert verdict(inspector, "fresh", {"@ward": "08"}, creates=True) == ("applied", "")


def test_a_revoked_ward_is_taken_back(city: City) -> None:
    clerk, inspector = city.laptop(CLERK), city.laptop(INSPECTOR_8)
    record = clerk.new(ward="08")
    city.sync()
    assert inspector.store.record(record) is not None
    elsewhere = replace(INSPECTOR_8, wards=frozenset({"09"}))
    city.service.people.keep(elsewhere)
    if city.server is None:
        inspector.api = inspector.engine._api = city.api(elsewhere)
        inspector.engine._pull._api = inspector.api
    inspector.sync()
    assert inspector.store.record(record) is None


def test_an_op_of_another_person_is_refused_and_not_burnt(city: City) -> None:
    clerk, chief = city.laptop(CLERK), city.laptop(CHIEF)
    change = clerk.change("r1", {TITLE: "Couch"}, creates=True)
    request = PushRequest(clerk.device, (change.payload(),))
    assert chief.api.push(request).results[0].code == "principal"
    assert clerk.api.push(request).results[0].status == "applied"


def test_a_laptop_sends_nothing_under_another_sign_in(near: City) -> None:
    clerk = near.laptop(CLERK)
    clerk.new()
    clerk.engine._api = near.api(CHIEF)
    with pytest.raises(SignInError):
        clerk.sync()
    assert near.count("op") == 0


def test_a_record_id_is_taken_once(near: City) -> None:
    clerk = near.laptop(CLERK)
    record = clerk.new()
    clerk.sync()
    assert verdict(clerk, record, {TITLE: "Again"}, creates=True, base_rev=0) == ("rejected", "exists")


def test_numbers_follow_each_other_without_gaps(near: City) -> None:
    clerk = near.laptop(CLERK)
    records = [clerk.new() for _ in range(3)]
    verdict(clerk, "bad", {NUMBER: "x"}, creates=True)
    clerk.sync()
    later = clerk.new()
    clerk.sync()
    assert [clerk.answer(record, NUMBER) for record in (*records, later)] == [f"BK26-10000{n}" for n in (1, 2, 3, 4)]


def test_planning_again_does_not_make_the_planner_the_author(near: City) -> None:
    clerk, chief = near.laptop(CLERK), near.laptop(CHIEF)
    record = clerk.new(submit=True)
    near.sync()
    chief.commit(record, {ASSIGNEE: INSPECTOR_8.id})
    chief.step(record, "approve", APPROVED)
    near.sync()
    assert clerk.record(record).state == APPROVED
    assert clerk.answer(record, SUBMITTED_BY) == CLERK.id


@pytest.mark.parametrize("path", [f"{PAPERS}missing/{'0' * 12}", f"{AGREED}{'0' * 16}"])
def test_a_paper_and_an_agreement_are_filed_in_any_state_and_stay(near: City, path: str) -> None:
    clerk, chief = near.laptop(CLERK), near.laptop(CHIEF)
    record = clerk.new()
    clerk.step(record, "submit", SUBMITTED)
    clerk.sync()
    chief.sync()
    assert verdict(chief, record, {path: f"{'0' * 64}.pdf"})[0] in {"applied", "merged"}
    assert verdict(chief, record, {path: f"{'1' * 64}.pdf"}) == ("rejected", "fixed")
    assert verdict(chief, record, {path: None})[0] in {"rejected", "noop"}
