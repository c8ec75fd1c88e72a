"""The messages of trust: alarms, withdrawn laptops, parts of keys, and what a journal tells beside its ops."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from sync.bounded import (
    Before,
    Label,
    Line,
    Name,
    Number,
    Part,
    UpTo,
)
from sync.wire.fleet import LaptopState


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
    state: LaptopState | None = None  # how the laptop stands, where that is news


@dataclass(frozen=True)
class ReportReply:
    """What of it the City has noted, for good."""

    taken: tuple[str, ...]  # ids
