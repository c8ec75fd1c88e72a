"""The City's answers: each status, in order and again."""

from __future__ import annotations

import pytest

from fieldapp.errors import RefusedError
from fieldapp.records import NUMBER, STATE, Change, Record, fingerprint
from fieldapp.store import Place, RemoteRow, Settled, Store
from tests.support.store import PERSON, make_change

TIME = "2026-11-23T15:00:00.000Z"


def sealed(store: Store, record: str = "", **edits: str) -> Change:
    """A sealed Change of `record`, or of a new one."""
    change = make_change(record, dict(edits))
    store.commit(change, seal=True)
    return change


def from_city(store: Store, rev: int = 1, **fields: str) -> str:
    """A record that came from the City."""
    store.exchange.apply_page("ward:none", [RemoteRow("r1", rev, "bulk-pickup", "1", fields)], rev)
    return "r1"


def test_applied_brings_revision_number_and_proof(store: Store) -> None:
    change = sealed(store, a="1")
    store.exchange.sent([change.id])
    store.exchange.settle([Settled(change.id, "applied", 1, edits={NUMBER: "26-1"}, server_time=TIME)])
    record = store.record(change.record)
    assert record == Record(change.record, "bulk-pickup", "1", 1, {"a": "1", NUMBER: "26-1"})
    proof = store.proof(change.record)
    assert (proof.received_at, proof.applied_at, proof.reference, proof.state) == (TIME, TIME, "26-1", "applied")
    assert proof.sent_at
    assert store.counts().waiting == 0


def test_what_was_taken_counts_in_its_bucket(store: Store) -> None:
    change = sealed(store, **{"@ward": "08"})
    assert store.exchange.summary() == (0, 0)
    store.exchange.settle([Settled(change.id, "applied", 1)])
    record = store.record(change.record)
    assert record
    assert store.exchange.summary("ward:08") == (1, fingerprint(record))


def test_an_answer_that_came_before_changes_nothing(store: Store) -> None:
    change = sealed(store, a="1")
    result = Settled(change.id, "applied", 1)
    store.exchange.settle([result])
    before = store.record(change.record), store.exchange.summary()
    store.exchange.settle([result, Settled("unknown", "applied", 4)])
    assert (store.record(change.record), store.exchange.summary()) == before


def test_an_answer_to_the_first_keeps_the_second_waiting(store: Store) -> None:
    first = sealed(store, a="1")
    second = sealed(store, first.record, a="2", b="x")
    store.exchange.settle([Settled(first.id, "applied", 1, edits={NUMBER: "26-1"})])
    record = store.record(first.record)
    assert record
    assert record.fields == {"a": "2", "b": "x", NUMBER: "26-1"}
    assert store.city_record(first.record) == Record(first.record, "bulk-pickup", "1", 1, {"a": "1", NUMBER: "26-1"})
    assert [change.id for change in store.exchange.pending(PERSON, 10, 10**6)] == [second.id]


def test_open_answers_survive_the_answer_to_what_was_sent(store: Store) -> None:
    first = sealed(store, a="1")
    store.commit(make_change(first.record, {"a": "typing"}), seal=False)
    store.exchange.settle([Settled(first.id, "applied", 1, edits={STATE: "submitted"})])
    record = store.record(first.record)
    assert record
    assert (record.get("a"), record.state, record.rev) == ("typing", "submitted", 1)


def test_retry_stays_in_the_queue(store: Store) -> None:
    change = sealed(store, a="1")
    store.exchange.settle([Settled(change.id, "retry", message="busy")])
    assert store.exchange.pending(PERSON, 10, 10**6) == [change]
    [entry] = store.history(change.record)
    assert (entry.state, entry.attempts, entry.message) == ("sealed", 1, "busy")


@pytest.mark.parametrize("status", ["conflict", "rejected", "parked"])
def test_a_refused_change_is_kept_and_blocks_its_record_only(store: Store, status: str) -> None:
    refused = sealed(store, a="1")
    sealed(store, refused.record, a="2")
    other = sealed(store, b="1")
    store.exchange.settle([Settled(refused.id, status, code="why", message="Because")])
    assert store.exchange.pending(PERSON, 10, 10**6) == [other]
    record, row = store.record(refused.record), store.row(refused.record)
    assert record
    assert row
    assert (record.get("a"), row.place) == ("2", Place.ATTENTION)
    assert store.counts().attention == 1
    assert store.history(refused.record)[0].message == "Because"


def test_sending_mine_again_is_one_new_change_over_the_citys_values(store: Store) -> None:
    record_id = from_city(store, a="city", b="city")
    refused = sealed(store, record_id, a="mine")
    store.exchange.settle([Settled(refused.id, "conflict", 2, edits={"a": "newer"})])
    store.commit(make_change(record_id, {"b": "repair"}), seal=False)
    assert store.resolve(record_id, mine=True).fields == {"a": "mine", "b": "repair"}
    [again] = store.exchange.pending(PERSON, 10, 10**6)
    assert again.id != refused.id
    assert again.edits == {"a": "mine", "b": "repair"}
    assert again.was == {"a": "newer", "b": "city"}
    assert [entry.state for entry in store.history(record_id)] == ["replaced", "sealed"]


