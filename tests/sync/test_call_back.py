"""Calling back what has not been sent: the record stands as before, the City never has it, and no alarm is raised."""

from __future__ import annotations

import pytest

from fieldapp.errors import OfflineError
from fieldapp.store.departures import Departures
from sync.gateway import alarms
from tests.support.faults import Fails
from tests.support.gateway import CHIEF, INSPECTOR_8, City


def test_what_is_called_back_never_reaches_the_city(city: City) -> None:
    laptop = city.laptop(INSPECTOR_8)
    record = laptop.new({"items/a": "1"})
    laptop.sync()
    change = laptop.edit(record, {"items/a": "2"})
    assert laptop.store.call_back([change.id]) == {change.id}
    assert laptop.answer(record, "items/a") == "1"
    later = laptop.edit(record, {"items/b": "3"})
    assert laptop.sync().equal
    assert city.count("op", f"id = '{change.id}'") == 0
    assert city.count("op", f"id = '{later.id}'") == 1
    assert alarms.open_ones(city.service.database, city.service.now()) == ()
    assert laptop.store.check() == []


def test_what_may_have_arrived_is_not_called_back(near: City) -> None:
    laptop = near.laptop(INSPECTOR_8)
    record = laptop.new()
    laptop.sync()
    change = laptop.edit(record, {"items/a": "2"})
    laptop.engine._push._api = Fails(lambda _n, name: name == "push").over(laptop.api)
    with pytest.raises(OfflineError):
        laptop.sync()
    assert laptop.store.call_back([change.id]) == set()
    assert laptop.answer(record, "items/a") == "2"


def test_what_has_something_on_top_stays(near: City) -> None:
    laptop = near.laptop(INSPECTOR_8)
    record = laptop.new()
    first, _second = laptop.edit(record, {"items/a": "2"}), laptop.edit(record, {"items/a": "3"})
    assert laptop.store.call_back([first.id]) == set()


def test_what_is_held_leaves_when_its_time_is_over(near: City) -> None:
    laptop = near.laptop(CHIEF)
    now = [0.0]
    laptop.store.exchange.departures = Departures(lambda: now[0])
    record = laptop.new()
    laptop.store.departures.hold([record], 10)
    laptop.sync()
    assert near.count("op") == 0
    assert laptop.store.unsent(CHIEF.id)[0] == 1
    now[0] = 11
    laptop.sync()
    assert near.count("op") == 1


def test_a_laptop_that_is_withdrawn_holds_nothing_back(near: City) -> None:
    laptop = near.laptop(INSPECTOR_8)
    laptop.sync()
    laptop.store.departures.hold([laptop.new()], 1000)
    laptop.engine._hand_over()
    assert near.count("op") == 1


def test_a_step_that_was_a_slip_is_taken_back_and_its_answers_stay_open(city: City) -> None:
    laptop = city.laptop(INSPECTOR_8)
    record = laptop.new({"items/a": "1"})
    state = laptop.store.record(record)
    laptop.sync()
    change = laptop.edit(record, {"items/a": "2"})
    assert state is not None
    assert laptop.store.take_up(change.id, state.state)
    assert laptop.answer(record, "items/a") == "2"
    assert laptop.store.history(record)[-1].state == "open"
    laptop.sync()
    assert city.count("op", f"id = '{change.id}'") == 0
    laptop.store.commit(laptop.change(record, {"items/b": "3"}), seal=True)
    assert laptop.sync().equal
    assert (laptop.answer(record, "items/a"), laptop.store.check()) == ("2", [])


def test_the_first_step_of_a_record_of_this_laptop_alone_is_taken_back(city: City) -> None:
    laptop = city.laptop(INSPECTOR_8)
    record = laptop.new({"items/a": "1"})
    first = laptop.store.history(record)[-1].change
    assert laptop.store.take_up(first.id, "new")
    again = laptop.store.record(record)
    assert again is not None
    assert (again.state, again.get("items/a")) == ("new", "1")
    laptop.store.commit(laptop.change(record, {"items/b": "3"}), seal=True)
    assert laptop.sync().equal
    assert laptop.store.check() == []
    assert not laptop.store.take_up(first.id, "new")
