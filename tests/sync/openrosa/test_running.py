"""The runner of a laptop's OpenRosa services: by itself, after a save, beside others, with one state for the screen."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace

import pytest

from sync.openrosa.running import openrosa_runner
from sync.status import SyncState, SyncStatus
from sync.together import Together, merged
from tests.support.openrosa import OpenRosaDouble
from tests.support.openrosa_laptop import RosaLaptop


def until(true: Callable[[], bool], seconds: float = 10.0) -> None:
    """Wait until it is true."""
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "it never came"
        time.sleep(0.005)


def test_what_is_handed_in_goes_by_itself(laptop: RosaLaptop, double: OpenRosaDouble) -> None:
    seen: list[SyncStatus] = []
    together = Together([openrosa_runner(laptop.desk)], seen.append)
    together.start()
    try:
        until(lambda: together.status.state is SyncState.IDLE)
        laptop.visit()
        until(lambda: laptop.store.counts().waiting == 0)
        until(lambda: together.status.state is SyncState.IDLE)
    finally:
        together.stop()
    assert len(double.held) == 1
    assert SyncState.PUSHING in {status.state for status in seen}
    assert together.status.last_ok


def test_a_server_that_wants_a_sign_in_says_so(laptop: RosaLaptop, double: OpenRosaDouble) -> None:
    double.sign_in = "basic"
    laptop.visit()
    together = Together([openrosa_runner(laptop.desk)])
    together.start()
    try:
        until(lambda: together.status.state is SyncState.NEEDS_LOGIN)
    finally:
        together.stop()
    assert laptop.store.counts().waiting == 1


def test_a_sign_in_that_is_told_is_used_and_kept(laptop: RosaLaptop, double: OpenRosaDouble) -> None:
    double.sign_in = "digest"
    hand_in_one(laptop, f"{double.url} anna:s3cret")
    hand_in_one(laptop, "")
    assert len(double.held) == 2


def hand_in_one(laptop: RosaLaptop, sign_ins: str) -> None:
    """Record something, and run until it is handed in."""
    laptop.visit()
    together = Together([openrosa_runner(laptop.desk, sign_ins)])
    together.start()
    try:
        until(lambda: laptop.store.counts().waiting == 0)
    finally:
        together.stop()


IDLE = SyncStatus(SyncState.IDLE, last_ok="2026-11-23T14:00:00.000Z")


@pytest.mark.parametrize(
    ("first", "second", "shown"),
    [
        (SyncState.IDLE, SyncState.IDLE, SyncState.IDLE),
        (SyncState.IDLE, SyncState.OFFLINE, SyncState.OFFLINE),
        (SyncState.OFFLINE, SyncState.NEEDS_LOGIN, SyncState.NEEDS_LOGIN),
        (SyncState.NEEDS_LOGIN, SyncState.PUSHING, SyncState.PUSHING),
        (SyncState.PULLING, SyncState.TROUBLE, SyncState.PULLING),
    ],
)
def test_of_several_the_one_that_a_person_should_know_is_shown(
    first: SyncState, second: SyncState, shown: SyncState
) -> None:
    assert merged([replace(IDLE, state=first), replace(IDLE, state=second)]).state is shown


def test_all_is_complete_since_the_last_of_them_was() -> None:
    later = replace(IDLE, last_ok="2026-11-23T15:00:00.000Z")
    assert merged([later, IDLE]).last_ok == IDLE.last_ok
    assert merged([later, SyncStatus()]).last_ok == ""
