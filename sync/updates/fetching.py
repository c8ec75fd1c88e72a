"""Bringing a new version at sync, behind everything else: looked for now and then, piece by piece from where the line
broke, compared with what was signed, unpacked aside, rehearsed on a copy of the store; then the next start takes it.

Whatever is cut off is done again from what is here. What does not work on this computer is not fetched again.
"""

from __future__ import annotations

import logging
import math
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from fieldapp import __version__
from fieldapp.clock import Clock, stamp
from fieldapp.errors import DiskError, StoreError, SyncError, UpdateError
from fieldapp.store import Store
from fieldapp.store.claim import Claim
from fieldapp.store.durable import make_folder
from fieldapp.store.faults import translated
from fieldapp.updates.place import Installed, order, this_system
from fieldapp.updates.rehearsing import rehearse
from fieldapp.updates.state import FAILED, read, write
from fieldapp.updates.unpacking import StoppedError, forget_others, require_room, unpack
from sync.pieces import PiecePace
from sync.updates.news import News, keep_news, keep_notes, read_news
from sync.updates.release import Release

if TYPE_CHECKING:  # `requests` and TUF cost 150 ms that the first screen need not wait for
    from sync.updates.line import Line
    from sync.updates.listing import Wanted

log = logging.getLogger(__name__)
LOCK = "coming.lock"
EVERY, AGAIN = 3600.0, 600.0  # seconds between two looks; after one that failed
SLICE = 60.0  # seconds of bringing after which the other things of a cycle have their turn
UNPACKED = 6  # times its file that a version takes up here, with the file
LOOKS = 0.5  # seconds between two looks at what is more urgent, while nothing needs the line
Pause = Callable[[], bool]


