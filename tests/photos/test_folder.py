"""Photos of a camera's card: the newest first, from folders below, nothing hidden; what cannot be read is no list."""

from __future__ import annotations

import os
from pathlib import Path

from fieldapp.photos import camera_folders, photos_in


def put(folder: Path, name: str, written: int, data: bytes = b"x") -> Path:
    """A file that was written at that second."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    os.utime(path, (written, written))
    return path


def test_the_newest_come_first_also_from_folders_below(tmp_path: Path) -> None:
    old, new = put(tmp_path, "100CANON/IMG_1.JPG", 1000), put(tmp_path, "b.png", 2000, b"xy")
    found = photos_in(tmp_path)
    assert [(one.path, one.size) for one in found] == [(new, 2), (old, 1)]


def test_only_photos_are_listed_and_nothing_hidden(tmp_path: Path) -> None:
    for name in ("film.mp4", "notes.txt", ".thumb.jpg", ".trash/a.jpg"):
        put(tmp_path, name, 1000)
    (tmp_path / "loop").symlink_to(tmp_path, target_is_directory=True)
    assert photos_in(tmp_path) == []


def test_no_more_are_listed_than_are_asked_for(tmp_path: Path) -> None:
    for number in range(5):
        put(tmp_path, f"{number}.jpg", 1000 + number)
    assert [one.path.name for one in photos_in(tmp_path, 2)] == ["4.jpg", "3.jpg"]


def test_a_folder_that_is_gone_has_none(tmp_path: Path) -> None:
    assert photos_in(tmp_path / "pulled out") == []


def test_cards_are_known_by_the_folder_of_cameras(tmp_path: Path) -> None:
    (tmp_path / "card" / "DCIM").mkdir(parents=True)
    (tmp_path / "stick").mkdir()
    assert camera_folders([tmp_path / "card", tmp_path / "stick"]) == [tmp_path / "card" / "DCIM"]
