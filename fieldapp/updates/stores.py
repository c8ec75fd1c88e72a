"""Opening a store, where the program that opens it may be new on trial, or may have come back from a newer one."""

from __future__ import annotations

import shutil
from pathlib import Path

from fieldapp import __version__
from fieldapp.clock import Clock
from fieldapp.errors import DiskError, FieldAppError, NewerStoreError, StoreError
from fieldapp.store import Store
from fieldapp.store.guide import Guide
from fieldapp.store.wanted import go_back, want_ours
from fieldapp.texts import tr
from fieldapp.updates import starting
from fieldapp.updates.place import Installed, running
from fieldapp.updates.state import STORE, read

REHEARSAL = "rehearsal"  # the copy that a new version is tried on, beside the store


def open_store(
    folder: Path, key: bytes, *, clock: Clock, device: str, guide: Guide, me: Path | None = None, own: str = __version__
) -> Store:
    """The store in `folder`, at the copy that was wished for if any was. Raises as `Store.open` does.

    Where the newer version that wrote it was left since, its copy of before takes its place, and what was recorded
    meanwhile is brought into that. A version on trial that cannot open it is left at the next start."""
    me = me or running()
    on_trial = starting.on_trial(own, me)
    try:
        return _opened(folder, key, clock, device, guide)
    except DiskError as fault:
        if on_trial:
            starting.leave(STORE, str(fault), again=True)
        raise
    except FieldAppError:  # a wrong key, a store that is open elsewhere: no version opens it then
        raise
    except Exception as fault:
        if not on_trial:
            raise
        starting.leave(STORE, f"{type(fault).__name__}: {fault}")
        raise StoreError(
            tr("FieldApp {version} cannot open your work on this laptop. Nothing is lost.", version=own)
            + " "
            + tr("Close FieldApp and start it again: the version before opens it.")
        ) from fault


def _opened(folder: Path, key: bytes, clock: Clock, device: str, guide: Guide) -> Store:
    shutil.rmtree(folder / REHEARSAL, ignore_errors=True)  # of a rehearsal that was cut off
    go_back(folder, key)
    try:
        return Store.open(folder, key, clock=clock, device=device, guide=guide)
    except NewerStoreError:
        if not read(Installed.here()).returned:
            raise
        want_ours(folder, key)
        go_back(folder, key)
        return Store.open(folder, key, clock=clock, device=device, guide=guide)
