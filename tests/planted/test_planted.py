"""Each sabotage, planted in a copy of the product, turns a test red: a net that catches nothing would be seen here."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from _pytest.mark import ParameterSet

from tests.planted.more import MORE
from tests.planted.official import OFFICIAL
from tests.planted.sabotages import SABOTAGES, Sabotage
from tests.planted.trust import TRUST
from tests.planted.unlocking import UNLOCKING

ROOT = Path(__file__).resolve().parents[2]
FAILED = 1  # pytest's exit code when tests ran and some failed; anything else is no catch


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The product and its tests, to be spoilt."""
    folder = tmp_path_factory.mktemp("planted")
    for name in ("fieldapp", "sync", "ui", "tests"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("resources", "pyproject.toml"):
        (folder / name).symlink_to(ROOT / name)
    return folder


def planted() -> list[ParameterSet]:
    """All sabotages: those of the first list in each run, the others behind `--soak`, for each is a program of its own.
    Those that need PostgreSQL or a compiler run where the others do that need it."""
    groups = {"[shared]": "postgres", "test_power_cuts": "power cuts"}
    return [
        pytest.param(
            one,
            id=one.name,
            marks=[
                *(pytest.mark.xdist_group(name) for word, name in groups.items() if word in one.tests),
                *([] if one in SABOTAGES else [pytest.mark.soak]),
            ],
        )
        for one in (*SABOTAGES, *MORE, *UNLOCKING, *OFFICIAL, *TRUST)
    ]


@pytest.mark.parametrize("sabotage", planted())
def test_a_planted_bug_is_caught(sabotage: Sabotage, copy: Path) -> None:
    spoilt = copy / sabotage.file
    whole, times = spoilt.read_text("utf-8"), spoilt.stat()
    spoilt.write_text(sabotage.spoilt(whole), "utf-8")
    try:
        done = subprocess.run(
            [sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", *sabotage.tests.split()],
            cwd=copy,
            env={**os.environ, "PYTHONPATH": str(copy)},
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
        )
    finally:
        spoilt.write_text(whole, "utf-8")
        os.utime(spoilt, ns=(times.st_atime_ns, times.st_mtime_ns))  # what was compiled of all else stays good
    if "SKIPPED" in done.stdout and done.returncode == 0:
        pytest.skip(f"what would catch it cannot run here: {done.stdout[-300:]}")
    assert done.returncode == FAILED, done.stdout[-2000:] + done.stderr[-1000:]
