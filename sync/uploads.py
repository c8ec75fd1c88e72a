"""Sending files: piece by piece, after the ops that name them and behind whatever is more urgent."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterator

from fieldapp.errors import BusyError, DamagedStoreError, GatewayError, StoreError
from fieldapp.store import Store
from fieldapp.texts import tr
from sync.api import RemoteApi
from sync.pieces import PiecePace
from sync.wire import BlobStatus

log = logging.getLogger(__name__)
TRIES = 3  # of one file in one cycle: its offset was another, or it did not arrive as it is
SLICE = 60.0  # seconds of sending after which the other things of a cycle have their turn
NO_ROOM = 507
REST = 60.0  # seconds without files after the City had no room for one


class Uploads:
    """The queue of files that the City has not confirmed. `trouble` says, in words, what kept some of them lately."""

    def __init__(self, store: Store, api: RemoteApi) -> None:
        self._store = store
        self._api = api
        self._pace = PiecePace()
        self._unnamed: set[str] = set()  # files of answers that are still open here: their op comes first
        self._rest_until = 0.0
        self.trouble = ""
        self.more = False  # whether the last run ended only because its time was up
        store.blobs.try_all_again()

    def named_more(self) -> None:
        """Ops were pushed: files may be named now that were not before."""
        self._unnamed.clear()

    def waiting(self) -> int:
        """How many files could be sent now."""
        return sum(sha256 not in self._unnamed for sha256 in self._store.blobs.queue())

    def run(self) -> Iterator[int]:
        """Send what is queued. After each request it gives how many files that one confirmed: whoever runs it may do
        what is more urgent first, or leave off. What fails alone stays alone; OfflineError and the like end it."""
        self.more = False
        if time.monotonic() < self._rest_until:
            return
        self.trouble = ""
        until = time.monotonic() + SLICE
        tried: set[str] = set()
        while time.monotonic() >= self._rest_until and (sha256 := self._next(tried)):
            if time.monotonic() > until:
                self.more = True
                return
            tried.add(sha256)
            yield from self._one(sha256, until)

    def send_all(self) -> int:
        """Send all that the City takes, however long that is; how many files it confirmed. Raises as `run` does."""
        confirmed = 0
        while (lately := sum(self.run())) or self.more:
            confirmed += lately
        return confirmed

    def _next(self, tried: set[str]) -> str:
        passed = tried | self._unnamed
        return next((sha256 for sha256 in self._store.blobs.queue() if sha256 not in passed), "")

    def _one(self, sha256: str, until: float) -> Iterator[int]:
        """One file, as far as it goes."""
        steps = self._steps(sha256)
        while (status := self._step(steps)) is not None:
            if status.complete:
                self._store.exchange.blob_confirmed(sha256)
            elif not status.announced:
                self._unnamed.add(sha256)
            yield int(status.complete)
            if time.monotonic() > until and not status.complete:
                self.more = True
                return

    def _step(self, steps: Iterator[BlobStatus]) -> BlobStatus | None:
        """The next answer on the file; None when there is no more to do, or what hinders it is of this file alone."""
        try:
            return next(steps, None)
        except BusyError as fault:
            self._rest(str(fault), fault.retry_after)
        except GatewayError as fault:
            log.warning("a file was not taken: %s", fault)
            self.trouble = str(fault)
            if fault.status == NO_ROOM:
                self._rest(str(fault), REST)
        except DamagedStoreError:
            self.trouble = tr("A file on this laptop is damaged and cannot be sent. All others are sent.")
        except StoreError as fault:
            self.trouble = str(fault)
        return None

    def _rest(self, why: str, seconds: float) -> None:
        """The City takes no files for a while; all else goes on."""
        self.trouble = why
        self._rest_until = time.monotonic() + seconds

    def _steps(self, sha256: str) -> Iterator[BlobStatus]:
        """The gateway's answers: how much it has, then after each piece."""
        status = self._api.blob_status(sha256)
        yield status
        for _ in range(TRIES):
            if status.complete or not status.announced:
                return
            for latest in self._pieces(status):
                status = latest
                yield status
            if status.offset == 0 and not status.complete:
                self._look_at(sha256)
        if not status.complete:
            self.trouble = tr("A file did not arrive as it was sent. It is sent anew with the next sync.")

    def _pieces(self, status: BlobStatus) -> Iterator[BlobStatus]:
        """The file from the gateway's offset to its end, or to where the gateway has another offset than we think."""
        sha256, blobs = status.sha256, self._store.blobs
        file = blobs.attachment(sha256)
        if file is None or not blobs.has(sha256):
            blobs.set_aside(sha256)
            raise StoreError(tr("A file that the City does not have is not on this laptop any more."))
        while True:
            piece = blobs.piece(sha256, status.offset, self._pace.size)
            expected = status.offset + len(piece)
            status = self._pace.timed(self._put(status, file.size, piece), len(piece))
            yield status
            if status.complete or status.offset != expected or not piece:
                return

    def _put(self, status: BlobStatus, size: int, piece: bytes) -> Callable[[], BlobStatus]:
        """One request."""
        return lambda: self._api.put_blob(status.sha256, status.offset, size, piece)

    def _look_at(self, sha256: str) -> None:
        """The City dropped the file, since it hashed to another name: is it ours that is damaged?

        DamagedStoreError when it is."""
        for _ in self._store.blobs.chunks(sha256):
            pass
