"""GatewayClient: RemoteApi over HTTP."""

from __future__ import annotations

import secrets
from typing import TypeVar
from urllib.parse import quote

from fieldapp.errors import GatewayError, ProtocolError, RevokedError, UpgradeError
from fieldapp.texts import tr
from sync.adapters.http import Answer, Http
from sync.adapters.tokens import TokenSource
from sync.newer import pull_reply
from sync.wire import (
    CHUNK,
    MAX_BODY,
    PROTOCOL,
    BlobStatus,
    Fleet,
    GivenStandIn,
    Hello,
    HistoryReply,
    KeyPart,
    NumbersReply,
    NumbersRequest,
    Order,
    PublishedService,
    PullReply,
    PullRequest,
    PushReply,
    PushRequest,
    RecordReply,
    ReportReply,
    ReportRequest,
    SignedOrder,
    SignedTrail,
    StandIns,
    decoded,
    encoded,
)

JSON = {"Content-Type": "application/json"}
BYTES = {"Content-Type": "application/octet-stream"}
Message = TypeVar("Message")


class GatewayClient:
    """The City's gateway at an address, as the person whose token, or source of tokens, is given."""

    def __init__(self, url: str, token: str | TokenSource) -> None:
        self._http = Http(url, token)

    def hello(self, device: str = "") -> Hello:
        """Ask with a nonce: a captive portal's answer, or a cached one, cannot give it back."""
        nonce = secrets.token_hex(8)
        self._http.introduce(device)
        try:
            said = _message(Hello, self._http.send("GET", f"/v1/hello?nonce={nonce}"))
        except RevokedError as fault:
            raise fault if _is_new(fault.order, nonce) else _foreign() from fault
        if said.nonce != nonce:
            raise _foreign()
        if said.protocol != PROTOCOL:
            raise UpgradeError(tr("The City speaks a newer version of the messages. Please update FieldApp."))
        return said

    def push(self, request: PushRequest) -> PushReply:
        """Send ops; their results."""
        body = encoded(request)
        if len(body) > MAX_BODY:  # it would be refused while it is sent, which looks like a cut line
            raise GatewayError(tr("This message is too large."), 413)
        return _message(PushReply, self._http.send("POST", "/v1/push", body, headers=JSON))

    def report(self, request: ReportRequest) -> ReportReply:
        """Tell what belongs to the journal beside its ops."""
        return _message(ReportReply, self._http.send("POST", "/v1/report", encoded(request), headers=JSON))

    def fleet(self) -> Fleet:
        """How the laptops stand that this supervisor looks after."""
        return _message(Fleet, self._http.send("GET", "/v1/fleet"))

    def stand_ins(self) -> StandIns:
        """Who stands in for whom."""
        return _message(StandIns, self._http.send("GET", "/v1/stand-ins"))

    def let_stand_in(self, given: GivenStandIn) -> StandIns:
        """Let somebody stand in for this supervisor."""
        return _message(StandIns, self._http.send("POST", "/v1/stand-ins", encoded(given), headers=JSON))

    def end_stand_in(self, id_: str) -> StandIns:
        """End what this supervisor gave."""
        return _message(StandIns, self._http.send("DELETE", f"/v1/stand-ins/{quote(id_, safe='')}"))

    def pull(self, request: PullRequest) -> PullReply:
        """What changed since."""
        return pull_reply(_json(self._http.send("POST", "/v1/pull", encoded(request), headers=JSON)))

    def history(self, record: str) -> HistoryReply:
        """The audit trail of a record."""
        return _message(HistoryReply, self._http.send("GET", f"/v1/records/{quote(record, safe='')}/history"))

    def trail(self, record: str, known: int) -> SignedTrail:
        """The audit trail of a record with its proof."""
        return _message(
            SignedTrail, self._http.send("GET", f"/v1/records/{quote(record, safe='')}/trail?known={known}")
        )

    def numbers(self, request: NumbersRequest) -> NumbersReply:
        """Reserve official numbers, and give account of reserved ones."""
        return _message(NumbersReply, self._http.send("POST", "/v1/numbers", encoded(request), headers=JSON))

    def record(self, record: str) -> RecordReply:
        """A record by its id."""
        return _message(RecordReply, self._http.send("GET", f"/v1/records/{quote(record, safe='')}"))

    def blob_status(self, sha256: str) -> BlobStatus:
        """How much of a file is there."""
        return _status(sha256, self._http.send("HEAD", f"/v1/blob/{sha256}", expect=(404,)))

    def put_blob(self, sha256: str, offset: int, size: int, data: bytes) -> BlobStatus:
        """Write a piece of a file; 409 carries the true offset."""
        headers = {**BYTES, "Upload-Offset": str(offset), "Upload-Length": str(size)}
        way = f"/v1/blob/{sha256}"  # photos are packed already
        answer = self._http.send("PATCH", way, data, headers=headers, expect=(404, 409), packable=False)
        return _status(sha256, answer)

    def get_blob(self, sha256: str, offset: int, most: int = CHUNK) -> bytes:
        """A piece of a file."""
        return _bytes(self._http.send("GET", f"/v1/blob/{sha256}?offset={offset}&most={most}"))

    def get_layer(self, sha256: str, offset: int, most: int = CHUNK) -> bytes:
        """A piece of a reference layer's file."""
        return _bytes(self._http.send("GET", f"/v1/layers/{sha256}?offset={offset}&most={most}"))

    def get_form(self, service: str, version: str, offset: int) -> bytes:
        """A piece of a form's package."""
        way = f"/v1/forms/{quote(service, safe='')}/{quote(version, safe='')}?offset={offset}"
        return _bytes(self._http.send("GET", way))

    def publish(self, service: str, package: bytes) -> PublishedService:
        """Publish a service. GatewayError, with every problem, when the City does not take it."""
        way = f"/v1/services/{quote(service, safe='')}"
        return _message(PublishedService, self._http.send("PUT", way, package, headers=BYTES, packable=False))

    def keep_part(self, name: str, part: str) -> None:
        """Let the City keep a part of this laptop's key."""
        self._http.send("PUT", f"/v1/keys/{quote(name, safe='')}", encoded(KeyPart(part)), headers=JSON)

    def part(self, name: str) -> str:
        """The part that the City keeps; "" for none."""
        return _message(KeyPart, self._http.send("GET", f"/v1/keys/{quote(name, safe='')}")).part

    def close(self) -> None:
        """Drop the connections."""
        self._http.close()


