"""Bringing files of the City's: in pieces as large as the line carries, encrypted as they come, from where it broke."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from fieldapp.errors import DamagedStoreError, FieldAppError, ProtocolError
from fieldapp.sniffing import mime_of
from fieldapp.store import Query, Store
from fieldapp.store.coming import Coming
from fieldapp.store.faults import translated
from fieldapp.store.rebase import named_files
from fieldapp.store.segments import AlteredError
from fieldapp.texts import tr
from sync.api import RemoteApi
from sync.pieces import PiecePace
from sync.wire import MAX_FILE

MANY = 500  # records whose files are looked for at once


class Downloads:
    """Brings files onto one laptop, by their SHA-256."""

    def __init__(self, store: Store, api: RemoteApi) -> None:
        self._store = store
        self._api = api
        self._pace = PiecePace()

    def fetch(self, sha256: str) -> bool:
        """Bring a file; whether it was there. Raises as `steps` does."""
        if self._store.blobs.has(sha256):
            return True
        return True in list(self.steps(sha256))

    def steps(self, sha256: str) -> Iterator[bool]:
        """Bring a file piece by piece; after each request it says whether the file is here now, whole.

        What came stays here, encrypted, when the line breaks. ProtocolError when another file came: it is dropped."""
        with translated(self._store.folder):
            coming = self._store.blobs.coming(sha256)
            try:
                yield from self._pieces(coming, sha256)
            except (FieldAppError, GeneratorExit):
                coming.keep()
                raise

    def _pieces(self, coming: Coming, sha256: str) -> Iterator[bool]:
        there = self._api.blob_status(sha256)
        if not there.complete or there.offset > MAX_FILE:
            yield False
            return
        while coming.offset < there.offset:
            size = self._pace.size
            piece = self._pace.timed(partial(self._api.get_blob, sha256, coming.offset, size), size)
            if not piece:
                yield False
                return
            coming.add(piece)
            if coming.offset < there.offset:
                yield False
                if self._store.blobs.has(sha256):  # somebody looked at it meanwhile, and it was brought for them
                    return
        self._finish(coming, sha256)
        yield True

    def _finish(self, coming: Coming, sha256: str) -> None:
        try:
            with coming.content() as content:
                self._store.blobs.put_known(content, sha256, mime_of(content.peek(1)))
        except (AlteredError, DamagedStoreError) as fault:
            coming.drop()
            raise ProtocolError(tr("A file came other than it should; it is not shown.")) from fault
        coming.drop()
        self._store.exchange.blob_confirmed(sha256)


def missing_files(store: Store, query: Query) -> list[str]:
    """SHA-256s of files that records of `query` name and this laptop does not have."""
    return sorted(sha256 for sha256 in in_records(store, query) if not store.blobs.has(sha256))


def in_records(store: Store, query: Query) -> set[str]:
    """SHA-256s of files that records of `query` name."""
    return {sha256 for record in store.find(query, MANY) for sha256 in named_files(record)}
