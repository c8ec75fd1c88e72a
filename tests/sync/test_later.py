"""Sync that begins once the window stands: what is asked of it before is done then, and it can be ended at any time."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Event

import pytest

from fieldapp.errors import RefusedError
from fieldapp.store import Store
from sync.later import Later
from sync.runner import Publish, Runner
from sync.status import ProofOfSync, SyncState, SyncStatus
from sync.together import Together
from tests.support.store import make_store

FIRST = SyncStatus(SyncState.PROBING)


class Cycles:
    """An engine that counts, and fetches what is wished for."""

    def __init__(self) -> None:
        self.fetched: list[str] = []
        self.cycled, self.brought = Event(), Event()

    def cycle(self) -> ProofOfSync:
        """Nothing moves."""
        self.cycled.set()
        return ProofOfSync("2026-11-23T14:00:00.000Z", "2026-11-23T14:00:01.000Z", "epoch")

    def waiting(self) -> bool:
        """Nothing waits."""
        return False

    def fetch(self, sha256: str, _suffix: str = "") -> bool:
        """Note it."""
        self.fetched.append(sha256)
        self.brought.set()
        return True


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    made = make_store(tmp_path)
    yield made
    made.close()


def made_of(store: Store, engine: Cycles) -> Callable[[], Together]:
    def runner(publish: Publish) -> Runner:
        return Runner(store, lambda _watch: engine, publish=publish)

    return lambda: Together([runner])


def test_it_begins_with_the_window_and_does_what_was_asked_before(store: Store) -> None:
    engine, stands = Cycles(), Event()
    later = Later(made_of(store, engine), FIRST, stands, lambda _status: None)
    later.start()
    later.fetch("f00d")
    assert (later.status, engine.cycled.is_set()) == (FIRST, False)
    stands.set()
    assert engine.cycled.wait(20)
    assert engine.brought.wait(20)
    later.stop()
    assert engine.fetched == ["f00d"]


def test_it_may_be_ended_before_it_began(store: Store) -> None:
    engine = Cycles()
    later = Later(made_of(store, engine), FIRST, Event(), lambda _status: None)
    later.start()
    later.stop()
    assert not engine.cycled.is_set()


def test_whoever_locks_the_store_finds_it_standing_still(store: Store) -> None:
    engine = Cycles()
    later = Later(made_of(store, engine), FIRST, Event(), lambda _status: None)
    later.start()
    assert later.hold()
    later.stop()


def test_what_keeps_it_from_beginning_is_told() -> None:
    def refuse() -> Together:
        raise RefusedError("no")

    told: list[SyncStatus] = []
    stands = Event()
    stands.set()
    later = Later(refuse, FIRST, stands, told.append)
    later.start()
    later.stop()
    assert [(one.state, one.message) for one in [*told, later.status]] == [(SyncState.TROUBLE, "no")] * 2


def test_a_bug_that_keeps_it_from_beginning_is_told_too(caplog: pytest.LogCaptureFixture) -> None:
    def bug() -> Together:
        raise ZeroDivisionError("bug")

    told: list[SyncStatus] = []
    stands = Event()
    stands.set()
    later = Later(bug, FIRST, stands, told.append)
    later.start()
    later.stop()
    assert [one.state for one in [*told, later.status]] == [SyncState.TROUBLE] * 2
    assert "ZeroDivisionError" in told[0].message
    assert "sync could not begin" in caplog.text