def test_a_refused_creation_is_sent_again_as_a_creation(store: Store) -> None:
    refused = sealed(store, a="bad")
    store.exchange.settle([Settled(refused.id, "rejected")])
    store.commit(make_change(refused.record, {"a": "good"}), seal=False)
    store.resolve(refused.record, mine=True)
    [again] = store.exchange.pending(PERSON, 10, 10**6)
    assert (again.creates, again.edits) == (True, {"a": "good"})


def test_taking_theirs_brings_back_the_citys_record(store: Store) -> None:
    record_id = from_city(store, a="city")
    refused = sealed(store, record_id, a="mine")
    store.commit(make_change(record_id, {"b": "open"}), seal=False)
    store.exchange.settle([Settled(refused.id, "rejected")])
    assert store.resolve(record_id, mine=False).fields == {"a": "city"}
    assert store.exchange.pending(PERSON, 10, 10**6) == []
    assert store.counts() == type(store.counts())(0, 0, 0)
    assert [entry.state for entry in store.history(record_id)] == ["withdrawn", "withdrawn"]
    assert store.verify_chain().whole


def test_there_is_no_theirs_for_what_the_city_never_had(store: Store) -> None:
    refused = sealed(store, a="1")
    store.exchange.settle([Settled(refused.id, "rejected")])
    with pytest.raises(RefusedError):
        store.resolve(refused.record, mine=False)
    assert store.record(refused.record)


def test_nothing_to_repair_is_said(store: Store) -> None:
    with pytest.raises(RefusedError):
        store.resolve(sealed(store, a="1").record, mine=True)


def test_the_replayed_answer_to_an_old_change_leaves_newer_values_of_others(store: Store) -> None:
    change = sealed(store, a="mine")
    store.exchange.apply_page("ward:none", [RemoteRow(change.record, 3, "bulk-pickup", "1", {"a": "other's later"})], 3)
    store.exchange.settle([Settled(change.id, "applied", 1)])
    record = store.record(change.record)
    assert record
    assert (record.get("a"), record.rev) == ("other's later", 3)


def test_an_answer_that_skips_revisions_leaves_room_for_the_whole_row(store: Store) -> None:
    record_id = from_city(store, a="city")
    change = sealed(store, record_id, a="mine")
    store.exchange.settle([Settled(change.id, "merged", 4)])
    store.exchange.apply_page(
        "ward:none", [RemoteRow(record_id, 4, "bulk-pickup", "1", {"a": "mine", "b": "others"})], 4
    )
    assert store.record(record_id) == Record(record_id, "bulk-pickup", "1", 4, {"a": "mine", "b": "others"})


def test_after_a_restored_backup_what_was_taken_is_sent_again(store: Store) -> None:
    change = sealed(store, a="1")
    store.exchange.settle([Settled(change.id, "applied", 1, server_time=TIME)])
    store.exchange.send_again("2026-11-24T00:00:00.000Z")
    assert store.exchange.pending(PERSON, 10, 10**6) == []
    store.exchange.send_again("2026-11-01T00:00:00.000Z")
    assert store.exchange.pending(PERSON, 10, 10**6) == [change]
    assert store.check() == []


def test_what_was_sent_again_stands_on_the_citys_older_row(store: Store) -> None:
    record_id = from_city(store, rev=1, a="old")
    change = sealed(store, record_id, a="mine")
    store.exchange.settle([Settled(change.id, "applied", 2, server_time=TIME)])
    store.exchange.send_again("2026-11-01T00:00:00.000Z")
    store.exchange.begin_again("ward:none", "epoch-2")
    from_city(store, rev=1, a="old")
    record = store.record(record_id)
    assert record
    assert record.get("a") == "mine"
    store.exchange.settle([Settled(change.id, "applied", 2)])
    assert store.record(record_id) == Record(record_id, "bulk-pickup", "1", 2, {"a": "mine"})
    assert store.check() == []


def test_what_left_this_laptop_is_sent_again_too(store: Store) -> None:
    change = sealed(store, **{"@ward": "01", "a": "1"})
    store.exchange.settle([Settled(change.id, "applied", 1, server_time=TIME)])
    store.exchange.leave_bucket("ward:01")
    store.exchange.send_again("2026-11-01T00:00:00.000Z")
    assert store.exchange.pending(PERSON, 10, 10**6) == [change]
    store.exchange.settle([Settled(change.id, "applied", 1)])
    assert store.record(change.record) is None


def test_while_it_is_sent_again_a_change_stands_on_the_citys_newer_row(store: Store) -> None:
    change = sealed(store, a="mine", b="mine")
    store.exchange.settle([Settled(change.id, "applied", 1, server_time=TIME)])
    store.exchange.apply_page(
        "ward:none", [RemoteRow(change.record, 2, "bulk-pickup", "1", {"a": "newer", "c": "new"})], 2
    )
    store.exchange.send_again("2026-11-01T00:00:00.000Z")
    assert store.check() == []
    store.exchange.settle([Settled(change.id, "applied", 1)])
    assert store.record(change.record) == Record(change.record, "bulk-pickup", "1", 2, {"a": "newer", "c": "new"})
