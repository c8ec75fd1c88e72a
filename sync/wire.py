"""The messages between a laptop and the City's gateway: frozen dataclasses, request and reply side by side.

At the border they are JSON: `encoded` writes one, `decoded` reads and checks one. Keys that a newer side added are
passed over; the ops of a push and the fields of a record are kept whole, so what an old FieldApp does not know comes
back as it was. The meaning of each message: PROTOCOL.md.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Annotated, Any, TypeVar

import orjson
from pydantic import Field, TypeAdapter, ValidationError

from fieldapp.errors import ProtocolError
from fieldapp.records import Change, Edits, Person, plain
from fieldapp.store import Disputes, OddRow, RemoteRow
from fieldapp.texts import tr
from sync.bounded import (
    MAX_BUCKETS,
    Before,
    Label,
    Line,
    Name,
    Number,
    Part,
    Printed,
    Reached,
    Size,
    UpTo,
    Word,
    check_bounds,
)

PROTOCOL = 1
MAX_OPS = 500
MAX_BYTES = 1 << 20  # of ops in one push, as JSON
MAX_BODY = 4 << 20  # of any one message, unpacked
MAX_ROWS = 1000  # of rows in one pull
CHUNK = 1 << 20  # of a file in one request, to begin with
MIN_CHUNK, MAX_CHUNK = 256 << 10, 8 << 20  # and within these bounds as the line carries
MAX_FILE = 256 << 20  # of one file

APPLIED, MERGED, NOOP = "applied", "merged", "noop"
CONFLICT, REJECTED, PARKED = "conflict", "rejected", "parked"
BLOCKED, RETRY = "blocked", "retry"
ANSWERS = frozenset({APPLIED, MERGED, NOOP, CONFLICT, REJECTED, PARKED, BLOCKED, RETRY})
RECEIVED = "received"  # what a laptop takes any other answer for: the City has the op, and will say more one day
ALTERED, FORK, GAP, UNLINKED = "altered", "fork", "gap", "unlinked"  # alarms

ASSIGNED, DESK, FORMS, REF = "assigned", "desk", "forms", "ref"  # kinds of buckets besides wards
RESYNC, START = "resync", "start"  # what else a laptop understands in a reply to its pull
KNOWS = (ASSIGNED, DESK, FORMS, REF, RESYNC, START)

Message = TypeVar("Message")
_adapters: dict[Any, TypeAdapter[Any]] = {}
Op = Mapping[str, Any]  # a Change's payload, with whatever else a newer FieldApp put in


class Written(Mapping[str, Any]):
    """An op, or a record's fields, as the database has them: canonical text, which goes out as it is. It is read when
    somebody looks inside."""

    __slots__ = ("text",)

    def __init__(self, text: str) -> None:
        self.text = text

    def read(self) -> dict[str, Any]:
        """What is written."""
        values: dict[str, Any] = plain(self.text)
        return values

    def __getitem__(self, name: str) -> Any:
        return self.read()[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self.read())

    def __len__(self) -> int:
        return len(self.read())


@dataclass(frozen=True)
class Alarm:
    """What does not fit in a laptop's journal, as it arrived: work is taken all the same, and somebody has to look."""

    kind: str  # altered, fork, gap or unlinked
    person: str  # user id
    device: str
    place: int  # in the journal
    op: str  # id of the op that does not fit, "" for a gap
    at: str  # when the gateway noticed, a stamp
    settled_at: str = ""  # when a gap was filled


@dataclass(frozen=True)
class Alarms:
    """Those that are open."""

    open: tuple[Alarm, ...]


@dataclass(frozen=True)
class Hello:
    """Who answers, for whom, and which history of the City it continues."""

    city: str
    protocol: int
    epoch: str
    time: str  # the gateway's clock, a stamp
    person: Person
    names: Mapping[str, str] = field(default_factory=dict)  # colleagues' names by user id
    nonce: str = ""  # the caller's own, given back: no cache and no captive portal can know it
    key: str = ""  # with which orders of this City are checked (Ed25519, hex): believed at the first greeting only
    alarms: tuple[Alarm, ...] = ()  # that are open, for supervisors: the newest


@dataclass(frozen=True)
class Order:
    """What the City wants of a laptop that it withdrew. `nonce` is the laptop's own, of the request that it answers."""

    device: str
    person: str
    erase: bool  # the store, for good
    take_work: bool  # before that, what is unsent is sent
    at: str  # since when, a stamp
    nonce: str


@dataclass(frozen=True)
class SignedOrder:
    """An order as canonical JSON, and the signature over just this text (Ed25519, hex)."""

    text: str
    signature: str


@dataclass(frozen=True)
class KeyPart:
    """What the City keeps of a laptop's key for its person, in hex; "" for nothing."""

    part: str


