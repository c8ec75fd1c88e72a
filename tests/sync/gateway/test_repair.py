"""A refused form comes back to who filled it, is corrected, and is taken: nothing of it is lost on the way."""

from __future__ import annotations

import pytest

from fieldapp.actions import answer, correct, correctable, start, take
from fieldapp.errors import RefusedError
from fieldapp.records import REASON, STATE, Record
from fieldapp.store import Place
from tests.support.dogs import CHIEF, CLERK, DogCity, Laptop
from tests.support.versions import DOGS, OLD, answer_all


@pytest.fixture
def clerk(dogs: DogCity) -> Laptop:
    return dogs.laptop(CLERK)


def refused(laptop: Laptop) -> Record:
    """A new licence without the dog's name that was handed in past the laptop's own check."""
    desk = laptop.desk
    record = answer_all(desk, start(desk, DOGS), {**OLD, "dog/dog_name": ""})
    desk.commit(record, {STATE: "submitted"}, transition="submit")
    laptop.sync()
    return desk.record(record.id)


def place(laptop: Laptop, record: Record) -> Place:
    row = laptop.desk.store.row(record.id)
    assert row is not None
    return row.place


def test_a_refused_form_waits_for_a_person(clerk: Laptop) -> None:
    record = refused(clerk)
    assert place(clerk, record) is Place.ATTENTION
    assert clerk.desk.store.history(record.id)[-1].message == "“Name of the dog”: This answer is needed."
    assert correctable(clerk.desk, record)


def test_it_is_open_again_with_all_its_answers(clerk: Laptop) -> None:
    record = refused(clerk)
    opened = correct(clerk.desk, record.id)
    assert opened.state == "draft"
    assert opened.answers == record.answers
    assert place(clerk, record) is Place.DRAFT


def test_corrected_it_is_taken(clerk: Laptop) -> None:
    record = refused(clerk)
    desk = clerk.desk
    correct(desk, record.id)
    answer(desk, record.id, {"dog/dog_name": "Rex"})
    take(desk, record.id, "submit")
    clerk.sync()
    assert [entry.state for entry in desk.store.history(record.id)] == ["replaced", "applied"]
    assert desk.record(record.id).get("@number") == "D26-00001"


def test_a_returned_record_goes_back_to_returned(dogs: DogCity, clerk: Laptop) -> None:
    chief = dogs.laptop(CHIEF)
    desk = clerk.desk
    record = answer_all(desk, start(desk, DOGS), OLD)
    take(desk, record.id, "submit")
    for laptop in (clerk, chief):
        laptop.sync()
    take(chief.desk, record.id, "return", reason="Which dog?")
    for laptop in (chief, clerk):
        laptop.sync()
    desk.commit(desk.record(record.id), {"dog/age": "99", REASON: None, STATE: "submitted"}, transition="resubmit")
    clerk.sync()
    opened = correct(desk, record.id)
    assert (opened.state, opened.get("dog/age"), opened.get(REASON)) == ("returned", "99", "Which dog?")


def test_store_and_journal_agree_all_along(clerk: Laptop) -> None:
    record = refused(clerk)
    correct(clerk.desk, record.id)
    assert clerk.desk.store.check() == []
    assert clerk.desk.store.verify_chain().whole


def test_what_was_not_refused_is_not_reopened(clerk: Laptop) -> None:
    desk = clerk.desk
    record = answer_all(desk, start(desk, DOGS), OLD)
    assert not correctable(desk, record)
    with pytest.raises(RefusedError):
        correct(desk, record.id)


def test_a_reviewers_step_is_not_corrected_in_the_form(dogs: DogCity, clerk: Laptop) -> None:
    chief = dogs.laptop(CHIEF)
    desk = clerk.desk
    record = answer_all(desk, start(desk, DOGS), OLD)
    take(desk, record.id, "submit")
    for laptop in (clerk, chief):
        laptop.sync()
    chief.desk.commit(chief.desk.record(record.id), {STATE: "returned"}, transition="return")
    chief.sync()
    assert place(chief, record) is Place.ATTENTION
    assert not correctable(chief.desk, chief.desk.record(record.id))
