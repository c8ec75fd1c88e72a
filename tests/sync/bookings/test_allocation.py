"""Places in the City's calendar: given once, never more than there are, and told to everybody."""

from __future__ import annotations

from dataclasses import replace

import pytest

from fieldapp.bookings import Ask, Wish
from fieldapp.bookings.wishes import CITY, RESIDENT
from fieldapp.clock import FixedClock, stamp
from fieldapp.errors import OfflineError, RefusedError
from fieldapp.records import ASSIGNEE, BOOKING, PLANNED, STATE, WISH
from fieldapp.store import SLOT
from sync.gateway.bookings import keeping
from sync.gateway.verify import verify
from sync.wire import PushRequest
from tests.support.bookings import (
    NEXT_DAY,
    THIRD_DAY,
    ask,
    booked,
    calendar,
    place,
    slot,
    standing,
    status,
    wishing,
)
from tests.support.faults import LosesEachAnswerOnce
from tests.support.gateway import CHIEF, CLERK, INSPECTOR_8, City, Laptop


def offers(laptop: Laptop, record: str) -> list[str]:
    found = standing(laptop, record)
    return [one.id for one in found.offers] if found else []


def test_a_wish_is_confirmed_by_the_push_that_brings_it(either: City) -> None:
    calendar(either.service, slot("E1"), slot("E2", NEXT_DAY))
    clerk, chief = either.laptop(CLERK), either.laptop(CHIEF)
    record = wishing(clerk)
    assert status(clerk, record) == ""
    clerk.sync()
    chief.sync()
    assert place(clerk, record) == place(chief, record) == "E1"
    assert verify(either.service.database).fault == ""


def test_the_last_place_goes_to_the_first_and_the_next_free_ones_are_offered(either: City) -> None:
    calendar(either.service, slot("E1"), slot("E2", NEXT_DAY), slot("E3", THIRD_DAY))
    first, second = either.laptop(CLERK), either.laptop(CHIEF)
    one, two = wishing(first), wishing(second)
    first.sync()
    second.sync()
    assert (place(first, one), status(second, two), offers(second, two)) == ("E1", "offered", ["E2", "E3"])
    ask(second, two, "book", "E3")
    second.sync()
    assert place(second, two) == "E3"
    assert booked(either.service, "E1") == booked(either.service, "E3") == 1


def test_the_same_op_again_books_nothing_twice(either: City) -> None:
    calendar(either.service, slot("E1", capacity=5))
    clerk = either.laptop(CLERK)
    record = wishing(clerk)
    payloads = tuple(entry.change.payload() for entry in clerk.store.history(record))
    api = either.service.as_(CLERK)
    first = api.push(PushRequest("LT00", payloads)).results
    assert api.push(PushRequest("LT00", payloads)).results == first
    assert booked(either.service, "E1") == 1
    assert first[0].edits[BOOKING + "route"]


def test_a_lost_answer_changes_nothing(either: City) -> None:
    calendar(either.service, slot("E1"), slot("E2", NEXT_DAY))
    clerk = either.laptop(CLERK, wrap=LosesEachAnswerOnce(frozenset({"push"})).over)
    record = wishing(clerk)
    with pytest.raises(OfflineError):
        clerk.sync()
    assert status(clerk, record) == ""
    clerk.sync()
    assert place(clerk, record) == "E1"
    assert [booked(either.service, one) for one in ("E1", "E2")] == [1, 0]


def test_two_bookings_of_one_record_never_share_the_last_place(either: City) -> None:
    calendar(either.service, slot("H1", serves=("civil-ceremony",)))
    chief = either.laptop(CHIEF)
    record = chief.new(service="civil-ceremony")
    chief.sync()
    wish = Ask("book", (Wish("H1"),)).text()
    both = {WISH + name: wish for name in ("consultation", "ceremony")}
    chief.commit(record, both, was=dict.fromkeys(both), service="civil-ceremony")
    chief.sync()
    assert booked(either.service, "H1") == 1
    assert [place(chief, record, name) for name in ("consultation", "ceremony")] == ["H1", ""]