@dataclass(frozen=True)
class GivenPart:
    """A part of a laptop's key, in hex, to keep for its person."""

    part: Part


@dataclass(frozen=True)
class PushRequest:
    """Changes to judge, in the order in which they were made."""

    device: str
    ops: Annotated[tuple[Mapping[str, Any], ...], Field(json_schema_extra={"maxItems": MAX_OPS})]
    epoch: str = ""  # "" before the first pull


@dataclass(frozen=True)
class OpResult:
    """The gateway's judgement of one op. A stored one is given again, word for word, when the op comes again."""

    op_id: str
    status: str
    rev: int = 0
    code: str = ""  # why it was refused, for programs
    message: str = ""  # and for people
    edits: Edits = field(default_factory=dict)  # what the record has beyond the op; for a conflict: the City's values
    at: str = ""  # the gateway's time of the judgement, a stamp
    path: str = ""  # the path of the answer that it was refused for
    authors: Mapping[str, tuple[str, str]] = field(default_factory=dict)  # of a conflict's `edits`: who, and when


@dataclass(frozen=True)
class Head:
    """A bucket that a push moved from one place of its feed to another. Whoever was at `before`, and knows these
    records as they are now, is at `after`: their rows need not come back to whom they came from."""

    bucket: str
    before: int
    after: int
    records: tuple[str, ...]


@dataclass(frozen=True)
class PushReply:
    """One result an op, in the order of the request."""

    results: tuple[OpResult, ...]
    missing: tuple[str, ...] = ()  # SHA-256s of files that these ops name and the gateway does not have whole
    heads: tuple[Head, ...] = ()  # how far the caller's buckets moved by these ops, and by nothing else


@dataclass(frozen=True)
class Start:
    """How far a bucket has been brought that was never pulled whole: by id, up to `after`. `as_of` is the feed's end
    as it was when this began, from where the bucket goes on when all of it is here."""

    as_of: Number
    after: Reached


@dataclass(frozen=True)
class GivenPlace:
    """An op that will never be sent: its place in its laptop's journal, and hashes."""

    id: Name
    device: Label
    digest: Part
    chain: Name
    place: Number
    before: Before


@dataclass(frozen=True)
class Happened:
    """What happened on a laptop beside Changes: what was shown, what left it."""

    id: Name
    kind: Name
    record: UpTo  # "" where it concerns several
    at: Label  # the laptop's clock
    detail: Mapping[Label, Line] = field(default_factory=dict)


@dataclass(frozen=True)
class ReportRequest:
    """What the City must know of a journal beside its ops."""

    device: Label
    given_up: tuple[GivenPlace, ...] = ()
    events: tuple[Happened, ...] = ()
    erasing: Label = ""  # the store is erased now, by the order of this time


@dataclass(frozen=True)
class ReportReply:
    """What of it the City has noted, for good."""

    taken: tuple[str, ...]  # ids


@dataclass(frozen=True)
class PullRequest:
    """What was pulled so far, bucket by bucket. Buckets of the person's scope that are not named start at 0."""

    buckets: Annotated[Mapping[str, Number], Field(max_length=MAX_BUCKETS)]
    limit: Size = MAX_ROWS  # fewer may come
    epoch: str = ""
    knows: tuple[str, ...] = ()  # what this laptop understands beyond rows of wards; an older one says nothing
    starts: Mapping[str, Start] = field(default_factory=dict)  # of buckets at 0 that have begun
    disputes: str = ""  # the digest of those that are known here


@dataclass(frozen=True)
class FeedRow(RemoteRow):
    """A row of the store's page, with its place in the feed."""

    seq: int = 0


@dataclass(frozen=True)
class OddFeedRow(FeedRow, OddRow):
    """Such a row as it came: made here by `pull_reply`, never by a message itself."""


@dataclass(frozen=True)
class Page:
    """The next rows of one bucket. When nothing is left (`more` is false) count and checksum are the bucket's own."""

    bucket: str
    rows: tuple[FeedRow, ...]
    next: int
    more: bool
    count: int = 0
    checksum: str = ""  # sum of the rows' fingerprints mod 2^64, 16 hex digits
    start: Start | None = None  # where rows come by id: how far it is with this page. `next` stays 0 up to the last one


@dataclass(frozen=True)
class PullReply:
    """A page for each bucket of the person's scope, all of one moment."""

    pages: tuple[Page, ...]
    epoch: str
    revoked: tuple[str, ...] = ()  # buckets that were asked for and are not this person's any more
    resync: tuple[str, ...] = ()  # buckets whose cursor is older than what is remembered of rows that left: begin anew
    disputes: Disputes | None = None  # all that are the person's business; None where they are the known ones