def _foreign() -> ProtocolError:
    return ProtocolError(tr("Something between here and the City answered in its place (a sign-in page?)."))


def _is_new(order: object, nonce: str) -> bool:
    """Whether an order was made for this very request. Who signed it is looked at by whoever obeys."""
    return isinstance(order, SignedOrder) and decoded(Order, order.text.encode()).nonce == nonce


def _bytes(answer: Answer) -> bytes:
    if answer.headers.get("Content-Type") != BYTES["Content-Type"]:
        raise ProtocolError(tr("This is no answer of the City's gateway."))
    return answer.body


def _message(kind: type[Message], answer: Answer) -> Message:
    return decoded(kind, _json(answer))


def _json(answer: Answer) -> bytes:
    if not answer.headers.get("Content-Type", "").startswith("application/json"):
        raise ProtocolError(tr("Something between here and the City answered in its place (a sign-in page?)."))
    return answer.body


def _status(sha256: str, answer: Answer) -> BlobStatus:
    offset, complete = answer.headers.get("Upload-Offset", ""), answer.headers.get("Upload-Complete") == "?1"
    if not offset.isdecimal():
        raise ProtocolError(tr("This is no answer of the City's gateway."))
    return BlobStatus(sha256, int(offset), complete, announced=answer.status != 404)
