"""From a clerk's desk to the City's calendar and back: asked without a network, answered by the next sync."""

from __future__ import annotations

from pathlib import Path

import pytest

from fieldapp.actions import Desk
from fieldapp.actions.bookings import book, bookings, came, cancel, day_list, entry, open_slots, wait
from fieldapp.errors import AccessError, RefusedError
from fieldapp.places import Layers
from fieldapp.records import WISH
from tests.support.bookings import DAY, NEXT_DAY, booked, calendar, slot, status, wishing
from tests.support.gateway import CHIEF, CLERK, INSPECTOR_8, City, Laptop


def desk_of(laptop: Laptop, city: City) -> Desk:
    layers = Layers(Path(city.folder / "none.db"))
    return Desk(laptop.person, laptop.store, city.service.catalogue, layers, city.service.clock, laptop.device)


def test_what_is_asked_offline_is_tentative_until_the_city_has_answered(near: City) -> None:
    calendar(near.service, slot("E1", capacity=2), slot("E2", NEXT_DAY))
    clerk = near.laptop(CLERK)
    clerk.sync()
    record = wishing(clerk)
    desk = desk_of(clerk, near)
    [before] = bookings(desk, desk.record(record))
    assert (before.tentative, before.standing, [one.day for one in before.wished]) == (True, None, [DAY])
    clerk.sync()
    [after] = bookings(desk, desk.record(record))
    assert (after.tentative, status(clerk, record)) == (False, "confirmed")
    assert [(one.id, one.free) for one in open_slots(desk, desk.record(record), "route")] == [("E1", 1), ("E2", 1)]
    assert [one.record.id for one in day_list(desk, DAY)] == [record]
    assert b"BEGIN:VEVENT" in entry(desk, record, "route")


def test_several_asks_without_a_network_are_answered_in_their_order(near: City) -> None:
    calendar(near.service, slot("E1"), slot("E2", NEXT_DAY))
    clerk = near.laptop(CLERK)
    record = wishing(clerk)
    clerk.sync()
    desk = desk_of(clerk, near)
    cancel(desk, record, "route", why="They moved away")
    asked = book(desk, record, "route", ["E2"])
    assert asked.get(WISH + "route")
    clerk.sync()
    assert status(clerk, record) == "confirmed"
    assert [booked(near.service, one) for one in ("E1", "E2")] == [0, 1]
    assert clerk.store.check() == []


def test_the_waiting_list_is_asked_for_and_left(near: City) -> None:
    calendar(near.service, slot("E1"))
    clerk = near.laptop(CLERK)
    wishing(clerk)
    clerk.sync()
    record = wishing(clerk)
    clerk.sync()
    desk = desk_of(clerk, near)
    wait(desk, record, "route", ["E1"])
    clerk.sync()
    assert status(clerk, record) == "waiting"
    cancel(desk, record, "route")
    clerk.sync()
    assert status(clerk, record) == "cancelled"


def test_what_the_rules_forbid_is_refused_at_the_desk(near: City) -> None:
    calendar(near.service, slot("E1"))
    clerk, inspector, chief = near.laptop(CLERK), near.laptop(INSPECTOR_8), near.laptop(CHIEF)
    record = wishing(clerk)
    near.sync()
    with pytest.raises(AccessError):
        cancel(desk_of(inspector, near), record, "route")
    with pytest.raises(RefusedError, match="not begun"):
        came(desk_of(chief, near), record, "route", there=False)
    with pytest.raises(RefusedError):
        book(desk_of(chief, near), record, "moon", ["E1"])
