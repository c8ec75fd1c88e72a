"""The new program is tried before it is taken: its self-test, and its migrations on a copy of the store.

The copy is as encrypted as the store, lies beside it for a minute, and goes in any case. The key goes to the new
program through a pipe: it is on no command line and in no environment. The store itself is not touched.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from fieldapp.errors import UpdateError
from fieldapp.store import Store
from fieldapp.store.database import NAME
from fieldapp.store.durable import make_folder
from fieldapp.store.sqlcipher import connect
from fieldapp.texts import tr
from fieldapp.updates.place import TRIAL, Installed
from fieldapp.updates.state import FALLS
from fieldapp.updates.stores import REHEARSAL
from fieldapp.updates.unpacking import StoppedError, require_room

COUNTED = ("journal", "draft", "blob")  # tables of what people did here: no version may lose a row of them
LOOKS = 0.1  # seconds between two looks at what is more urgent
LONGEST = 900.0  # seconds for one trial


def rehearse(
    place: Installed, version: str, store: Store, home: Path, go_on: Callable[[], bool] = lambda: True
) -> None:
    """Try the version on a copy of the store. UpdateError, with what it said, when it does not work here; DiskError
    where there is no room for a copy. StoppedError when `go_on`, asked now and then, says no."""
    program, folder = place.program(version), store.folder / REHEARSAL
    if program is None:
        raise UpdateError(tr("The update {version} holds no program for this computer.", version=version))
    require_room(place, 3 * (store.folder / NAME).stat().st_size)
    shutil.rmtree(folder, ignore_errors=True)
    make_folder(folder, 0o700)
    try:
        require_version(program, version, go_on)
        key = store.copy_into(folder)
        before = counted(folder, key)
        after = _migrated([str(program), TRIAL, str(folder), str(home)], key, go_on)
        _compare(before, after)
        _called([str(program), "selftest"], "", go_on)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def require_version(program: Path, version: str, go_on: Callable[[], bool] = lambda: True) -> None:
    """UpdateError unless the program says itself that it is this version: it could never show that it works."""
    said = _called([str(program), "--version"], "", go_on)
    if said.split()[-1:] != [version]:
        raise UpdateError(tr("This program is not version {version}: it says “{said}”.", version=version, said=said))


def counted(folder: Path, key: bytes) -> dict[str, int]:
    """How much a store's file holds of what people did."""
    found = connect(folder / NAME, key)
    try:
        return {table: found.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in COUNTED}  # noqa: S608 - ours
    finally:
        found.close()


def _migrated(call: Sequence[str], key: bytes, go_on: Callable[[], bool]) -> dict[str, Any]:
    said = _called(call, key.hex(), go_on)
    try:
        found: dict[str, Any] = json.loads(said.splitlines()[-1])
    except (ValueError, IndexError) as fault:
        raise UpdateError(_does_not_work(said)) from fault
    return found


def _compare(before: dict[str, int], after: dict[str, Any]) -> None:
    if after.get("faults") or any(int(after.get(table, 0)) < number for table, number in before.items()):
        raise UpdateError(_does_not_work(json.dumps(after)))


def _called(call: Sequence[str], given: str, go_on: Callable[[], bool]) -> str:
    """What a call of the new program says. UpdateError when it fails, does not end, or is none of this system's."""
    try:
        return _answered(call, given, go_on)
    except OSError as fault:
        raise UpdateError(_does_not_work(str(fault))) from fault


def _answered(call: Sequence[str], given: str, go_on: Callable[[], bool]) -> str:
    around = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    until = time.monotonic() + LONGEST
    pipe = subprocess.PIPE
    with subprocess.Popen(call, stdin=pipe, stdout=pipe, stderr=subprocess.STDOUT, env=around) as child:  # noqa: S603 - ours
        try:
            child_in, waiting = given.encode(), True
            while waiting:
                try:
                    out, _ = child.communicate(child_in, timeout=LOOKS)
                    waiting = False
                except subprocess.TimeoutExpired:
                    child_in = b""
                    if time.monotonic() > until:
                        raise UpdateError(_does_not_work(tr("it does not end"))) from None
                    if not go_on():
                        raise StoppedError from None
        except BaseException:
            child.kill()
            raise
    said = out.decode("utf-8", "replace").strip()
    if child.returncode < 0 and -child.returncode not in FALLS:  # somebody killed it: that says nothing of it
        raise StoppedError
    if child.returncode:
        raise UpdateError(_does_not_work(said))
    return said


def _does_not_work(said: str) -> str:
    last = said.splitlines()[-1] if said else "?"
    return tr("The new FieldApp does not work on this computer, so it was not taken: {why}", why=last)
