"""A worker that is held touches nothing, and goes on when it may."""

from __future__ import annotations

import threading
from pathlib import Path

from fieldapp.errors import OfflineError
from fieldapp.store import Store
from sync.runner import Runner
from sync.status import ProofOfSync
from tests.support.store import KEY, make_change, make_store


class Cycles:
    """Cycles that read the store, one at a time when they are let."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.ran = 0
        self.began = threading.Semaphore(0)
        self.may_end = threading.Semaphore(0)

    def cycle(self) -> ProofOfSync:
        """One."""
        self.began.release()
        assert self.may_end.acquire(timeout=30)
        self.store.counts()
        self.ran += 1
        raise OfflineError("no answer")

    def waiting(self) -> bool:
        """Nothing."""
        return False

    def fetch(self, sha256: str, suffix: str = "") -> bool:
        """Nothing."""
        return not sha256 + suffix


def test_what_is_under_way_ends_and_nothing_begins_until_it_may(tmp_path: Path) -> None:
    store = make_store(tmp_path)
    cycles = Cycles(store)
    runner = Runner(store, lambda _watch: cycles)
    runner.start()
    assert cycles.began.acquire(timeout=30)
    assert not runner.hold(0.05)
    cycles.may_end.release()
    assert runner.hold()
    store.seal()
    runner.wake()
    assert not cycles.began.acquire(timeout=0.1)
    store.unseal(KEY)
    store.commit(make_change(), seal=True)
    runner.go_on()
    assert cycles.began.acquire(timeout=30)
    cycles.may_end.release(2)
    runner.stop()
    store.close()
    assert cycles.ran == 2


def test_a_held_worker_can_be_stopped(tmp_path: Path) -> None:
    store = make_store(tmp_path)
    cycles = Cycles(store)
    cycles.may_end.release(5)
    runner = Runner(store, lambda _watch: cycles)
    runner.start()
    assert runner.hold()
    runner.stop(20)
    store.close()