def test_who_waits_first_gets_the_place_that_is_given_back(either: City) -> None:
    calendar(either.service, slot("E1"))
    clerk, chief = either.laptop(CLERK), either.laptop(CHIEF)
    holder = wishing(clerk)
    clerk.sync()
    waiting = [wishing(clerk) for _ in range(2)]
    clerk.sync()
    assert [status(clerk, one) for one in waiting] == ["full", "full"]
    for one in waiting:
        ask(clerk, one, "wait", "E1")
        clerk.sync()
    assert [status(clerk, one) for one in waiting] == ["waiting", "waiting"]
    chief.sync()
    ask(chief, holder, "cancel", by=RESIDENT)
    chief.sync()
    clerk.sync()
    assert (status(clerk, holder), place(clerk, waiting[0]), status(clerk, waiting[1])) == (
        "cancelled",
        "E1",
        "waiting",
    )
    assert verify(either.service.database).fault == ""


def test_a_step_gives_the_place_back(either: City) -> None:
    calendar(either.service, slot("E1"))
    clerk, chief = either.laptop(CLERK), either.laptop(CHIEF)
    one = wishing(clerk)
    clerk.sync()
    chief.sync()
    chief.step(one, "cancel", "cancelled", reason="They took it to the depot")
    chief.sync()
    clerk.sync()
    assert (status(clerk, one), clerk.answer(one, STATE), booked(either.service, "E1")) == ("cancelled", "cancelled", 0)


def test_a_move_gives_the_old_place_back_and_where_none_is_free_it_is_kept(either: City) -> None:
    calendar(either.service, slot("E1"), slot("E2", NEXT_DAY), slot("E3", THIRD_DAY))
    clerk = either.laptop(CLERK)
    one, two = wishing(clerk), wishing(clerk, NEXT_DAY)
    clerk.sync()
    ask(clerk, one, "book", "E2")
    clerk.sync()
    assert (place(clerk, one), offers(clerk, one)) == ("E1", ["E3"])
    ask(clerk, one, "book", "E3")
    clerk.sync()
    assert (place(clerk, one), place(clerk, two)) == ("E3", "E2")
    assert [booked(either.service, name) for name in ("E1", "E2", "E3")] == [0, 1, 1]


def test_two_who_ask_for_one_record_do_not_undo_each_other(near: City) -> None:
    calendar(near.service, slot("E1"), slot("E2", NEXT_DAY), slot("E3", THIRD_DAY))
    clerk, chief = near.laptop(CLERK), near.laptop(CHIEF)
    record = wishing(clerk)
    clerk.sync()
    chief.sync()
    ask(clerk, record, "book", "E2")
    late = ask(chief, record, "book", "E3")
    clerk.sync()
    chief.sync()
    assert (chief.state_of(late), chief.code_of(late), place(clerk, record)) == ("rejected", "booking", "E2")


def test_a_slot_that_the_city_moves_or_cancels_is_told(either: City) -> None:
    calendar(either.service, slot("E1", capacity=2), slot("E2", NEXT_DAY))
    clerk = either.laptop(CLERK)
    one = wishing(clerk)
    clerk.sync()
    calendar(either.service, slot("E1", capacity=2, place="West route"))
    clerk.sync()
    moved = standing(clerk, one)
    assert moved is not None
    assert moved.slot is not None
    assert (moved.number, moved.moved, moved.slot.place) == (2, True, "West route")
    service = either.service
    assert keeping.cancel(service.database, service.catalogue, "E1", "Snow", service.now()) == 1
    clerk.sync()
    told = standing(clerk, one)
    assert told is not None
    assert (told.status, told.by, told.why, offers(clerk, one)) == ("cancelled", CITY, "Snow", ["E2"])
    assert verify(service.database).fault == ""


def test_fewer_places_than_bookings_are_refused_and_nothing_of_the_file_is_taken(near: City) -> None:
    calendar(near.service, slot("E1", capacity=2))
    clerk = near.laptop(CLERK)
    for _ in range(2):
        wishing(clerk)
    clerk.sync()
    with pytest.raises(RefusedError, match="2 bookings"):
        calendar(near.service, slot("E9"), slot("E1", capacity=1))
    assert [one.id for one in keeping.all_slots(near.service.database)] == ["E1"]


def test_laptops_hear_what_is_free_and_forget_past_days(either: City) -> None:
    calendar(either.service, slot("E1", capacity=2))
    clerk = either.laptop(CLERK)
    wishing(clerk)
    clerk.sync()

    def here() -> list[tuple[str, str]]:
        return [(str(one.fields["id"]), str(one.fields["free"])) for one in clerk.store.handouts.of(SLOT)]

    assert here() == [("E1", "1")]
    clock = either.service.clock
    assert isinstance(clock, FixedClock)
    clock.forward(days=14)
    either.service.tidy()
    clerk.sync()
    assert here() == []


