"""Writing a hand-over, and the receipt of it. The laptop keeps everything: only the City's answer makes work sent."""

from __future__ import annotations

import json
from array import array
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import BinaryIO

from fieldapp.clock import Clock, stamp
from fieldapp.errors import RefusedError
from fieldapp.far import Far, unwatched
from fieldapp.handover import sealing
from fieldapp.handover.bundle import END, OP, Bundle, Manifest, framed, of_manifest
from fieldapp.records import Attachment
from fieldapp.store import Store
from fieldapp.store.durable import place_durably, write_durably
from fieldapp.store.faults import translated
from fieldapp.store.wrap import check_length
from fieldapp.texts import tr

RECEIPT = ".receipt.txt"


@dataclass(frozen=True)
class _Contents:
    manifest: Manifest
    places: array[int]
    files: tuple[Attachment, ...]
    lacking: int  # files that Changes name and this laptop does not have


def export(
    store: Store, person: str, path: Path, passphrase: str, clock: Clock, far: Far = unwatched
) -> str:  # fmt: skip
    """Put all unsent work of `person`, with its files, into one encrypted file; the receipt, which lies beside it too.

    RefusedError when nothing is unsent, when the file exists, or for a passphrase that is too short. What `far` stops,
    or a disk, leaves no file."""
    if path.exists():
        raise RefusedError(tr("{file} exists already. Choose another name; nothing was written.", file=path.name))
    check_length(passphrase)
    contents = _contents(store, person, clock)
    if not contents.places and not contents.files:
        raise RefusedError(tr("Nothing waits to be sent here: there is nothing to hand over."))

    weight = contents.manifest.weight

    def fill(target: BinaryIO) -> Path:
        sealing.seal(_pieces(store, contents, lambda done: far(min(weight, done), 2 * weight)), target, passphrase)
        return path

    with translated(store.folder):
        place_durably(path.parent, fill)
        try:
            bundle = Bundle(path, passphrase)
            bundle.check(lambda done, all_: far(weight + done, weight + all_))  # what is given away is read back
            receipt = _receipt(bundle, contents, store.handing.left_out(person))
            write_durably(path.with_name(path.name + RECEIPT), receipt.encode())
        except BaseException:
            path.unlink(missing_ok=True)  # nobody carries away what was not read back
            raise
    return receipt


def _contents(store: Store, person: str, clock: Clock) -> _Contents:
    places = store.handing.unsent(person)
    named: dict[str, Attachment] = {}
    first = last = device = ""
    for one in store.handing.changes(places):
        first, last, device = first or one.saved_at, one.saved_at, one.change.device
        named.update({file.sha256: file for file in one.change.attachments})
    here = {sha256: store.blobs.attachment(sha256) for sha256 in (*named, *store.blobs.queue())}
    files = tuple(file for file in here.values() if file is not None and store.blobs.has(file.sha256))
    size = sum(file.size for file in files)
    made = stamp(clock.now())
    manifest = Manifest(person, device or store.device, made, len(places), len(files), size, first, last)
    return _Contents(manifest, places, files, len(here) - len(files))


def _pieces(store: Store, contents: _Contents, far: Callable[[int], None]) -> Iterator[bytes]:
    """All parts in their order; `far` is told how much of their weight is done."""
    done = 0
    yield of_manifest(contents.manifest)
    for file in contents.files:
        yield framed({"file": asdict(file)})
        for piece in store.blobs.chunks(file.sha256):
            yield piece
            done += len(piece)
            far(done)
    for one in store.handing.changes(contents.places):
        yield framed({"op": one.change.payload(), "saved_at": one.saved_at})
        done += OP
        far(done)
    yield framed(json.loads(END))


def _receipt(bundle: Bundle, contents: _Contents, left_out: int) -> str:
    what = bundle.manifest
    lines = [
        tr("FieldApp hand-over"),
        tr("File: {file}, {n} bytes", file=bundle.path.name, n=bundle.path.stat().st_size),
        f"SHA-256: {bundle.sha256()}",
        tr(
            "Person: {person}, laptop: {device}, made at {time}",
            person=what.person,
            device=what.device,
            time=what.made_at,
        ),
        tr("Changes: {n}; first saved at {first}, last at {last}", n=what.ops, first=what.first, last=what.last),
        tr("Files: {n}, {size} bytes", n=what.files, size=what.bytes),
    ]
    if contents.lacking:
        lines.append(tr("Files that changes name and this laptop does not have: {n}", n=contents.lacking))
    if left_out:
        lines.append(tr("Not in it: {n} that are still open, or under another sign-in.", n=left_out))
    lines.append(tr("All of it stays on this laptop too, unsent, until the City has taken it."))
    return "\n".join(lines) + "\n"
