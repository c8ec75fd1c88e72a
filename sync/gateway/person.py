"""PersonApi: the gateway as one person sees it. Roles and scope are looked at anew on each request."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeVar

from fieldapp.access import SUPERVISOR, acting, has_role, may_see_fleet
from fieldapp.errors import EpochError, GatewayError, RevokedError
from fieldapp.records import STATE, Person, plain
from fieldapp.texts import tr
from sync.gateway import alarms, disputes, feed, fleet, ledger, reports, standing_in, trails
from sync.gateway.batch import Batch
from sync.gateway.filestore import SHA256
from sync.gateway.ledger import Received
from sync.gateway.numbers import Blocks
from sync.gateway.scope import sees
from sync.gateway.transactions import LISTED, RacedError, listed
from sync.wire import (
    CHUNK,
    MAX_CHUNK,
    MAX_FILE,
    MAX_OPS,
    MAX_ROWS,
    PROTOCOL,
    BlobStatus,
    FeedRow,
    Fleet,
    GivenStandIn,
    Hello,
    HistoryEntry,
    HistoryReply,
    NumbersReply,
    NumbersRequest,
    PublishedService,
    PullReply,
    PullRequest,
    PushReply,
    PushRequest,
    RecordReply,
    ReportReply,
    ReportRequest,
    SignedTrail,
    StandIns,
    Written,
)

if TYPE_CHECKING:
    from sync.gateway.service import GatewayService  # which makes one for each caller

Reply = TypeVar("Reply")
TOO_LARGE, FORBIDDEN = 413, 403
RACES = 4  # in a row that a write loses to other processes before its laptop is told to come again


@dataclass(frozen=True)
class PersonApi:
    """RemoteApi in process. Roles and scope are looked at anew on each request, never remembered."""

    service: GatewayService
    person: Person
    device: str = ""

    def hello(self, device: str = "", nonce: str = "") -> Hello:
        """Who answers, and for whom."""
        service = self.service
        self._admit(device, nonce=nonce)
        now, names = service.now(), service.people.names()
        fleet.hear(service.database, device or self.device, self.person.id, now)
        leads = has_role(self.person, frozenset({SUPERVISOR}))
        known = alarms.open_ones(service.database, now) if leads else ()
        roles = service.people.roles() if leads else {}  # who gives work out knows who can do it
        key = service.revocations.public_key()
        me = service.delegations.with_absences(self.person, now)
        who = Hello(service.city, PROTOCOL, service.database.epoch, now, me, names, roles, key=key, alarms=known)
        return replace(who, geocoder=service.geocoder, live=service.live)

    def push(self, request: PushRequest) -> PushReply:
        """Judge the ops in one durable transaction."""
        self._admit(request.device, sending=True)
        self._check_epoch(request.epoch)
        if len(request.ops) > MAX_OPS:
            raise GatewayError(tr("Too many changes in one message."), TOO_LARGE)
        received = [Received.of(op) for op in request.ops]
        return _again(lambda: self._judged(received, request))

    def _judged(self, received: list[Received], request: PushRequest) -> PushReply:
        service, me = self.service, self._me()
        with service.database.write(self.person.id) as tx:
            batch = Batch(tx, service.catalogue, service.forms, me, service.now())
            results = batch.take(received)
        service.judged(results)
        if batch.bookings.untold:
            service.tell_bookings()
        return PushReply(results, self._missing(request), batch.heads)

    def publish(self, name: str, package: bytes) -> PublishedService:
        """Take a service that this person publishes: a new one, or a new version."""
        self._admit(sending=True)
        taken = self.service.publish(self.person, name, package)
        return PublishedService(taken.id, taken.form_version)

    def report(self, request: ReportRequest) -> ReportReply:
        """Note what belongs to the journal beside its ops, in one durable transaction."""
        if request.erasing:
            self.service.revocations.obeyed(request.device, self.person.id, self.service.now())
        me = self._me() if self._is_let_in(request.device) else replace(self.person, roles=frozenset())
        with self.service.database.write(self.person.id) as tx:
            return reports.taken(tx, request, me, self.service.now())

    def fleet(self) -> Fleet:
        """The laptops of whom this supervisor looks after."""
        self._admit()
        me = self._me()
        if not may_see_fleet(me):
            raise GatewayError(tr("This is for supervisors."), FORBIDDEN)
        return fleet.seen_by(self.service.database, me, self.service.now())

    def stand_ins(self) -> StandIns:
        """Who stands in for whom, for a supervisor."""
        self._admit()
        service = self.service
        return standing_in.all_standing(service.delegations, service.people, self.person, service.now())

    def let_stand_in(self, given: GivenStandIn) -> StandIns:
        """Let somebody stand in for this supervisor."""
        self._admit(sending=True)
        service = self.service
        return standing_in.give(service.delegations, service.people, self.person, given, service.now())

    def end_stand_in(self, id_: str) -> StandIns:
        """End what this supervisor gave."""
        self._admit(sending=True)
        service = self.service
        return standing_in.withdraw(service.delegations, service.people, self.person, id_, service.now())

    def pull(self, request: PullRequest) -> PullReply:
        """What changed in this person's buckets."""
        self._admit()
        epoch = self._check_epoch(request.epoch)
        bounded = replace(request, limit=max(1, min(request.limit, MAX_ROWS)))
        me = self._me()
        with self.service.database.snapshot() as reader:
            reply = feed.page(reader, me, bounded, epoch)
            news = disputes.told(reader, me, request.disputes, self.service.now())
            return replace(reply, disputes=news)

    def history(self, record: str) -> HistoryReply:
        """The record's audit trail, if it is in this person's scope."""
        self._admit()
        me = self._me()
        with self.service.database.snapshot() as reader:
            found = reader.execute("SELECT bucket FROM record WHERE id = ?", (record,)).fetchone()
            if found is None or not sees(me, found[0]):
                return HistoryReply(record, ())
            entries = ledger.history(reader, record)
        return HistoryReply(record, tuple(HistoryEntry(op, result) for op, result in entries))

    def trail(self, record: str, known: int) -> SignedTrail:
        """The record's audit trail with its proof, if it is in this person's scope."""
        self._admit()
        service = self.service
        found = service.database.read("SELECT bucket FROM record WHERE id = ?", (record,))
        seen = bool(found) and sees(self._me(), found[0][0])
        text = trails.trail_text(service.database, record, known, service.now(), seen=seen)
        return SignedTrail(text, service.revocations.sign(text))

    def numbers(self, request: NumbersRequest) -> NumbersReply:
        """Reserve official numbers, and take down what became of reserved ones, in one durable transaction."""
        self._admit(request.device, sending=True)
        if len(request.asks) + len(request.ended) + len(request.spoilt) + len(request.held) > MAX_OPS:
            raise GatewayError(tr("Too many numbers in one message."), TOO_LARGE)
        return _again(lambda: self._numbered(request))

    def _numbered(self, request: NumbersRequest) -> NumbersReply:
        service = self.service
        with service.database.write(self.person.id) as tx:
            return Blocks(tx, service.catalogue, self.person, request.device, service.now()).answer(request)

    def record(self, record: str) -> RecordReply:
        """The record as it stands, if it is in this person's scope. What is handed off is given to nobody again."""
        self._admit()
        sql = "SELECT bucket, rev, service, form_version, fields, at FROM record WHERE id = ?"
        found = self.service.database.read(sql, (record,))
        if not found or not sees(self._me(), found[0][0]):
            return RecordReply(None)
        _, rev, service, version, fields, at = found[0]
        if (service, plain(fields).get(STATE)) in self.service.catalogue.handed_off():
            return RecordReply(None)
        return RecordReply(FeedRow(record, rev, service, version, Written(fields), at=at))

    def blob_status(self, sha256: str) -> BlobStatus:
        """How much of a file is here; of a file that no op named, nothing."""
        self._admit(sending=True)
        sizes = self._announced(sha256)
        if not sizes:
            return BlobStatus(sha256, 0, complete=False, announced=False)
        status = self.service.files.status(sha256)
        if not status.complete and status.offset in sizes:  # all of it came, and the gateway ended before its hash
            return self.service.files.put(sha256, status.offset, status.offset, b"")
        return status

    def put_blob(self, sha256: str, offset: int, size: int, data: bytes) -> BlobStatus:
        """Write a piece of a file that an op has named, with the size that the op said."""
        self._admit(sending=True)
        if size > MAX_FILE:
            raise GatewayError(tr("This file is too large."), TOO_LARGE)
        sizes = self._announced(sha256)
        if size not in sizes:
            return BlobStatus(sha256, 0, complete=False, announced=bool(sizes))
        return self.service.files.put(sha256, offset, size, data)

    def get_blob(self, sha256: str, offset: int, most: int = CHUNK) -> bytes:
        """A piece of a file that belongs to a record in this person's scope."""
        self._admit()
        sql = "SELECT r.bucket FROM attachment a JOIN record r ON r.id = a.record WHERE a.sha256 = ?"
        buckets = self.service.database.read(sql, (sha256,))
        me = self._me()
        seen = any(sees(me, bucket) for (bucket,) in buckets)
        return self.service.files.read(sha256, offset, min(most, MAX_CHUNK)) if seen else b""

    def get_form(self, service: str, version: str, offset: int) -> bytes:
        """A piece of a form's package: forms are for all staff."""
        self._admit()
        catalogue = self.service.catalogue
        if service not in catalogue:
            return b""
        return self.service.forms.package(catalogue.get(service), version)[offset : offset + CHUNK]

    def get_layer(self, sha256: str, offset: int, most: int = CHUNK) -> bytes:
        """A piece of a layer's file: layers are public data, for all staff."""
        self._admit()
        return self.service.layers.read(sha256, offset, most)

    def keep_part(self, name: str, part: str) -> None:
        """Keep this person's part of the key of a laptop."""
        self._admit()
        self.service.recovery.keep(self.person.id, name, part, self.service.now())

    def part(self, name: str) -> str:
        """This person's part of the key of a laptop; "" for none."""
        self._admit()
        return self.service.recovery.part(self.person.id, name)

    def _me(self) -> Person:
        """The person with the absences that they stand in for now."""
        now = self.service.now()
        return acting(self.service.delegations.with_absences(self.person, now), now)

    def _admit(self, device: str = "", *, sending: bool = False, nonce: str = "") -> None:
        """RevokedError for whom the City keeps out."""
        known = {name for name in (device, self.device) if name} or {""}
        for name in known:  # a laptop that says two names is kept out by either
            self.service.revocations.admit(name, self.person.id, sending=sending, nonce=nonce)

    def _is_let_in(self, device: str) -> bool:
        """Whether the City keeps them out: what they tell is noted all the same, and commands nothing."""
        try:
            self._admit(device)
        except RevokedError:
            return False
        return True

    def _check_epoch(self, epoch: str) -> str:
        """The City's epoch; EpochError when the caller knows another."""
        current = self.service.database.epoch
        if epoch and epoch != current:
            raise EpochError(tr("The City's records were restored from a backup; comparing everything anew."))
        return current

    def _announced(self, sha256: str) -> set[int]:
        """The sizes that ops said of this file; none when no op named it."""
        if not SHA256.fullmatch(sha256):
            return set()
        found = self.service.database.read("SELECT size FROM attachment WHERE sha256 = ?", (sha256,))
        return {size for (size,) in found}

    def _missing(self, request: PushRequest) -> tuple[str, ...]:
        named = {str(file.get("sha256")) for op in request.ops for file in _files(op.get("attachments"))}
        if not named:
            return ()
        sql = f"SELECT DISTINCT sha256 FROM attachment WHERE sha256 IN {LISTED}"
        announced = {
            sha256 for (sha256,) in self.service.database.read(sql, (listed(named),)) if SHA256.fullmatch(sha256)
        }
        return tuple(sorted(announced - self.service.files.whole(announced)))


def _again(write: Callable[[], Reply]) -> Reply:
    """Write, and where other processes were faster, once more with what they wrote."""
    for _ in range(RACES):
        try:
            return write()
        except RacedError:
            continue
    return write()


def _files(attachments: object) -> list[dict[str, object]]:
    found = attachments if isinstance(attachments, (list, tuple)) else ()
    return [file for file in found if isinstance(file, dict)]
