"""Taking a hand-over into a store: checked whole first, then its files, then its Changes in one transaction."""

from __future__ import annotations

import io
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

from fieldapp.errors import DiskError, RefusedError
from fieldapp.far import Far, unwatched
from fieldapp.handover.bundle import OP, Bundle, pieces
from fieldapp.records import Attachment
from fieldapp.store import Store
from fieldapp.store.flow import Flow
from fieldapp.store.handing import Handed
from fieldapp.texts import tr

ROOM = 64 << 20  # bytes that stay free


@dataclass(frozen=True)
class Taken:
    """How much was new here, and how much was here already."""

    new: int
    known: int
    files: int


def take_in(bundle: Bundle, store: Store, person: str, far: Far = unwatched) -> Taken:
    """Take all of it in, as work of `person` that waits to be sent. The same bundle again changes nothing.

    RefusedError when it is somebody else's, InputError when it is damaged, DiskError when it
    does not fit, StoppedError when `far` says so: then nothing of it was taken."""
    owner = bundle.manifest.person
    if owner != person:
        raise RefusedError(
            tr("This hand-over is {other}'s, not {person}'s. Nothing was taken.", other=owner, person=person)
        )
    _require_room(bundle, store)
    weight = bundle.weight
    bundle.check(lambda done, all_: far(done, weight + all_))
    files = _laid(bundle, store, lambda done: far(weight + done, 2 * weight))
    adopted = store.handing.adopt(_counted(bundle, lambda done: far(weight + done, 2 * weight)), files)
    return Taken(adopted.new, adopted.known, len(files))


def _laid(bundle: Bundle, store: Store, far: Callable[[int], None]) -> list[Attachment]:
    """The files that are new here, written; nobody knows them before the Changes are here too."""
    files, before = [], 0
    for part in bundle.files():
        if not store.blobs.has(part.file.sha256):
            passed = pieces(part, partial(_beyond, far, before))
            store.blobs.lay(io.BufferedReader(Flow(passed)))
            files.append(part.file)
        before += part.file.size
    return files


def _beyond(far: Callable[[int], None], before: int, done: int) -> None:
    far(before + done)


def _counted(bundle: Bundle, far: Callable[[int], None]) -> Iterator[Handed]:
    for number, one in enumerate(bundle.ops(), 1):
        yield one
        far(bundle.manifest.bytes + number * OP)


def _require_room(bundle: Bundle, store: Store) -> None:
    if shutil.disk_usage(store.folder).free < bundle.path.stat().st_size + ROOM:
        raise DiskError(tr("There is no room on this computer for what the hand-over holds. Nothing was taken."))
