"""One file from a server onto the disk: checked against its hash, resumed after a cut, whole or not at all."""

from __future__ import annotations

import hashlib
import os
import time
from collections.abc import Iterator
from pathlib import Path

import requests

from fieldapp.errors import OfflineError, ProtocolError
from fieldapp.store.durable import PART, sync_folder
from fieldapp.texts import tr
from sync.openrosa.line import Line

PIECE = 1 << 16
MOST = 2 << 30  # bytes of one file
DEADLINE = 600.0  # seconds for one request; what came so far stays


def fetch(line: Line, url: str, path: Path, md5: str) -> None:
    """Bring what is at `url` to `path`. Without `md5` nothing tells whether old and new pieces fit: it begins anew.

    ProtocolError when the content is not what its hash says; nothing is left at `path` then."""
    part = path.with_name(path.name + PART)
    resumed = part.exists() and bool(md5)
    _bring(line, url, part, resume=resumed)
    if resumed and md5_of(part) != md5:  # an old piece of another content: once more, from its start
        _bring(line, url, part, resume=False)
    if md5 and md5_of(part) != md5:
        part.unlink()
        raise ProtocolError(tr("“{name}” came other than the server says; it is not used.", name=path.name))
    part.replace(path)
    sync_folder(path.parent)


def md5_of(path: Path) -> str:
    """The hash by which OpenRosa names contents. It guards against accidents, not against a server that lies."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, lambda: hashlib.md5(usedforsecurity=False)).hexdigest()


def _bring(line: Line, url: str, part: Path, *, resume: bool) -> None:
    """Append to `part` what it lacks, or write it anew when the server only gives the whole."""
    start = part.stat().st_size if resume else 0
    with line.reading(url, {"Range": f"bytes={start}-"} if start else None) as response:
        if response.status_code == 416:  # nothing behind what is here: its hash will tell whether it is whole
            return
        goes_on = response.status_code == 206
        if goes_on and not response.headers.get("Content-Range", "").startswith(f"bytes {start}-"):
            raise ProtocolError(tr("This is no answer of an OpenRosa server."))
        with part.open("ab" if goes_on else "wb") as target:
            for piece in _pieces(response, start if goes_on else 0):
                target.write(piece)
            target.flush()
            os.fsync(target.fileno())


def _pieces(response: requests.Response, size: int) -> Iterator[bytes]:
    """The body as it comes, within a size and a time that no honest answer needs."""
    until = time.monotonic() + DEADLINE
    for piece in response.iter_content(PIECE):
        size += len(piece)
        if size > MOST:
            raise ProtocolError(tr("A file of this form is too large."))
        yield piece
        if time.monotonic() > until:
            raise OfflineError(tr("The server answers too slowly."))