def test_nobody_is_booked_into_what_has_begun_and_a_no_show_is_said_after_it(near: City) -> None:
    calendar(near.service, slot("E1"))
    clerk = near.laptop(CLERK)
    one = wishing(clerk)
    clerk.sync()
    early = ask(clerk, one, "no_show")
    clerk.sync()
    assert clerk.code_of(early) == "booking"
    clerk.store.resolve(one, mine=False)
    clock = near.service.clock
    assert isinstance(clock, FixedClock)
    clock.forward(days=11)
    ask(clerk, one, "no_show")
    late = wishing(clerk)
    clerk.sync()
    assert (status(clerk, one), status(clerk, late)) == ("no_show", "full")


def test_an_appointment_becomes_the_visit_of_whose_calendar_it_is_in(either: City) -> None:
    visit = slot("V1", serves=("building-inspection",), person=INSPECTOR_8.id, minutes=60)
    calendar(either.service, visit)
    chief, inspector = either.laptop(CHIEF), either.laptop(INSPECTOR_8)
    record = chief.new({STATE: "planned"}, service="building-inspection")
    chief.sync()
    change = ask(chief, record, "book", "V1", booking="visit")
    either.sync()
    assert chief.code_of(change) == ""
    assert inspector.answer(record, ASSIGNEE) == INSPECTOR_8.id
    assert inspector.answer(record, PLANNED) == stamp(visit.begins)


@pytest.mark.parametrize(
    ("path", "value", "code"),
    [
        (BOOKING + "route", '{"status":"confirmed","number":1}', "server_owned"),
        (WISH + "route", "please", "malformed"),
        (WISH + "moon", '{"act":"book"}', "booking"),
    ],
)
def test_what_a_laptop_cannot_ask_is_refused(near: City, path: str, value: str, code: str) -> None:
    calendar(near.service, slot("E1"))
    clerk = near.laptop(CLERK)
    record = wishing(clerk)
    clerk.sync()
    change = clerk.commit(record, {path: value}, was={path: None})
    clerk.sync()
    assert clerk.code_of(change) == code


def test_who_may_not_book_is_refused(near: City) -> None:
    calendar(near.service, slot("E1"))
    clerk, inspector = near.laptop(CLERK), near.laptop(INSPECTOR_8)
    record = wishing(clerk)
    near.sync()
    change = ask(inspector, record, "cancel")
    inspector.sync()
    assert (inspector.code_of(change), booked(near.service, "E1")) == ("role", 1)


def test_a_service_without_a_calendar_is_as_it_was(near: City) -> None:
    clerk = near.laptop(CLERK)
    record = wishing(clerk)
    clerk.sync()
    assert [path for path in clerk.record(record).fields if path.startswith(("@wish", "@booking"))] == []


def test_a_slot_for_other_wards_is_nobody_elses(near: City) -> None:
    calendar(near.service, replace(slot("E1"), wards=("09",)), replace(slot("E2"), wards=("08", "10")))
    clerk = near.laptop(CLERK)
    one, two = wishing(clerk), wishing(clerk, ward="09")
    clerk.sync()
    assert (place(clerk, one), place(clerk, two)) == ("E2", "E1")


def test_a_clinic_says_by_its_steps_who_came(near: City) -> None:
    clinic = slot("C1", serves=("vaccine",), minutes=15, capacity=2)
    calendar(near.service, clinic)
    clerk, chief = near.laptop(CLERK), near.laptop(CHIEF)
    wish = {"wishes/wish[a]": "1", "wishes/wish[a]/wish_day": clinic.day}
    both = [clerk.new({**wish, STATE: "draft"}, service="vaccine") for _ in range(2)]
    for one in both:
        clerk.commit(one, {STATE: "requested"}, transition="submit", service="vaccine")
    near.sync()
    assert {(chief.answer(one, STATE), place(chief, one, "clinic")) for one in both} == {("booked", "C1")}
    clock = near.service.clock
    assert isinstance(clock, FixedClock)
    clock.forward(days=11)
    for one, step, state in zip(both, ("attend", "no_show"), ("attended", "no_show"), strict=True):
        chief.commit(one, {STATE: state}, transition=step, service="vaccine")
    near.sync()
    assert [status(clerk, one, "clinic") for one in both] == ["attended", "no_show"]
