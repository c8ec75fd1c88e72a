"""The self-test: all parts are tried here as on any computer, and what does not work is said, with the reason."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from fieldapp.errors import RefusedError
from fieldapp.store import Store
from fieldapp.store.database import NAME as STORE
from sync import selftest
from sync.practice.people import OSEI
from sync.selftest import Room, Step
from ui.selftest import run

PARTS = ["key", "store", "layers", "form", "paper", "sync", "pages", "window"]


def test_all_parts_work_here(qtbot: QtBot) -> None:
    lines: list[str] = []
    assert run(lines.append), lines
    assert [line.split()[0] for line in lines[1:-1]] == [
        "key",
        "store",
        "layers",
        "form",
        "paper",
        "sync",
        "pages",
        "window",
    ]
    assert all("  ok: " in line for line in lines[1:-1])


def test_a_part_that_does_not_work_is_told_and_the_others_are_tried(tmp_path: Path) -> None:
    def lacking(_room: Room) -> str:
        raise RefusedError("the library is missing")

    lines: list[str] = []
    tried = (Step("paper", lacking), Step("key", selftest.key))
    assert not selftest.run(tmp_path, tried, lines.append)
    assert lines[0] == "paper  FAILED: the library is missing"
    assert lines[1].startswith("key    ok: ")


def test_a_fault_that_nobody_thought_of_is_told_by_its_kind(tmp_path: Path) -> None:
    lines: list[str] = []
    assert not selftest.run(tmp_path, [Step("key", lambda _room: str(1 // 0))], lines.append)
    assert lines == ["key  FAILED: ZeroDivisionError: integer division or modulo by zero"]


def test_nothing_is_sent_where_nothing_was_handed_in(tmp_path: Path) -> None:
    lines: list[str] = []
    assert not selftest.run(tmp_path, [Step("sync", selftest.sync)], lines.append)
    assert "no form was handed in" in lines[0]


def test_a_store_that_is_not_encrypted_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def plain(room: Room) -> Store:
        found = keep(room)
        found.close()
        (room.home.store(OSEI.id) / STORE).write_bytes(b"SQLite format 3\0" + bytes(100))
        return found

    keep = Room.store
    monkeypatch.setattr(Room, "store", plain)
    lines: list[str] = []
    steps = [Step("key", selftest.key), Step("store", selftest.store)]
    assert not selftest.run(tmp_path, steps, lines.append)
    assert lines[1].startswith("store  FAILED")
