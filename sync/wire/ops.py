"""The messages about ops: what is pushed, how each is judged, and a record's history."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Annotated, Any

from pydantic import Field

from fieldapp.records import Edits
from sync.wire.bounds import (
    MAX_OPS,
)

Op = Mapping[str, Any]  # a Change's payload, with whatever else a newer FieldApp put in


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
class HistoryEntry:
    """One op in a record's history, as the gateway received and judged it."""

    op: Mapping[str, Any]
    result: OpResult


@dataclass(frozen=True)
class HistoryReply:
    """All ops of a record, oldest first."""

    record: str
    entries: tuple[HistoryEntry, ...]
