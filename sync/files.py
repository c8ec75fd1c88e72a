"""The files' part of a cycle: behind everything else, piece by piece, and what is more urgent in between."""

from __future__ import annotations

import logging
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from fieldapp.errors import DiskError, GatewayError, ProtocolError, StoreError
from fieldapp.store import Query, Store
from sync.downloads import Downloads, in_records, missing_files
from sync.pulling import Pulled
from sync.uploads import SLICE, Uploads

log = logging.getLogger(__name__)


@dataclass
class Tally:
    """What one cycle has done so far, and which records must wait for the next one."""

    waiting: set[str] = field(default_factory=set)
    results: Counter[str] = field(default_factory=Counter)
    received: int = 0
    files: int = 0
    rebuilt: list[str] = field(default_factory=list)
    resynced: list[str] = field(default_factory=list)
    pulled: Pulled = field(default_factory=Pulled)


@dataclass(frozen=True)
class Told:
    """Who is asked between two pieces whether to go on, and who is told how many files are left to send."""

    between: Callable[[], bool]
    left: Callable[[int], None]


class Files:
    """Sends files, and brings those that a reviewer needs without a network later; then lets old copies go."""

    def __init__(
        self, store: Store, uploads: Uploads, downloads: Downloads, in_review: Query | None, told: Told
    ) -> None:
        """`in_review`: the records whose files are all kept here; None for who reviews nothing."""
        self._store = store
        self._uploads = uploads
        self._downloads = downloads
        self._in_review = in_review
        self._told = told
        self._lacking = True  # whether files of records in review may be missing here
        self._refused: set[str] = set()  # files that came other than they should
        self._tidy = True  # whether copies may take more room than they should
        self.trouble = ""
        self.more = False

    def named_more(self) -> None:
        """Ops were pushed: files may be named now that were not before."""
        self._uploads.named_more()

    def keep(self, in_review: Query | None) -> None:
        """From now on, the files of these records are all kept here; None for those of nobody."""
        self._lacking |= in_review != self._in_review
        self._in_review = in_review

    def hand_over(self) -> None:
        """Send all that the City takes, whatever it costs in time: this laptop ends."""
        self._uploads.send_all()

    def left(self) -> int:
        """How many files wait to be sent."""
        return self._uploads.waiting()

    def carry(self, tally: Tally, urgent: Callable[[], bool]) -> bool:
        """Send and bring files. `urgent` does what is more urgent and says whether there was any: so does this."""
        self.trouble, self.more = "", False
        sent, went_on = False, True
        for confirmed in self._all(tally):
            tally.files += confirmed
            sent |= urgent()
            went_on = self._told.between()
            if not went_on:
                break
        self.trouble = self.trouble or self._uploads.trouble
        self.more = went_on and (self.more or self._uploads.more)
        self._make_room(tally)
        return sent

    def _all(self, tally: Tally) -> Iterator[int]:
        """One step at a time, and how many files the City confirmed with it."""
        if left := self.left():
            self._told.left(left)
        for confirmed in self._uploads.run():
            yield confirmed
            if confirmed:
                self._told.left(self.left())
        if self._in_review and (tally.received or self._lacking):
            yield from self._bring(missing_files(self._store, self._in_review))

    def _bring(self, lacking: list[str]) -> Iterator[int]:
        """Who reviews records sees their photos, also where there is no network later."""
        until, came = time.monotonic() + SLICE, 0
        for sha256 in lacking:
            if time.monotonic() > until:
                self.more = True
                break
            for here in self._steps(sha256):
                came += here
                self._tidy |= here
                yield 0
        self._lacking = came < len(lacking)

    def _steps(self, sha256: str) -> Iterator[bool]:
        """One file, as far as it goes: what hinders it alone stops no other."""
        if sha256 in self._refused:
            return
        steps = self._downloads.steps(sha256)
        try:
            yield from steps
        except DiskError as fault:
            self.trouble = str(fault)
        except (ProtocolError, StoreError) as fault:
            log.warning("%s was not kept: %s", sha256, fault)
            self._refused.add(sha256)
            self.trouble = str(fault)
        except GatewayError as fault:
            self.trouble = str(fault)

    def _make_room(self, tally: Tally) -> None:
        if tally.files or self._tidy:
            kept = in_records(self._store, self._in_review) if self._in_review else set()
            self._store.blobs.copies.make_room(kept)
            self._tidy = False
