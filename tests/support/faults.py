"""A bad line between laptop and gateway: fakes with behaviour, each the real gateway behind a fault."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeVar

from fieldapp.errors import GatewayError, OfflineError
from sync.api import RemoteApi
from sync.wire import (
    CHUNK,
    BlobStatus,
    FeedRow,
    Fleet,
    GivenStandIn,
    Hello,
    HistoryReply,
    NumbersReply,
    NumbersRequest,
    PullReply,
    PullRequest,
    PushReply,
    PushRequest,
    RecordReply,
    ReportReply,
    ReportRequest,
    SignedTrail,
    StandIns,
)

Reply = TypeVar("Reply")
Ask = Callable[[], object]


class Line:
    """A line to a gateway. `carry` decides what becomes of one request: by default it goes through."""

    def over(self, api: RemoteApi) -> RemoteApi:
        """`api` behind this line."""
        return _Behind(self, api)

    def carry(self, _name: str, ask: Callable[[], Reply]) -> Reply:
        """One request and its answer."""
        return ask()


@dataclass
class Counting(Line):
    """Counts what is asked."""

    requests: list[str] = field(default_factory=list)

    def carry(self, name: str, ask: Callable[[], Reply]) -> Reply:
        """Note it and let it through."""
        self.requests.append(name)
        return ask()


@dataclass
class Capturing(Line):
    """Keeps every row that comes over it."""

    rows: list[FeedRow] = field(default_factory=list)

    def carry(self, _name: str, ask: Callable[[], Reply]) -> Reply:
        """Let it through, and keep what it brought."""
        reply = ask()
        if isinstance(reply, PullReply):
            self.rows += [row for page in reply.pages for row in page.rows]
        return reply


@dataclass
class LosesEachAnswerOnce(Line):
    """Every second answer is lost after the gateway did the work: each piece of work is answered at the second try."""

    names: frozenset[str] = frozenset({"push", "pull", "put_blob", "numbers"})
    lost: set[str] = field(default_factory=set)

    def carry(self, name: str, ask: Callable[[], Reply]) -> Reply:
        """Do it; lose the answer if the last one of its kind came through."""
        reply = ask()
        if name not in self.names or name in self.lost:
            self.lost.discard(name)
            return reply
        self.lost.add(name)
        raise OfflineError("the answer was lost")


@dataclass
class Lossy(Line):
    """Loses requests and answers by chance, the same for a seed."""

    seed: int
    loss: float = 0.1
    chance: random.Random = field(init=False)

    def __post_init__(self) -> None:
        self.chance = random.Random(self.seed)

    def carry(self, _name: str, ask: Callable[[], Reply]) -> Reply:
        """Lose the request, or the answer, or neither."""
        if self.chance.random() < self.loss:
            raise OfflineError("the request was lost")
        reply = ask()
        if self.chance.random() < self.loss:
            raise OfflineError("the answer was lost")
        return reply


@dataclass
class Fails(Line):
    """Requests that `when` picks, by their number and name, fail with `error` before they reach the gateway."""

    when: Callable[[int, str], bool]
    error: Callable[[], Exception] = lambda: OfflineError("cut")
    count: int = 0

    def carry(self, name: str, ask: Callable[[], Reply]) -> Reply:
        """Fail or let through."""
        self.count += 1
        if self.when(self.count, name):
            raise self.error()
        return ask()


@dataclass
class Chokes:
    """A gateway that fails as a whole on every push with one of these ops in it."""

    ops: set[str]
    status: int = 500
    pushes: list[int] = field(default_factory=list)  # how many ops each push had

    def over(self, api: RemoteApi) -> RemoteApi:
        """`api` with this weakness."""
        return _Choking(self, api)


class _Behind:
    def __init__(self, line: Line, api: RemoteApi) -> None:
        self._line = line
        self._api = api

    def hello(self, device: str = "") -> Hello:
        return self._line.carry("hello", lambda: self._api.hello(device))

    def push(self, request: PushRequest) -> PushReply:
        return self._line.carry("push", lambda: self._api.push(request))

    def report(self, request: ReportRequest) -> ReportReply:
        return self._line.carry("report", lambda: self._api.report(request))

    def fleet(self) -> Fleet:
        return self._line.carry("fleet", self._api.fleet)

    def stand_ins(self) -> StandIns:
        return self._line.carry("stand_ins", self._api.stand_ins)

    def let_stand_in(self, given: GivenStandIn) -> StandIns:
        return self._line.carry("let_stand_in", lambda: self._api.let_stand_in(given))

    def end_stand_in(self, id_: str) -> StandIns:
        return self._line.carry("end_stand_in", lambda: self._api.end_stand_in(id_))

    def pull(self, request: PullRequest) -> PullReply:
        return self._line.carry("pull", lambda: self._api.pull(request))

    def numbers(self, request: NumbersRequest) -> NumbersReply:
        return self._line.carry("numbers", lambda: self._api.numbers(request))

    def history(self, record: str) -> HistoryReply:
        return self._line.carry("history", lambda: self._api.history(record))

    def trail(self, record: str, known: int) -> SignedTrail:
        return self._line.carry("trail", lambda: self._api.trail(record, known))

    def record(self, record: str) -> RecordReply:
        return self._line.carry("record", lambda: self._api.record(record))

    def blob_status(self, sha256: str) -> BlobStatus:
        return self._line.carry("blob_status", lambda: self._api.blob_status(sha256))

    def put_blob(self, sha256: str, offset: int, size: int, data: bytes) -> BlobStatus:
        return self._line.carry("put_blob", lambda: self._api.put_blob(sha256, offset, size, data))

    def get_form(self, service: str, version: str, offset: int) -> bytes:
        return self._line.carry("get_form", lambda: self._api.get_form(service, version, offset))

    def get_layer(self, sha256: str, offset: int, most: int = CHUNK) -> bytes:
        return self._line.carry("get_layer", lambda: self._api.get_layer(sha256, offset, most))

    def get_blob(self, sha256: str, offset: int, most: int = CHUNK) -> bytes:
        return self._line.carry("get_blob", lambda: self._api.get_blob(sha256, offset, most))


class _Choking(_Behind):
    def __init__(self, weakness: Chokes, api: RemoteApi) -> None:
        super().__init__(Line(), api)
        self._weakness = weakness

    def push(self, request: PushRequest) -> PushReply:
        self._weakness.pushes.append(len(request.ops))
        if self._weakness.ops & {op["id"] for op in request.ops}:
            raise GatewayError("choked", self._weakness.status)
        return super().push(request)
