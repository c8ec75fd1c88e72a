"""Telling webhooks what is due: at least once, later and later while an address fails, not at all after days of it.

Each attempt puts the next one off in a transaction of its own, before anything is sent: two processes never tell the
same thing at once, and what was cut off in the middle is told again, under the same id.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import Protocol

from fieldapp.clock import Clock, SystemClock, moment_of, stamp
from sync.gateway.opening import open_database
from sync.gateway.transactions import LOCKED, CityDatabase
from sync.gateway.webhooks.hooks import COLUMNS, Hook, hook_of
from sync.gateway.webhooks.posting import Reply, post
from sync.gateway.webhooks.signing import headers_of

log = logging.getLogger(__name__)
WAITS = (30, 120, 600, 1800, 3600, 7200, 14400)  # s after the first failure, the second, … and each after that
PATIENCE = timedelta(days=5)
SLICE = 10.0  # s for one address before it is the next one's turn
PAUSE = 2.0  # s between two looks
GONE = "410"  # the receiver's word that it wants nothing any more
READY = (
    f"SELECT {COLUMNS} FROM webhook WHERE disabled_at = '' AND next_at <= ?"
    " AND id IN (SELECT hook FROM webhook_due WHERE due <= ?) ORDER BY id"
)
NEXT = (
    f"SELECT n, id, body, since, attempts FROM webhook_due WHERE hook = ? AND due <= ? ORDER BY due, n LIMIT 1 {LOCKED}"
)
TOLD = "UPDATE webhook SET failures = 0, failing_since = '', why = '', told_at = ? WHERE id = ?"
FAILED = "UPDATE webhook SET failures = ?, failing_since = ?, why = ?, next_at = ?, disabled_at = ? WHERE id = ?"


class Post(Protocol):
    """How a message is sent: `posting.post`."""

    def __call__(self, url: str, headers: Mapping[str, str], body: bytes, *, private: bool) -> Reply:
        """What came of it."""


class Rounds(Protocol):
    """What is done again and again beside all else, as `Delivery` is."""

    def round(self) -> int:
        """All that is due now; how much that was: the next round is at once where it was anything."""

    def end(self) -> None:
        """Begin nothing more."""


@dataclass(frozen=True)
class Due:
    """One thing to be told, with its attempts, the one that is made now among them."""

    n: int
    id: str
    body: str
    since: str
    attempts: int


class Delivery:
    """Tells what is due. For one thread at a time."""

    def __init__(self, database: CityDatabase, clock: Clock, send: Post = post) -> None:
        self._database = database
        self._clock = clock
        self._send = send
        self._ended = threading.Event()

    def end(self) -> None:
        """Begin nothing more; what is under way is finished."""
        self._ended.set()

    def round(self) -> int:
        """Every address that may be tried, for a while each; how many things were told."""
        now = stamp(self._clock.now())
        hooks = [hook_of(row) for row in self._database.read(READY, (now, now))]
        return sum(self._tell(hook) for hook in hooks)

    def _tell(self, hook: Hook) -> int:
        """Until all is told, one thing fails, or its time is over."""
        told, until = 0, time.monotonic() + SLICE
        while not self._ended.is_set() and time.monotonic() < until and (due := self._claim(hook)):
            body = due.body.encode()
            headers = headers_of(hook.secret, due.id, int(self._clock.now().timestamp()), body)
            answer = self._send(hook.url, headers, body, private=hook.private)
            if not answer.taken:
                self._failed(hook, due, answer)
                break
            self._told(hook, due)
            hook = replace(hook, failures=0, failing_since="")
            told += 1
        return told

    def _claim(self, hook: Hook) -> Due | None:
        """The next thing, put off as if it failed. None where nothing is due, or somebody else has it."""
        with self._database.write() as tx:
            row = tx.execute(NEXT, (hook.id, stamp(self._clock.now()))).fetchone()
            if row is None:
                return None
            n, id_, body, since, attempts = row
            due = Due(n, id_, body, since or stamp(self._clock.now()), attempts + 1)
            again = self._after(due.attempts)
            tx.execute(
                "UPDATE webhook_due SET attempts = ?, since = ?, due = ? WHERE n = ?",
                (due.attempts, due.since, again, due.n),
            )
        return due

    def _told(self, hook: Hook, due: Due) -> None:
        """It has it: this is never told again. After an outage, all that waits is told now."""
        now = stamp(self._clock.now())
        with self._database.write() as tx:
            tx.execute("DELETE FROM webhook_due WHERE n = ?", (due.n,))
            tx.execute(TOLD, (now, hook.id))
            if hook.failures > 1:
                tx.execute("UPDATE webhook_due SET due = ? WHERE hook = ? AND due > ?", (now, hook.id, now))

    def _failed(self, hook: Hook, due: Due, answer: Reply) -> None:
        """Wait longer, no less than it asks to; or give up the thing that it never takes, or the address."""
        now = self._clock.now()
        since = hook.failing_since or stamp(now)
        tired = answer.status == GONE or now - moment_of(since) >= PATIENCE
        failures = hook.failures + 1
        with self._database.write() as tx:
            disabled = stamp(now) if tired else ""
            again = self._after(failures, answer.wait)
            tx.execute(FAILED, (failures, since, answer.status, again, disabled, hook.id))
            if hook.failures == 0 and now - moment_of(due.since) >= PATIENCE:
                tx.execute("DELETE FROM webhook_due WHERE n = ?", (due.n,))
                tx.execute("UPDATE webhook SET lost = lost + 1 WHERE id = ?", (hook.id,))
        log.warning("webhook %s failed (%s), disabled: %s", hook.id, answer.status, tired)

    def _after(self, failures: int, asked: float = 0.0) -> str:
        wait = max(WAITS[min(failures, len(WAITS)) - 1], asked)
        return stamp(self._clock.now() + timedelta(seconds=wait))


class Delivering:
    """Tells what is due in a thread of its own, as a context manager. What fails is logged and done the next time."""

    def __init__(
        self,
        delivery: Rounds,
        close: Callable[[], object] = lambda: None,
        pause: float = PAUSE,
        *,
        name: str = "webhooks",
    ) -> None:
        """`close` is called when the thread has ended."""
        self._delivery = delivery
        self._close = close
        self._pause = pause
        self._end = threading.Event()
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)

    @classmethod
    def at(cls, folder: Path, url: str) -> Delivering:
        """With a database of its own: for the process that starts those that answer."""
        database = open_database(folder, url)
        return cls(Delivery(database, SystemClock()), database.close)

    def __enter__(self) -> Delivering:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._end.set()
        self._delivery.end()
        self._thread.join()
        self._close()

    def _run(self) -> None:
        while True:
            try:
                told = self._delivery.round()
            except Exception:  # a bug too: nobody would be told anything until the gateway is started anew
                log.exception("%s could not be told", self._thread.name)
                told = 0
            if self._end.wait(0 if told else self._pause):
                return
