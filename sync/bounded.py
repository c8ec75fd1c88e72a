"""Bounds of what comes over the wire: names that can never be paths, and numbers that every database holds."""

from __future__ import annotations

import re
from typing import Annotated

from pydantic import BeforeValidator, Field

from fieldapp.errors import ProtocolError
from fieldapp.records import Change, Link

MAX_NUMBER = (1 << 53) - 1  # what every JSON reader holds exactly; databases hold it too
MAX_BUCKETS = 10_000  # of one pull
ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._:-]{0,99}")  # of an op or a record
NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,80}")  # of a service or of a form's version
SHA256 = re.compile(r"[0-9a-f]{64}")  # of a file's content


def _whole(said: object) -> object:
    """JSON has one kind of number: 7.0 is 7."""
    return int(said) if isinstance(said, float) and said.is_integer() else said


Number = Annotated[int, Field(ge=0, le=MAX_NUMBER), BeforeValidator(_whole)]
Size = Annotated[int, Field(ge=1, le=MAX_NUMBER), BeforeValidator(_whole)]
UpTo = Annotated[str, Field(pattern="^[A-Za-z0-9._:-]{0,100}$")]  # a record's id, or "" before the first
Reached = Annotated[str, Field(pattern=r"^[^\x00]{0,300}$")]  # an id of anything that a bucket holds: table/fees
Name = Annotated[str, Field(pattern="^[A-Za-z0-9][A-Za-z0-9._:-]{0,99}$")]  # as ID
Label = Annotated[str, Field(pattern=r"^[^\x00]{0,100}$")]  # a short text
Line = Annotated[str, Field(pattern=r"^[^\x00]{0,4000}$")]
Before = Annotated[str, Field(pattern="^([0-9a-f]{64})?$")]  # of the Change before, "" for the first
Word = Annotated[str, Field(pattern="^[A-Za-z0-9._:/-]{1,100}$")]  # an id, a service, a series
Printed = Annotated[str, Field(pattern="^[^\\x00-\\x1f]{0,100}$")]  # what stands on a paper or on a laptop
Part = Annotated[str, Field(pattern="^[0-9a-f]{64}$")]


def sound(link: Link) -> bool:
    """Whether a Change's link is one that a journal can have."""
    before = link.before == "" or SHA256.fullmatch(link.before) is not None
    return ID.fullmatch(link.chain) is not None and 1 <= link.place <= MAX_NUMBER and before


def check_bounds(change: Change) -> None:
    """ProtocolError for a Change whose names or numbers no database and no folder may see."""
    for name, text in (("id", change.id), ("record", change.record)):
        if not ID.fullmatch(text):
            raise ProtocolError(f"{name}: {text[:100]!r}")
    if change.link is not None and not sound(change.link):
        raise ProtocolError("link")
    sizes = [file.size for file in change.attachments]
    if strange := [number for number in (change.base_rev, *sizes) if not 0 <= number <= MAX_NUMBER]:
        raise ProtocolError(f"base_rev, size: {str(strange[0])[:100]}")
    if unknown := [file for file in change.attachments if not SHA256.fullmatch(file.sha256)]:
        raise ProtocolError(f"sha256: {unknown[0].sha256[:100]!r}")
