"""What is wrong with a number is refused with a code and a sentence; the work is kept and takes another number."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from fieldapp.actions import Desk, correct, void
from fieldapp.errors import AccessError, ProtocolError, RefusedError
from fieldapp.places import Layers
from fieldapp.records import STATE, TITLE, VOIDED
from fieldapp.store import Issue
from sync.wire import BlockEnd, NumbersRequest, decoded
from tests.support.gateway import CHIEF, CLERK, SUBMITTED, City, Laptop
from tests.support.numbers import NEEDED, NUMBER, ORDER, laptop, number, order


def desk(city: City, one: Laptop) -> Desk:
    layers = Layers(city.folder / "layers")
    return Desk(one.person, one.store, city.service.catalogue, layers, one.clock, one.device)


def code(one: Laptop, record: str) -> str:
    return one.store.history(record)[-1].code


def test_a_number_of_another_device_is_refused(city: City) -> None:
    one, other = laptop(city, CLERK), laptop(city, CHIEF)
    one.sync()
    record = order(other, {NUMBER: "OR26-00003"})
    other.sync()
    assert code(other, record) == "number_foreign"


@pytest.mark.parametrize("made_up", ["OR26-3", "OR26-99999", "26-00003", "OR26-٠٠٠٠٣", "…0"])
def test_a_made_up_number_is_refused(city: City, made_up: str) -> None:
    one = laptop(city, CLERK)
    one.sync()
    record = order(one, {NUMBER: made_up})
    one.sync()
    assert code(one, record) == "number_foreign"


@pytest.mark.parametrize("together", [True, False])
def test_a_number_stands_on_one_record_only(city: City, together: bool) -> None:
    one = laptop(city, CLERK)
    one.sync()
    first = order(one)
    if not together:
        one.sync()
    second = order(one, {NUMBER: "OR26-00001"})
    one.sync()
    assert (code(one, first), code(one, second)) == ("", "number_used")
    assert one.record(second).state == "submitted"  # the work is kept


def test_what_was_given_back_may_not_be_used(city: City) -> None:
    one = laptop(city, CLERK)
    one.sync()
    block = one.store.numbers.blocks()[0]
    city.service.as_(CLERK).numbers(NumbersRequest(one.device, ended=(BlockEnd(block.id, block.next),)))
    record = order(one)
    one.sync()
    assert code(one, record) == "number_back"


def test_a_refused_number_is_replaced_when_the_record_is_handed_in_again(city: City) -> None:
    one = laptop(city, CLERK)
    one.sync()
    order(one)
    record = order(one, {NUMBER: "OR26-00001"})
    one.sync()
    correct(desk(city, one), record)
    assert number(one, record) == ""


def test_a_number_is_issued_by_its_step_only(city: City) -> None:
    one = laptop(city, CLERK)
    one.sync()
    record = one.new({NUMBER: "OR26-00001"})
    one.sync()
    assert code(one, record) == "step"


def test_a_number_that_stands_can_only_be_voided(city: City) -> None:
    one = laptop(city, CLERK)
    one.sync()
    record = order(one)
    one.sync()
    one.edit(record, {NUMBER: None})
    one.sync()
    assert code(one, record) == "fixed"


def test_a_voided_number_is_accounted_for_and_another_one_taken(city: City) -> None:
    one = laptop(city, CLERK)
    one.sync()
    record = order(one)
    void(desk(city, one), record, "order", "the printer tore it", anew=True)
    one.sync()
    assert number(one, record) == "OR26-00002"
    assert one.answer(record, VOIDED + "OR26-00001") == "the printer tore it"
    found = city.service.database.read("SELECT n, fate, reason FROM official_number ORDER BY n")
    assert found == [(1, "void", "the printer tore it"), (2, "used", "")]
    again = order(one, {NUMBER: "OR26-00001"})
    one.sync()
    assert code(one, again) == "number_used"


def test_voiding_takes_a_reason_and_the_right_role(city: City) -> None:
    one = laptop(city, CLERK)
    one.sync()
    record = order(one)
    with pytest.raises(RefusedError, match="why"):
        void(desk(city, one), record, "order", " ", anew=False)
    with pytest.raises(RefusedError, match="no such number"):
        void(desk(city, one), record, "receipt", "torn", anew=False)
    stranger = replace(desk(city, one), person=replace(CLERK, roles=frozenset({"back_office"})))
    with pytest.raises(AccessError):
        void(stranger, record, "order", "torn", anew=False)


def test_nobody_voids_what_the_record_does_not_bear(city: City) -> None:
    one = laptop(city, CLERK)
    one.sync()
    record = order(one)
    one.sync()
    one.edit(record, {VOIDED + "OR26-00009": "not mine"})
    one.sync()
    assert code(one, record) == "step"


def test_a_number_whose_record_was_withdrawn_is_told_as_spoilt(city: City) -> None:
    one = laptop(city, CLERK)
    one.sync()
    record = one.new(NEEDED)
    one.sync()
    step = one.change(record, {STATE: SUBMITTED, NUMBER: "OR26-00099"}, transition="submit")
    one.store.commit(step, seal=True)  # refused: and so is what takes a good number behind it
    issue = Issue(ORDER.id, "order/2026")
    one.store.commit(one.change(record, {TITLE: "Sofa"}), seal=True, issues=[issue])
    one.sync()
    one.store.resolve(record, mine=False)
    one.sync()
    assert city.service.database.read("SELECT n, fate FROM official_number") == [(1, "spoilt")]
    assert one.store.numbers.spoilt() == []


@pytest.mark.parametrize(
    "said",
    [
        {"device": "LT\0"},
        {"device": "LT00", "asks": [{"id": "a b", "service": "s", "number": "n", "day": "d", "size": 1}]},
        {"device": "LT00", "asks": [{"id": "a", "service": "s", "number": "n", "day": "d", "size": 10**30}]},
        {"device": "LT00", "ended": [{"id": "a", "next": -1}]},
        {"device": "LT00", "spoilt": [{"series": "order/2026", "number": "\0"}]},
    ],
)
def test_what_no_database_may_see_is_no_message(said: dict[str, object]) -> None:
    with pytest.raises(ProtocolError):
        decoded(NumbersRequest, json.dumps(said).encode())


def test_a_number_so_large_that_no_year_has_it_is_foreign(city: City) -> None:
    one = laptop(city, CLERK)
    one.sync()
    record = order(one, {NUMBER: "OR26-" + "9" * 200})
    one.sync()
    assert code(one, record) == "number_foreign"
