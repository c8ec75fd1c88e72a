"""A hand-over that is stopped, wherever that is: no file, no Change, no photo, and the next try is whole."""

from __future__ import annotations

from pathlib import Path

import pytest

from fieldapp.clock import FixedClock
from fieldapp.errors import StoppedError
from fieldapp.far import Far
from fieldapp.handover import Bundle, export, sealing, take_in
from tests.support.gateway import CLERK, City, Laptop
from tests.sync.handover.test_handover import PHOTO, WORDS, handed, working

MOST = 200  # pieces of the work here, at most


@pytest.fixture(autouse=True)
def _cheap_passphrase(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sealing, "COST", 1 << sealing.LOWEST)


class Told:
    """Hears how far it is, and stops at the given piece."""

    def __init__(self, stop_at: int = -1) -> None:
        self.heard: list[tuple[int, int]] = []
        self._stop_at = stop_at

    def far(self, done: int, total: int) -> None:
        """Take it."""
        self.heard.append((done, total))
        if len(self.heard) == self._stop_at:
            raise StoppedError


def written(laptop: Laptop, path: Path, far: Far) -> str:
    return export(laptop.store, CLERK.id, path, WORDS, FixedClock(), far)


def test_how_far_it_is_only_grows_and_ends_whole(near: City, tmp_path: Path) -> None:
    laptop, _ = working(near)
    giving, taking = Told(), Told()
    written(laptop, tmp_path / "w", giving.far)
    take_in(Bundle(tmp_path / "w", WORDS), near.laptop(CLERK).store, CLERK.id, taking.far)
    for told in (giving, taking):
        assert told.heard == sorted(told.heard)
        assert {total for _done, total in told.heard} == {told.heard[-1][0]}
        assert len(told.heard) > len(PHOTO) // (1 << 16)


def test_an_export_that_is_stopped_anywhere_leaves_no_file(near: City, tmp_path: Path) -> None:
    laptop, _ = working(near)
    whole = Told()
    written(laptop, tmp_path / "whole", whole.far)
    (tmp_path / "stick").mkdir()
    for piece in range(1, len(whole.heard) + 1):
        with pytest.raises(StoppedError):
            written(laptop, tmp_path / "stick" / "w", Told(piece).far)
        assert list((tmp_path / "stick").iterdir()) == []
    assert laptop.store.counts().waiting == 2


def test_taking_in_that_is_stopped_anywhere_takes_nothing(near: City, tmp_path: Path) -> None:
    laptop, record = working(near)
    bundle, other, whole = handed(laptop, tmp_path), near.laptop(CLERK), Told()
    take_in(bundle, near.laptop(CLERK).store, CLERK.id, whole.far)
    for piece in range(1, len(whole.heard) + 1):
        with pytest.raises(StoppedError):
            take_in(bundle, other.store, CLERK.id, Told(piece).far)
        assert (other.store.counts().waiting, other.store.blobs.queue()) == (0, [])
        assert other.store.record(record) is None
    assert other.store.check() == []
    taken = take_in(bundle, other.store, CLERK.id)
    assert (taken.new, taken.known, taken.files) == (2, 0, 1)
    assert other.sync().files == 1
