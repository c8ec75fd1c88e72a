"""One record on two laptops: each refusal has a way out, whoever was first, and the gateway knows that it is over."""

from __future__ import annotations

import pytest

from fieldapp.actions import answer, clashes, correct, settle, start, take
from fieldapp.records import STATE, Record
from fieldapp.store import Place
from tests.support.dogs import CLERK, DogCity, Laptop
from tests.support.versions import DOGS, OLD, answer_all

NAME = "dog/dog_name"


@pytest.fixture
def pair(dogs: DogCity) -> tuple[Laptop, Laptop, Record]:
    """Two laptops of one clerk with the same complete draft, which the City has."""
    first, second = dogs.laptop(CLERK), dogs.laptop(CLERK)
    record = answer_all(first.desk, start(first.desk, DOGS), OLD)
    first.desk.commit(first.desk.record(record.id), {}, seal=True)
    for laptop in (first, second):
        laptop.sync()
    return first, second, record


def place(laptop: Laptop, record: Record) -> Place | None:
    row = laptop.desk.store.row(record.id)
    return row.place if row else None


def open_conflicts(dogs: DogCity) -> int:
    [(number,)] = dogs.gateway.database.read("SELECT count(*) FROM conflict WHERE settled_by = ''")
    return int(number)


def test_handed_in_on_both_a_supervisor_decides_and_both_stay_in_the_history(
    pair: tuple[Laptop, Laptop, Record],
) -> None:
    first, second, record = pair
    take(first.desk, record.id, "submit")
    answer(second.desk, record.id, {"dog/age": "9"})
    take(second.desk, record.id, "submit")
    for laptop in pair[:2]:
        laptop.sync()
    assert [one.code for one in second.desk.store.history(record.id)] == ["decision"]
    [dispute] = second.desk.store.exchange.disputes().items
    assert dispute.record == record.id
    [mine] = second.desk.store.history(record.id)
    assert (mine.state, mine.change.edits["dog/age"]) == ("referred", "9")
    assert second.desk.store.check() == []


def test_a_choice_goes_through_the_form_and_the_step_with_it(
    dogs: DogCity, pair: tuple[Laptop, Laptop, Record]
) -> None:
    first, second, record = pair
    answer(first.desk, record.id, {NAME: "Bo"})
    first.desk.commit(first.desk.record(record.id), {}, seal=True)
    first.sync()
    answer(second.desk, record.id, {NAME: "Max", "dog/age": "9"})
    take(second.desk, record.id, "submit")
    second.sync()
    [clash] = clashes(second.desk, record.id)
    assert (clash.base, clash.mine.value, clash.theirs.value) == (OLD[NAME], "Max", "Bo")
    assert (clash.theirs.by, open_conflicts(dogs)) == (CLERK.id, 1)
    settle(second.desk, record.id, {NAME: "Bo"}, {NAME: "Bo"})
    for laptop in (second, first):
        laptop.sync()
        now = laptop.desk.record(record.id)
        assert (now.state, now.get(NAME), now.get("dog/age")) == ("submitted", "Bo", "9")
        assert laptop.desk.store.check() == []
    assert open_conflicts(dogs) == 0


def test_a_refusal_names_its_answer_until_it_is_corrected(dogs: DogCity) -> None:
    clerk = dogs.laptop(CLERK)
    record = answer_all(clerk.desk, start(clerk.desk, DOGS), {**OLD, NAME: ""})
    clerk.desk.commit(record, {STATE: "submitted"}, transition="submit")
    clerk.sync()
    assert clerk.desk.store.history(record.id)[-1].path == NAME
    correct(clerk.desk, record.id)
    assert clerk.desk.store.history(record.id)[-1].path == ""
