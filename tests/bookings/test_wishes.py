"""What a form's questions wish for, and which slots suit."""

from __future__ import annotations

from datetime import datetime

import pytest

from fieldapp.bookings import Ask, Slot, Standing, Wish, alternatives, ask_of, fits, free_among, standing_of, wishes_of
from fieldapp.bookings.slots import local_moment
from fieldapp.clock import CITY_ZONE
from fieldapp.services.booking import BookingRule
from fieldapp.services.texts import Text

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=CITY_ZONE)
RULE = BookingRule("clinic", Text("Clinic", "Clinique"), frozenset({"counter"}), slot="wish/slot", day="wish/day")
MANY = BookingRule(
    "room",
    Text("Room", "Salle"),
    frozenset({"counter"}),
    day="booking/wish/day",
    part="booking/wish/part",
    place="booking/wish/place",
    repeat="booking/wish",
)


def slot(id_: str, starts: str, *, free: int = 1, place: str = "City Hall", wards: str = "") -> Slot:
    return Slot(id_, ("vaccine",), place, "Hôtel de ville", starts, 15, 1, wards=tuple(wards.split()), free=free)


EARLY, LATE, OTHER = (
    slot("A1", "2026-12-03T09:00"),
    slot("A2", "2026-12-03T13:00"),
    slot("B1", "2026-12-04T09:00", place="Dundas"),
)


def test_wishes_in_a_repeat_come_in_its_order() -> None:
    fields = {
        "booking/wish[b]": "1",
        "booking/wish[b]/day": "2026-12-03",
        "booking/wish[b]/part": "pm",
        "booking/wish[a]": "2",
        "booking/wish[a]/day": "2026-12-04",
        "booking/wish[a]/place": "Dundas",
        "booking/wish[c]": "3",
    }
    assert wishes_of(MANY, fields) == (Wish(day="2026-12-03", part="pm"), Wish(day="2026-12-04", place="Dundas"))


def test_a_slot_that_was_picked_and_a_day_are_wishes() -> None:
    assert wishes_of(RULE, {"wish/slot": "A1", "wish/day": "2026-12-03"}) == (Wish("A1", "2026-12-03"),)
    assert wishes_of(RULE, {}) == ()


@pytest.mark.parametrize(
    ("wishes", "found"),
    [
        ((Wish("A2"),), "A2"),
        ((Wish(day="2026-12-03"),), "A1"),
        ((Wish(day="2026-12-03", part="pm"),), "A2"),
        ((Wish(day="2026-12-03", place="Dundas"), Wish(day="2026-12-04", place="B")), "B1"),
        ((Wish("gone"), Wish("B1")), "B1"),
        ((Wish(day="2026-12-09"),), ""),
    ],
)
def test_the_first_free_slot_of_the_first_wish_that_has_one(wishes: tuple[Wish, ...], found: str) -> None:
    chosen = free_among([OTHER, LATE, EARLY], wishes)
    assert (chosen.id if chosen else "") == found


def test_the_next_free_ones_begin_at_the_day_that_was_wished() -> None:
    full = slot("A0", "2026-12-03T08:00", free=0)
    before = slot("Z", "2026-11-25T09:00")
    assert [one.id for one in alternatives([before, full, EARLY, LATE, OTHER], (Wish("A0"),))] == [
        "Z",
        "A1",
        "A2",
        "B1",
    ]
    week = [slot(f"W{n}", f"2026-12-1{n}T09:00") for n in range(6)]
    assert [one.id for one in alternatives([before, *week], (Wish(day="2026-12-10"),))] == [f"W{n}" for n in range(5)]


def test_a_slot_takes_only_its_services_and_wards_and_nobody_who_comes_too_late() -> None:
    ward = {"@ward": "08"}
    assert fits(EARLY, "vaccine/clinic", RULE, ward, NOW)
    assert not fits(EARLY, "ceremony/room", RULE, ward, NOW)
    assert not fits(slot("C", EARLY.starts, wards="09 10"), "vaccine/clinic", RULE, ward, NOW)
    assert fits(slot("C", EARLY.starts, wards="08 09"), "vaccine/clinic", RULE, ward, NOW)
    assert not fits(EARLY, "vaccine/clinic", RULE, ward, EARLY.begins)


def test_what_is_written_is_read() -> None:
    ask = Ask("book", (Wish("A1"), Wish(day="2026-12-03", part="am")), seen=2)
    assert ask_of(ask.text()) == ask
    standing = Standing("offered", 3, EARLY, (LATE, OTHER), "city", "The nurse is ill")
    read = standing_of({"@booking/clinic": standing.text()}, "clinic")
    assert read is not None
    assert read.slot is not None
    assert (read.status, read.number, read.by, read.why) == ("offered", 3, "city", "The nurse is ill")
    assert (read.slot.id, read.slot.ends, [one.id for one in read.offers]) == ("A1", EARLY.ends, ["A2", "B1"])


@pytest.mark.parametrize("text", ["", "book", "[]", '{"act":"steal"}', '{"act":"book","wishes":[{"who":"me"}]}', "1"])
def test_what_is_no_ask_is_none(text: str) -> None:
    assert ask_of(text) is None
    assert standing_of({"@booking/clinic": text}, "clinic") is None


def test_an_hour_that_the_clock_skips_is_no_beginning() -> None:
    assert local_moment("2027-03-14T03:00").utcoffset() != local_moment("2027-03-13T03:00").utcoffset()
    with pytest.raises(ValueError, match="02:30"):
        local_moment("2027-03-14T02:30")
