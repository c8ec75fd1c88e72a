"""Going back to a copy at the next start: a store cannot be replaced while it is open.

What is wanted lies beside the store, as one small file. It is taken away only when the copy is in its place, so that a
start that was cut off does it again.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path

from fieldapp.errors import StoreError
from fieldapp.store.durable import write_durably
from fieldapp.store.restore import restore
from fieldapp.store.snapshots import Snapshot, listed
from fieldapp.texts import tr

FILE = "go-back.json"
DONE = "went-back.json"


@dataclass(frozen=True)
class WentBack:
    """What came of it: to which copy, and what was rescued out of the newer file; `why` it could not be done, or ""."""

    copy: str
    changes: int = 0
    answers: int = 0
    drafts: int = 0
    unreadable: bool = False
    why: str = ""


def want(folder: Path, snapshot: Snapshot) -> None:
    """Go back to this copy when the store is opened the next time."""
    write_durably(folder / FILE, json.dumps({"copy": snapshot.name}).encode())


def wanted(folder: Path) -> str:
    """The name of the copy that the next start goes back to, "" for none."""
    try:
        return str(json.loads((folder / FILE).read_bytes())["copy"])
    except (OSError, ValueError, KeyError, TypeError):
        return ""


def unwant(folder: Path) -> None:
    """Stay with the store as it is."""
    (folder / FILE).unlink(missing_ok=True)


def go_back(folder: Path, key: bytes) -> None:
    """Do what is wanted, if anything, before the store is opened. One that cannot be done leaves the store as it is,
    and is told on the screen: a start must not fail for it."""
    name = wanted(folder)
    if not name:
        return
    done = _gone_back(folder, key, name)
    write_durably(folder / DONE, json.dumps(asdict(done)).encode())
    unwant(folder)


def went_back(folder: Path) -> WentBack | None:
    """What the last going back came to; None where there was none."""
    try:
        return WentBack(**json.loads((folder / DONE).read_bytes()))
    except (OSError, ValueError, TypeError):
        return None


def _gone_back(folder: Path, key: bytes, name: str) -> WentBack:
    copy = next((one for one in listed(folder) if one.name == name), None)
    if copy is None:
        return WentBack(name, why=tr("There is no such copy of this store here. Nothing was changed."))
    try:
        done = restore(folder, key, copy)
    except StoreError as fault:
        return WentBack(name, why=str(fault))
    return WentBack(name, done.rescued.changes, done.rescued.answers, done.rescued.drafts, done.unreadable)
