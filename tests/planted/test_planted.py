"""Each sabotage, planted in a copy of the product, turns a test red: a net that catches nothing would be seen here."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
from _pytest.mark import ParameterSet

from tests.planted.forked import ROOT, run, warmed
from tests.planted.more import MORE
from tests.planted.official import OFFICIAL
from tests.planted.sabotages import SABOTAGES, Sabotage
from tests.planted.trust import TRUST
from tests.planted.unlocking import UNLOCKING

FAILED = 1  # pytest's exit code when tests ran and some failed; anything else is no catch
AT_MOST = 300  # s for the tests of one sabotage


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
    """All sabotages: every other one of the first list in each run, all behind `--soak`, for each is a program of its
    own.
    Those that need PostgreSQL or a compiler run where the others do that need it."""
    groups = {"[shared]": "postgres", "test_power_cuts": "power cuts"}
    return [
        pytest.param(
            one,
            id=one.name,
            marks=[
                *(pytest.mark.xdist_group(name) for word, name in groups.items() if word in one.tests),
                *([] if one in SABOTAGES[::2] else [pytest.mark.soak]),
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
        code, said = _tested(sabotage.tests.split(), copy)
    finally:
        spoilt.write_text(whole, "utf-8")
        os.utime(spoilt, ns=(times.st_atime_ns, times.st_mtime_ns))  # what was compiled of all else stays good
    if "SKIPPED" in said and code == 0:
        pytest.skip(f"what would catch it cannot run here: {said[-300:]}")
    assert code == FAILED, said[-3000:]


def _tested(tests: list[str], copy: Path) -> tuple[int | None, str]:
    """pytest's exit code for `tests` on the spoilt product, and what it printed."""
    output = copy / "output.txt"
    output.unlink(missing_ok=True)
    child = warmed().Process(target=run, args=(tests, copy, output))
    child.start()
    child.join(AT_MOST)
    child.kill()
    child.join()
    return child.exitcode, output.read_text("utf-8", "replace")
