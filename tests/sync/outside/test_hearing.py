"""What the other city says of a request comes onto the record, and by sync onto laptops; and it hears of our steps."""

from __future__ import annotations

from fieldapp.outside import words_of
from fieldapp.records import CITY, OUTSIDE
from sync.gateway import audit
from tests.support.gateway import CHIEF, CLERK, City
from tests.support.open311_server import Elsewhere
from tests.sync.outside.conftest import ROAD, goes_on, hand_in, rounds, state_of, the


def test_a_status_comes_onto_the_record_and_the_laptop(either: City, other: Elsewhere) -> None:
    goes_on(either, other.url)
    clerk = either.laptop(CLERK)
    record = hand_in(either, clerk)
    rounds(either, hours=0.5)
    other.more["007"] = {"status": "closed", "status_notes": "Filled on Monday"}
    rounds(either, hours=0.5)
    clerk.sync()
    found = clerk.record(record)
    (word,) = words_of(found.fields)
    assert (found.state, found.get(f"{OUTSIDE}status")) == ("repaired", "closed")
    assert (word.by, word.status, word.text) == ("Burlington", "closed", "Filled on Monday")
    last = clerk.api.history(record).entries[-1].op
    assert (last["actor"], last["edits"]["@state"]) == (CITY, "repaired")


def test_a_strange_status_is_cut_and_keeps_no_other_from_being_heard(either: City, other: Elsewhere) -> None:
    goes_on(either, other.url)
    record = hand_in(either)
    rounds(either, hours=0.5)
    other.more["007"] = {"status": "o" * 90_000, "status_notes": "half a letter \ud800 and a \0"}
    rounds(either, hours=0.5)
    found = the(either, record)
    assert len(found.get(f"{OUTSIDE}status")) == 100
    assert [word.text for word in words_of(found.fields)] == ["half a letter ? and a"]
    rev = found.rev
    rounds(either, hours=1)
    assert the(either, record).rev == rev


def test_what_is_unchanged_changes_nothing(near: City, other: Elsewhere) -> None:
    goes_on(near, other.url)
    record = hand_in(near)
    rounds(near, hours=0.5)
    rev = the(near, record).rev
    rounds(near, hours=2)
    assert the(near, record).rev == rev


def test_a_state_of_ours_is_not_left_for_theirs(near: City, other: Elsewhere) -> None:
    goes_on(near, other.url)
    record = hand_in(near)
    rounds(near, hours=0.5)
    chief = near.laptop(CHIEF)
    chief.sync()
    chief.step(record, "cancel", "cancelled", reason="Twice", service=ROAD)
    chief.sync()
    other.more["007"] = {"status": "closed"}
    rounds(near, hours=0.5)
    assert (the(near, record).state, the(near, record).get(f"{OUTSIDE}status")) == ("cancelled", "closed")


def test_updates_come_once_and_ours_do_not_come_back(near: City, other: Elsewhere) -> None:
    goes_on(near, other.url, updates=True)
    record = hand_in(near)
    rounds(near, hours=0.5)
    other.updates[:] = [
        {"update_id": 1, "service_request_id": 7, "status": "IN_PROGRESS", "description": "The crew is on its way",
         "updated_datetime": "2026-11-23T09:10:00-05:00"},
        {"update_id": "2", "service_request_id": "9", "status": "OPEN", "description": "Another one's"},
    ]  # fmt: skip
    rounds(near, hours=0.5)
    chief = near.laptop(CHIEF)
    chief.sync()
    chief.step(record, "return", "returned", reason="SECRET", service=ROAD)  # not mapped: told to nobody
    near.sync()
    assert [word.text for word in words_of(the(near, record).fields)] == ["The crew is on its way"]
    assert the(near, record).state == "scheduled"


def test_they_are_told_of_a_step_of_ours(near: City, other: Elsewhere) -> None:
    goes_on(near, other.url, updates=True)
    record = hand_in(near)
    rounds(near, hours=0.5)
    chief = near.laptop(CHIEF)
    chief.sync()
    chief.step(record, "cancel", "cancelled", reason="SECRET", service=ROAD)
    chief.sync()
    rounds(near, hours=0.5)
    (told,) = other.posted
    assert (told["service_request_id"], told["status"], told["description"]) == ("007", "CANCELLED", "Cancelled")
    assert "SECRET" not in str({name: text for name, text in told.items() if name != "api_key"})
    back = {"update_id": "u1", "service_request_id": "007", "status": "cancelled", "description": "Cancelled"}
    other.updates[:] = [back]
    rounds(near, hours=0.5)
    assert words_of(the(near, record).fields) == []


def test_a_closed_one_is_asked_for_for_a_while_and_then_no_more(near: City, other: Elsewhere) -> None:
    goes_on(near, other.url)
    record = hand_in(near)
    rounds(near, hours=0.5)
    other.more["007"] = {"status": "closed"}
    rounds(near, hours=15 * 24)
    other.asked.clear()
    rounds(near, hours=1)
    assert [one for one in other.asked if "007" in one] == []
    assert state_of(near, record) == "known"
    assert len(audit.records(near.service)) == 1
