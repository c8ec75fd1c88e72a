"""The runner: one thread that runs an engine's cycles, waits, backs off, and says where it is."""

from __future__ import annotations

import logging
import random
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Protocol

from fieldapp.errors import (
    BusyError,
    ErasedError,
    FieldAppError,
    GatewayError,
    OfflineError,
    ProtocolError,
    RevokedError,
    SignInError,
    StoreError,
    SyncError,
    UpgradeError,
)
from fieldapp.store import Store, Touched
from sync.backoff import BASE, CAP, Backoff
from sync.engine import Watch
from sync.later import LAST_PROOF, words_of
from sync.status import ProofOfSync, SyncState, SyncStatus
from sync.turns import Turns
from sync.wire import encoded, remembered

log = logging.getLogger(__name__)
EVERY = 60.0  # seconds between cycles when nothing happens here
STATES: tuple[tuple[type[FieldAppError], SyncState], ...] = (
    (SignInError, SyncState.NEEDS_LOGIN),
    (UpgradeError, SyncState.UPGRADE_NEEDED),
    (ErasedError, SyncState.ERASED),
    (RevokedError, SyncState.REVOKED),
    (OfflineError, SyncState.OFFLINE),
    (BusyError, SyncState.BUSY),
)
Publish = Callable[[SyncStatus], None]
Wish = tuple[str, str]  # a file to fetch: SHA-256 and suffix


class Cycles(Protocol):
    """What a runner runs: the engine of a gateway, or of other servers."""

    def cycle(self) -> ProofOfSync:
        """Bring both sides to the same; raises the SyncError that stopped it."""
        ...

    def waiting(self) -> bool:
        """Whether anything may be sent now."""
        ...

    def fetch(self, sha256: str, suffix: str = "") -> bool:
        """Bring a file onto this laptop; whether it was there."""
        ...


