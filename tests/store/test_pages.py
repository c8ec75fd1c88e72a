"""Pages of the City's feed: rows and cursor together, open Changes untouched, tallies exact."""

from __future__ import annotations

from typing import Any

import pytest

from fieldapp.records import Record, fingerprint
from fieldapp.store import Place, RemoteRow, Settled, Store, Touched
from tests.support.store import PERSON, make_change, make_row

WARD = "ward:08"


def city_row(rev: int, *, record: str = "r1", gone: bool = False, **fields: str) -> RemoteRow:
    return RemoteRow(record, rev, "bulk-pickup", "1", fields, gone)


def test_rows_and_cursor_arrive_together(store: Store) -> None:
    store.exchange.apply_page(WARD, [city_row(1, a="1"), city_row(1, record="r2", a="2")], 7, epoch="e1")
    assert store.record("r1") == Record("r1", "bulk-pickup", "1", 1, {"a": "1"})
    state = store.exchange.buckets()[WARD]
    assert (state.cursor, state.epoch, state.count) == (7, "e1", 2)


def test_a_page_that_fails_moves_neither_rows_nor_cursor(store: Store) -> None:
    store.exchange.apply_page(WARD, [city_row(1, a="1")], 1)
    nothing: Any = None  # what a faulty peer might bring
    broken = RemoteRow("r2", 1, nothing, "1", {})
    with pytest.raises(Exception, match="NOT NULL"):
        store.exchange.apply_page(WARD, [city_row(2, a="2"), broken], 3)
    record = store.record("r1")
    assert record
    assert record.rev == 1
    assert store.exchange.buckets()[WARD].cursor == 1
    assert store.check() == []


def test_a_page_that_comes_again_changes_nothing(store: Store) -> None:
    page = [city_row(2, a="1"), make_row(5)]
    store.exchange.apply_page(WARD, page, 2)
    before = store.exchange.summary()
    heard: list[Touched] = []
    store.subscribe(heard.append)
    store.exchange.apply_page(WARD, page, 2)
    assert store.exchange.summary() == before
    assert heard == []


def test_an_older_revision_is_passed_over(store: Store) -> None:
    store.exchange.apply_page(WARD, [city_row(3, a="new")], 3)
    store.exchange.apply_page(WARD, [city_row(2, a="old")], 4)
    record = store.record("r1")
    assert record
    assert record.get("a") == "new"


def test_under_an_open_change_only_the_base_moves(store: Store) -> None:
    store.exchange.apply_page(WARD, [city_row(1, a="1", b="1")], 1)
    store.commit(make_change("r1", {"a": "mine"}), seal=False)
    store.exchange.apply_page(WARD, [city_row(2, a="2", b="2")], 2)
    assert store.record("r1") == Record("r1", "bulk-pickup", "1", 2, {"a": "mine", "b": "2"})
    assert store.city_record("r1") == Record("r1", "bulk-pickup", "1", 2, {"a": "2", "b": "2"})


def test_the_checksum_is_of_the_citys_rows_not_of_ours(store: Store) -> None:
    store.exchange.apply_page(WARD, [city_row(1, a="1")], 1)
    city = Record("r1", "bulk-pickup", "1", 1, {"a": "1"})
    store.commit(make_change("r1", {"a": "mine"}), seal=False)
    assert store.exchange.summary(WARD) == (1, fingerprint(city))


def test_a_row_that_left_the_scope_goes(store: Store) -> None:
    store.exchange.apply_page(WARD, [city_row(1, a="1")], 1)
    store.exchange.apply_page(WARD, [city_row(2, gone=True)], 2)
    assert store.record("r1") is None
    assert store.exchange.summary() == (0, 0)


def test_a_row_that_left_stays_while_something_is_open_on_it(store: Store) -> None:
    store.exchange.apply_page(WARD, [city_row(1, a="1")], 1)
    change = make_change("r1", {"a": "mine"})
    store.commit(change, seal=True)
    store.exchange.apply_page(WARD, [city_row(2, gone=True)], 2)
    assert store.record("r1")
    assert store.exchange.summary() == (0, 0)
    assert store.exchange.pending(PERSON, 10, 10**6) == [change]
    store.exchange.settle([Settled(change.id, "applied", 3)])
    assert store.record("r1") is None
    assert [entry.state for entry in store.history("r1")] == ["applied"]


def test_a_row_that_moved_to_another_bucket_is_counted_once(store: Store) -> None:
    store.exchange.apply_page(WARD, [city_row(1, a="1")], 1)
    store.exchange.apply_page("ward:09", [city_row(2, a="1")], 1)
    store.exchange.apply_page(WARD, [city_row(2, gone=True)], 2)
    assert store.record("r1")
    assert {name: state.count for name, state in store.exchange.buckets().items()} == {WARD: 0, "ward:09": 1}
    assert store.check() == []


def test_the_citys_row_of_a_record_made_here_becomes_its_base(store: Store) -> None:
    change = make_change(edits={"a": "mine"})
    store.commit(change, seal=True)
    store.exchange.apply_page(WARD, [city_row(1, record=change.record, a="mine", b="city")], 1)
    row = store.row(change.record)
    assert row
    assert row.place is Place.WAITING
    store.exchange.settle([Settled(change.id, "applied", 1)])
    record = store.record(change.record)
    assert record
    assert record.fields == {"a": "mine", "b": "city"}
    assert store.check() == []


def test_building_a_bucket_anew_forgets_what_does_not_come_again(store: Store) -> None:
    store.exchange.apply_page(WARD, [city_row(5, a="1"), city_row(5, record="r2", a="2")], 9)
    store.exchange.begin_again(WARD, "e2")
    assert store.exchange.buckets()[WARD].cursor == 0
    store.exchange.apply_page(WARD, [city_row(3, a="restored")], 1, epoch="e2")
    store.exchange.finish_again(WARD)
    record = store.record("r1")
    assert record
    assert (record.rev, record.get("a")) == (3, "restored")
    assert store.record("r2") is None
    assert store.check() == []


def test_leaving_a_bucket_keeps_only_what_is_unsettled(store: Store) -> None:
    store.exchange.apply_page(WARD, [city_row(1, a="1"), city_row(1, record="r2", a="2")], 2)
    store.commit(make_change("r2", {"a": "mine"}), seal=False)
    store.exchange.leave_bucket(WARD)
    assert store.record("r1") is None
    assert store.record("r2")
    assert store.exchange.buckets() == {}


def test_an_unknown_service_is_kept_as_it_is(store: Store) -> None:
    store.exchange.apply_page(WARD, [RemoteRow("r9", 1, "service-of-next-year", "12", {"x/y": "z", "@new": "1"})], 1)
    assert store.record("r9") == Record("r9", "service-of-next-year", "12", 1, {"x/y": "z", "@new": "1"})
