"""What a laptop meets: two programs, a folder that cannot be written, a wrong clock: each is one clear sentence."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from fieldapp.clock import FixedClock
from fieldapp.errors import StoreError
from tests.support.store import PERSON, make_change, make_store

OPENS = """
import sys
from pathlib import Path
from fieldapp.errors import StoreError
from tests.support.store import make_change, make_store
try:
    make_store(Path(sys.argv[1]))
except StoreError as fault:
    print(type(fault).__name__, fault)
"""
HOLDS = """
import sys
from pathlib import Path
from tests.support.store import make_change, make_store
store = make_store(Path(sys.argv[1]))
store.commit(make_change(), seal=True)
print("open", flush=True)
sys.stdin.read()
"""
READ_ONLY = """
import os, sys
from pathlib import Path
from fieldapp.errors import DiskError
from tests.support.store import make_change, make_store
folder = Path(sys.argv[1])
make_store(folder).close()
for path in [folder, *folder.rglob("*")]:
    path.chmod(0o500 if path.is_dir() else 0o400)
if os.getuid() == 0:
    for path in [folder, *folder.rglob("*")]:
        os.chown(path, 65534, 65534)
    os.chdir(folder)
    os.setegid(65534)
    os.seteuid(65534)
    folder = Path(".")
try:
    make_store(folder)
except DiskError as fault:
    print("DiskError", fault)
"""


def told(code: str, folder: Path) -> str:
    """What another program says that opens the store."""
    done = subprocess.run([sys.executable, "-c", code, str(folder)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_a_second_program_is_told_and_disturbs_nothing(tmp_path: Path) -> None:
    store = make_store(tmp_path)
    first, second = make_change(), make_change()
    store.commit(first, seal=True)
    assert "open in another FieldApp here. Nothing was changed" in told(OPENS, tmp_path)
    with pytest.raises(StoreError, match="open in another FieldApp"):
        make_store(tmp_path)
    store.commit(second, seal=True)
    store.close()
    assert told(OPENS, tmp_path) == ""
    store = make_store(tmp_path)
    assert {change.id for change in store.exchange.pending(PERSON, 9, 10**6)} == {first.id, second.id}
    store.close()


def test_a_killed_program_holds_nobody_off(tmp_path: Path) -> None:
    command = [sys.executable, "-c", HOLDS, str(tmp_path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "open\n"
        process.kill()
        process.wait()
    store = make_store(tmp_path)
    assert store.counts().waiting == 1
    store.close()


@pytest.mark.skipif(sys.platform == "win32", reason="takes rights away as POSIX does")
def test_a_folder_that_cannot_be_written_is_said_to_be_so(tmp_path: Path) -> None:
    folder = tmp_path / "store"
    assert "cannot be written" in told(READ_ONLY, folder)
    for path in [folder, *folder.rglob("*")]:
        path.chmod(0o700)
        os.chown(path, os.getuid(), os.getgid())
    make_store(folder).close()


@pytest.mark.parametrize("days", [365, -365])
def test_a_clock_that_is_a_year_off_loses_and_reorders_nothing(tmp_path: Path, days: int) -> None:
    clock = FixedClock()
    store = make_store(tmp_path, clock=clock)
    change = make_change()
    changes = [change]
    store.commit(change, seal=True)
    for shift in (days, -days):
        clock.forward(days=shift)
        changes.append(make_change(change.record, {"note": str(shift)}))
        store.commit(changes[-1], seal=True)
    store.close()
    store = make_store(tmp_path, clock=clock)
    assert store.exchange.pending(PERSON, 9, 10**6) == changes
    assert store.check() == []
    assert store.verify_chain().whole
    store.close()
