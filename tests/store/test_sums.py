"""What is read inside a row is remembered until the row changes, and not beyond a lock."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from fieldapp.clock import FixedClock
from fieldapp.store import RemoteRow, Store, bucket_of
from fieldapp.store.sums import Known
from tests.support.store import KEY, make_change, make_store

SINCE = "2026-11-01T00:00:00.000Z"
PATHS = ("project/size", "other/answer")


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock()


@pytest.fixture
def store(tmp_path: Path, clock: FixedClock) -> Store:
    return make_store(tmp_path, clock=clock)


def came(store: Store, n: int, size: str, at: str = "2026-11-20T15:00:00.000Z", rev: int = 1, note: str = "") -> None:
    told = {
        "@state": "submitted",
        "@ward": "02",
        "@received": "2026-11-19T04:30:00.000Z",
        PATHS[0]: size,
        "a/note": note,
    }
    row = RemoteRow(f"r{n}", rev, "building-permit", "1", told, at=at)
    store.exchange.apply_page(bucket_of(told), [row], 100 * rev + n)


def sizes(store: Store) -> list[str]:
    return sorted(one.get(PATHS[0]) for one in store.sums.known(SINCE, PATHS))


def test_a_row_that_changed_is_read_anew_and_the_others_are_not(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    for n in range(8):
        came(store, n, "small")
    assert sizes(store) == ["small"] * 8
    read: list[object] = []
    inside = store.sums._read_inside

    def noted(lacking: list[int] | None, *rest: object) -> object:
        read.append(lacking)
        return inside(lacking, *rest)  # type: ignore[arg-type]  # as they came

    monkeypatch.setattr(store.sums, "_read_inside", noted)
    came(store, 3, "large", "2026-11-21T15:00:00.000Z", rev=2)
    assert sizes(store) == ["large", *["small"] * 7]
    assert [len(one) for one in read if isinstance(one, list)] == [1]


def test_an_answer_that_was_changed_in_the_same_minute_is_seen(store: Store, clock: FixedClock) -> None:
    record = make_change("", {"@state": "submitted", PATHS[0]: "small"}, creates=True, service="building-permit")
    store.commit(record, seal=True)
    assert sizes(store) == ["small"]
    clock.forward(seconds=5)
    store.commit(make_change(record.record, {PATHS[0]: "large"}, service="building-permit"), seal=True)
    assert sizes(store) == ["large"]


def test_the_day_of_the_receipt_is_the_citys_whatever_an_answer_says(store: Store) -> None:
    came(store, 1, "small", note='"@received":"1999-01-01T10:00:00.000Z"')
    (one,) = store.sums.known(SINCE, PATHS)
    assert (one.first, one.get("@due"), one.get("other/answer")) == (date(2026, 11, 18), "", "")


def test_answers_are_read_of_the_services_that_are_asked_for(store: Store) -> None:
    came(store, 1, "small")
    assert [one.answers for one in store.sums.known(SINCE, PATHS, {"bulk-pickup"})] == [{}]
    assert [one.answers for one in store.sums.known(SINCE, PATHS, {"building-permit"})] == [{PATHS[0]: "small"}]


def test_a_locked_store_remembers_nothing(store: Store) -> None:
    came(store, 1, "small")
    assert sizes(store) == ["small"]
    store.seal()
    assert store.sums._inside == {}
    store.unseal(KEY)
    assert sizes(store) == ["small"]


def test_a_record_as_it_is_counted() -> None:
    one = Known("bulk-pickup", "collected", "02", "2026-11-30", date(2026, 11, 20), None, {})
    assert (one.received, one.reached("collected"), one.ended(frozenset({"closed"}))) == (
        one.changed,
        one.changed,
        None,
    )
