"""Number blocks: reserved before they run out, never lost or doubled, used at most once, accounted for."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

import pytest

from fieldapp.clock import FixedClock, new_id
from fieldapp.errors import GatewayError, OfflineError
from fieldapp.records import PROVISIONAL
from sync.wire import BlockAsk, BlockEnd, NumberBlock, NumbersRequest
from tests.support.faults import Counting, Fails, LosesEachAnswerOnce
from tests.support.gateway import CHIEF, CLERK, INSPECTOR_8, SERVICE, City, Laptop
from tests.support.numbers import ORDER, engine, laptop, number, order

DAY = "2026-11-23"


def ask(size: int = 10, *, id_: str = "", day: str = DAY, what: str = ORDER.id) -> BlockAsk:
    return BlockAsk(id_ or new_id(), SERVICE, what, day, size)


def set_clocks(city: City, one: Laptop, day: date) -> None:
    """Move the laptop's clock and the gateway's to another day."""
    for clock in (one.clock, city.service.clock):
        assert isinstance(clock, FixedClock)
        clock.moment = datetime.combine(day, clock.moment.timetz())


def test_what_is_printed_without_a_network_bears_the_number_that_the_city_then_has(city: City) -> None:
    one, chief = laptop(city, CLERK), laptop(city, CHIEF)
    one.sync()
    record = order(one)
    assert number(one, record) == "OR26-00001"
    one.sync()
    chief.sync()
    assert number(one, record) == number(chief, record) == "OR26-00001"
    assert one.store.check() == []


def test_two_devices_never_have_the_same_number(city: City) -> None:
    laptops = [laptop(city, person) for person in (CLERK, CHIEF, CLERK)]
    for one in laptops:
        one.sync()
    numbers = [number(one, order(one)) for one in laptops for _ in range(5)]
    assert len(set(numbers)) == 15
    city.sync()
    assert city.count("official_number", "fate = 'used'") == 15


def test_i10_a_block_that_runs_low_is_filled_again_and_a_quiet_cycle_asks_nothing(city: City) -> None:
    counted = Counting()
    one = laptop(city, CLERK, wrap=counted.over)
    one.sync()
    for _ in range(7):
        order(one)
    one.sync()
    assert one.store.numbers.left("order/2026") == 13
    counted.requests.clear()
    one.sync()
    assert counted.requests == ["hello", "pull"]


def test_what_arrived_is_not_looked_at_again(city: City) -> None:
    one = laptop(city, CLERK)
    one.sync()
    for _ in range(7):
        order(one)
    one.sync()
    order(one)
    one.sync()
    for _ in range(9):  # so few are left that the next block is asked for
        order(one)
    one.sync()
    assert len(one.store._database.read("SELECT 1 FROM number_taken WHERE told = 'used'")) == 8


def test_i03_a_lost_answer_neither_loses_a_block_nor_brings_two(city: City) -> None:
    one = laptop(city, CLERK, wrap=LosesEachAnswerOnce(frozenset({"numbers"})).over)
    with pytest.raises(OfflineError):
        one.sync()
    one.engine = engine(city, one)  # and the program was started anew
    one.sync()
    assert one.store.numbers.left("order/2026") == 10
    assert city.count("number_block") == 1


def test_the_same_request_gets_the_same_block_and_nobody_else_does(city: City) -> None:
    mine, request = city.service.as_(CLERK), NumbersRequest("LT00", (ask(),))
    first, again = mine.numbers(request), mine.numbers(request)
    assert first.blocks == again.blocks
    assert first.blocks[0].last == 10
    other = city.service.as_(CHIEF).numbers(request)
    elsewhere = mine.numbers(replace(request, device="LT01"))
    assert [one.code for one in (*other.refused, *elsewhere.refused)] == ["key_reuse", "key_reuse"]


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        (ask(0), "size"),
        (ask(201), "size"),
        (ask(day="2031-01-01"), "size"),
        (ask(what="crown"), "unknown"),
        (ask(day="yesterday"), "unknown"),
    ],
)
def test_what_is_out_of_bounds_is_not_reserved(city: City, asked: BlockAsk, code: str) -> None:
    reply = city.service.as_(CLERK).numbers(NumbersRequest("LT00", (asked,)))
    assert [one.code for one in reply.refused] == [code]
    assert city.count("number_block") == 0


def test_no_device_holds_numbers_without_end(city: City) -> None:
    mine = city.service.as_(CLERK)
    replies = [mine.numbers(NumbersRequest("LT00", (ask(200),))) for _ in range(5)]
    assert [one.code for one in replies[-1].refused] == ["enough"]
    assert replies[3].blocks


@pytest.mark.parametrize("year", ["0000", "٠٠٠٠", "२०२६"])
def test_a_held_block_of_no_year_is_not_known_and_fails_nothing(city: City, year: str) -> None:
    held = NumberBlock(new_id(), f"order/{year}", "OR-", 6, 1, 10)
    assert city.service.as_(CLERK).numbers(NumbersRequest("LT00", held=(held,))).out == ()


def test_who_may_not_issue_gets_none(city: City) -> None:
    only_chiefs = replace(ORDER, roles=frozenset({"supervisor"}))
    city.service.catalogue = type(city.service.catalogue)(
        {one.id: replace(one, numbers=(only_chiefs,) if one.id == SERVICE else ()) for one in city.service.catalogue}
    )
    reply = city.service.as_(CLERK).numbers(NumbersRequest("LT00", (ask(),)))
    assert [one.code for one in reply.refused] == ["role"]


def test_a_block_that_has_run_out_leaves_a_mark_and_the_city_gives_the_number(city: City) -> None:
    one = laptop(city, CLERK)
    record = order(one)
    assert number(one, record) == PROVISIONAL
    one.sync()
    assert number(one, record).startswith("OR26-")
    one.sync()
    assert one.store.check() == []
    assert city.count("official_number", "block = ''") == 1


def test_an_older_fieldapp_that_knows_no_numbers_gets_them_from_the_city(city: City) -> None:
    one = laptop(city, CLERK)
    record = one.new({ORDER.question: "yes"}, submit=True)
    one.sync()
    assert number(one, record) == "OR26-00011"  # the first ten are reserved for its laptop


def test_a_gateway_without_numbers_stops_no_work(city: City) -> None:
    fails = Fails(lambda _count, name: name == "numbers", lambda: GatewayError("not here", 404))
    one = laptop(city, CLERK, wrap=fails.over)
    record = one.new(submit=True)
    one.sync()
    asked = fails.count
    one.sync()
    assert one.record(record).rev == 1
    assert fails.count == asked + 2  # and it is not asked again today


def test_the_next_years_numbers_are_there_before_the_year_turns(city: City) -> None:
    one = laptop(city, CLERK)
    set_clocks(city, one, date(2026, 12, 22))
    one.sync()
    one.clock.moment = one.clock.moment.replace(year=2027, month=1, day=2)
    assert number(one, order(one)) == "OR27-00001"


def test_after_the_year_the_old_numbers_go_back(city: City) -> None:
    one = laptop(city, CLERK)
    one.sync()
    order(one)
    set_clocks(city, one, date(2027, 2, 1))
    one.sync()
    found = city.service.database.read("SELECT series, ended, unused FROM number_block ORDER BY series")
    assert found == [("order/2026", "back", 2), ("order/2027", "", 0)]


def test_giving_back_is_once_and_only_for_ones_own(city: City) -> None:
    mine = city.service.as_(CLERK)
    block = mine.numbers(NumbersRequest("LT00", (ask(),))).blocks[0]
    city.service.as_(CHIEF).numbers(NumbersRequest("LT00", ended=(BlockEnd(block.id, 4),)))
    mine.numbers(NumbersRequest("LT00", ended=(BlockEnd(block.id, 7),)))
    mine.numbers(NumbersRequest("LT00", ended=(BlockEnd(block.id, 1),)))
    assert city.service.database.read("SELECT ended, unused FROM number_block") == [("back", 7)]


def test_wards_do_not_matter_for_numbers(city: City) -> None:
    one = laptop(city, INSPECTOR_8)
    one.sync()
    assert one.store.numbers.left("order/2026") == 10