@dataclass(frozen=True)
class BlobStatus:
    """How much of a file the gateway has, by the length of its own file."""

    sha256: str
    offset: int
    complete: bool
    announced: bool = True  # whether any op named it; nothing else is taken


@dataclass(frozen=True)
class HistoryEntry:
    """One op in a record's history, as the gateway received and judged it."""

    op: Mapping[str, Any]
    result: OpResult


@dataclass(frozen=True)
class HistoryReply:
    """All ops of a record, oldest first."""

    record: str
    entries: tuple[HistoryEntry, ...]


@dataclass(frozen=True)
class BlockAsk:
    """Reserve `size` numbers of the series of a service's official number, in the year of `day` (YYYY-MM-DD). The same
    id asks for the same block, however often."""

    id: Word
    service: Word
    number: Word
    day: Word
    size: Number


@dataclass(frozen=True)
class NumberBlock:
    """Numbers that are reserved for one person at one device: `prefix`, then `first` to `last` in `digits` digits.

    `used_to`: as far as the gateway knows them as used, 0 for not at all."""

    id: Word
    series: Word
    prefix: Printed
    digits: Number
    first: Number
    last: Number
    used_to: Number = 0


@dataclass(frozen=True)
class BlockEnd:
    """No number of this block will be taken any more: from `next` on none was; `lost`: nobody knows which were."""

    id: Word
    next: Number
    lost: bool = False


@dataclass(frozen=True)
class SpoiltNumber:
    """A number that was taken, and whose record will never come."""

    series: Word
    number: Printed


@dataclass(frozen=True)
class NumbersRequest:
    """What a laptop tells and asks about its official numbers. `held` is told after a restore, on either side."""

    device: Printed
    asks: tuple[BlockAsk, ...] = ()
    ended: tuple[BlockEnd, ...] = ()
    spoilt: tuple[SpoiltNumber, ...] = ()
    held: tuple[NumberBlock, ...] = ()


@dataclass(frozen=True)
class NoBlock:
    """A block that was not reserved, and why."""

    id: str
    code: str
    message: str


@dataclass(frozen=True)
class NumbersReply:
    """The blocks that were asked for, what was not reserved, and all blocks that are out to this device."""

    blocks: tuple[NumberBlock, ...] = ()
    refused: tuple[NoBlock, ...] = ()
    out: tuple[NumberBlock, ...] = ()


@dataclass(frozen=True)
class RecordReply:
    """A record as the City has it; None where it is not the caller's business, and for unknown ones."""

    row: FeedRow | None


@dataclass(frozen=True)
class Problem:
    """What an HTTP error says (RFC 9457, application/problem+json)."""

    type: str
    title: str
    status: int
    detail: str = ""
    order: SignedOrder | None = None  # of a 403: this laptop or person was withdrawn


@dataclass(frozen=True)
class _Push:
    """PushRequest as it is read: pydantic takes more than twice as long over a Mapping."""

    device: str
    ops: tuple[dict[str, Any], ...]
    epoch: str = ""


def _spelled(value: object) -> object:
    """What JSON has no word for."""
    if isinstance(value, Written):
        return orjson.Fragment(value.text)
    if isinstance(value, Mapping):
        return dict(value)
    if isinstance(value, frozenset):
        return sorted(value)
    raise TypeError(f"{type(value).__name__} is no part of a message")


def _adapter(kind: Any) -> TypeAdapter[Any]:
    if kind not in _adapters:
        _adapters[kind] = TypeAdapter(kind)
    return _adapters[kind]


def encoded(message: object) -> bytes:
    """A message as JSON."""
    return orjson.dumps(message, default=_spelled)


def decoded(kind: type[Message], data: bytes, *, strict: bool = False) -> Message:
    """The message that `data` holds; ProtocolError when it is none. `strict`: a number in quotes is no number."""
    try:
        if issubclass(kind, PushRequest):
            came = _adapter(_Push).validate_json(data, strict=strict)
            return kind(came.device, came.ops, came.epoch)
        message: Message = _adapter(kind).validate_json(data, strict=strict)
    except ValidationError as fault:
        raise ProtocolError(tr("This is no message of a records gateway: {why}", why=_first(fault))) from fault
    return message


def change_in(op: Op) -> Change:
    """The Change that an op holds, every field checked. ProtocolError, with the field's name, when it holds none."""
    try:
        change: Change = _adapter(Change).validate_python(op)
    except ValidationError as fault:
        raise ProtocolError(_first(fault)) from fault
    check_bounds(change)
    return change


def _first(fault: ValidationError) -> str:
    problem = fault.errors(include_input=False, include_url=False)[0]
    return f"{'.'.join(map(str, problem['loc']))}: {problem['msg']}"
