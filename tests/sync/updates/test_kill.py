"""kill -9 at each step of an update: before each change that a real process makes on the disk, from the first byte
fetched to the store brought back. The program starts, and no work is lost."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from fieldapp.services import Catalogue
from fieldapp.updates.place import Installed
from fieldapp.updates.state import State, read, write
from sync.gateway.server import GatewayServer
from tests.support.gateway import make_service
from tests.support.programs import NEW, OLD, make_program, opened, put_version, run_program
from tests.support.store import PERSON
from tests.support.updates import Publisher

ROUNDS = {"fetch": 18, OLD: 6, NEW: 13, "return": 13}  # fifty

pytestmark = [pytest.mark.kill, pytest.mark.skipif(os.name == "nt", reason="nothing is killed so there")]


@dataclass
class Desk:
    """A machine: its installed program, and a city that it takes versions from. Each round has a home of its own."""

    folder: Path
    base: Path
    city: Publisher
    url: str

    def home(self, name: str) -> Path:
        """A fresh home, with work that was never sent."""
        home = self.folder / "homes" / name
        shutil.copytree(self.folder / "begun", home)
        return home

    def begin(self) -> None:
        """Two Changes, recorded by the installed version and not sent."""
        begun = self.folder / "begun"
        (begun / "practice" / "people" / PERSON).mkdir(parents=True)
        for _ in range(2):
            opened(run_program(self.base, begun))
        self.city.trusted_by(Installed(begun / ".installed"))

    def fetch(self, home: Path, die: str = "") -> subprocess.CompletedProcess[str]:
        """The update's part in a sync."""
        around = {**os.environ, "FIELDAPP_HOME": str(home), "FIELDAPP_DIE_AT": die}
        call = [sys.executable, "-m", "tests.support.update_child", self.url]
        return subprocess.run(call, check=False, capture_output=True, text=True, env=around, timeout=120)

    def start(self, home: Path, die: str = "") -> subprocess.CompletedProcess[str]:
        """A start of the program, by its icon."""
        return run_program(self.base, home, FIELDAPP_DIE_AT=die)


@pytest.fixture
def desk(tmp_path: Path, catalogue: Catalogue) -> Iterator[Desk]:
    service = make_service(tmp_path / "gateway", catalogue)
    city = Publisher(tmp_path / "city")
    city.publish(NEW, real=True)
    service.updates = city.folder
    with GatewayServer(service) as server:
        made = Desk(tmp_path, make_program(tmp_path / "opt", OLD), city, server.url)
        made.begin()
        yield made
    service.close()


def prepared(desk: Desk, phase: str, name: str) -> Path:
    """A home where this phase is the next: with nothing yet, a version that waits, or one that will fall late."""
    home = desk.home(name)
    if phase != "fetch":
        place = Installed(home / ".installed")
        put_version(place, NEW, "late" if phase == "return" else "")
        write(place, State(waiting=NEW))
    if phase == "return":  # it has fallen, and was killed before the store was brought back
        desk.start(home, f"{OLD}:{first_of_return(desk, home)}")
    return home


def changes(desk: Desk, phase: str, home: Path) -> int:
    """How many changes the phase makes on the disk."""
    done = desk.fetch(home, "fetch:0") if phase == "fetch" else desk.start(home, f"{_who(phase)}:0")
    assert done.returncode == 0, done.stderr
    return done.stderr.count("change ")


def first_of_return(desk: Desk, home: Path) -> int:
    """Which change of the installed program, that first notes what starts and what fell, is the first to a store."""
    trial = home.with_name(f"{home.name}-trial")
    shutil.copytree(home, trial)
    lines = [line for line in desk.start(trial, f"{OLD}:0").stderr.splitlines() if line.startswith("change ")]
    shutil.rmtree(trial)
    return next(n for n, line in enumerate(lines, 1) if PERSON in line)


def _who(phase: str) -> str:
    return OLD if phase == "return" else phase


def killed(desk: Desk, phase: str, at: int, name: str) -> None:
    """One round: the phase is killed before this change, then life goes on as it does."""
    home = prepared(desk, phase, name)
    die = f"{_who(phase)}:{at}"
    done = desk.fetch(home, die) if phase == "fetch" else desk.start(home, die)
    assert done.returncode in {-9, 137}, f"{phase} {at}: {done.returncode} {done.stderr}"
    expected = {f"by {OLD}": 2} | ({f"by {NEW}": 1} if phase == "return" else {})
    said = opened(desk.start(home))
    require(said, expected)
    if said["version"] == OLD:
        assert desk.fetch(home).returncode == 0
    last = opened(desk.start(home))
    require(last, {**expected, f"by {said['version']}": expected.get(f"by {said['version']}", 0) + 1})
    assert last["version"] == (OLD if phase == "return" else NEW)
    folder = home / "practice" / "people" / PERSON
    assert not list(folder.glob("damaged-*"))
    assert not (folder / "rehearsal").exists()
    assert read(Installed(home / ".installed")).good
    shutil.rmtree(home)


def require(said: dict[str, object], expected: dict[str, int]) -> None:
    """What was recorded is there, and the store is consistent."""
    titles = said["titles"]
    assert isinstance(titles, list)
    assert said["check"] == []
    for title, number in expected.items():
        assert titles.count(title) >= number, titles


@pytest.mark.soak
@pytest.mark.parametrize("phase", ROUNDS)
def test_killed_at_each_step_the_program_starts_and_no_work_is_lost(desk: Desk, phase: str) -> None:
    last = changes(desk, phase, prepared(desk, phase, "count"))
    rounds = ROUNDS[phase]
    for number in range(rounds):
        at = 1 + number * (last - 1) // (rounds - 1)
        killed(desk, phase, at, f"{number}")


def test_killed_while_its_store_is_migrated_the_program_starts_and_no_work_is_lost(desk: Desk) -> None:
    killed(desk, NEW, 6, "one")
