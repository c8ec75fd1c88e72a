"""The journal of Changes: outbox, history and audit trail in one.

An open Change is a `draft` row that answers join. Sealing gives it the next place in the chain and moves it to
`journal`, whose payloads never alter: link = SHA-256(link before + digest), from 32 zero bytes on.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from fieldapp.errors import RefusedError
from fieldapp.records import Change, Edits, canonical, change_of, plain
from fieldapp.store.chain import linked
from fieldapp.store.database import Database
from fieldapp.store.remote import TAKEN
from fieldapp.store.sqlcipher import Connection, IntegrityError
from fieldapp.texts import tr

OPEN, SEALED = "open", "sealed"
REFERRED, DECIDED = "referred", "decided"  # with a supervisor; and what they decided is the City's
REPLACED, WITHDRAWN = "replaced", "withdrawn"  # refused Changes after a person chose: sent anew, or given up
ROOT = bytes(32)
OPEN_OF = "SELECT payload, saved_at FROM draft WHERE n = (SELECT n FROM record WHERE id = ?)"
CLOSED = TAKEN | {REPLACED, WITHDRAWN, DECIDED}
UNSETTLED = "('sealed', 'conflict', 'rejected', 'parked', 'referred')"
UNTAKEN = frozenset({OPEN, SEALED, "conflict", "rejected", "parked", REFERRED})
PAGE_OF_CHAIN = "SELECT seq, digest, link, payload FROM journal WHERE seq > ? ORDER BY seq LIMIT 500"


@dataclass(frozen=True)
class Entry:
    """One Change in a record's history. Times are stamps, "" while it has not come so far."""

    change: Change
    state: str  # open, sealed, or the status of the City's answer; replaced or withdrawn after a repair
    saved_at: str
    sent_at: str = ""
    received_at: str = ""
    applied_at: str = ""
    rev: int = 0
    code: str = ""
    message: str = ""
    answer: Edits | None = None  # the City's values that came with its answer
    attempts: int = 0
    seq: int = 0  # place in the chain, 0 while open
    path: str = ""  # of the answer that it was refused for
    authors: Mapping[str, Sequence[str]] = field(default_factory=dict)  # of the City's values: {path: (user id, stamp)}

    @property
    def sealed(self) -> bool:
        """Whether it is closed and will never alter again."""
        return self.state != OPEN


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A sealed Change that may be sent: its place in the chain, and its text as it was sealed, for nobody to alter."""

    seq: int
    id: str
    record: str
    text: str

    @property
    def change(self) -> Change:
        """The Change itself."""
        return change_of(plain(self.text))


@dataclass(frozen=True)
class Counts:
    """What is on its way: sealed and not taken, still open, and waiting for a person."""

    waiting: int
    drafts: int
    attention: int


@dataclass(frozen=True)
class ChainReport:
    """Whether the journal is as it was written: how many links hold, and what is wrong with the first that does not."""

    links: int
    fault: str = ""

    @property
    def whole(self) -> bool:
        """Whether nothing was altered, taken out, or cut off."""
        return not self.fault


def payload_text(change: Change) -> str:
    """A Change as it is kept and hashed: canonical JSON."""
    return canonical(change.payload()).decode()


def open_change(tx: Connection, n: int) -> tuple[Change, str] | None:
    """The open Change of the record with row number `n`, and when it was first saved."""
    found = tx.execute("SELECT payload, saved_at FROM draft WHERE n = ?", (n,)).fetchone()
    return (change_of(plain(found[0])), found[1]) if found else None


def keep_open(tx: Connection, n: int, change: Change, saved_at: str) -> None:
    """Write the open Change."""
    tx.execute("INSERT OR REPLACE INTO draft VALUES (?, ?, ?)", (n, saved_at, payload_text(change)))


def seal(tx: Connection, change: Change, saved_at: str) -> None:
    """Close a Change of this laptop, with its link: from now on it never alters."""
    enter(tx, linked(tx, change), saved_at)


def enter(tx: Connection, change: Change, saved_at: str) -> None:
    """Give a Change, as it is, its place in the chain of all that came into this journal."""
    text = payload_text(change)
    digest = hashlib.sha256(text.encode()).digest()
    seq, before = tx.execute("SELECT seq, link FROM journal ORDER BY seq DESC LIMIT 1").fetchone() or (0, ROOT)
    link = hashlib.sha256(before + digest).digest()
    values = (seq + 1, change.id, change.record, change.principal, saved_at, digest, link, text)
    try:
        tx.execute(
            "INSERT INTO journal (seq, id, record, principal, state, saved_at, digest, link, payload)"
            " VALUES (?, ?, ?, ?, 'sealed', ?, ?, ?, ?)",
            values,
        )
    except IntegrityError as fault:
        raise RefusedError(tr("This change was saved before; nothing was saved twice.")) from fault


def note_head(tx: Connection) -> None:
    """Remember how long the chain is, so that a cut-off end is seen. Not at each save: it would cost a page."""
    tx.execute(
        "UPDATE chain SET (seq, link) = (SELECT seq, link FROM journal ORDER BY seq DESC LIMIT 1)"
        " WHERE EXISTS (SELECT 1 FROM journal)"
    )


def drop_open(tx: Connection, n: int) -> None:
    """Take the open Change away: it was sealed, or its draft discarded."""
    tx.execute("DELETE FROM draft WHERE n = ?", (n,))


class Unsettled(NamedTuple):
    """A Change that the City has not taken."""

    id: str  # "" while open
    state: str
    change: Change
    answer: Edits
    rev: int


def unsettled(tx: Connection, numbers: Mapping[str, int]) -> dict[str, list[Unsettled]]:
    """All that the City has not taken of these records (id: row number), oldest first; what is open comes last."""
    sql = (
        "SELECT record, id, state, payload, answer, rev FROM journal"
        f" WHERE record IN (SELECT value FROM json_each(?)) AND state IN {UNSETTLED} ORDER BY seq"
    )
    found: dict[str, list[Unsettled]] = {}
    for record, id_, state, payload, answer, rev in tx.execute(sql, (json.dumps(list(numbers)),)):
        one = Unsettled(id_, state, change_of(plain(payload)), plain(answer), rev)
        found.setdefault(record, []).append(one)
    drafts = tx.execute(
        "SELECT payload FROM draft WHERE n IN (SELECT value FROM json_each(?))", (json.dumps(list(numbers.values())),)
    )
    for (payload,) in drafts:
        change = change_of(plain(payload))
        found.setdefault(change.record, []).append(Unsettled("", OPEN, change, {}, 0))
    return found


class Journal:
    """Reading the journal."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def outgoing(
        self, principal: str, limit: int, max_bytes: int, skip: Collection[str] = (), after: int = 0
    ) -> list[Outgoing]:
        """What may be sent now under `principal`, oldest first: nothing behind a refused or another's Change.

        Records in `skip` are passed over, and so are places up to `after`. At least one comes, whatever its size.
        """
        sql = (
            "SELECT seq, id, record, payload FROM journal j"
            " WHERE state = 'sealed' AND seq > :after AND principal = :me AND NOT EXISTS ("
            "  SELECT 1 FROM journal b INDEXED BY journal_trouble WHERE b.record = j.record AND b.seq < j.seq"
            "  AND b.state IN ('conflict', 'rejected', 'parked'))"
            " AND NOT EXISTS (SELECT 1 FROM journal o WHERE o.record = j.record AND o.state = 'sealed'"
            "  AND o.seq < j.seq AND o.principal <> :me)"
            " AND record NOT IN (SELECT value FROM json_each(:skip)) ORDER BY seq LIMIT :limit"
        )
        values = {"me": principal, "limit": limit, "skip": json.dumps(list(skip)), "after": after}
        chosen: list[Outgoing] = []
        size = 0
        for found in self._database.read(sql, values):
            size += len(found[-1].encode())
            if chosen and size > max_bytes:
                break
            chosen.append(Outgoing(*found))
        return chosen

    def referred(self) -> set[str]:
        """The records of which a Change waits for a supervisor: what comes behind it waits too."""
        return {record for (record,) in self._database.read("SELECT record FROM journal WHERE state = 'referred'")}

    def history(self, record: str) -> list[Entry]:
        """A record's Changes, oldest first; what is still open comes last."""
        sealed = self._database.read(
            "SELECT payload, answer, state, saved_at, sent_at, received_at, applied_at, rev, code, message, attempts,"
            " seq, about FROM journal WHERE record = ? ORDER BY seq",
            (record,),
        )
        entries = [_entry(*values) for values in sealed]
        drafts = self._database.read(OPEN_OF, (record,))
        return entries + [Entry(change_of(plain(payload)), OPEN, saved_at) for payload, saved_at in drafts]

    def counts(self) -> Counts:
        """What is on its way."""
        sql = (
            "SELECT (SELECT count(*) FROM journal WHERE state = 'sealed'), (SELECT count(*) FROM draft),"
            " (SELECT count(*) FROM journal WHERE state IN ('conflict', 'rejected', 'parked'))"
        )
        return Counts(*self._database.read(sql)[0])

    def unsent(self, principal: str) -> tuple[int, str]:
        """How many Changes of a sign-in the City has not answered, and when the oldest was saved ("" for none)."""
        sql = "SELECT count(*), coalesce(min(saved_at), '') FROM journal WHERE state = 'sealed' AND principal = ?"
        n, since = self._database.read(sql, (principal,))[0]
        return n, since

    def codes(self) -> dict[str, int]:
        """Why Changes wait for a person, by the City's code, and how many each."""
        sql = "SELECT code, count(*) FROM journal WHERE state IN ('conflict', 'rejected', 'parked') GROUP BY code"
        return dict(self._database.read(sql))

    def verify(self) -> ChainReport:
        """Walk the whole chain: payloads, digests, links, gaps, and the head."""
        head_seq, head_link = self._database.read("SELECT seq, link FROM chain")[0]
        link, seq = ROOT, 0
        while page := self._database.read(PAGE_OF_CHAIN, (seq,)):
            for number, digest, stored, payload in page:
                following = hashlib.sha256(link + digest).digest()
                if fault := _fault(seq, number, payload, digest, stored == following):
                    return ChainReport(seq, fault)
                link, seq = following, number
                if seq == head_seq and link != head_link:
                    return ChainReport(seq - 1, f"link {seq} is not the one that was noted")
        if seq < head_seq:
            return ChainReport(seq, f"the chain ends at link {seq}, but {head_seq} were written")
        return ChainReport(seq)


def _fault(last: int, number: int, payload: str, digest: bytes, follows: bool) -> str:
    if number != last + 1:
        return f"link {last + 1} is missing"
    if hashlib.sha256(payload.encode()).digest() != digest and not plain(payload).get("purged"):
        return f"the content of link {number} was altered"
    return "" if follows else f"link {number} does not follow the one before"


def _entry(payload: str, answer: str, state: str, saved_at: str, *rest: Any) -> Entry:
    sent_at, received_at, applied_at, rev, code, message, attempts, seq, about = rest
    beside = plain(about)
    return Entry(
        change_of(plain(payload)),
        state,
        saved_at,
        sent_at=sent_at,
        received_at=received_at,
        applied_at=applied_at,
        rev=rev,
        code=code,
        message=message,
        answer=plain(answer),
        attempts=attempts,
        seq=seq,
        path=beside.get("path", ""),
        authors=beside.get("authors", {}),
    )
