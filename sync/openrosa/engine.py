"""One cycle with the OpenRosa servers of this laptop's services: pack, greet, hand in, settle.

It is to those services what `sync.engine.Engine` is to the gateway, and runs in a worker of its own, so that neither
waits for the other. There is nothing to pull: OpenRosa lets a client hand in, and fetch blank forms.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import replace

from fieldapp.actions import Desk
from fieldapp.clock import stamp
from fieldapp.errors import InputError, SyncError
from fieldapp.records import SERVER, Change
from fieldapp.services import Service
from fieldapp.services.declared import Target
from fieldapp.store import Entry, Settled
from fieldapp.store.remote import TAKEN
from sync.engine import Watch
from sync.openrosa.handing_in import KIND, HandingIn
from sync.openrosa.packing import OUTSTANDING, packed, unanswered
from sync.openrosa.parcel import drop, kept
from sync.openrosa.server import Intake, OpenRosaServer
from sync.pushing import TRIES
from sync.status import ProofOfSync, SyncState
from sync.wire import APPLIED, MAX_BYTES, MAX_OPS, PARKED, REJECTED, RETRY

Connect = Callable[[Target], OpenRosaServer]


class OpenRosaEngine:
    """Sync of one person's store with the servers of the services that have one. Not for several threads at once."""

    def __init__(self, desk: Desk, connect: Connect, *, watch: Watch = lambda _state, _done: None) -> None:
        """`connect` gives the server of a target, signed in; it may raise SignInError."""
        self._desk = desk
        self._store = desk.store
        self._connect = connect
        self._watch = watch
        self._servers: dict[str, OpenRosaServer] = {}
        self._services = [(service, service.target) for service in desk.catalogue if service.target is not None]

    def cycle(self) -> ProofOfSync:
        """Hand in all that waits; raises the SyncError of the first server that stopped it, after serving the rest."""
        started = self._now()
        results: Counter[str] = Counter()
        files, faults = 0, []
        for service, target in self._services:
            self._pack(service, target)
        for address in dict.fromkeys(target.server for _, target in self._services):
            try:
                files += self._serve(address, results)
            except SyncError as fault:
                faults.append(fault)
        if faults:
            raise faults[0]
        return ProofOfSync(started, self._now(), "", results, 0, files)

    def waiting(self) -> bool:
        """Whether anything may be handed in now."""
        return any(self._pending(service, 1, ()) for service, _ in self._services)

    def fetch(self, _sha256: str, _suffix: str = "") -> bool:
        """Files only go to such a server, none comes from there."""
        return False

    def close(self) -> None:
        """Drop the connections."""
        for server in self._servers.values():
            server.close()

    def _pack(self, service: Service, target: Target) -> None:
        """Pack what waits, before any network: what is sent later is the record as it was then, by the form of then.

        What cannot be packed is laid aside with its reason when its turn comes."""
        for change in self._pending(service, MAX_OPS, ()):
            if self._hands_in(target, change) and not self._superseded(target, change):
                with suppress(InputError):
                    packed(self._desk, change)

    def _serve(self, address: str, results: Counter[str]) -> int:
        """Hand in at one server; how many files it took."""
        files = 0
        server: OpenRosaServer | None = None
        for service, target in self._services:
            if target.server == address:
                if server is None:
                    self._watch(SyncState.PROBING, 0)
                    server = self._server(target)
                    intake = server.greet()
                handing = HandingIn(self._store, server, target.form)
                self._hand_in_all(service, target, handing, intake, results)
                files += handing.files
        return files

    def _server(self, target: Target) -> OpenRosaServer:
        if target.server not in self._servers:
            self._servers[target.server] = self._connect(target)
        return self._servers[target.server]

    def _hand_in_all(
        self, service: Service, target: Target, handing: HandingIn, intake: Intake, results: Counter[str]
    ) -> None:
        """Change after Change; what fails alone stays alone, and later Changes of its record wait."""
        waiting: set[str] = set()
        while batch := self._pending(service, MAX_OPS, waiting):
            for change in batch:
                if change.record in waiting:
                    continue
                settled = self._judged(target, change, handing, intake)
                self._settle(change, settled)
                results[settled.status] += 1
                self._watch(SyncState.PUSHING, results.total())
                if settled.status not in TAKEN:
                    waiting.add(change.record)

    def _judged(self, target: Target, change: Change, handing: HandingIn, intake: Intake) -> Settled:
        rev = self._next_rev(change)
        if not self._hands_in(target, change) or self._superseded(target, change):
            # A step that stays on this laptop, or a record that was corrected before it was ever sent.
            return Settled(change.id, APPLIED, rev, edits={SERVER: KIND}, server_time=self._now())
        try:
            parcel = packed(self._desk, change)
        except InputError as fault:
            return Settled(change.id, PARKED, 0, "form", str(fault))
        alone = all(other.xml == parcel.xml for other in unanswered(self._store, change))
        self._store.exchange.sent([change.id])
        return self._lasting(handing.hand_in(parcel, intake, rev, self._now(), alone=alone), change)

    def _lasting(self, settled: Settled, change: Change) -> Settled:
        """What failed often enough is laid aside for a person."""
        if settled.status != RETRY:
            return settled
        tries = next(entry.attempts for entry in self._history(change) if entry.change.id == change.id)
        return replace(settled, status=PARKED) if tries + 1 >= TRIES else settled

    def _settle(self, change: Change, settled: Settled) -> None:
        """Let the store know, then forget what was packed for good: after a refusal, the server has not kept it."""
        parcel = kept(self._store, change.id)
        self._store.exchange.settle([settled])
        if settled.status in TAKEN:
            for value in parcel.files if parcel else ():
                self._store.exchange.blob_confirmed(value.partition(".")[0], elsewhere=True)
            for entry in self._history(change):
                if kept(self._store, entry.change.id) and entry.state not in OUTSTANDING:
                    drop(self._store, entry.change.id)
        elif settled.status == REJECTED:
            drop(self._store, change.id)

    def _hands_in(self, target: Target, change: Change) -> bool:
        return change.transition in target.submit

    def _superseded(self, target: Target, change: Change) -> bool:
        """Whether a person corrected it before it was ever sent: then only the correction is handed in."""
        history = self._history(change)
        after = history[[entry.change.id for entry in history].index(change.id) + 1 :]
        own = kept(self._store, change.id)
        if (own is not None and own.tried) or unanswered(self._store, change):
            return False
        return any(entry.state in OUTSTANDING and self._hands_in(target, entry.change) for entry in after)

    def _next_rev(self, change: Change) -> int:
        city = self._store.city_record(change.record)
        return (city.rev if city else 0) + 1

    def _pending(self, service: Service, limit: int, skip: Sequence[str] | set[str]) -> list[Change]:
        return self._store.exchange.pending(service.principal(self._desk.person.id), limit, MAX_BYTES, skip)

    def _history(self, change: Change) -> list[Entry]:
        return self._store.history(change.record)

    def _now(self) -> str:
        return stamp(self._desk.clock.now())
