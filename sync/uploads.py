"""Files: sent piece by piece after the ops that name them, resumed where the gateway's own file ends; and fetched."""

from __future__ import annotations

import mimetypes
import re
import tempfile
from collections.abc import Iterable, Iterator

from fieldapp.errors import GatewayError, ProtocolError
from fieldapp.store import Query, Store
from fieldapp.texts import tr
from sync.api import RemoteApi
from sync.wire import CHUNK, BlobStatus

FILE_VALUE = re.compile(r"([0-9a-f]{64})(\.[a-z0-9]{1,8})?")
MANY = 500  # records whose files are looked for at once
TRIES = 3  # of one file in one cycle: its offset was another, or it did not arrive as it is


class Uploads:
    """The queue of files that the City has not confirmed."""

    def __init__(self, store: Store, api: RemoteApi) -> None:
        self._store = store
        self._api = api
        self._unnamed: set[str] = set()  # files of answers that are still open here: their op comes first

    def run(self, *, named_more: bool) -> int:
        """Send what is queued; how many files were confirmed. After a push, files may be named that were not before."""
        if named_more:
            self._unnamed.clear()
        confirmed = 0
        for sha256 in self._store.blob_queue():
            if sha256 not in self._unnamed and self._send(sha256):
                self._store.blob_confirmed(sha256)
                confirmed += 1
        return confirmed

    def _send(self, sha256: str) -> bool:
        """Send one file; whether the City has it whole. A failure of one file does not stop the others."""
        try:
            status = self._api.blob_status(sha256)
            for _ in range(TRIES):
                if status.complete or not status.announced:
                    break
                status = self._send_from(status)
        except GatewayError:
            return False
        if not status.announced:
            self._unnamed.add(sha256)
        return status.complete

    def _send_from(self, status: BlobStatus) -> BlobStatus:
        """The file from the gateway's offset to its end, or to where the gateway has another offset than we think."""
        sha256 = status.sha256
        file = self._store.blobs.attachment(sha256)
        if file is None:
            return status
        for piece in _pieces(self._store.blobs.chunks(sha256, status.offset)):
            expected = status.offset + len(piece)
            status = self._api.put_blob(sha256, status.offset, file.size, piece)
            if status.complete or status.offset != expected:
                break
        return status


def fetch(store: Store, api: RemoteApi, sha256: str, suffix: str = "") -> bool:
    """Bring a file of the City's onto this laptop; whether it was there. ProtocolError when it is another file."""
    mime = mimetypes.guess_type(f"file{suffix}")[0] or "application/octet-stream"
    if store.blobs.has(sha256):
        return True
    with tempfile.SpooledTemporaryFile(max_size=8 * CHUNK) as whole:
        size = 0
        while piece := api.get_blob(sha256, size):
            whole.write(piece)
            size += len(piece)
        if not size:
            return False
        whole.seek(0)
        kept = store.blobs.put(whole.read(), mime)
    if kept.sha256 != sha256:
        raise ProtocolError(tr("A file came other than it should; it is not shown."))
    store.blob_confirmed(sha256)
    return True


def missing_files(store: Store, query: Query) -> list[tuple[str, str]]:
    """Files that records of `query` name and this laptop does not have: SHA-256 and suffix."""
    values = {value for record in store.find(query, MANY) for value in record.answers.values()}
    found = sorted(match.groups("") for value in values if (match := FILE_VALUE.fullmatch(value)))
    return [(sha256, suffix) for sha256, suffix in found if not store.blobs.has(sha256)]


def _pieces(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """The same bytes in pieces of CHUNK."""
    held = b""
    for chunk in chunks:
        held += chunk
        while len(held) >= CHUNK:
            yield held[:CHUNK]
            held = held[CHUNK:]
    if held:
        yield held