class Runner:
    """Runs an engine's cycles in a thread of its own. `status` is always the newest."""

    def __init__(
        self,
        store: Store,
        engine: Callable[[Watch], Cycles],
        *,
        publish: Publish = lambda _status: None,
        every: float = EVERY,
        backoff: Backoff | None = None,
        proof: str = LAST_PROOF,
    ) -> None:
        """`publish` is called with each new status, in the worker's thread. `every`: seconds between quiet cycles."""
        self._store = store
        self._proof = proof  # the setting that keeps the last one
        self.status = self._last_time()
        self._engine = engine(self._watch)
        self._publish = publish
        self._every = every
        self._backoff = backoff or Backoff(random.SystemRandom(), base=BASE, cap=CAP)
        self._turns = Turns()
        self._untidy = False  # the last cycle brought something
        self._wishes: list[Wish] = []
        self._thread = threading.Thread(target=self._run, name="sync", daemon=True)
        self._leave: Callable[[], None] = lambda: None

    def _last_time(self) -> SyncStatus:
        """What the last complete cycle proved, also when that was before a restart."""
        proof = remembered(ProofOfSync, self._store.setting(self._proof))
        return SyncStatus(last_ok=proof.finished_at if proof else "", proof=proof)

    def start(self) -> None:
        """Begin, with a cycle at once."""
        self._leave = self._store.subscribe(self._ring)
        self._thread.start()

    def stop(self, timeout: float = 40.0) -> None:
        """End after the request that is under way. Nothing is lost at any moment."""
        self._leave()
        self._turns.stop()
        if self._thread.is_alive():
            self._thread.join(timeout)

    def hold(self, timeout: float = 40.0) -> bool:
        """Touch nothing any more, after what is under way, until `go_on`; whether it stands still now."""
        return self._turns.hold(lambda: not self._thread.is_alive(), timeout)

    def go_on(self) -> None:
        """Work again, with a cycle at once."""
        self._turns.go_on()

    def wake(self) -> None:
        """Try now, whatever it waits for: a person asked, or the network came back."""
        self._turns.ask()

    def sync_now(self, timeout: float = 60.0) -> SyncStatus:
        """Try now, and wait until that cycle has ended, well or not; the status then. Not from the screen's thread."""
        self._turns.one_more(timeout)
        return self.status

    def fetch(self, sha256: str, suffix: str = "") -> None:
        """Bring a file of the City's onto this laptop when there is a network; the store tells when it is here."""
        self._wishes.append((sha256, suffix))
        self._turns.ask()

    def _ring(self, touched: Touched) -> None:
        """The store changed. Own writes, and what is still open, are no reason for a cycle."""
        if touched.journal and threading.current_thread() is not self._thread:
            self._turns.save()

    def _run(self) -> None:
        """Round after round, until it is stopped. The thread outlives a bug: what is saved stays safe, and the log has
        it."""
        due = 0.0
        while not self._turns.stopping:
            try:
                due = self._round(due)
            except Exception:
                log.exception("a round of sync failed")
                due = time.monotonic() + self._every

    def _round(self, due: float) -> float:
        """One cycle, when it is due, and what follows it; when the next one is due."""
        if self._wait(due):
            due = time.monotonic() + self._once()
            self._tidy()
        return due

    def _wait(self, due: float) -> bool:
        """Until it is time, or somebody asks, or something may be sent; False to stop."""
        while (turn := self._turns.next(due)) is not None:
            if turn.asked:
                self._backoff.reset()
            if turn.asked or turn.due:
                return True
            if turn.saved and self._may_send():
                self._turns.begin()
                return True
        return False

    def _may_send(self) -> bool:
        """Whether a new save is a reason to try: not while backing off, which keeps its own time."""
        self._tell(self.status.state)
        return self.status.state is SyncState.IDLE and self._engine.waiting()

    def _once(self) -> float:
        """One cycle, and what is done once a day; seconds to wait for the next."""
        try:
            wait = self._tried()
        finally:
            self._turns.over()
        self._copy()
        return wait

    def _tried(self) -> float:
        """One cycle, well or not; seconds to wait for the next."""
        try:
            return self._cycle()
        except FieldAppError as fault:
            return self._after(fault)
        except Exception as fault:
            log.exception("the sync cycle failed")
            return self._after(SyncError(words_of(fault)))

    def _copy(self) -> None:
        """The day's first cycle, well or not, lets go what is due, and makes a copy of the store. A failure of either
        stops no work."""
        if self._turns.stopping:
            return
        for work in (self._let_go, self._store.snapshots.daily):
            try:
                work()
            except FieldAppError as fault:
                log.warning("what is done once a day was not done: %s", fault)

    def _let_go(self) -> object:
        """Once a day, let what is due leave this laptop; before the copy is made, so that it is not in there."""

    def _cycle(self) -> float:
        self.status = replace(self.status, sent=0, total=self._store.counts().waiting)
        proof = self._engine.cycle()
        self._fetch_wishes()
        self._backoff.reset()
        self._store.keep_setting(self._proof, encoded(proof).decode())
        self.status = replace(self.status, last_ok=proof.finished_at, proof=proof, files=proof.files_left)
        self._untidy = proof.moved
        self._tell(SyncState.IDLE)
        return 0.0 if proof.more else self._every

    def _tidy(self) -> None:
        """What came is made easy to find once nobody waits for the cycle any more."""
        if self._untidy:
            self._untidy = False
            try:
                self._store.tidy()
            except StoreError:
                log.exception("the store could not be tidied")  # nothing is lost: a search catches up by itself

    def _fetch_wishes(self) -> None:
        """What a person looks at."""
        while self._wishes:
            self._fulfil(partial(self._engine.fetch, *self._wishes[0]))
            self._wishes.pop(0)

    def _fulfil(self, wish: Callable[[], object]) -> None:
        """Bring one thing. After a broken line it comes later; what cannot come is not asked for again."""
        try:
            wish()
        except (ProtocolError, GatewayError, StoreError) as fault:
            log.warning("what was wished for did not come: %s", fault)

    def _between_pieces(self) -> bool:
        """Between two pieces of files, what a person looks at comes first. False to end."""
        self._fetch_wishes()
        return not self._turns.stopping

    def _after(self, fault: FieldAppError) -> float:
        state = next((state for kind, state in STATES if isinstance(fault, kind)), SyncState.TROUBLE)
        if state is SyncState.ERASED:
            self._turns.stop()
        wait = CAP if state.stuck else self._backoff.after_failure(getattr(fault, "retry_after", 0.0))
        self._tell(state, str(fault), wait)
        return wait

    def _watch(self, state: SyncState, done: int) -> None:
        sent = done if state is SyncState.PUSHING else self.status.sent
        files = done if state is SyncState.FILES else self.status.files
        expected = (done or self.status.expected) if state is SyncState.PULLING else self.status.expected
        self.status = replace(self.status, sent=sent, files=files, expected=expected)
        self._tell(state)

    def _tell(self, state: SyncState, message: str = "", retry_in: float = 0.0) -> None:
        waiting = self._store.counts().waiting
        self.status = replace(self.status, state=state, waiting=waiting, message=message, retry_in=retry_in)
        self._publish(self.status)
