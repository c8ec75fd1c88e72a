"""kill -9 at random moments: nothing that was called saved is missing, nothing is half there."""

from __future__ import annotations

from pathlib import Path

import pytest

from fieldapp.store import Store
from tests.support.kill import Killed, assert_saved, assert_whole, damaged_folders, moments, run_and_kill
from tests.support.store import make_store

ROUNDS = 50
CHUNK = 10
USUAL = 3  # chunks of each run; all behind `--soak`
LONGEST = 0.25  # seconds


@pytest.mark.kill
@pytest.mark.parametrize(
    "seed", [*range(USUAL), *(pytest.param(one, marks=pytest.mark.soak) for one in range(USUAL, ROUNDS // CHUNK))]
)
def test_i01_i02_a_killed_process_loses_nothing_that_was_saved(tmp_path: Path, seed: int) -> None:
    cursor, sealed = 0, 0
    for after in moments(seed, CHUNK, LONGEST):
        killed = run_and_kill("tests.support.saving_child", [str(tmp_path), str(cursor)], after=after)
        store = make_store(tmp_path)
        assert_saved(store, killed)
        assert_whole(store)
        assert_settled(store, killed)
        cursor = store.exchange.buckets()["ward:08"].cursor if store.exchange.buckets() else 0
        assert cursor >= max((int(said[0]) for said in killed.said("cursor")), default=0)
        assert store.exchange.summary("ward:08")[0] == cursor
        sealed += len(killed.said("sealed"))
        store.close()
    assert sealed, "the children were killed before they could do anything: this tested nothing"
    assert damaged_folders(tmp_path) == []


def assert_settled(store: Store, killed: Killed) -> None:
    """What was said to be sealed, applied or stored is."""
    for record, change in killed.said("sealed"):
        assert [entry.sealed for entry in store.history(record) if entry.change.id == change] == [True]
    for record, change in killed.said("applied"):
        assert [entry.state for entry in store.history(record) if entry.change.id == change] == ["applied"]
    for (sha256,) in killed.said("blob"):
        assert store.blobs.read(sha256)
