"""One state for several workers: whichever state a worker is in, it has its place in the order."""

from __future__ import annotations

from sync.status import SyncState
from sync.together import FIRST


def test_every_state_has_its_place() -> None:
    assert set(FIRST) == set(SyncState)
    assert len(FIRST) == len(SyncState)
