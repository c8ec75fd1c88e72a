"""Laptops' journals, checked as they arrive: what is whole raises no alarm in any order, what was touched does."""

from __future__ import annotations

import random
import shutil
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest

from fieldapp.clock import FixedClock
from fieldapp.records import STATE, Change
from fieldapp.store import Store
from fieldapp.store.handing import Handed
from fieldapp.store.restore import restore
from fieldapp.store.snapshots import listed
from sync.engine import Engine
from sync.gateway import alarms
from sync.wire import OpResult, PushRequest
from tests.support.gateway import CHIEF, CLERK, SUBMITTED, City, Laptop
from tests.support.store import KEY


def kinds(city: City) -> list[tuple[str, int]]:
    """The open alarms: kind and place."""
    return sorted((one.kind, one.place) for one in alarms.open_ones(city.service.database, city.service.now()))


def head(city: City, laptop: Laptop) -> int:
    """How far the journal of this laptop has come without a gap, in all its chains."""
    sql = "SELECT sum(head) FROM chain WHERE device = ?"
    return int(city.service.database.read(sql, (laptop.device,))[0][0] or 0)


def pending(laptop: Laptop) -> list[Change]:
    return laptop.store.exchange.pending(laptop.person.id, 10**6, 10**9)


def push(laptop: Laptop, changes: Sequence[Change], **other: Any) -> list[OpResult]:
    ops = tuple({**change.payload(), **other} for change in changes)
    return list(laptop.api.push(PushRequest(laptop.device, ops)).results)


def forward(city: City, days: int) -> None:
    clock = city.service.clock
    assert isinstance(clock, FixedClock)
    clock.forward(days=days)


def test_a_journal_that_arrives_in_order_is_whole(either: City) -> None:
    clerk = either.laptop(CLERK)
    record = clerk.new()
    for turn in range(3):
        clerk.edit(record, {"items": str(turn)})
        clerk.sync()
    assert (head(either, clerk), kinds(either)) == (4, [])


@pytest.mark.parametrize("seed", range(25))
def test_i08_any_order_and_any_repetition_raises_no_alarm(near: City, seed: int) -> None:
    chance = random.Random(seed)
    clerk, other = near.laptop(CLERK), near.laptop(CLERK)
    records = [clerk.new() for _ in range(3)]
    for turn in range(8):
        clerk.edit(chance.choice(records), {"note": str(turn)})
    everything = pending(clerk)
    for _ in range(12):
        some = chance.sample(everything, chance.randint(1, len(everything)))
        push(chance.choice((clerk, other)), some)
    push(clerk, everything)
    assert (head(near, clerk), kinds(near)) == (len(everything), [])


def test_a_gap_is_an_alarm_after_a_week_and_settled_when_it_is_filled(either: City) -> None:
    clerk = either.laptop(CLERK)
    first, lost, last = (clerk.new() for _ in range(3))
    changes = {change.record: change for change in pending(clerk)}
    push(clerk, [changes[first], changes[last]])
    forward(either, 6)
    assert kinds(either) == []
    forward(either, 2)
    assert kinds(either) == [("gap", 2)]
    assert [one.status for one in push(clerk, [changes[lost]])] == ["applied"]
    assert (kinds(either), either.count("alarm")) == ([], 1)
    assert alarms.all_of_them(either.service.database, either.service.now())[0].settled_at


def test_an_op_that_was_altered_on_the_laptop_is_taken_and_raises_an_alarm(either: City) -> None:
    clerk = either.laptop(CLERK)
    clerk.new()
    clerk.new()
    first, second = pending(clerk)
    forged = replace(first, edits={**first.edits, "note": "forged"})
    assert [one.status for one in push(clerk, [forged, second])] == ["applied", "applied"]
    assert kinds(either) == [("altered", 1)]


def test_an_op_that_comes_again_with_other_content_raises_an_alarm(either: City) -> None:
    clerk = either.laptop(CLERK)
    clerk.new()
    [change] = pending(clerk)
    push(clerk, [change])
    assert [one.code for one in push(clerk, [change], service="other")] == ["key_reuse"]
    assert kinds(either) == [("altered", 1)]


