"""Several runners as one: a laptop whose services belong to different servers still has one state of sync.

Each runner has a thread, a backoff and a line of its own, so that no server waits for another. A screen sees one
status: of whoever works now, else of whoever needs a person most.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from sync.runner import Publish, Runner
from sync.status import SyncState, SyncStatus
from sync.worker import Worker

# Whose state is shown, when they differ: work first, then what a person must do something about.
FIRST = (
    SyncState.ERASED,
    SyncState.PUSHING,
    SyncState.PULLING,
    SyncState.PROBING,
    SyncState.FILES,
    SyncState.REVOKED,
    SyncState.UPGRADE_NEEDED,
    SyncState.NEEDS_LOGIN,
    SyncState.TROUBLE,
    SyncState.BUSY,
    SyncState.OFFLINE,
    SyncState.IDLE,
)


class Together:
    """What a screen has of its runners. The first one counts for what is compared: it is the gateway's."""

    def __init__(self, make: Sequence[Callable[[Publish], Runner]], publish: Publish = lambda _status: None) -> None:
        """Each of `make` gives a runner that tells its statuses to the function that it gets."""
        self._publish = publish
        self._runners = [one(self._tell) for one in make]

    @property
    def status(self) -> SyncStatus:
        """The newest, of all."""
        return merged([runner.status for runner in self._runners])

    def start(self) -> None:
        """Begin, all of them."""
        for runner in self._runners:
            runner.start()

    def stop(self, timeout: float = 40.0) -> None:
        """End, each after the request that is under way."""
        for runner in self._runners:
            runner.stop(timeout)

    def wake(self) -> None:
        """Try now, whatever they wait for."""
        for runner in self._runners:
            runner.wake()

    def hold(self, timeout: float = 40.0) -> bool:
        """Touch nothing any more, until `go_on`; whether all stand still now."""
        return all(runner.hold(timeout) for runner in self._runners)

    def go_on(self) -> None:
        """Work again, all of them."""
        for runner in self._runners:
            runner.go_on()

    def fetch(self, sha256: str, suffix: str = "") -> None:
        """Bring a file onto this laptop, from whoever has it."""
        for runner in self._runners:
            runner.fetch(sha256, suffix)

    def look_for_update(self) -> None:
        """Look for a newer version of the program now."""
        for runner in self._runners:
            if isinstance(runner, Worker):
                runner.look_for_update()

    def put_layers_off(self, *, off: bool) -> None:
        """Stop bringing layers, or bring them again."""
        for runner in self._runners:
            if isinstance(runner, Worker):
                runner.put_layers_off(off=off)

    def put_off_update(self) -> None:
        """Stop bringing a newer version of the program."""
        for runner in self._runners:
            if isinstance(runner, Worker):
                runner.put_off_update()

    def bring(self, record: str) -> None:
        """Bring a record back that left this laptop, from the gateway."""
        for runner in self._runners:
            if isinstance(runner, Worker):
                runner.bring(record)

    def _tell(self, _status: SyncStatus) -> None:
        self._publish(self.status)


def merged(statuses: Sequence[SyncStatus]) -> SyncStatus:
    """One status for several: complete since the oldest of their last complete cycles, "" while one had none."""
    shown = min(statuses, key=lambda status: FIRST.index(status.state))
    complete = [status.last_ok for status in statuses]
    return replace(
        shown,
        waiting=max(status.waiting for status in statuses),
        files=max(status.files for status in statuses),
        last_ok=min(complete) if all(complete) else "",
        proof=statuses[0].proof,
        layers_off=any(status.layers_off for status in statuses),
    )
