"""The queue of one counter: numbers, order, calls, who comes and who does not."""

from __future__ import annotations

from dataclasses import replace

import pytest

from fieldapp.actions import Desk, visits
from fieldapp.actions.queue import call, call_next, come, draw, not_come, queue
from fieldapp.clock import FixedClock
from fieldapp.counter.visit import CALLS, DRAWN
from fieldapp.errors import RefusedError
from tests.support.gateway import CLERK, City
from tests.support.money import opened


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock()


@pytest.fixture
def desk(city: City, clock: FixedClock) -> Desk:
    return replace(opened(city, city.laptop(CLERK)), clock=clock)


def tickets(desk: Desk) -> list[str]:
    return [one.ticket for one in queue(desk)]


def test_numbers_follow_each_other_and_begin_anew_the_next_day(clock: FixedClock, desk: Desk) -> None:
    assert [draw(desk).ticket, draw(desk).ticket] == ["A1", "A2"]
    clock.forward(days=1)
    assert draw(desk).ticket == "A1"


def test_who_waits_longest_is_called_first_and_again_until_they_come(clock: FixedClock, desk: Desk) -> None:
    first, second = draw(desk), draw(desk)
    clock.forward(minutes=12)
    called = call_next(desk)
    assert called is not None
    assert (called.visit, called.calls, called.minutes(desk.clock.now())) == (first.id, 1, 12)
    again = call_next(desk)
    assert again is not None
    assert (again.visit, again.calls) == (first.id, 2)
    come(desk, first.id)
    after = call_next(desk)
    assert after is not None
    assert after.visit == second.id


def test_who_does_not_come_is_put_aside_once_called(desk: Desk) -> None:
    first = draw(desk)
    with pytest.raises(RefusedError, match="Call the ticket first"):
        not_come(desk, first.id)
    call_next(desk)
    assert not_come(desk, first.id).state == "not_come"
    assert tickets(desk) == []
    assert draw(desk).ticket == "A2"


def test_a_visit_that_is_served_cannot_be_missed(desk: Desk) -> None:
    first = draw(desk)
    come(desk, first.id)
    with pytest.raises(RefusedError, match="being served"):
        not_come(desk, first.id)
    assert tickets(desk) == []
    assert [one.id for one in visits.waiting(desk)] == [first.id]


def test_the_city_takes_a_ticket_that_nobody_came_with(city: City, desk: Desk) -> None:
    first = draw(desk)
    call_next(desk)
    not_come(desk, first.id)
    city.laptops[0].sync()
    assert desk.record(first.id).rev > 0


@pytest.mark.parametrize(("path", "value"), [(DRAWN, "at nine"), (DRAWN, "0001-01-01T00:00:00Z"), (CALLS, "twice")])
def test_a_visit_that_says_nonsense_takes_the_queue_from_nobody(desk: Desk, path: str, value: str) -> None:
    first, second = draw(desk), draw(desk)
    desk.commit(desk.record(first.id), {path: value})
    assert second.ticket in tickets(desk)
    assert draw(desk).ticket == "A3"
    assert call_next(desk) is not None


def test_who_drew_no_ticket_is_not_called(desk: Desk) -> None:
    with pytest.raises(RefusedError, match="in no queue"):
        call(desk, visits.begin_visit(desk).id)


def test_nobody_is_called_from_an_empty_queue(desk: Desk) -> None:
    assert call_next(desk) is None
