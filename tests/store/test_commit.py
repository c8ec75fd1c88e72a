"""Saving: records, open Changes that answers join, and sealing."""

from __future__ import annotations

from pathlib import Path

import pytest

from fieldapp.clock import new_id
from fieldapp.errors import RefusedError, StoreError
from fieldapp.records import STATE, TITLE, Attachment
from fieldapp.store import Place, RemoteRow, Store, Touched
from tests.support.store import PERSON, make_change, make_store

PHOTO = "ab" * 32


def test_a_saved_record_is_there_after_opening_again(tmp_path: Path) -> None:
    store = make_store(tmp_path)
    change = make_change(edits={STATE: "draft", "place/unit": "4"})
    saved = store.commit(change, seal=False)
    store.close()
    again = make_store(tmp_path)
    assert again.record(change.record) == saved
    assert saved.fields == {STATE: "draft", "place/unit": "4"}


def test_answers_join_one_open_change(store: Store) -> None:
    first = make_change(edits={"a": "1"}, was={"a": None})
    store.commit(first, seal=False)
    store.commit(make_change(first.record, {"a": "2", "b": "x"}, was={"a": "1", "b": None}), seal=False)
    [entry] = store.history(first.record)
    assert entry.change.id == first.id
    assert entry.change.edits == {"a": "2", "b": "x"}
    assert entry.change.was == {"a": None, "b": None}
    assert entry.change.creates
    assert not entry.sealed


def test_a_transition_seals_what_was_open(store: Store) -> None:
    first = make_change(edits={STATE: "draft", "a": "1"})
    store.commit(first, seal=False)
    store.commit(make_change(first.record, {STATE: "submitted"}, transition="submit"), seal=True)
    [change] = store.exchange.pending(PERSON, 10, 10**6)
    assert (change.id, change.transition, change.edits) == (first.id, "submit", {STATE: "submitted", "a": "1"})
    assert store.record(first.record) is not None
    assert store.counts().drafts == 0


def test_the_next_answer_after_sealing_opens_a_new_change(store: Store) -> None:
    first = make_change(edits={"a": "1"})
    store.commit(first, seal=True)
    later = make_change(first.record, {"a": "2"})
    store.commit(later, seal=False)
    assert [(entry.change.id, entry.state) for entry in store.history(first.record)] == [
        (first.id, "sealed"),
        (later.id, "open"),
    ]


def test_another_persons_answer_closes_the_open_change(store: Store) -> None:
    first = make_change(edits={"a": "1"})
    store.commit(first, seal=False)
    store.commit(make_change(first.record, {"a": "2"}, actor="r.kaur"), seal=False)
    assert [(entry.change.actor, entry.sealed) for entry in store.history(first.record)] == [
        (PERSON, True),
        ("r.kaur", False),
    ]


def test_a_photo_that_was_taken_back_leaves_the_open_change(store: Store) -> None:
    photo = Attachment(PHOTO, 3, "image/jpeg")
    first = make_change(edits={"photo": f"{PHOTO}.jpg"}, attachments=(photo,))
    store.commit(first, seal=False)
    store.commit(make_change(first.record, {"note": "none"}), seal=False)
    assert store.history(first.record)[0].change.attachments == (photo,)
    store.commit(make_change(first.record, {"photo": None}, was={"photo": f"{PHOTO}.jpg"}), seal=False)
    assert store.history(first.record)[0].change.attachments == ()


def test_removing_an_answer_removes_it_from_the_record(store: Store) -> None:
    first = make_change(edits={"a": "1", "b": "2"})
    store.commit(first, seal=False)
    record = store.commit(make_change(first.record, {"a": None}, was={"a": "1"}), seal=False)
    assert record.answers == {"b": "2"}


def test_a_change_of_an_unknown_record_is_refused(store: Store) -> None:
    with pytest.raises(StoreError):
        store.commit(make_change(new_id(), {"a": "1"}), seal=False)
    assert store.counts().drafts == 0


def test_a_change_can_be_sealed_only_once(store: Store) -> None:
    change = make_change()
    store.commit(change, seal=True)
    with pytest.raises(RefusedError):
        store.commit(change, seal=True)
    assert len(store.history(change.record)) == 1


def test_subscribers_hear_of_a_commit_after_it(store: Store) -> None:
    heard: list[Touched] = []
    change = make_change(edits={TITLE: "Couch"})
    leave = store.subscribe(lambda touched: heard.append(touched) if store.record(change.record) else None)
    store.commit(change, seal=False)
    leave()
    store.commit(make_change(change.record, {TITLE: "Sofa"}), seal=False)
    assert heard == [Touched(frozenset({change.record}), journal=True)]


def test_a_subscriber_that_fails_does_not_undo_the_save(store: Store, caplog: pytest.LogCaptureFixture) -> None:
    def broken(touched: Touched) -> None:
        raise ValueError(touched)

    heard: list[Touched] = []
    store.subscribe(broken)
    store.subscribe(heard.append)
    change = make_change()
    store.commit(change, seal=False)
    assert store.record(change.record)
    assert len(heard) == 1
    assert "a listener of the store failed" in caplog.text


def test_a_draft_that_never_left_can_be_discarded(store: Store) -> None:
    change = make_change(edits={TITLE: "Couch"})
    store.commit(change, seal=False)
    store.discard_draft(change.record)
    assert store.record(change.record) is None
    assert store.history(change.record) == []
    assert store.search("couch") == []


def test_a_sealed_record_cannot_be_discarded(store: Store) -> None:
    change = make_change()
    store.commit(change, seal=True)
    with pytest.raises(RefusedError):
        store.discard_draft(change.record)
    assert store.record(change.record) is not None


def test_a_row_tells_where_its_record_is(store: Store) -> None:
    change = make_change()
    store.commit(change, seal=False)
    assert _place(store, change.record) is Place.DRAFT
    store.commit(make_change(change.record, {"a": "1"}), seal=True)
    assert _place(store, change.record) is Place.WAITING


def _place(store: Store, record: str) -> Place:
    row = store.row(record)
    assert row
    return row.place


def test_what_is_taken_back_where_the_city_has_it_by_now_is_an_edit(store: Store) -> None:
    """Typed here and meanwhile by a colleague: who then clears it clears the City's value, which they saw."""
    first = make_change(edits={"a": "1"}, was={"a": None})
    store.commit(first, seal=False)
    store.exchange.apply_page("ward:01", [RemoteRow(first.record, 1, first.service, "1", {"a": "1"})], 1)
    kept = store.commit(make_change(first.record, {"a": None}, was={"a": "1"}), seal=False)
    [entry] = store.history(first.record)
    assert kept.get("a") == ""
    assert (entry.change.edits, entry.change.was) == ({"a": None}, {"a": "1"})
    assert store.check() == []


def test_what_is_taken_back_where_the_city_has_another_value_leaves_that(store: Store) -> None:
    """Nothing is left of the edit, so there is nothing to set against a colleague's."""
    first = make_change(edits={"a": "1"}, was={"a": None})
    store.commit(first, seal=False)
    store.exchange.apply_page("ward:01", [RemoteRow(first.record, 1, first.service, "1", {"a": "2"})], 1)
    kept = store.commit(make_change(first.record, {"a": None}, was={"a": "1"}), seal=False)
    assert kept.get("a") == "2"
    assert store.check() == []
