"""Sending: sealed Changes in the order in which they were made, in batches that fit the line; every answer settled."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field

from fieldapp.clock import Clock, stamp
from fieldapp.errors import GatewayError, ProtocolError, SignInError, SyncError
from fieldapp.store import Advance, Answers, Outgoing, Settled, Store
from fieldapp.texts import tr
from sync.api import RemoteApi
from sync.wire import (
    ANSWERS,
    BLOCKED,
    MAX_BYTES,
    MAX_OPS,
    PARKED,
    RECEIVED,
    RETRY,
    OpResult,
    PushReply,
    PushRequest,
    Written,
)

SLOW = 2.0  # seconds: a batch that took longer is halved
FAST = 1.0  # and one that took less grows
SMALLEST = 25
TRIES = 5  # answered failures of a lone op before it is laid aside for a person
PRINCIPAL = "principal"  # the code of an op that came under another person's sign-in
SICK = 20  # lone ops in a row that fail while none is answered: then it is the gateway, not they
TOO_LARGE = 413


class Pace:
    """How many ops the next batch has: as many as the line carries in one to two seconds."""

    def __init__(self) -> None:
        self.ops = MAX_OPS

    def took(self, seconds: float) -> None:
        """A full batch took so long."""
        if seconds > SLOW:
            self.ops = max(SMALLEST, self.ops // 2)
        elif seconds < FAST:
            self.ops = min(MAX_OPS, self.ops * 2)


@dataclass
class Sending:
    """One run: for which history, which records must wait, and the answers so far."""

    device: str
    epoch: str
    waiting: set[str]
    results: Counter[str] = field(default_factory=Counter)
    suspects: list[tuple[Flight, GatewayError]] = field(default_factory=list)  # lone ops that the gateway failed on
    answered: bool = False  # whether it judged any op in this run


@dataclass(frozen=True)
class Flight:
    """A batch on its way: while the gateway judges it, the next one is got ready and the last one settled."""

    batch: Sequence[Outgoing]
    answer: Future[tuple[PushReply, float]]
    left_at: str  # a stamp
    after: int = 0  # a place in the journal: up to here nothing is left that waits for an answer only

    def following(self) -> int:
        """Up to where the next batch need not look: the end of this one, where it left nothing out."""
        first, last = self.batch[0].seq, self.batch[-1].seq
        whole = first == self.after + 1 if self.after else True
        return last if whole and last - first + 1 == len(self.batch) else 0


class Push:
    """Sends everything that may be sent. What fails alone stays alone: its record waits, all others go on."""

    def __init__(
        self, store: Store, api: RemoteApi, principal: str, clock: Clock, progress: Callable[[int], None]
    ) -> None:
        self._store = store
        self._api = api
        self._principal = principal
        self._clock = clock
        self._progress = progress
        self._pace = Pace()

    def run(self, epoch: str, waiting: set[str]) -> Counter[str]:
        """Send until nothing is left; ops by answer. Records that must wait are added to `waiting`."""
        sending = Sending(self._store.device, epoch, waiting)
        before: Flight | None = None
        with ThreadPoolExecutor(1, thread_name_prefix="sync-line") as line:
            while True:
                flight = self._next(line, sending, before)
                if before is not None:
                    with self._marked(flight):
                        self._land(line, sending, before)
                    self._progress(sending.results.total())
                elif flight is None:
                    return self._ended(sending)
                before = flight

    def _next(self, line: ThreadPoolExecutor, sending: Sending, before: Flight | None) -> Flight | None:
        """The next batch, sent off. What is in the air keeps its records: their later ops wait for the answer."""
        flying = {change.record for change in before.batch} if before else set()
        after = before.following() if before else 0
        batch = self._store.exchange.leaving(
            self._principal, self._pace.ops, MAX_BYTES, sending.waiting | flying, after
        )
        return self._off(line, sending, batch, after) if batch else None

    def _off(self, line: ThreadPoolExecutor, sending: Sending, batch: Sequence[Outgoing], after: int = 0) -> Flight:
        request = PushRequest(sending.device, tuple(Written(change.text) for change in batch), sending.epoch)
        return Flight(batch, line.submit(self._timed, request), stamp(self._clock.now()), after)

    def _timed(self, request: PushRequest) -> tuple[PushReply, float]:
        started = time.monotonic()
        return self._api.push(request), time.monotonic() - started

    def _land(self, line: ThreadPoolExecutor, sending: Sending, flight: Flight) -> None:
        """Settle a batch. When the gateway fails on it as a whole, its halves are sent, down to the op that is it."""
        try:
            reply, seconds = flight.answer.result()
        except GatewayError as fault:
            self._land_halves(line, sending, flight, fault)
            return
        except SyncError:
            self._left(flight)
            raise
        self._pace.took(seconds)
        self._settle(flight, reply, sending)

    @contextmanager
    def _marked(self, flight: Flight | None) -> Iterator[None]:
        """What is in the air behind a batch that fails has left too, and nobody waits for its answer any more."""
        try:
            yield
        except SyncError:
            if flight is not None:
                self._left(flight)
            raise

    def _left(self, flight: Flight) -> None:
        """It left, and no answer came: it may have arrived."""
        self._store.exchange.sent([change.id for change in flight.batch], flight.left_at)

    def _land_halves(self, line: ThreadPoolExecutor, sending: Sending, flight: Flight, fault: GatewayError) -> None:
        batch = flight.batch
        if len(batch) == 1:
            self._suspect(flight, fault, sending)
            return
        middle = len(batch) // 2
        for half in (batch[:middle], batch[middle:]):
            if free := [change for change in half if change.record not in sending.waiting]:
                self._land(line, sending, self._off(line, sending, free))

    def _suspect(self, flight: Flight, fault: GatewayError, sending: Sending) -> None:
        """A lone op that the gateway failed on waits; whether it is the cause is known when others were answered."""
        if fault.status == TOO_LARGE:
            self._blame(flight, fault, sending)
            return
        sending.suspects.append((flight, fault))
        sending.waiting.add(flight.batch[0].record)
        if len(sending.suspects) >= SICK and not sending.answered:
            raise fault

    def _ended(self, sending: Sending) -> Counter[str]:
        """Ops that failed alone have one try less; where the gateway failed on all of several, the fault is its own."""
        if len(sending.suspects) > 1 and not sending.answered:
            raise sending.suspects[0][1]
        for flight, fault in sending.suspects:
            self._blame(flight, fault, sending)
        return sending.results

    def _blame(self, flight: Flight, fault: GatewayError, sending: Sending) -> None:
        (change,) = flight.batch
        result = OpResult(change.id, RETRY, 0, "fault", str(fault))
        self._take_in(flight, [self._failed(change, result, at_once=fault.status == TOO_LARGE)], sending)

    def _settle(self, flight: Flight, reply: PushReply, sending: Sending) -> None:
        batch = flight.batch
        if [one.op_id for one in reply.results] != [change.id for change in batch]:
            raise ProtocolError(tr("This is no answer of the City's gateway."))
        if all(one.code == PRINCIPAL for one in reply.results):  # the sign-in changed on the way: no answer for them
            raise SignInError(tr("You are signed in as somebody else; your work waits for your own sign-in."))
        sending.answered = True
        settled = [
            self._failed(change, one, at_once=False) if one.status == RETRY else _settled(one)
            for change, one in zip(batch, reply.results, strict=True)
        ]
        advances = [Advance(head.bucket, head.before, head.after, head.records) for head in reply.heads]
        self._take_in(flight, settled, sending, advances)
        for sha256 in reply.missing:
            if self._store.blobs.has(sha256):
                self._store.blobs.unconfirm(sha256)

    def _take_in(
        self, flight: Flight, settled: Sequence[Settled], sending: Sending, advances: Sequence[Advance] = ()
    ) -> None:
        self._store.exchange.settle(Answers(settled, flight.left_at, sending.epoch, advances))
        sending.waiting |= {
            change.record
            for change, one in zip(flight.batch, settled, strict=True)
            if one.status in {BLOCKED, RETRY, PARKED, RECEIVED}
        }
        sending.results.update(one.status for one in settled)

    def _failed(self, change: Outgoing, result: OpResult, at_once: bool) -> Settled:
        """An op that the gateway answered but could not judge: again later, or laid aside for a person."""
        tries = {entry.change.id: entry.attempts for entry in self._store.history(change.record)}
        lasting = at_once or tries.get(change.id, 0) + 1 >= TRIES
        return Settled(change.id, PARKED if lasting else RETRY, 0, result.code, result.message)


def _settled(one: OpResult) -> Settled:
    """An answer as the store takes it. A newer gateway's, which is not known here, leaves the op where it is: it goes
    again, under its id, until a newer FieldApp understands what is said."""
    if one.status not in ANSWERS:
        return Settled(one.op_id, RECEIVED, one.rev, one.code or one.status, one.message, {}, one.at)
    return Settled(one.op_id, one.status, one.rev, one.code, one.message, one.edits, one.at, one.path, one.authors)
