"""I1, I2 for official numbers: killed at any moment, each number is on one record at most, and none is skipped."""

from __future__ import annotations

from pathlib import Path

import pytest

from fieldapp.numbering import place
from fieldapp.records import ISSUED
from fieldapp.store import Query
from tests.support.kill import assert_whole, moments, run_and_kill
from tests.support.store import make_store

pytestmark = pytest.mark.kill


def test_i01_i02_a_killed_laptop_uses_each_number_once_and_loses_none(tmp_path: Path) -> None:
    said: dict[str, str] = {}
    for after in moments(seed=9, rounds=3, longest=0.4):
        killed = run_and_kill("tests.support.numbers_child", [str(tmp_path)], after=after)
        said |= dict(killed.said("issued"))
    store = make_store(tmp_path)
    borne = {record.id: record.get(ISSUED + "order") for record in store.find(Query(), 100_000)}
    assert_whole(store)
    store.close()
    assert said.items() <= borne.items()
    places = sorted(place(number, "OR26-", 5) for number in borne.values())
    assert places == list(range(1, len(borne) + 1))
