"""A gateway behind a network switch: what is asked of it, as long as the plug is in."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from fieldapp.errors import OfflineError
from fieldapp.texts import tr
from sync.api import RemoteApi
from sync.switch import Switch
from sync.wire import (
    CHUNK,
    BlobStatus,
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


def behind(switch: Switch, api: RemoteApi) -> RemoteApi:
    """`api` as it answers behind this switch: OfflineError while that is off."""
    return _Switched(switch, api)


class _Switched:
    def __init__(self, switch: Switch, api: RemoteApi) -> None:
        self._switch = switch
        self._api = api

    def _ask(self, act: Callable[[RemoteApi], Reply]) -> Reply:
        if not self._switch.plugged:
            raise OfflineError(tr("The City does not answer."))
        return act(self._api)

    def hello(self, device: str = "") -> Hello:
        return self._ask(lambda api: api.hello(device))

    def push(self, request: PushRequest) -> PushReply:
        return self._ask(lambda api: api.push(request))

    def report(self, request: ReportRequest) -> ReportReply:
        return self._ask(lambda api: api.report(request))

    def fleet(self) -> Fleet:
        return self._ask(lambda api: api.fleet())

    def stand_ins(self) -> StandIns:
        return self._ask(lambda api: api.stand_ins())

    def let_stand_in(self, given: GivenStandIn) -> StandIns:
        return self._ask(lambda api: api.let_stand_in(given))

    def end_stand_in(self, id_: str) -> StandIns:
        return self._ask(lambda api: api.end_stand_in(id_))

    def pull(self, request: PullRequest) -> PullReply:
        return self._ask(lambda api: api.pull(request))

    def history(self, record: str) -> HistoryReply:
        return self._ask(lambda api: api.history(record))

    def trail(self, record: str, known: int) -> SignedTrail:
        return self._ask(lambda api: api.trail(record, known))

    def numbers(self, request: NumbersRequest) -> NumbersReply:
        return self._ask(lambda api: api.numbers(request))

    def record(self, record: str) -> RecordReply:
        return self._ask(lambda api: api.record(record))

    def blob_status(self, sha256: str) -> BlobStatus:
        return self._ask(lambda api: api.blob_status(sha256))

    def put_blob(self, sha256: str, offset: int, size: int, data: bytes) -> BlobStatus:
        return self._ask(lambda api: api.put_blob(sha256, offset, size, data))

    def get_form(self, service: str, version: str, offset: int) -> bytes:
        return self._ask(lambda api: api.get_form(service, version, offset))

    def get_layer(self, sha256: str, offset: int, most: int = CHUNK) -> bytes:
        return self._ask(lambda api: api.get_layer(sha256, offset, most))

    def get_blob(self, sha256: str, offset: int, most: int = CHUNK) -> bytes:
        return self._ask(lambda api: api.get_blob(sha256, offset, most))
