"""What only a supervisor decides: two different verdicts, and a step that somebody else's step has overtaken."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from fieldapp.records import ASSIGNEE, SUBMITTED_BY, WHY, Change
from fieldapp.store import Dispute
from sync.wire import PushRequest
from tests.support.gateway import APPROVED, CHIEF, CLERK, INSPECTOR_8, SECOND_CHIEF, City, Laptop

RESULT = "outcome/result"
VISIT: dict[str, Any] = {"service": "building-inspection"}
PLANNED = "planned"


def verdicts(city: City) -> tuple[Laptop, Laptop, Laptop, Change]:
    """An inspector's two laptops say passed and failed of one visit; and a supervisor. The second waits."""
    first, second, chief = city.laptop(INSPECTOR_8), city.laptop(INSPECTOR_8), city.laptop(SECOND_CHIEF)
    record = first.new({"@state": PLANNED, RESULT: ""}, **VISIT)
    city.sync()
    first.edit(record, {RESULT: "passed"}, **VISIT)
    change = second.edit(record, {RESULT: "failed", "outcome/remarks": "Joists cut"}, **VISIT)
    city.sync()
    return first, second, chief, change


def decide(laptop: Laptop, dispute: Dispute, why: str = "I called them both", **chosen: str) -> Change:
    """A supervisor's decision: what is named, the City's at all other contested paths."""
    record = laptop.record(dispute.record)
    named = {RESULT if path == "result" else f"@{path}": value for path, value in chosen.items()}
    edits = {one.path: named.get(one.path, one.theirs) or None for one in dispute.paths}
    own = {"service": record.service, "form_version": record.form_version, "settles": (dispute.op,)}
    return laptop.commit(record.id, {**edits, WHY: why}, **own)


def open_for(laptop: Laptop) -> list[Dispute]:
    """What the laptop knows of that is open."""
    return [one for one in laptop.store.exchange.disputes().items if not one.settled_by]


def test_two_verdicts_wait_for_a_supervisor_and_both_are_kept(either: City) -> None:
    first, second, chief, change = verdicts(either)
    assert (second.state_of(change), second.store.counts().attention) == ("referred", 0)
    assert first.answer(change.record, RESULT) == "passed"
    assert second.answer(change.record, RESULT) == "failed"
    [dispute] = open_for(chief)
    [path] = dispute.paths
    assert (dispute.op, dispute.mine_by, dispute.others) == (change.id, INSPECTOR_8.id, 1)
    assert (path.path, path.mine, path.theirs, path.theirs_by) == (RESULT, "failed", "passed", INSPECTOR_8.id)
    assert open_for(first) == open_for(second) == [dispute]
    assert second.store.check() == []


def test_what_the_supervisor_chose_is_taken_with_the_rest_of_the_change(either: City) -> None:
    _first, second, chief, change = verdicts(either)
    decision = decide(chief, open_for(chief)[0], result="failed")
    either.sync()
    assert (chief.state_of(decision), second.state_of(change)) == ("merged", "decided")
    for laptop in either.laptops:
        assert laptop.answer(change.record, RESULT) == "failed"
        assert laptop.answer(change.record, "outcome/remarks") == "Joists cut"
        assert laptop.store.check() == []
        assert laptop.sync().equal
    assert either.count("conflict", "settled_by = ''") == 0


def test_the_other_value_may_stand_and_the_rest_of_the_change_is_taken_all_the_same(near: City) -> None:
    first, _second, chief, change = verdicts(near)
    decide(chief, open_for(chief)[0], result="passed")
    near.sync()
    assert first.answer(change.record, RESULT) == "passed"
    assert first.answer(change.record, "outcome/remarks") == "Joists cut"


def test_both_authors_are_told_what_was_decided_by_whom_and_why(near: City) -> None:
    first, second, chief, change = verdicts(near)
    decide(chief, open_for(chief)[0], result="failed")
    near.sync()
    for laptop in (first, second):
        [told] = laptop.store.exchange.disputes().items
        assert (told.op, told.settled_by, told.why) == (change.id, SECOND_CHIEF.id, "I called them both")
        assert told.settled_at
        assert told.paths[0].kept == "failed"
    assert open_for(chief) == []


def test_an_author_cannot_decide(near: City) -> None:
    _first, second, _chief, change = verdicts(near)
    [dispute] = open_for(second)
    tried = second.change(change.record, {RESULT: "failed", WHY: "Mine"}, settles=(dispute.op,), **VISIT)
    answer = near.service.as_(INSPECTOR_8).push(PushRequest(second.device, (tried.payload(),)))
    assert (answer.results[0].status, answer.results[0].code) == ("rejected", "decision")
    assert near.count("conflict", "settled_by = ''") == 1


def test_a_decision_without_a_reason_or_on_old_values_is_refused(near: City) -> None:
    first, _second, chief, change = verdicts(near)
    [dispute] = open_for(chief)
    silent = decide(chief, dispute, why=" ", result="failed")
    near.sync()
    assert (chief.state_of(silent), chief.code_of(silent)) == ("rejected", "reason")
    chief.store.resolve(change.record, mine=False)
    first.edit(change.record, {RESULT: "partial"}, **VISIT)
    first.sync()
    stale = decide(chief, dispute, result="failed")
    near.sync()
    assert chief.code_of(stale) == "newer"
    assert near.count("conflict", "settled_by = ''") == 1


