"""The sync of a laptop that has just been started: it begins once the window stands.

What it needs of libraries takes longer to load than all that a person sees first, so it is made in a thread of its own.
What is asked of it before that is done then.
"""

from __future__ import annotations

import json
import logging
import threading
from collections.abc import Callable
from dataclasses import replace
from threading import Event
from typing import TYPE_CHECKING, Any

from fieldapp.errors import FieldAppError
from fieldapp.loading import turn
from fieldapp.store import Store
from fieldapp.texts import tr
from sync.status import SyncState, SyncStatus

if TYPE_CHECKING:
    from sync.together import Together

log = logging.getLogger(__name__)
LAST_PROOF = "sync.last_proof"  # setting: the last complete cycle
LONGEST = 10.0  # seconds after which it begins also where no window came
Act = Callable[["Together"], Any]


class Later:
    """What a screen has of a `Together` that may not be there yet."""

    def __init__(
        self, make: Callable[[], Together], status: SyncStatus, stands: Event, tell: Callable[[SyncStatus], object]
    ) -> None:
        """`make` makes it, in another thread; until then its status is `status`. `stands` is set with the window."""
        self._make, self._first, self._stands, self._publish = make, status, stands, tell
        self._lock = threading.Lock()
        self._made: Together | None = None
        self._asked: list[Act] = []
        self._end = Event()  # set when none is wanted any more
        self._thread = threading.Thread(target=self._begin, name="sync-begins", daemon=True)

    @property
    def status(self) -> SyncStatus:
        """The newest."""
        made = self._made
        return made.status if made is not None else self._first

    def start(self) -> None:
        """Begin, when the window stands."""
        self._thread.start()

    def stop(self, timeout: float = 40.0) -> None:
        """End after the request that is under way."""
        self._end.set()
        self._stands.set()
        if self._thread.is_alive():
            self._thread.join(timeout)
        if self._made is not None:
            self._made.stop(timeout)

    def wake(self) -> None:
        """Try now."""
        self._do(lambda made: made.wake())

    def hold(self, timeout: float = 40.0) -> bool:
        """Touch nothing any more, until `go_on`; whether all stand still now."""
        self._stands.set()
        self._thread.join(timeout)
        return self._made.hold(timeout) if self._made is not None else not self._thread.is_alive()

    def go_on(self) -> None:
        """Work again."""
        self._do(lambda made: made.go_on())

    def fetch(self, sha256: str, suffix: str = "") -> None:
        """Bring a file onto this laptop."""
        self._do(lambda made: made.fetch(sha256, suffix))

    def look_for_update(self) -> None:
        """Look for a newer version of the program."""
        self._do(lambda made: made.look_for_update())

    def put_off_update(self) -> None:
        """Stop bringing a newer version of the program."""
        self._do(lambda made: made.put_off_update())

    def put_layers_off(self, *, off: bool) -> None:
        """Stop bringing layers, or bring them again."""
        self._do(lambda made: made.put_layers_off(off=off))

    def bring(self, record: str) -> None:
        """Bring a record back that left this laptop."""
        self._do(lambda made: made.bring(record))

    def _do(self, act: Act) -> None:
        with self._lock:
            made = self._made
            if made is None:
                self._asked.append(act)
        if made is not None:
            act(made)

    def _begin(self) -> None:
        self._stands.wait(LONGEST)
        if self._end.is_set():
            return
        try:
            with turn:
                made = self._make()
        except Exception as fault:
            log.exception("sync could not begin")
            self._first = replace(self._first, state=SyncState.TROUBLE, message=words_of(fault))
            self._publish(self._first)
            return
        with self._lock:
            if self._end.is_set():
                return
            made.start()
            self._made, asked = made, self._asked
        for act in asked:
            act(made)


def words_of(fault: Exception) -> str:
    """What a person reads of a fault: its own words, where they were written for people."""
    if isinstance(fault, FieldAppError):
        return str(fault)
    return tr("Sync failed for an unknown reason: {why}", why=type(fault).__name__)


def last_known(store: Store) -> SyncStatus:
    """What a start shows: it will ask the City, and when the last complete cycle ended, before the restart."""
    try:
        ended = str(json.loads(store.setting(LAST_PROOF))["finished_at"])
    except (ValueError, TypeError, KeyError):  # there was none, or another FieldApp kept it in its own way
        ended = ""
    return SyncStatus(SyncState.PROBING, last_ok=ended)
