"""What lies in a hand-over: a manifest, the files, the Changes in the order of their journal, and a mark of its end.

Each part begins with a frame: four bytes of length, then JSON. A file's bytes follow its frame. No name or path in the
bundle is ever used as one: files are known by the SHA-256 of their content.
"""

from __future__ import annotations

import hashlib
import io
import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from fieldapp.errors import InputError, Place
from fieldapp.far import Far, unwatched
from fieldapp.handover import sealing
from fieldapp.records import Attachment, Change, canonical, change_of
from fieldapp.store.flow import Flow
from fieldapp.store.handing import Handed
from fieldapp.texts import tr

LENGTH = 4
PIECE = 1 << 16  # bytes of a file at once
OP = 2000  # bytes that a Change weighs, about
MOST_FRAME = 16 << 20  # bytes of one Change
MOST_FILE = 4 << 30  # bytes of one file
MOST_PARTS = 1_000_000  # Changes, and files
SHA256 = re.compile(r"[0-9a-f]{64}")
TEXTS = ("id", "record", "service", "form_version", "actor", "principal", "device", "at", "transition")
Read = TypeVar("Read")
END = b'{"end":true}'


@dataclass(frozen=True)
class Manifest:
    """What a bundle says that it holds. Times are stamps."""

    person: str  # whose sign-in all its Changes were made under
    device: str  # on which laptop
    made_at: str
    ops: int
    files: int
    bytes: int  # of the files
    first: str = ""  # when the oldest Change was saved
    last: str = ""  # and the newest

    @property
    def weight(self) -> int:
        """How much there is to do for all of it, about in bytes."""
        return self.bytes + self.ops * OP


@dataclass(frozen=True)
class FilePart:
    """A file in a bundle; `content` gives its bytes, once, before the next part is asked for."""

    file: Attachment
    content: io.BufferedReader


class Bundle:
    """A hand-over file that its passphrase opened. `check` it before anything of it is used."""

    def __init__(self, path: Path, passphrase: str) -> None:
        """InputError when it is none, LockedStoreError when the passphrase is another."""
        self.path = path
        with path.open("rb") as source:
            self._key = sealing.key_of(source, passphrase)
        self.manifest = self._first()

    @property
    def weight(self) -> int:
        """How much there is to do to read all of it, about in bytes: what `check` and `ops` tell `far` of."""
        return self.manifest.weight

    def check(self, far: Far = unwatched) -> None:
        """Read all of it: every byte is as it was written, every file hashes to its name, every Change is one of this
        person's. InputError, with the reason, when anything is not so."""
        weight = self.weight
        ops = files = size = 0
        for part in self._parts():
            if isinstance(part, FilePart):
                digest = hashlib.sha256()
                for piece in pieces(part, partial(_beyond, far, size + ops * OP, weight)):
                    digest.update(piece)
                if digest.hexdigest() != part.file.sha256:
                    raise self._refused(tr("a file in it is not what it should be"))
                files, size = files + 1, size + part.file.size
            else:
                ops += 1
                far(min(weight, size + ops * OP), weight)
                if part.change.principal != self.manifest.person:
                    raise self._refused(tr("a change in it is another person's"))
        if (ops, files, size) != (self.manifest.ops, self.manifest.files, self.manifest.bytes):
            raise self._refused(tr("it does not hold what it says"))

    def files(self) -> Iterator[FilePart]:
        """The files, one after the other."""
        return (part for part in self._parts() if isinstance(part, FilePart))

    def ops(self) -> Iterator[Handed]:
        """The Changes, in the order of their journal."""
        return (part for part in self._parts() if isinstance(part, Handed))

    def sha256(self) -> str:
        """SHA-256 of the encrypted file, as the receipt has it."""
        with self.path.open("rb") as source:
            return hashlib.file_digest(source, "sha256").hexdigest()

    def _first(self) -> Manifest:
        with self.path.open("rb") as source:
            return self._understood(lambda: _manifest(_frame(sealing.unseal(source, self._key))))

    def _parts(self) -> Iterator[FilePart | Handed]:
        with self.path.open("rb") as source:
            content = sealing.unseal(source, self._key)
            self._understood(lambda: _frame(content))
            for _ in range(2 * MOST_PARTS):
                part = self._understood(lambda: self._part(content))
                if part is None:
                    break
                yield part
                if isinstance(part, FilePart):
                    _drain(part.content)
            if self._understood(lambda: content.read(1)):
                raise self._refused(tr("something follows its end"))

    def _part(self, content: io.BufferedReader) -> FilePart | Handed | None:
        said = _frame(content)
        if "file" in said:
            file = _attachment(said["file"])
            return FilePart(file, io.BufferedReader(Flow(self._bytes(content, file.size))))
        if "op" in said:
            return Handed(_change(said["op"]), str(said["saved_at"]))
        if not said["end"]:
            raise ValueError("not a part")
        return None

    def _bytes(self, content: io.BufferedReader, size: int) -> Iterator[bytes]:
        for start in range(0, size, PIECE):
            piece: bytes = self._understood(partial(_exactly, content, min(PIECE, size - start)))
            yield piece

    def _understood(self, read: Callable[[], Read]) -> Read:
        try:
            return read()
        except sealing.AlteredError as fault:
            raise self._refused(tr("it was cut off or altered")) from fault
        except (ValueError, KeyError, TypeError, AttributeError, EOFError, RecursionError) as fault:
            raise self._refused(tr("its content cannot be read")) from fault

    def _refused(self, why: str) -> InputError:
        return InputError(tr("This hand-over is refused as a whole: {why}.", why=why), Place(file=self.path.name))