def test_two_stores_that_go_on_from_one_copy_are_a_fork(either: City) -> None:
    clerk = either.laptop(CLERK)
    clerk.new()
    clerk.sync()
    clerk.store.close()
    shutil.copytree(either.folder / clerk.device, either.folder / "copy")
    clerk.store = Store.open(either.folder / clerk.device, KEY, clock=clerk.clock, device=clerk.device)
    copy = Laptop(
        CLERK, Store.open(either.folder / "copy", KEY, clock=clerk.clock, device=clerk.device), clerk.api, clerk.device
    )
    for laptop in (clerk, copy):
        laptop.new()
        assert [one.status for one in push(laptop, pending(laptop))] == ["applied"]
    assert kinds(either) == [("fork", 2)]
    copy.store.close()


def test_i20_a_restored_store_begins_another_chain_and_raises_no_alarm(near: City) -> None:
    clerk = near.laptop(CLERK)
    clerk.new()
    clerk.store.snapshots.daily()
    for _ in range(2):
        clerk.new()
    clerk.sync()
    clerk.store.close()
    folder = near.folder / clerk.device
    (folder / "store.db").write_bytes(b"damaged")  # what was newer is lost here, and with the City already
    [copy] = listed(folder)
    restore(folder, KEY, copy)
    clerk.store = Store.open(folder, KEY, clock=clerk.clock, device=clerk.device)
    clerk.engine = Engine(clerk.store, clerk.api, CLERK, clerk.clock)
    clerk.new()
    clerk.sync()
    forward(near, 30)
    assert (head(near, clerk), kinds(near)) == (4, [])


def test_what_is_carried_by_another_laptop_keeps_the_place_of_the_first(near: City) -> None:
    clerk, other = near.laptop(CLERK), near.laptop(CLERK)
    for _ in range(3):
        clerk.new()
    handing = clerk.store.handing
    other.new()
    other.store.handing.adopt(Handed(one.change, one.saved_at) for one in handing.changes(handing.unsent(CLERK.id)))
    other.new()
    other.sync()
    clerk.sync()
    assert (head(near, clerk), head(near, other), kinds(near)) == (3, 2, [])


def test_what_was_given_up_before_it_was_sent_leaves_no_gap(either: City) -> None:
    clerk, chief = either.laptop(CLERK), either.laptop(CHIEF)
    record = clerk.new(submit=True)
    clerk.sync()
    chief.sync()
    refused = chief.edit(record, {"note": "not hers to change"})
    chief.sync()
    assert chief.state_of(refused) == "rejected"
    chief.edit(record, {"note": "waits behind it"})
    chief.store.resolve(record, mine=False)
    chief.new()
    chief.sync()
    forward(either, 8)
    assert (head(either, chief), kinds(either)) == (3, [])
    assert chief.store.chain.given_up(CHIEF.id) == []


def test_an_op_without_a_link_after_linked_ones_raises_an_alarm(near: City) -> None:
    clerk = near.laptop(CLERK)
    clerk.new()
    clerk.sync()
    later = clerk.change("fresh", {STATE: "draft", "@ward": "08"}, creates=True)
    assert [one.status for one in push(clerk, [later])] == ["applied"]
    assert kinds(near) == [("unlinked", 0)]


def test_journals_of_an_earlier_fieldapp_raise_no_alarm(near: City) -> None:
    clerk = near.laptop(CLERK)
    old = clerk.change("old", {STATE: "draft", "@ward": "08"}, creates=True)
    clerk.new()
    clerk.sync()
    push(clerk, [old])
    assert kinds(near) == []


def test_supervisors_hear_of_alarms_and_others_do_not(near: City) -> None:
    clerk, chief = near.laptop(CLERK), near.laptop(CHIEF)
    clerk.new()
    clerk.new()
    first, second = pending(clerk)
    push(clerk, [replace(first, at="1999-01-01T00:00:00.000Z"), second])
    assert [one.kind for one in chief.api.hello().alarms] == ["altered"]
    assert clerk.api.hello().alarms == ()


def test_a_blocked_op_that_comes_again_is_no_fork(near: City) -> None:
    clerk = near.laptop(CLERK)
    record = clerk.new()
    clerk.edit(record, {"note": "1"})
    creation, edit = pending(clerk)
    assert [one.status for one in push(clerk, [edit])] == ["blocked"]
    assert [one.status for one in push(clerk, [creation])] == ["applied"]
    assert [one.status for one in push(clerk, [edit])] == ["applied"]
    assert (head(near, clerk), kinds(near)) == (2, [])
    assert SUBMITTED not in clerk.record(record).state
