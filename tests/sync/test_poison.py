"""One op that the gateway cannot take as a whole request stops only itself, and a person sees it (I13)."""

from __future__ import annotations

import pytest

from fieldapp.errors import GatewayError
from sync.pushing import SICK, TRIES, Pace
from sync.wire import MAX_OPS
from tests.support.faults import Chokes
from tests.support.gateway import CLERK, City


def test_i13_a_choking_op_is_found_by_halving_and_all_others_pass(near: City) -> None:
    chokes = Chokes(set())
    laptop = near.laptop(CLERK, wrap=chokes.over)
    records = [laptop.new() for _ in range(64)]
    bad = laptop.edit(records[20], {"items/a": "poison"})
    behind = laptop.edit(records[20], {"items/a": "behind"})
    chokes.ops.add(bad.id)
    proof = laptop.sync()
    assert near.count("op") == 64
    assert proof.results == {"applied": 64, "retry": 1}
    assert (laptop.state_of(bad), laptop.state_of(behind)) == ("sealed", "sealed")
    assert len(chokes.pushes) <= 16


def test_it_is_laid_aside_after_some_tries_and_can_be_sent_again(near: City) -> None:
    chokes = Chokes(set())
    laptop = near.laptop(CLERK, wrap=chokes.over)
    record = laptop.new()
    laptop.sync()
    bad = laptop.edit(record, {"items/a": "poison"})
    chokes.ops.add(bad.id)
    for _ in range(TRIES):
        assert laptop.state_of(bad) == "sealed"
        laptop.sync()
    assert laptop.state_of(bad) == "parked"
    assert laptop.store.counts().attention == 1
    pushes = len(chokes.pushes)
    laptop.sync()
    assert len(chokes.pushes) == pushes
    laptop.store.resolve(record, mine=True)
    laptop.sync()
    assert laptop.store.counts().attention == 0
    assert near.api(CLERK).history(record).entries[-1].op["edits"] == {"items/a": "poison"}


def test_an_op_that_is_too_large_is_laid_aside_at_once(near: City) -> None:
    chokes = Chokes(set(), status=413)
    laptop = near.laptop(CLERK, wrap=chokes.over)
    large, small = laptop.new(), laptop.new()
    chokes.ops.add(laptop.store.history(large)[0].change.id)
    laptop.sync()
    assert laptop.store.history(large)[0].state == "parked"
    assert laptop.record(small).rev == 1


def test_i13_a_gateway_that_fails_on_everything_is_at_fault_and_lays_nothing_aside(near: City) -> None:
    chokes = Chokes(set())
    laptop = near.laptop(CLERK, wrap=chokes.over)
    records = [laptop.new() for _ in range(3 * SICK)]
    chokes.ops |= {entry.change.id for record in records for entry in laptop.store.history(record)}
    for _ in range(TRIES + 2):
        chokes.pushes.clear()
        with pytest.raises(GatewayError):
            laptop.sync()
        assert len(chokes.pushes) < 3 * SICK
    assert laptop.store.counts().attention == 0
    chokes.ops.clear()
    assert laptop.sync().results == {"applied": 3 * SICK}


def test_i13_two_bad_ops_are_told_from_a_bad_gateway_as_soon_as_another_passes(near: City) -> None:
    chokes = Chokes(set())
    laptop = near.laptop(CLERK, wrap=chokes.over)
    bad = [laptop.new() for _ in range(2)]
    chokes.ops |= {laptop.store.history(record)[0].change.id for record in bad}
    with pytest.raises(GatewayError):
        laptop.sync()
    for _ in range(TRIES):
        laptop.new()
        laptop.sync()
    assert {laptop.store.history(record)[0].state for record in bad} == {"parked"}
    assert near.count("op") == TRIES


def test_batches_follow_the_line() -> None:
    pace = Pace()
    pace.took(5.0)
    assert pace.ops == MAX_OPS // 2
    pace.took(1.5)
    assert pace.ops == MAX_OPS // 2
    pace.took(0.1)
    assert pace.ops == MAX_OPS
