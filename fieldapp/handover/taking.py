"""Taking a hand-over into a store: checked whole first, then its files, then its Changes in one transaction."""

from __future__ import annotations

import shutil
from dataclasses import dataclass

from fieldapp.errors import DiskError, RefusedError
from fieldapp.handover.bundle import Bundle
from fieldapp.store import Store
from fieldapp.texts import tr

ROOM = 64 << 20  # bytes that stay free


@dataclass(frozen=True)
class Taken:
    """How much was new here, and how much was here already."""

    new: int
    known: int
    files: int


def take_in(bundle: Bundle, store: Store, person: str) -> Taken:
    """Take all of it in, as work of `person` that waits to be sent. The same bundle again changes nothing.

    RefusedError when it is somebody else's, InputError when it is damaged, DiskError when it
    does not fit: then nothing of it was taken."""
    owner = bundle.manifest.person
    if owner != person:
        raise RefusedError(
            tr("This hand-over is {other}'s, not {person}'s. Nothing was taken.", other=owner, person=person)
        )
    _require_room(bundle, store)
    bundle.check()
    files = 0
    for part in bundle.files():
        if not store.blobs.has(part.file.sha256):
            store.blobs.put(part.content, part.file.mime, part.file.name, part.file.taken_at)
            files += 1
    adopted = store.handing.adopt(bundle.ops())
    return Taken(adopted.new, adopted.known, files)


def _require_room(bundle: Bundle, store: Store) -> None:
    if shutil.disk_usage(store.folder).free < bundle.path.stat().st_size + ROOM:
        raise DiskError(tr("There is no room on this computer for what the hand-over holds. Nothing was taken."))
