"""NOTICE says whose work is in the program, and under which licence."""

from __future__ import annotations

from pathlib import Path

import pytest

from ui.program import licences

ROOT = Path(__file__).resolve().parents[3]


def test_notice_is_as_the_lock_and_the_parts_have_it() -> None:
    assert (ROOT / licences.NOTICE).read_text("utf-8") == licences.notice(ROOT), "run: python -m ui.program notice"


def test_no_part_may_only_be_passed_on_under_the_gpl() -> None:
    assert not [part for part in licences.parts(ROOT) if part.licence.startswith(("GPL", "AGPL"))]


def test_a_part_without_a_licence_is_named(tmp_path: Path) -> None:
    (tmp_path / licences.LOCK).write_text("never-heard-of==1.0 \\\n    --hash=sha256:00\n", "utf-8")
    with pytest.raises(licences.UnknownLicenceError, match="never-heard-of"):
        licences.notice(tmp_path)


def test_the_texts_of_all_licences_are_gathered(tmp_path: Path) -> None:
    licences.gather(ROOT, tmp_path / "licences")
    there = {path.name for path in (tmp_path / "licences").iterdir()}
    lacking = {part.name for part in licences.parts(ROOT) if licences.is_installed(part.name)} - there
    assert lacking == {"gtfs-realtime-bindings", "pyside6-essentials", "shiboken6"}  # these bring none with them
    assert there >= {"LGPL-3.0.txt", "GPL-3.0.txt"}
    assert (tmp_path / "licences" / "inter" / "OFL.txt").is_file()