def pieces(part: FilePart, far: Callable[[int], None] = lambda _done: None) -> Iterator[bytes]:
    """The bytes of a file; `far` is told how many of them came."""
    done = 0
    while piece := part.content.read(PIECE):
        done += len(piece)
        far(done)
        yield piece


def _beyond(far: Far, before: int, total: int, done: int) -> None:
    far(min(total, before + done), total)


def framed(content: Mapping[str, Any]) -> bytes:
    """One frame."""
    text = canonical(content)
    return len(text).to_bytes(LENGTH, "big") + text


def of_manifest(manifest: Manifest) -> bytes:
    """The first frame."""
    return framed({"manifest": asdict(manifest)})


def _frame(content: io.BufferedReader) -> Any:
    size = int.from_bytes(_exactly(content, LENGTH), "big")
    if size > MOST_FRAME:
        raise ValueError("a frame beyond all limits")
    return json.loads(_exactly(content, size))


def _exactly(content: io.BufferedReader, size: int) -> bytes:
    found = content.read(size)
    if len(found) < size:
        raise EOFError
    return found


def _manifest(said: Any) -> Manifest:
    found = Manifest(**said["manifest"])
    _typed(found, numbers={"ops", "files", "bytes"})
    return found


def _attachment(said: Mapping[str, Any]) -> Attachment:
    file = Attachment(**said)
    _typed(file, numbers={"size"})
    if not SHA256.fullmatch(file.sha256) or file.size > MOST_FILE:
        raise ValueError("not a file")
    return file


def _change(payload: Mapping[str, Any]) -> Change:
    """The Change, if this FieldApp knows all of it: under its id it must never be sent with less than it had."""
    change = change_of(payload)
    texts: list[Any] = [getattr(change, name) for name in TEXTS]
    texts += [*change.edits, *change.was, *(value for value in change.edits.values() if value is not None)]
    if not all(isinstance(text, str) for text in texts) or not isinstance(payload["base_rev"], int):
        raise ValueError("not a Change")
    if canonical(change.payload()) != canonical(payload):
        raise ValueError("more than this FieldApp knows")
    return change


def _typed(found: Manifest | Attachment, numbers: set[str]) -> None:
    """Every value is of its kind, and no number is below nothing. Raises ValueError."""
    for name, value in vars(found).items():
        fits = isinstance(value, int) and value >= 0 if name in numbers else isinstance(value, str)
        if not fits:
            raise ValueError(name)


def _drain(content: io.BufferedReader) -> None:
    while content.read(PIECE):
        pass
