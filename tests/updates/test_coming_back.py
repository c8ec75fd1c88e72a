"""Real programs of two versions over one encrypted store: the new one migrates it, and when it fails all work stays."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from fieldapp.updates.place import Installed
from fieldapp.updates.state import FAILED, STORE, State, read, write
from tests.support.programs import NEW, OLD, make_program, opened, put_version, run_program
from tests.support.store import PERSON


@pytest.fixture
def home(tmp_path: Path) -> Path:
    (tmp_path / "home" / "practice" / "people" / PERSON).mkdir(parents=True)
    return tmp_path / "home"


@pytest.fixture
def base(tmp_path: Path) -> Path:
    return make_program(tmp_path / "opt", OLD)


def test_a_new_version_goes_on_with_the_work(home: Path, base: Path) -> None:
    place = Installed(home / ".installed")
    assert opened(run_program(base, home))["version"] == OLD
    put_version(place, NEW)
    write(place, State(waiting=NEW))
    said = opened(run_program(base, home))
    assert said == {"version": NEW, "titles": [f"by {OLD}", f"by {NEW}"], "check": []}
    assert opened(run_program(base, home))["version"] == NEW, "a good one is handed over to at once"


def test_work_recorded_under_a_version_that_then_falls_comes_along(home: Path, base: Path) -> None:
    place = Installed(home / ".installed")
    opened(run_program(base, home))
    put_version(place, NEW, "late")
    write(place, State(waiting=NEW))
    said = opened(run_program(base, home))
    assert said == {"version": OLD, "titles": [f"by {OLD}", f"by {OLD}", f"by {NEW}"], "check": []}
    assert read(place).why == FAILED
    folder = home / "practice" / "people" / PERSON
    assert [path.name for path in folder.glob("replaced-*/store.db")] == ["store.db"], "the newer file stays, whole"
    assert not list(folder.glob("damaged-*"))


def test_a_version_whose_migration_fails_is_left(home: Path, base: Path) -> None:
    place = Installed(home / ".installed")
    opened(run_program(base, home))
    put_version(place, NEW, "store")
    write(place, State(waiting=NEW))
    said = opened(run_program(base, home))
    assert said["version"] == OLD
    assert said["titles"] == [f"by {OLD}", f"by {OLD}"]
    assert read(place).why == STORE


def test_a_version_that_vanished_leaves_all_work(home: Path, base: Path) -> None:
    place = Installed(home / ".installed")
    put_version(place, NEW)
    write(place, State(waiting=NEW))
    opened(run_program(base, home))
    shutil.rmtree(place.folder(NEW))
    assert opened(run_program(base, home))["version"] == OLD
