"""Going back to a copy at the next start: a store cannot be replaced while it is open.

What is wanted lies beside the store, as one small file. It is taken away only when the copy is in its place, so that a
start that was cut off does it again.
"""

from __future__ import annotations

import json
import re
import shutil
from dataclasses import asdict, dataclass
from pathlib import Path

from fieldapp.clock import SystemClock
from fieldapp.errors import StoreError
from fieldapp.store.database import NAME, Database
from fieldapp.store.durable import sync_folder, write_durably
from fieldapp.store.migrations import BACKUPS, LATEST
from fieldapp.store.restore import restore
from fieldapp.store.snapshots import Snapshot, listed, require_sound
from fieldapp.texts import tr

FILE = "go-back.json"
DONE = "went-back.json"
BEFORE = re.compile(r"before-v\d+-was-v(?P<was>\d+)-(?P<when>\d{8}-\d{6})\.db")


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


def want_ours(folder: Path, key: bytes) -> None:
    """Of a store that a newer FieldApp wrote, which was left since: go back to the copy that it made before it changed
    anything, with all that was recorded meanwhile. Where it began the store, that is an empty one: the rest comes from
    the City again. The newer file stays beside it, whole."""
    copy = next((one for one in before_newer(folder) if _is_sound(one, key)), None)
    want(folder, copy or _empty(folder, key))


def _empty(folder: Path, key: bytes) -> Snapshot:
    made = folder / BACKUPS / "beginning"
    shutil.rmtree(made, ignore_errors=True)
    Database.open(made, key).close()
    day = SystemClock().now()
    path = folder / BACKUPS / f"before-v{LATEST}-was-v{LATEST}-{day:%Y%m%d-%H%M%S}.db"
    (made / NAME).replace(path)
    sync_folder(path.parent)
    shutil.rmtree(made, ignore_errors=True)
    return Snapshot(0, f"{day:%Y-%m-%d}", path, path.stem)


def before_newer(folder: Path) -> list[Snapshot]:
    """The copies that were made before the store was brought further, of those that this FieldApp can read; newest
    first."""
    found = [(BEFORE.fullmatch(path.name), path) for path in (folder / BACKUPS).glob("before-*.db")]
    ours = [(match["when"], path) for match, path in found if match and int(match["was"]) <= LATEST]
    days = [(f"{when[:4]}-{when[4:6]}-{when[6:8]}", path) for when, path in sorted(ours, reverse=True)]
    return [Snapshot(0, day, path, path.stem) for day, path in days]


def _is_sound(copy: Snapshot, key: bytes) -> bool:
    try:
        require_sound(copy.path, key)
    except StoreError:
        return False
    return True


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
    copies = (*listed(folder), *before_newer(folder))
    copy = next((one for one in copies if one.name == name), None)
    if copy is None:
        return WentBack(name, why=tr("There is no such copy of this store here. Nothing was changed."))
    try:
        done = restore(folder, key, copy)
    except StoreError as fault:
        return WentBack(name, why=str(fault))
    return WentBack(name, done.rescued.changes, done.rescued.answers, done.rescued.drafts, done.unreadable)