class Updates:
    """Brings new versions of the program onto one machine. `carry` in the sync's thread; all else from anywhere."""

    def __init__(
        self, place: Installed, url: str, store: Store, clock: Clock, home: Path, *, own: str = __version__
    ) -> None:
        """From the gateway at `url`. `own`: the version that asks; `home`: where the city's services lie."""
        self._place, self._url, self._store, self._clock, self._home, self._own = place, url, store, clock, home, own
        self._pace = PiecePace()
        self._not_before = 0.0
        self._put_off = threading.Event()
        self._line: Line | None = None
        self._wanted: Wanted | None = None
        self.between: Pause = lambda: True  # asked between two pieces whether to go on
        self.more = False  # whether a version is half here, and the next cycle should follow at once

    def look_now(self) -> None:
        """Look at the next cycle, whenever the last look was, and bring what was put off."""
        self._put_off.clear()
        self._not_before = 0.0

    def put_off(self) -> None:
        """Stop bringing and trying, at the next piece, until `look_now` or the next start. What came stays; the
        version that runs stays too."""
        self._put_off.set()

    def carry(self, urgent: Pause, within: float = SLICE) -> bool:
        """Look, and bring what there is, for so many seconds. `urgent` does what is more urgent and says whether there
        was any: so does this.

        Nothing is raised but the SyncError of a line that broke: what came stays."""
        self.more = False
        if self._put_off.is_set():
            self._tell_put_off()
            return False
        if time.monotonic() < self._not_before:
            return False
        pauses = _Pauses(urgent, lambda: self.between() and not self._put_off.is_set())
        try:
            self._bring(pauses, time.monotonic() + within)
        except StoppedError:
            if self._put_off.is_set():  # else for something more urgent: it goes on at the next cycle
                self._tell_put_off()
        except (UpdateError, DiskError) as fault:
            self._say(str(fault))
        except SyncError:
            self._not_before = time.monotonic() + AGAIN
            raise
        if pauses.late is not None:
            raise pauses.late
        return pauses.sent

    def _bring(self, pauses: _Pauses, until: float) -> None:
        from sync.updates.listing import root_of

        root = root_of(self._place)
        if root is None:
            self._not_before = math.inf
            return
        if self._wanted is None:
            self._wanted = self._looked_for(root)
        wanted = self._wanted
        if wanted is None:
            self._not_before = time.monotonic() + EVERY
            return
        with translated(self._place.root), self._alone():
            part = self._fetched(wanted, pauses, until)
            if part is not None:
                self._take(wanted, part, pauses)

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """Inside, no other FieldApp on this machine brings a version. StoppedError where one does."""
        try:
            claim = Claim.on(self._place.root, LOCK)
        except StoreError as fault:
            raise StoppedError from fault
        try:
            yield
        finally:
            claim.release()

    def _looked_for(self, root: bytes) -> Wanted | None:
        """The newest version that is for this laptop and is not here; what was withdrawn is taken back."""
        from sync.updates.listing import Listing

        listing = Listing(self._place, root, self._to_city())
        state = read(self._place)
        mine = [one for one in listing.releases if one.system == this_system() and one.is_for(self._store.device)]
        if state.waiting and state.waiting not in {one.version for one in mine}:
            write(self._place, replace(state, waiting=""))
            state = read(self._place)
        here = max(self._own, state.runs or self._own, key=order)
        new = [one for one in mine if order(one.version) > order(here) and one.version not in state.left]
        newest = max(new, key=_order, default=None)
        keep_news(self._store, News(looked_at=stamp(self._clock.now())))
        return listing.wanted(newest) if newest and newest.version != state.waiting else None

    def _fetched(self, wanted: Wanted, pauses: _Pauses, until: float) -> Path | None:
        """The file, whole and as it was signed; None to leave the rest for later."""
        part = self._place.coming / f"{wanted.sha256}.part"
        make_folder(part.parent)
        self._forget_others(part)
        if _size(part) > wanted.size:
            part.unlink()
        require_room(self._place, UNPACKED * wanted.size - _size(part))
        while (offset := _size(part)) < wanted.size:
            keep_news(self._store, self._news(wanted, offset))
            size = min(self._pace.size, wanted.size - offset)
            piece = self._pace.timed(partial(self._to_city().piece, wanted.name, offset, size), size)
            with part.open("ab") as file:
                file.write(piece)
            self.more = time.monotonic() > until and _size(part) < wanted.size
            if self.more:
                return None
            pauses.require()
        try:
            wanted.check(part)
        except UpdateError:
            part.unlink()  # its beginning came from elsewhere, or was altered: it is fetched once more, later
            raise
        return part

    def _take(self, wanted: Wanted, part: Path, pauses: _Pauses) -> None:
        """Unpack, rehearse, and let it wait for the next start."""
        version = wanted.release.version
        keep_news(self._store, replace(self._news(wanted, wanted.size), trying=True))
        try:
            unpack(self._place, part, version, pauses.without_line)
            rehearse(self._place, version, self._store, self._home, pauses.without_line)
        except UpdateError:
            state = read(self._place)
            write(self._place, replace(state, left={**state.left, version: FAILED}))
            forget_others(self._place)
            part.unlink(missing_ok=True)
            raise
        keep_notes(self._store, version, wanted.release.notes)
        write(self._place, replace(read(self._place), waiting=version))
        log.info("version %s waits for the next start", version)
        self._wanted = None
        self._not_before = time.monotonic() + EVERY
        part.unlink(missing_ok=True)
        forget_others(self._place)
        keep_news(self._store, News(looked_at=stamp(self._clock.now())))

    def _to_city(self) -> Line:
        from sync.updates.line import Line

        self._line = self._line or Line(self._url)
        return self._line

    def _news(self, wanted: Wanted, done: int) -> News:
        return News(wanted.release.version, done, wanted.size, looked_at=stamp(self._clock.now()))

    def _say(self, why: str) -> None:
        """Keep why nothing was taken, and look again later."""
        log.warning("no new version was taken: %s", why)
        self._wanted = None
        self._not_before = time.monotonic() + AGAIN
        keep_news(self._store, News(why=why, looked_at=stamp(self._clock.now())))

    def _tell_put_off(self) -> None:
        news = read_news(self._store)
        if news is not None and news.version:
            keep_news(self._store, replace(news, trying=False, put_off=True))

    def _forget_others(self, part: Path) -> None:
        for other in part.parent.glob("*.part"):
            if other != part:
                other.unlink()


class _Pauses:
    """Between two steps: what is more urgent, and whether to go on."""

    def __init__(self, urgent: Pause, between: Pause) -> None:
        self._urgent, self._between = urgent, between
        self._next = 0.0
        self.sent = False
        self.late: SyncError | None = None  # the line broke while nothing here needed it

    def require(self) -> None:
        """Do what is more urgent. StoppedError to stop here; the SyncError of a line that broke."""
        self.sent |= self._urgent()
        if not self._between():
            raise StoppedError

    def without_line(self) -> bool:
        """The same now and then, where this work goes on without a line; whether to."""
        if time.monotonic() < self._next:
            return True
        if self.late is None:
            try:
                self.sent |= self._urgent()
            except SyncError as fault:
                self.late = fault
        self._next = time.monotonic() + LOOKS
        return self._between()


def _order(one: Release) -> tuple[int, ...]:
    return order(one.version)


def _size(part: Path) -> int:
    return part.stat().st_size if part.exists() else 0
