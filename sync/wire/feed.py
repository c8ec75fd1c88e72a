"""The messages of the feed: what a laptop has, and the pages that bring the rest."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Annotated

from pydantic import Field

from fieldapp.store import Disputes, OddRow, RemoteRow
from sync.bounded import (
    MAX_BUCKETS,
    Number,
    Reached,
    Size,
)
from sync.wire.bounds import (
    MAX_ROWS,
)


@dataclass(frozen=True)
class Start:
    """How far a bucket has been brought that was never pulled whole: by id, up to `after`. `as_of` is the feed's end
    as it was when this began, from where the bucket goes on when all of it is here."""

    as_of: Number
    after: Reached


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
class RecordReply:
    """A record as the City has it; None where it is not the caller's business, and for unknown ones."""

    row: FeedRow | None
