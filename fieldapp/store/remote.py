"""What the City says, in the form in which the store takes it in. `sync` translates its messages into these."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from fieldapp.records import SERVER, WARD, Edits, Fields

TAKEN = frozenset({"applied", "merged", "noop"})  # the City has it: final
TROUBLE = frozenset({"conflict", "rejected", "parked"})  # a person must look; later Changes of the record wait
LATER = frozenset({"retry", "blocked", "received"})  # stays in the queue
FORM, TABLE, LAYER, SLOT = "form", "table", "layer", "slot"  # kinds of rows besides a record's
KINDS = frozenset({FORM, TABLE, LAYER, SLOT})


@dataclass(frozen=True)
class Settled:
    """The City's answer to one Change.

    `edits` is what its record has beyond the Change itself (@number, @received, ...; for a conflict: its values).
    """

    op_id: str
    status: str  # one of TAKEN, TROUBLE, LATER
    rev: int = 0
    code: str = ""
    message: str = ""
    edits: Edits = field(default_factory=dict)
    server_time: str = ""
    path: str = ""  # of the answer that it was refused for
    authors: Mapping[str, tuple[str, str]] = field(
        default_factory=dict
    )  # of the City's values: {path: (user id, stamp)}


@dataclass(frozen=True)
class RemoteRow:
    """One row of a bucket's feed: the City's record whole, or that it left the bucket (`gone`)."""

    id: str
    rev: int
    service: str = ""
    form_version: str = ""
    fields: Fields = field(default_factory=dict)
    gone: bool = False
    at: str = ""  # when the City changed it, a stamp; lists sort by it
    kind: str = ""  # "" for a record; else what it is that the City hands out: see handouts.py


@dataclass(frozen=True)
class OddRow(RemoteRow):
    """A row that may hold more than is known here: it is kept as it came."""

    raw: str = "{}"  # JSON
    read: bool = False  # whether its kind is known here and its fields are what they should be


@dataclass(frozen=True)
class Contested:
    """One path of a Dispute: what it was, what the Change says, what the City has, and whose that is. `kept` is what
    it was settled with."""

    path: str
    base: str
    mine: str
    theirs: str
    theirs_by: str = ""
    kept: str = ""


@dataclass(frozen=True)
class Dispute:
    """A Change (`op`) that clashed with what somebody else wrote, as the City keeps it: open, or settled by whom, when
    and why. `referred`: only a supervisor who wrote neither version may settle it. Times are stamps."""

    op: str
    record: str
    mine_by: str
    at: str
    paths: tuple[Contested, ...]
    mine_at: str = ""  # by the clock of its author's laptop
    transition: str = ""  # the step that the Change takes
    others: int = 0  # how many answers it has that nobody contests
    referred: bool = False
    settled_by: str = ""
    settled_at: str = ""
    why: str = ""


@dataclass(frozen=True)
class Disputes:
    """All disputes that are a person's business, and what they add up to: the same `digest`, the same disputes."""

    digest: str = ""
    items: tuple[Dispute, ...] = ()


@dataclass(frozen=True)
class BucketState:
    """How far one bucket has been pulled, and the count and checksum of what this store has of it. While it is not
    whole yet its cursor is 0, and `start` says where the feed ended when it began, and the last id that is here."""

    cursor: int
    epoch: str
    checksum: int
    count: int
    start: tuple[int, str] | None = None


@dataclass(frozen=True)
class Piece:
    """Rows of one bucket's feed, and how far it has been pulled with them: `cursor`; while that is 0, `start` says how
    far a bucket is that comes by id (`BucketState.start`)."""

    bucket: str
    rows: Sequence[RemoteRow]
    cursor: int
    start: tuple[int, str] | None = None


@dataclass(frozen=True)
class Advance:
    """How far a push moved one bucket of the feed, by these records and nothing else."""

    bucket: str
    before: int
    after: int
    records: tuple[str, ...]


@dataclass(frozen=True)
class Answers:
    """The City's answers to one batch of Changes: when it left (a stamp), and how far it moved the feed of `epoch`."""

    results: Sequence[Settled]
    sent_at: str = ""
    epoch: str = ""
    advances: Sequence[Advance] = ()


def bucket_of(fields: Mapping[str, str]) -> str:
    """The bucket that a record made here will first be in: by its ward; what another server keeps has one of its own.
    From then on the City's feed tells which buckets it is in."""
    if server := fields.get(SERVER):
        return f"server:{server}"
    return f"ward:{fields.get(WARD) or 'none'}"


def of_gateway(bucket: str) -> bool:
    """Whether the City's gateway feeds this bucket: only such a one is pulled, compared and left."""
    return not bucket.startswith("server:")