def test_later_changes_of_the_author_wait_for_the_decision_and_then_go(near: City) -> None:
    first, second, chief, change = verdicts(near)
    later = second.edit(change.record, {"outcome/deviation": "none"}, **VISIT)
    near.sync()
    assert second.state_of(later) == "sealed"
    decide(chief, open_for(chief)[0], result="failed")
    near.sync()
    near.sync()
    assert second.state_of(later) == "merged"
    assert first.answer(change.record, "outcome/deviation") == "none"


def test_a_step_that_came_with_the_answers_is_taken_when_it_is_decided(near: City) -> None:
    first, second, chief = near.laptop(INSPECTOR_8), near.laptop(INSPECTOR_8), near.laptop(SECOND_CHIEF)
    record = first.new({"@state": PLANNED}, **VISIT)
    near.sync()
    first.edit(record, {RESULT: "passed"}, **VISIT)
    edits = {RESULT: "failed", "@state": "submitted"}
    change = second.commit(record, edits, transition="submit", **VISIT)
    near.sync()
    assert second.state_of(change) == "referred"
    assert first.record(record).state == PLANNED
    decide(chief, open_for(chief)[0], result="failed")
    near.sync()
    assert first.record(record).state == "submitted"
    assert first.answer(record, SUBMITTED_BY) == INSPECTOR_8.id


def test_steps_that_exclude_each_other_wait_for_a_third_person(either: City) -> None:
    clerk, one, two = either.laptop(CLERK), either.laptop(CHIEF), either.laptop(CHIEF)
    record = clerk.new(submit=True)
    either.sync()
    one.step(record, "approve", APPROVED)
    change = two.step(record, "return", "returned", reason="No address")
    either.sync()
    assert (two.state_of(change), clerk.record(record).state) == ("referred", APPROVED)
    third = either.laptop(SECOND_CHIEF)
    either.sync()
    decide(third, open_for(third)[0], state="returned")
    either.sync()
    for laptop in either.laptops:
        assert (laptop.record(record).state, laptop.answer(record, "@reason")) == ("returned", "No address")
        assert laptop.store.check() == []


def test_a_supervisor_who_took_one_of_the_steps_cannot_decide(near: City) -> None:
    clerk, one, two = near.laptop(CLERK), near.laptop(CHIEF), near.laptop(SECOND_CHIEF)
    record = clerk.new(submit=True)
    near.sync()
    one.step(record, "approve", APPROVED)
    two.step(record, "return", "returned", reason="No address")
    near.sync()
    mine = decide(one, open_for(one)[0], state="returned")
    near.sync()
    assert one.code_of(mine) == "decision"
    assert clerk.record(record).state == APPROVED


@pytest.mark.parametrize(("kept", "note"), [("planned", "Two storeys"), ("cancelled", "")])
def test_an_edit_of_what_somebody_cancelled_is_kept_until_it_is_decided(near: City, kept: str, note: str) -> None:
    inspector, chief, third = near.laptop(INSPECTOR_8), near.laptop(CHIEF), near.laptop(SECOND_CHIEF)
    record = inspector.new({"@state": PLANNED}, **VISIT)
    near.sync()
    chief.step(record, "cancel", "cancelled", reason="Twice", **VISIT)
    chief.sync()
    change = inspector.edit(record, {"outcome/remarks": "Two storeys"}, **VISIT)
    near.sync()
    assert inspector.state_of(change) == "referred"
    decide(third, open_for(third)[0], state=kept)
    near.sync()
    assert (inspector.record(record).state, inspector.answer(record, "outcome/remarks")) == (kept, note)
    assert inspector.record(record) == chief.record(record)


def test_nothing_is_approved_while_two_versions_wait(near: City) -> None:
    clerk, one, two = near.laptop(CLERK), near.laptop(CHIEF), near.laptop(SECOND_CHIEF)
    record = clerk.new(submit=True)
    near.sync()
    one.step(record, "return", "returned", reason="No address")
    one.sync()
    two.step(record, "approve", APPROVED)
    two.sync()
    clerk.sync()
    clerk.step(record, "resubmit", "submitted")
    near.sync()
    approval = one.step(record, "approve", APPROVED)
    near.sync()
    assert one.code_of(approval) == "undecided"


def test_i16_a_dispute_outside_ones_wards_is_not_told(near: City) -> None:
    first, second, _chief, change = verdicts(near)
    away = replace(CHIEF, wards=frozenset({"09"}))
    assert near.laptop(away).sync().equal
    assert near.laptops[-1].store.exchange.disputes().items == ()
    assert open_for(first)
    assert second.state_of(change) == "referred"


def test_a_gateway_that_went_back_is_told_again_of_what_waits(near: City) -> None:
    _first, second, chief, change = verdicts(near)
    with near.service.database.write() as tx:
        tx.execute("DELETE FROM conflict")
        tx.execute("DELETE FROM op WHERE id = ?", (change.id,))
    near.service.database.new_epoch()
    near.sync()
    assert second.state_of(change) == "referred"
    assert [one.op for one in open_for(chief)] == [change.id]


def test_equal_verdicts_are_nobodys_business(near: City) -> None:
    first, second, chief = near.laptop(INSPECTOR_8), near.laptop(INSPECTOR_8), near.laptop(CHIEF)
    record = first.new({"@state": PLANNED}, **VISIT)
    near.sync()
    first.edit(record, {RESULT: "passed"}, **VISIT)
    change = second.edit(record, {RESULT: "passed"}, **VISIT)
    near.sync()
    assert second.state_of(change) == "noop"
    assert chief.store.exchange.disputes().items == ()
    assert chief.answer(record, ASSIGNEE) == INSPECTOR_8.id
