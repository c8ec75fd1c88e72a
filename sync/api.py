"""RemoteApi: what a laptop may ask of the City's gateway, as one person.

`GatewayService.as_(person)` gives one in process, `GatewayClient` one over HTTP; the engine and its tests do not know
which they have. Every method may raise OfflineError, BusyError, SignInError, RevokedError, UpgradeError and
ProtocolError; `push` and `pull` also EpochError; `push` and the blobs also GatewayError, for this one request.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:  # the messages bring pydantic along, which no screen needs to know their names
    from sync.wire import (
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


class KeyParts(Protocol):
    """What the City keeps so that a person who forgot their PIN gets into their own laptop again."""

    def keep_part(self, name: str, part: str) -> None:
        """Keep the person's part of the key called `name`. When it returns, it is durable there."""
        ...

    def part(self, name: str) -> str:
        """The part that this person gave; "" for none."""
        ...


class RemoteApi(Protocol):
    """The City's gateway, as one signed-in person sees it."""

    def hello(self, device: str = "") -> Hello:
        """Whether it is there, and which history it continues. `device` says which laptop asks."""
        ...

    def push(self, request: PushRequest) -> PushReply:
        """Judge these ops, each on its own. When it returns, the results are durable there."""
        ...

    def report(self, request: ReportRequest) -> ReportReply:
        """Tell what belongs to the journal beside its ops. When it returns, what it names is durable there."""
        ...

    def fleet(self) -> Fleet:
        """How the laptops stand that this supervisor looks after; GatewayError for anybody else."""
        ...

    def stand_ins(self) -> StandIns:
        """Who stands in for whom; GatewayError for whoever is no supervisor."""
        ...

    def let_stand_in(self, given: GivenStandIn) -> StandIns:
        """Let somebody stand in for this supervisor; GatewayError, in words, where that cannot be. The same again is
        one."""
        ...

    def end_stand_in(self, id_: str) -> StandIns:
        """End what this supervisor gave; GatewayError for what another one gave."""
        ...

    def pull(self, request: PullRequest) -> PullReply:
        """What changed since, in this person's scope."""
        ...

    def history(self, record: str) -> HistoryReply:
        """The audit trail of a record in this person's scope; of others, and of unknown ones, it is empty."""
        ...

    def trail(self, record: str, known: int) -> SignedTrail:
        """The audit trail with its proof, signed. `known` is the number of the newest block that was seen before, 0 for
        none. Of others' and unknown records it has no op."""
        ...

    def numbers(self, request: NumbersRequest) -> NumbersReply:
        """Reserve official numbers, and say what became of reserved ones. When it returns, it is durable there."""

    def record(self, record: str) -> RecordReply:
        """A record in this person's scope, by its id: one that left the laptop is brought back."""
        ...

    def blob_status(self, sha256: str) -> BlobStatus:
        """How much of a file is there."""
        ...

    def put_blob(self, sha256: str, offset: int, size: int, data: bytes) -> BlobStatus:
        """Write a piece of a file of `size` bytes, durably. At another offset than the gateway's own nothing is
        written, and when the whole does not hash to `sha256` all of it is dropped: the status tells."""
        ...

    def get_form(self, service: str, version: str, offset: int) -> bytes:
        """At most CHUNK bytes of the package of a form's version from `offset` on; empty at its end, and for what the
        City never had."""
        ...

    def get_layer(self, sha256: str, offset: int, most: int = ...) -> bytes:
        """At most `most` bytes of the file of a reference layer from `offset` on; empty at its end, and for what is no
        layer of today."""
        ...

    def get_blob(self, sha256: str, offset: int, most: int = ...) -> bytes:
        """At most `most` bytes of a file from `offset` on; empty at its end, and for what this person may not see."""
        ...
