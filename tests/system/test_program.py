"""The built program, as people get it: minutes of building, so only with `./test --soak`."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from fieldapp import __version__
from fieldapp.updates.place import Installed
from fieldapp.updates.rehearsing import rehearse
from fieldapp.updates.state import State, write
from fieldapp.updates.stores import REHEARSAL
from tests.support.store import make_change, make_store
from tests.system.test_day import assert_a_good_day
from ui.program.finishing import DESKTOP
from ui.program.licences import NOTICE
from ui.program.parts import size_of

ROOT = Path(__file__).resolve().parents[2]
MOST = 380_000_000  # bytes; what typesets papers and draws windows is most of it

pytestmark = [
    pytest.mark.soak,
    pytest.mark.skipif(not sys.platform.startswith("linux"), reason="looks at a Linux build"),
]


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The program's folder; the one that FIELDAPP_PROGRAM names, else one that is built now."""
    if named := os.environ.get("FIELDAPP_PROGRAM"):
        return Path(named)
    out = tmp_path_factory.mktemp("built")
    subprocess.run([sys.executable, "-m", "ui.program", "build", "--out", str(out)], check=True, cwd=ROOT)
    return out / "fieldapp"


def run(program: Path, *words: str, **more: str) -> subprocess.CompletedProcess[str]:
    """Run the program as on a computer that has nothing of ours, in a home of its own."""
    around = {"PATH": "/usr/bin:/bin", "QT_QPA_PLATFORM": "offscreen", "LANG": "C.UTF-8", **more}
    call = [str(program / "fieldapp"), *words]
    return subprocess.run(call, check=False, capture_output=True, text=True, env=around, timeout=600)


def test_it_says_its_version(program: Path, tmp_path: Path) -> None:
    assert run(program, "--version", HOME=str(tmp_path)).stdout.strip() == f"FieldApp {__version__}"


def test_all_its_parts_work(program: Path, tmp_path: Path) -> None:
    done = run(program, "selftest", HOME=str(tmp_path))
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.count("  ok: ") == 8


def test_it_plays_the_working_day(program: Path, tmp_path: Path) -> None:
    done = run(program, "day", "--out", str(tmp_path / "day"), HOME=str(tmp_path))
    assert done.returncode == 0, done.stdout + done.stderr
    assert_a_good_day(json.loads((tmp_path / "day" / "report.json").read_text("utf-8")))


def test_a_first_start_converts_nothing(program: Path, tmp_path: Path) -> None:
    assert run(program, "service", "prepare", FIELDAPP_HOME=str(tmp_path), HOME=str(tmp_path)).returncode == 0
    assert not list(tmp_path.rglob("cache/*.xml"))


def test_it_converts_a_service_that_the_city_made(program: Path, tmp_path: Path) -> None:
    around = {"FIELDAPP_HOME": str(tmp_path), "HOME": str(tmp_path)}
    assert run(program, "service", "new", "hens", "--title", "Backyard hens", **around).returncode == 0
    told = run(program, "service", "check", "hens", **around)
    assert "No such file" not in told.stderr
    assert "hens: 7 problems" in told.stdout, "its words are still the template's"


def test_papers_are_set_by_several_processes(program: Path, tmp_path: Path) -> None:
    done = run(program, "forms", "export", str(tmp_path / "papers"), HOME=str(tmp_path))
    assert done.returncode == 0, done.stdout + done.stderr
    assert len(list((tmp_path / "papers").glob("*.pdf"))) > 80


def test_it_is_slim_and_complete(program: Path) -> None:
    assert size_of(program) < MOST
    assert (program / "NOTICE").read_text("utf-8") == (ROOT / NOTICE).read_text("utf-8")
    assert (program / "licences" / "LGPL-3.0.txt").is_file()
    assert (program / "share" / "applications" / DESKTOP).is_file()
    assert (program / "share/icons/hicolor/48x48/apps/fieldapp.png").is_file()


def test_it_hands_over_to_a_newer_version(program: Path, tmp_path: Path) -> None:
    place = Installed(tmp_path / ".installed")
    newer = place.folder("99.0.0") / "fieldapp"
    newer.parent.mkdir(parents=True)
    newer.write_text('#!/bin/sh\necho "99.0.0 $*"\n', "utf-8")
    newer.chmod(0o755)
    write(place, State(runs="99.0.0"))
    assert run(program, "--version", FIELDAPP_HOME=str(tmp_path)).stdout == "99.0.0 --version\n"
    run(program, "updates", "back", FIELDAPP_HOME=str(tmp_path))
    assert run(program, "--version", FIELDAPP_HOME=str(tmp_path)).stdout == f"FieldApp {__version__}\n"


def test_it_is_rehearsed_as_an_update_of_itself(program: Path, tmp_path: Path) -> None:
    place = Installed(tmp_path / ".installed")
    place.versions.mkdir(parents=True)
    place.folder(__version__).symlink_to(program)
    store = make_store(tmp_path / "people" / "m.tremblay")
    store.commit(make_change(), seal=True)
    rehearse(place, __version__, store, tmp_path / "city")
    store.close()
    assert not (store.folder / REHEARSAL).exists()
