"""One state for several workers: whichever state a worker is in, it has its place in the order."""

from __future__ import annotations

from sync.status import SyncState, SyncStatus
from sync.together import FIRST, merged


def test_every_state_has_its_place() -> None:
    assert set(FIRST) == set(SyncState)
    assert len(FIRST) == len(SyncState)


def test_files_that_wait_are_told_whoever_is_shown() -> None:
    gateway, other = SyncStatus(SyncState.IDLE, files=3), SyncStatus(SyncState.OFFLINE)
    assert merged([gateway, other]).files == 3
