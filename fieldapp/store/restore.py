"""Restoring a store from one of its snapshots, and rescuing into it what newer files still have.

All is done on a copy in a folder of its own. Only when that is whole, the store's file is moved aside (never deleted)
and the copy takes its place: cut off at any moment, it is simply done again. Nothing is sent twice by it, for the City
knows a Change by its id, and nothing is unsent: the copy's cursors are old, so what came since comes again.
"""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from fieldapp.errors import StoreError
from fieldapp.merging import Kinds, all_plain
from fieldapp.store import aside, numbers
from fieldapp.store.blobs import lies_in
from fieldapp.store.chain import begin_anew
from fieldapp.store.checks import disagreements
from fieldapp.store.claim import Claim
from fieldapp.store.database import MADE, NAME, Database
from fieldapp.store.durable import sync_folder, write_durably
from fieldapp.store.faults import SUSPECT, translated
from fieldapp.store.journal import Journal
from fieldapp.store.rescue import Rescued, rescue
from fieldapp.store.snapshots import Snapshot, require_sound
from fieldapp.store.wreck import Wreck
from fieldapp.texts import tr

WORK = "restoring"


@dataclass(frozen=True)
class Restored:
    """What came of it: what was rescued out of newer files, whether any was unreadable in part, and where they lie."""

    rescued: Rescued
    unreadable: bool
    aside: Path


def restore(folder: Path, key: bytes, snapshot: Snapshot, kinds: Kinds = all_plain) -> Restored:
    """Put the snapshot in the place of the store in `folder`, which must not be open.

    StoreError when it is open, or when the snapshot is not whole; DiskError: then the store is as it was."""
    with translated(folder):
        claim = Claim.on(folder)
        try:
            require_sound(snapshot.path, key)
            return _restored(folder, key, snapshot, kinds)
        finally:
            shutil.rmtree(folder / WORK, ignore_errors=True)
            claim.release()


def _restored(folder: Path, key: bytes, snapshot: Snapshot, kinds: Kinds) -> Restored:
    work = folder / WORK
    shutil.rmtree(work, ignore_errors=True)
    work.mkdir(mode=0o700)
    shutil.copyfile(snapshot.path, work / NAME)
    rescued, unreadable = _rescued(folder, work, key, kinds)
    write_durably(folder / MADE, b"")  # until the copy is in its place, a start says that the file is missing
    target = aside.put(folder, "replaced", NAME, SUSPECT)
    (work / NAME).replace(folder / NAME)
    sync_folder(folder)
    return Restored(rescued, unreadable, target)


def _rescued(folder: Path, work: Path, key: bytes, kinds: Kinds) -> tuple[Rescued, bool]:
    """Out of the present file, then out of all that were moved aside, newest first."""
    sources = [one for one in (folder, *aside.wrecks(folder)) if (one / NAME).exists()]
    unreadable, found = False, []
    database = Database.open(work, key)
    try:
        for number, source in enumerate(sources):
            wreck = Wreck(source, work / f"wreck-{number}", key)
            with database.write() as tx:
                here = partial(lies_in, folder, key)
                found.append(rescue(tx, wreck, here, newest=number == 0, kinds=kinds))
            unreadable |= wreck.unreadable
            shutil.rmtree(work / f"wreck-{number}")
        with database.write() as tx:
            if not (found and found[0].numbers):
                numbers.doubt(tx)
            tx.execute("INSERT OR REPLACE INTO setting VALUES (?, 'yes')", (numbers.RESTORED,))
            begin_anew(tx)  # a Change may be lost that had the next place: nothing else may ever stand there
        if disagreements(database, kinds) or not Journal(database).verify().whole:
            raise StoreError(tr("The copy does not fit together with what was rescued. The store is as it was."))
    finally:
        database.close()
    total = Rescued(
        sum(one.changes for one in found),
        sum(one.answers for one in found),
        sum(one.drafts for one in found),
        numbers=bool(found) and found[0].numbers,
    )
    return total, unreadable
