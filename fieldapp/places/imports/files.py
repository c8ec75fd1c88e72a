"""A file before it is read: its size, checksum and encoding. What cannot be a file of open data is refused here."""

from __future__ import annotations

import codecs
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import BinaryIO, TextIO

from fieldapp.errors import LayerError, Place
from fieldapp.texts import tr

CHUNK = 1 << 20
_TEXT = bytes({9, 10, 12, 13, *range(32, 127), *range(128, 256)})
_UNDEFINED = bytes({0x81, 0x8D, 0x8F, 0x90, 0x9D})  # code points that Windows-1252 leaves empty


@dataclass(frozen=True)
class SourceFile:
    """A file that was looked over once from end to end."""

    path: Path
    size: int
    sha256: str
    kind: str  # json, csv or zip
    encoding: str  # "" for a zip
    ends_with_newline: bool

    @property
    def name(self) -> str:
        """The file's name without its folders, as places name it."""
        return self.path.name


def examine(path: Path) -> SourceFile:
    """Look over the whole file. Raises LayerError: missing, empty, unreadable, neither text nor a zip."""
    place = Place(file=path.name)
    if not path.is_file():
        raise LayerError(tr("There is no such file."), place)
    try:
        with path.open("rb") as stream:
            return _examined(path, stream, place)
    except OSError as error:
        raise LayerError(tr("The file cannot be read: {error}", error=error.strerror or error), place) from error


def _examined(path: Path, stream: BinaryIO, place: Place) -> SourceFile:
    head = stream.read(4096)
    if not head.strip(b"\xef\xbb\xbf \t\r\n"):
        raise LayerError(tr("The file is empty."), place)
    stream.seek(0)
    zipped = head.startswith(b"PK\x03\x04")
    digest, encoding = hashlib.sha256(), _Encoding(place)
    size, last = 0, b""
    while chunk := stream.read(CHUNK):
        digest.update(chunk)
        if not zipped:
            encoding.feed(chunk)
        size, last = size + len(chunk), chunk[-1:]
    if zipped:
        return SourceFile(path, size, digest.hexdigest(), "zip", "", ends_with_newline=True)
    kind = "json" if head.removeprefix(codecs.BOM_UTF8).lstrip()[:1] in {b"{", b"["} else "csv"
    return SourceFile(path, size, digest.hexdigest(), kind, encoding.name(), ends_with_newline=last in {b"\n", b"\r"})


class _Encoding:
    """UTF-8 as long as the bytes allow it, then Windows-1252 (which holds Latin-1), then a refusal."""

    def __init__(self, place: Place) -> None:
        self._place = place
        self._rows = 1
        self._utf8: codecs.IncrementalDecoder | None = codecs.getincrementaldecoder("utf-8")()
        self._fault_row = 0
        self._foreign = False

    def feed(self, chunk: bytes) -> None:
        if chunk.translate(None, _TEXT):
            self._refuse_binary(chunk)
        if self._utf8:
            self._try_utf8(self._utf8, chunk)
        self._foreign = self._foreign or bool(set(_UNDEFINED) & set(chunk))
        self._rows += chunk.count(b"\n")

    def name(self) -> str:
        if self._utf8:
            try:
                self._utf8.decode(b"", final=True)
            except UnicodeDecodeError as error:
                message = tr("The file ends in the middle of a letter: it seems to be cut.")
                raise LayerError(message, self._at(self._rows)) from error
            return "utf-8-sig"
        if self._foreign:
            raise LayerError(tr("The text is not UTF-8. Save the file as UTF-8."), self._at(self._fault_row))
        return "cp1252"

    def _try_utf8(self, decoder: codecs.IncrementalDecoder, chunk: bytes) -> None:
        try:
            decoder.decode(chunk)
        except UnicodeDecodeError as error:
            self._utf8 = None
            self._fault_row = self._rows + chunk[: error.start].count(b"\n")

    def _refuse_binary(self, chunk: bytes) -> None:
        allowed = set(_TEXT)
        at = next(index for index, byte in enumerate(chunk) if byte not in allowed)
        row = self._rows + chunk[:at].count(b"\n")
        raise LayerError(
            tr("This is not a text file: it holds the byte {byte}.", byte=f"{chunk[at]:#04x}"), self._at(row)
        )

    def _at(self, row: int) -> Place:
        return replace(self._place, row=row)


def lines(stream: TextIO, place: Place) -> Iterator[str]:
    """The lines of a text stream, refusing one that no table would have (it would fill the memory)."""
    row = 0
    while line := stream.readline(CHUNK + 1):
        row += 1
        if len(line) > CHUNK:
            raise LayerError(tr("A line is longer than a million letters."), replace(place, row=row))
        yield line
