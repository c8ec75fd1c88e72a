"""What is recorded: Record, Change, Attachment, Person. Frozen: a Change is the only way a record changes.

A record's content is one flat mapping, `Fields`, from path to text, so that merging, history and proof work on
the same unit everywhere:

* an **answer**'s path is its question's way from the form's root without the root's name: `place/unit`. An instance
  of a repeat carries a key that never changes, in brackets: `items[k3f9a]/item_type`. The instance itself has a path
  too (`items[k3f9a]`); its value is a number as text, by which the instances are ordered.
* a **record field**'s path begins with `@`: `@state`, `@assignee`, ... (the constants below).
* a value is text in the XForms lexical form (`12.5`, `2026-11-23`, `a b` for several choices). A file's value is its
  SHA-256 in hex and its suffix: `9f86...0f00.jpg`. What has no value is absent; in a Change, None removes it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, cast

import orjson

Fields = Mapping[str, str]
Edits = Mapping[str, str | None]

STATE = "@state"
NUMBER = "@number"  # the City's number, e.g. 26-104233; only the gateway sets it
ALIAS = "@alias"  # the offline reference printed on receipts; valid for ever
TITLE = "@title"
WARD = "@ward"  # two digits, or "" outside every ward: decides the record's bucket
PARENT = "@parent"  # record id of the permit that an inspection belongs to
ASSIGNEE = "@assignee"  # user id
AUTHOR = "@author"  # user id of who started it
PLANNED = "@planned"  # when a visit is planned, a stamp
DUE = "@due"  # statutory or promised date, YYYY-MM-DD
LANG = "@lang"  # en or fr: the language of what the resident gets
POINT = "@point"  # latitude and longitude, "43.25610 -79.86920"
ADDRESS = "@address"
REASON = "@reason"  # why it was returned, in words
REASON_FIELD = "@reason_field"  # the path of the answer that it was returned for
WHY = "@why"  # why a supervisor decided between two versions as they did, in words
RECEIVED = "@received"  # the gateway's own time of the first receipt
SUBMITTED_BY = "@submitted_by"
SERVER = "@server"  # the kind of server that keeps the record, where that is not the City's gateway
ISSUED = "@issued/"  # and the id of an official number: the number that a step of this record has issued
VOIDED = "@voided/"  # and such a number: why it does not count any more
WISH = "@wish/"  # and the id of a booking: what is asked of the City's calendar, until the City has answered
BOOKING = "@booking/"  # and the id of a booking: what the City made of it; only the gateway sets it
PAPERS = "@papers/"  # and what a paper is: the file, as an answer has one: what came filled in, what was issued
CARRIED = "@carried/"  # an answer that has no place in the form any more (forms/following/carried.py)
PHOTO = "@photo/"  # and a photo's SHA-256: what is known of how it came (photos/evidence.py); it stays
WORDS = "@words/"  # and an id: what another system said of the record (outside.py)
AGREED = "@agreed/"  # and an id: what a resident agreed to, when and how (counter/agreement.py)
OUTSIDE = "@outside/"  # server, number, status: where another city's server has it; only the gateway sets it
SHARE = "@share/"  # of a visit's payment, and a record's id: how much of it went to that one, and its reference
PROVISIONAL = "provisional"  # in the place of an official number that only the City can give
INSTANCE = "@instance"  # the id under which that server has it now
CITY = "@city"  # the actor of the City's own Changes: nobody's user id begins so
RARE = frozenset({"settles", "stands_for", "link"})  # of a Change: written only where there is something to say


@dataclass(frozen=True)
class StandIn:
    """An absence: for whom somebody takes a reviewer's steps, with which roles and where, and from when to when."""

    giver: str  # user id
    name: str  # the giver's
    roles: frozenset[str]
    wards: frozenset[str]
    begins: str  # a stamp
    ends: str  # a stamp: no more from here on


@dataclass(frozen=True)
class Person:
    """A member of the City's staff, as the laptop and the gateway know them. `wards` holds "*" for all; what the
    services of `offices` record is theirs in all wards."""

    id: str
    name: str
    roles: frozenset[str]
    wards: frozenset[str] = frozenset({"*"})
    title: str = ""
    offices: frozenset[str] = frozenset()
    stands_in: tuple[StandIn, ...] = ()  # for absent reviewers, now and later


@dataclass(frozen=True)
class Attachment:
    """A file that belongs to an answer: its bytes live in the blob store under their SHA-256."""

    sha256: str
    size: int
    mime: str
    name: str = ""
    taken_at: str = ""


