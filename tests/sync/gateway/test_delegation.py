"""Standing in for a supervisor who is away: for a time, in some wards, never over one's own work."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from fieldapp.access import INSPECTOR, acting
from fieldapp.clock import FixedClock, stamp
from fieldapp.errors import RefusedError
from fieldapp.records import Person, Record
from fieldapp.services import workflow
from sync.wire import OpResult, PullRequest, PushRequest
from tests.support.gateway import APPROVED, CHIEF, CLERK, INSPECTOR_8, SECOND_CHIEF, City, Laptop
from ui.__main__ import main

DEPUTY = Person("d.ng", "D. Ng", frozenset({INSPECTOR}), frozenset({"01"}))


def moment(city: City, days: float = 0) -> str:
    return stamp(city.service.clock.now() + timedelta(days=days))


def give(city: City, *, giver: str = CHIEF.id, wards: str = "08", begins: float = 0, ends: float = 7) -> str:
    city.service.people.keep(DEPUTY)
    named = giver, DEPUTY.id, frozenset(wards.split())
    return city.service.delegations.give(*named, moment(city, begins), moment(city, ends), city.service.now())


def forward(city: City, days: float) -> None:
    clock = city.service.clock
    assert isinstance(clock, FixedClock)
    clock.forward(days=days)


def submitted(city: City, ward: str = "08") -> str:
    clerk = city.laptop(CLERK)
    record = clerk.new(ward=ward, submit=True)
    clerk.sync()
    return record


def approve(laptop: Laptop, record: str, stands_for: str = CHIEF.id) -> OpResult:
    """What the gateway says to an approval, however the laptop came to make it."""
    known = laptop.store.record(record) or Record(record, "bulk-pickup", "1")
    change = laptop.change(
        record, {"@state": APPROVED}, transition="approve", stands_for=stands_for, base_rev=known.rev
    )
    return laptop.api.push(PushRequest(laptop.device, (change.payload(),))).results[0]


def test_a_deputy_sees_and_approves_in_the_wards_and_time_given(either: City) -> None:
    record = submitted(either)
    give(either)
    deputy = either.laptop(DEPUTY)
    deputy.sync()
    assert deputy.record(record).state == "submitted"
    result = approve(deputy, record)
    assert result.status == "applied"
    told = either.service.as_(CHIEF).history(record).entries[-1]
    assert (told.op["actor"], told.op["stands_for"]) == (DEPUTY.id, CHIEF.id)


def test_without_naming_whom_they_stand_in_for_it_is_their_own_role_that_counts(near: City) -> None:
    record = submitted(near)
    give(near)
    result = approve(near.laptop(DEPUTY), record, stands_for="")
    assert (result.status, result.code) == ("rejected", "role")


@pytest.mark.parametrize(
    "why", ["not yet", "over", "withdrawn", "other ward", "another giver", "giver is none any more"]
)
def test_what_does_not_hold_at_the_moment_of_judging_is_refused(either: City, why: str) -> None:
    record = submitted(either)
    id_ = give(either, begins=1 if why == "not yet" else 0, wards="09" if why == "other ward" else "08")
    deputy = either.laptop(replace(DEPUTY, wards=frozenset({"*"})))
    either.service.people.keep(deputy.person)
    if why == "over":
        forward(either, 8)
    elif why == "withdrawn":
        assert either.service.delegations.withdraw(id_, either.service.now())
    elif why == "giver is none any more":
        either.service.people.keep(replace(CHIEF, roles=frozenset({INSPECTOR})))
    result = approve(deputy, record, SECOND_CHIEF.id if why == "another giver" else CHIEF.id)
    assert (result.status, result.code) == ("rejected", "role")


def test_a_deputy_never_approves_their_own_record(near: City) -> None:
    give(near)
    deputy = near.laptop(replace(DEPUTY, roles=frozenset({"counter"}), wards=frozenset({"*"})))
    near.service.people.keep(deputy.person)
    record = deputy.new(submit=True)
    deputy.sync()
    result = approve(deputy, record)
    assert (result.status, result.code) == ("rejected", "role")
    assert "second person" in result.message


def test_nobody_gets_their_own_record_approved_by_their_deputy(near: City) -> None:
    near.service.people.keep(replace(CHIEF, roles=CHIEF.roles | {"counter"}))
    chief = near.laptop(replace(CHIEF, roles=CHIEF.roles | {"counter"}))
    record = chief.new(submit=True)
    chief.sync()
    give(near)
    result = approve(near.laptop(DEPUTY), record)
    assert (result.status, result.code) == ("rejected", "role")
    assert "stand in for" in result.message


def test_i16_the_wards_of_an_absence_come_and_go_with_it(either: City) -> None:
    record = submitted(either)
    deputy = either.laptop(DEPUTY)
    deputy.sync()
    assert deputy.store.record(record) is None
    give(either)
    deputy.sync()
    assert deputy.store.record(record) is not None
    forward(either, 8)
    proof = deputy.sync()
    assert proof.equal
    assert deputy.store.record(record) is None
    assert not [page for page in deputy.api.pull(PullRequest({})).pages if page.bucket == "ward:08"]


def test_the_laptop_offers_the_step_while_the_absence_lasts(near: City) -> None:
    record = submitted(near)
    give(near, begins=1, ends=2)
    deputy = near.laptop(DEPUTY)
    deputy.sync()
    me = deputy.store.people.me()
    assert me is not None
    assert [one.giver for one in me.stands_in] == [CHIEF.id]
    service = near.service.catalogue.get("bulk-pickup")
    clerk = near.laptops[0]
    offered = [
        {step.id for step in workflow.offered(service, clerk.record(record), acting(me, moment(near, days)))}
        for days in (0, 1.5, 3)
    ]
    assert "approve" not in offered[0]
    assert "approve" in offered[1]
    assert "approve" not in offered[2]


def test_who_reviews_nothing_has_nothing_to_delegate(near: City) -> None:
    near.service.people.keep(DEPUTY)
    with pytest.raises(RefusedError):
        give(near, giver=INSPECTOR_8.id)
    with pytest.raises(RefusedError):
        give(near, ends=-1)


def test_the_command_gives_lists_and_withdraws(near: City, capsys: pytest.CaptureFixture[str]) -> None:
    near.service.people.keep(DEPUTY)
    data = ["--data", str(near.folder / "gateway")]
    named = ["--from", CHIEF.id, "--to", DEPUTY.id, "--until", "2099-01-01", "--ward", "08"]
    assert main(["gateway", "delegate", *data, *named]) == 0
    id_ = capsys.readouterr().out.strip()
    assert main(["gateway", "delegate", *data]) == 0
    assert f"{id_}  {CHIEF.id}  →  {DEPUTY.id}  08" in capsys.readouterr().out
    assert main(["gateway", "delegate", *data, "--withdraw", id_]) == 0
    assert main(["gateway", "delegate", *data, "--withdraw", id_]) == 1


def test_the_last_day_of_the_calendar_is_one(near: City, capsys: pytest.CaptureFixture[str]) -> None:
    near.service.people.keep(DEPUTY)
    data = ["--data", str(near.folder / "gateway")]
    named = ["--from", CHIEF.id, "--to", DEPUTY.id, "--until", "9999-12-31"]
    assert main(["gateway", "delegate", *data, *named]) == 0
    assert capsys.readouterr().out.strip()
