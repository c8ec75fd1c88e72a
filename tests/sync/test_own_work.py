"""Own work is not fetched back from the feed, and nobody else's is passed over for it."""

from __future__ import annotations

from sync.pushing import Push
from tests.support.gateway import CHIEF, CLERK, INSPECTOR_8, City


def test_own_work_does_not_come_back(either: City) -> None:
    clerk = either.laptop(CLERK)
    first = clerk.new()
    assert clerk.sync().received == 0
    clerk.edit(first, {"a": "1"})
    clerk.new()
    proof = clerk.sync()
    assert (proof.received, proof.equal) == (0, True)


def test_i06_what_a_colleague_did_in_between_comes(either: City) -> None:
    clerk, chief = either.laptop(CLERK), either.laptop(CHIEF)
    record = clerk.new()
    clerk.sync()
    chief.sync()
    chief.new()
    chief.sync()
    clerk.edit(record, {"a": "1"})
    proof = clerk.sync()
    assert proof.received >= 1
    assert proof.equal
    chief.sync()
    assert clerk.store.exchange.summary() == chief.store.exchange.summary()


def test_i09_who_sees_a_record_by_ward_and_by_name_counts_it_in_both(either: City) -> None:
    inspector = either.laptop(INSPECTOR_8)
    inspector.new(ward="08")
    proof = inspector.sync()
    assert (proof.received, proof.equal) == (0, True)
    assert inspector.sync().equal


def test_i08_an_answer_that_comes_again_moves_nothing(either: City) -> None:
    clerk, chief = either.laptop(CLERK), either.laptop(CHIEF)
    clerk.new()
    clerk.sync()
    chief.new()
    chief.sync()
    before = clerk.store.exchange.buckets()
    clerk.store.exchange.send_again("")
    Push(clerk.store, clerk.api, CLERK.id, clerk.clock, lambda _done: None).run("", set())
    assert {name: state.cursor for name, state in clerk.store.exchange.buckets().items()} == {
        name: state.cursor for name, state in before.items()
    }
    assert clerk.sync().equal


def test_a_record_that_leaves_its_ward_is_told_by_the_feed(either: City) -> None:
    clerk = either.laptop(CLERK)
    record = clerk.new(ward="08")
    clerk.sync()
    clerk.edit(record, {"@ward": "09"})
    proof = clerk.sync()
    assert proof.equal
    assert clerk.store.exchange.buckets()["ward:08"].count == 0