@dataclass(frozen=True)
class Link:
    """A sealed Change's place in the journal of one laptop and person: whoever has the next one can tell it is whole.

    A new store begins a chain of its own, and so does one that went back to an earlier copy."""

    chain: str  # which journal
    place: int  # from 1 on, without a gap
    before: str  # SHA-256 of the Change before, "" where there is none


@dataclass(frozen=True)
class Record:
    """A permit, inspection or request as it stands: the sum of its Changes."""

    id: str
    service: str
    form_version: str
    rev: int = 0  # the City's revision, 0 until it has applied the first Change
    fields: Fields = field(default_factory=dict)

    def get(self, path: str) -> str:
        """The value at `path`, "" where there is none."""
        return self.fields.get(path, "")

    @property
    def state(self) -> str:
        """The workflow state, from the service's own list."""
        return self.get(STATE)

    @property
    def reference(self) -> str:
        """The number a person quotes: the City's where it is known, else the offline one."""
        return self.get(NUMBER) or self.get(ALIAS)

    @property
    def answers(self) -> dict[str, str]:
        """The answers alone, without the record fields."""
        return {path: value for path, value in self.fields.items() if not path.startswith("@")}


@dataclass(frozen=True)
class Change:
    """One thing a person did to one record, whole. The journal of Changes is outbox, history and audit trail."""

    id: str  # UUIDv7: the operation's idempotency key
    record: str
    service: str
    form_version: str
    base_rev: int
    edits: Edits  # {path: new}
    was: Edits  # {path: what the person saw before}
    actor: str  # user id of who did it
    principal: str  # sign-in under which it may be sent, and no other
    device: str
    at: str  # the device's clock: data, never order
    transition: str = ""  # the workflow step taken, "" for a plain edit
    creates: bool = False  # the record's first Change
    attachments: tuple[Attachment, ...] = ()
    settles: tuple[str, ...] = ()  # ids of the Changes whose conflict it ends: its actor saw both versions
    stands_for: str = ""  # user id of the absent reviewer for whom the step was taken
    # Once it is sealed; None also in journals of an earlier FieldApp, and for other servers. Two Changes are the same
    # by what was done, wherever they stand.
    link: Link | None = field(default=None, compare=False)

    def payload(self) -> dict[str, Any]:
        """The Change as plain JSON values, the same on laptop and gateway. What most Changes lack is left out."""
        plain = {**vars(self), "attachments": [vars(item) for item in self.attachments], "settles": list(self.settles)}
        plain["link"] = vars(self.link) if self.link else None
        return {name: value for name, value in plain.items() if value or name not in RARE}

    @property
    def digest(self) -> str:
        """SHA-256 of the canonical payload: the same id with another digest is refused as a reused key."""
        return hashlib.sha256(canonical(self.payload())).hexdigest()


def change_of(payload: Mapping[str, Any]) -> Change:
    """The Change that `payload` wrote. Unknown keys, from a newer FieldApp, are passed over."""
    known = {name: payload[name] for name in Change.__dataclass_fields__ if name in payload}
    known["attachments"] = tuple(Attachment(**item) for item in payload.get("attachments", ()))
    known["settles"] = tuple(payload.get("settles", ()))
    known["link"] = Link(**payload["link"]) if payload.get("link") else None
    return Change(**known)


def canonical(value: object) -> bytes:
    """JSON with one spelling: sorted keys, no spaces, UTF-8. What is hashed is hashed in this form.

    ValueError for an infinite number beside one beyond 64 bits."""
    try:
        return orjson.dumps(value, default=_as_dict, option=orjson.OPT_SORT_KEYS)
    except TypeError:  # whole numbers beyond 64 bits, which a newer FieldApp's keys may hold
        return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False).encode()


def _as_dict(value: object) -> dict[str, Any]:
    if isinstance(value, Mapping):
        return dict(value)
    raise TypeError(f"{type(value).__name__} is no part of a record")


def plain(text: str | bytes) -> Any:
    """The values in JSON that was written by `canonical`."""
    return orjson.loads(text)


def edited(fields: Fields, edits: Edits) -> dict[str, str]:
    """`fields` after `edits`: None or "" removes a path."""
    merged = {**fields, **edits}
    if None in (values := merged.values()) or "" in values:
        return {path: value for path, value in merged.items() if value}
    return cast("dict[str, str]", merged)  # mostly nothing is removed: half the time


def whole(text: str) -> int:
    """A count that stands in a record; 0 where none does, or what another program may have written instead."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else 0


def fingerprint(record: Record) -> int:
    """64 bits of a record's id, revision and whole content: their sums (mod 2^64) compare stores without order."""
    content = canonical([record.id, record.rev, record.service, record.form_version, dict(record.fields)])
    return int.from_bytes(hashlib.sha256(content).digest()[:8], "big")
