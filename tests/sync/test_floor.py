"""What a gateway forgets, and what a laptop does that was away for longer (I17); ops are told apart for ever (I3)."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from threading import Event
from typing import cast

import pytest

from fieldapp.clock import FixedClock
from fieldapp.errors import OfflineError, RefusedError
from fieldapp.records import ASSIGNEE, WARD
from fieldapp.store import Place
from sync.api import RemoteApi
from sync.gateway.tidying import KEPT, Daily, purge_ops
from sync.wire import PullReply, PullRequest, PushRequest
from tests.support.faults import Fails
from tests.support.gateway import CHIEF, CLERK, INSPECTOR_8, City, Laptop
from ui.__main__ import main


def forward(city: City, days: int) -> None:
    """So many days pass at the gateway, and it is tidied."""
    clock = city.service.clock
    assert isinstance(clock, FixedClock)
    clock.forward(days=days)
    city.service.tidy()


def away(city: City, records: int = 4) -> tuple[Laptop, Laptop, list[str]]:
    """A chief, an inspector who is away since some records came, and these; the first two have left the ward."""
    chief, inspector = city.laptop(CHIEF), city.laptop(INSPECTOR_8)
    made = [chief.new({"items/a": "0", ASSIGNEE: INSPECTOR_8.id if n == 1 else ""}) for n in range(records)]
    city.sync()
    for record in made[:2]:
        chief.edit(record, {WARD: "09", ASSIGNEE: None})
    chief.edit(made[2], {"items/a": "1"})
    chief.sync()
    return chief, inspector, made


def test_i17_a_laptop_that_was_away_past_the_floor_begins_anew_and_ends_equal(either: City) -> None:
    chief, inspector, made = away(either)
    forward(either, KEPT.days + 1)
    proof = inspector.sync()
    assert proof.equal
    assert set(proof.resynced) == {"ward:08", f"assigned:{INSPECTOR_8.id}"}
    assert proof.rebuilt == ()
    assert [inspector.store.record(record) for record in made[:2]] == [None, None]
    assert [inspector.record(record) for record in made[2:]] == [chief.record(record) for record in made[2:]]
    assert inspector.store.check() == []
    assert inspector.sync().resynced == ()


def test_i17_unsent_work_its_bases_and_drafts_outlive_it(either: City) -> None:
    chief, inspector, made = away(either)
    lost = inspector.edit(made[0], {"items/b": "mine"})
    kept = inspector.new({"items/a": "made while away"})
    inspector.store.commit(inspector.change(made[2], {"items/b": "draft"}), seal=False)
    forward(either, KEPT.days + 1)
    proof = inspector.sync()
    assert proof.equal
    assert (inspector.state_of(lost), inspector.code_of(lost)) == ("rejected", "out_of_scope")
    assert inspector.answer(made[0], "items/b") == "mine"
    row = inspector.store.row(made[2])
    assert row is not None
    assert row.place is Place.DRAFT
    assert inspector.record(made[2]).answers == {"items/a": "1", "items/b": "draft"}
    assert inspector.store.city_record(made[2]) == chief.store.record(made[2])
    assert inspector.record(kept).rev == 1
    assert inspector.store.check() == []


def test_i17_own_work_does_not_carry_a_laptop_over_what_is_forgotten(either: City) -> None:
    chief, inspector = either.laptop(CHIEF), either.laptop(INSPECTOR_8)
    kept, left = chief.new(), chief.new()
    either.sync()
    chief.edit(left, {WARD: "09"})
    chief.sync()
    forward(either, KEPT.days + 1)
    inspector.new()
    proof = inspector.sync()
    assert (proof.equal, proof.rebuilt, proof.resynced) == (True, (), ("ward:08",))
    assert inspector.store.record(left) is None
    assert inspector.record(kept) == chief.record(kept)


@pytest.mark.parametrize("cut", [2, 3])
def test_i17_beginning_anew_may_be_cut_anywhere(near: City, cut: int) -> None:
    chief, inspector, made = away(near, 1203)
    forward(near, KEPT.days + 1)
    inspector = again(near, inspector, Fails(lambda count, name: name == "pull" and count == cut).over(inspector.api))
    with pytest.raises(OfflineError):
        inspector.sync()
    near.sync()
    assert inspector.sync().equal
    assert inspector.store.record(made[0]) is None
    assert inspector.store.exchange.summary("ward:08") == chief.store.exchange.summary("ward:08")
    assert inspector.store.check() == []


def test_what_left_lately_is_remembered(either: City) -> None:
    _, inspector, made = away(either)
    forward(either, KEPT.days - 1)
    proof = inspector.sync()
    assert (proof.equal, proof.resynced, proof.rebuilt) == (True, (), ())
    assert inspector.store.record(made[0]) is None


def test_i17_a_laptop_that_does_not_know_the_word_finds_out_by_the_sums(near: City) -> None:
    _, inspector, made = away(near)
    forward(near, KEPT.days + 1)
    inspector = again(near, inspector, cast("RemoteApi", Old(inspector.api)))
    proof = inspector.sync()
    assert "ward:08" in proof.rebuilt
    assert inspector.store.record(made[0]) is None
    assert inspector.store.record(made[2]) is not None


class Old:
    """The gateway as an older laptop asks it: such a one does not say what it knows."""

    def __init__(self, api: RemoteApi) -> None:
        self._api = api

    def __getattr__(self, name: str) -> object:
        return getattr(self._api, name)

    def pull(self, request: PullRequest) -> PullReply:
        """As before there was anything to know."""
        wards = {name: cursor for name, cursor in request.buckets.items() if name.startswith("ward:")}
        return self._api.pull(PullRequest(wards, request.limit, request.epoch))


def again(city: City, laptop: Laptop, api: RemoteApi) -> Laptop:
    """The laptop with another line."""
    made = Laptop(laptop.person, laptop.store, api, laptop.device)
    city.laptops[city.laptops.index(laptop)] = made
    return made


def test_i3_a_purged_op_that_comes_again_takes_no_effect(either: City) -> None:
    laptop = either.laptop(CLERK)
    record = laptop.new({"items/a": "1"})
    first = laptop.edit(record, {"items/a": "2"})
    laptop.sync()
    laptop.edit(record, {"items/a": "1"})
    laptop.sync()
    forward(either, KEPT.days + 1)
    assert purge_ops(either.service.database, either.service.clock.now(), KEPT.days) == 3
    assert either.count("op") == 0
    answer = laptop.api.push(PushRequest(laptop.device, (first.payload(),))).results[0]
    assert (answer.status, answer.rev, answer.edits) == ("applied", 2, {})
    other = replace(first, edits={"items/a": "3"})
    refused = laptop.api.push(PushRequest(laptop.device, (other.payload(),))).results[0]
    assert (refused.status, refused.code) == ("rejected", "key_reuse")
    assert laptop.sync().equal
    assert laptop.answer(record, "items/a") == "1"


def test_nothing_is_purged_before_its_time_or_while_two_versions_wait_for_a_person(near: City) -> None:
    first, second = near.laptop(CLERK), near.laptop(CLERK)
    record = first.new({"items/a": "0"})
    near.sync()
    first.edit(record, {"items/a": "1"})
    clash = second.edit(record, {"items/a": "2"})
    first.sync()
    second.sync()
    database, clock = near.service.database, near.service.clock
    with pytest.raises(RefusedError, match="at least 180 days"):
        purge_ops(database, clock.now(), 179)
    assert purge_ops(database, clock.now(), 180) == 0
    assert purge_ops(database, clock.now(), 10**12) == 0
    forward(near, KEPT.days + 1)
    assert purge_ops(database, clock.now(), 180) == 2
    assert near.count("op", f"id = '{clash.id}'") == 1


def test_the_command_says_what_was_forgotten(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    asked = ["gateway", "tidy", "--data", str(tmp_path)]
    assert main([*asked, "--purge-history", "365"]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "0 rows that left are forgotten.",
        "0 changes are purged from the history.",
    ]
    assert main([*asked, "--purge-history", "3"]) == 1
    assert "at least 180 days" in capsys.readouterr().err


@pytest.mark.parametrize("fault", [OfflineError("the database is away"), ZeroDivisionError("a bug")])
def test_a_gateway_is_tidied_now_and_every_day_also_after_a_failure(fault: Exception) -> None:
    done = Event()
    calls: list[int] = []

    def work() -> None:
        calls.append(1)
        if len(calls) == 1:
            raise fault
        done.set()

    with Daily(work, every=0.001):
        assert done.wait(30)
