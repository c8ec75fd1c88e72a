"""The feed: which rows each bucket has, in the order in which they were committed, and what they add up to.

State-based: a row a record and bucket. A changed record moves to the end of its bucket: it may come twice, but it is
never missed, and the feed never grows beyond the records. A bucket that a laptop does not have yet comes by id, up to
its end, and then goes on from where the feed ended when that began.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from fieldapp.errors import EpochError
from fieldapp.records import Person
from fieldapp.texts import tr
from sync.gateway.scope import scope_of, sees
from sync.gateway.transactions import Transaction
from sync.wire import RESYNC, SHARED, START, FeedRow, Page, PullReply, PullRequest, Start, Written

MOD = 1 << 64
MAX_PAGE = 2 << 20  # of rows' content in one reply: a page has at least one row, and no laptop chokes on it
RECORDS = "'', r.rev, r.service, r.form_version, r.fields, r.at FROM member m JOIN record r ON r.id = m.record"
HANDOUTS = (
    "r.kind, r.rev, r.service, r.form_version, r.fields, r.at"
    " FROM member m JOIN handout r ON r.bucket = m.bucket AND r.id = m.record"
)
SINCE = " WHERE m.bucket = ? AND m.seq > ? AND m.gone <= ? ORDER BY m.seq LIMIT ?"
BY_ID = " WHERE m.bucket = ? AND m.record > ? AND m.gone = 0 ORDER BY m.record LIMIT ?"


@dataclass(frozen=True)
class Tally:
    """What a bucket holds, and up to where rows that left it are forgotten."""

    count: int = 0
    checksum: int = 0
    floor: int = 0


def page(reader: Transaction, person: Person, request: PullRequest, epoch: str) -> PullReply:
    """The next rows of each bucket in the person's scope, `request.limit` in all, read at one moment.

    EpochError when a cursor lies beyond everything this gateway ever gave: it continues another history.
    """
    head = reader.execute("SELECT v FROM counter WHERE name = 'feed'").fetchone()[0]
    if any(cursor > head for cursor in _cursors(request)):
        raise EpochError(tr("The City's records were restored from a backup; comparing everything anew."))
    found = reader.execute("SELECT name, count, checksum, floor FROM bucket")
    tallies = {name: Tally(*values) for name, *values in found}
    pages = _Pages(reader, request, head)
    allowed = scope_of(person, tallies, request.knows)
    for bucket in allowed:
        pages.add(bucket, tallies.get(bucket, Tally()))
    revoked = sorted(request.buckets.keys() - set(allowed))
    theirs = tuple(name for name in revoked if name in SHARED or not sees(person, name))
    return PullReply(tuple(pages.pages), epoch, theirs, tuple(pages.resync))


def _cursors(request: PullRequest) -> Iterable[int]:
    return [*request.buckets.values(), *(start.as_of for start in request.starts.values())]


class _Pages:
    """The pages of one reply, and the room that is left in it."""

    def __init__(self, reader: Transaction, request: PullRequest, head: int) -> None:
        self.pages: list[Page] = []
        self.resync: list[str] = []
        self._reader = reader
        self._request = request
        self._head = head
        self._rows = request.limit
        self._bytes = MAX_PAGE

    def add(self, bucket: str, tally: Tally) -> None:
        """A bucket's page, or that its laptop must begin anew. One that does not know what that is finds out by the
        sums: what left and is forgotten here is too much there."""
        cursor = self._request.buckets.get(bucket, 0)
        start = self._request.starts.get(bucket)
        since = cursor or (start.as_of if start else 0)
        if 0 < since < tally.floor and RESYNC in self._request.knows:
            self.resync.append(bucket)
        elif cursor == 0 and START in self._request.knows:
            self._add_by_id(bucket, start or Start(self._head, ""), tally)
        else:
            self._add_since(bucket, cursor, tally)

    def _add_since(self, bucket: str, cursor: int, tally: Tally) -> None:
        """What changed since. At the very beginning what left the bucket is of no interest."""
        rows, more = self._read(bucket, SINCE, cursor, 1 if cursor else 0)
        self._put(bucket, rows, rows[-1].seq if rows else cursor, more, tally)

    def _add_by_id(self, bucket: str, start: Start, tally: Tally) -> None:
        """The next rows by id; with the last, the cursor is where the feed ended when the first one was read."""
        rows, more = self._read(bucket, BY_ID, start.after)
        here = Start(start.as_of, rows[-1].id if rows else start.after)
        changed = not more and start.as_of < self._head and self._changed(bucket, start.as_of)
        self._put(bucket, rows, 0 if more else start.as_of, more or changed, tally, here)

    def _read(self, bucket: str, which: str, *since: object) -> tuple[tuple[FeedRow, ...], bool]:
        """Rows as far as there is room, and whether there are more."""
        table = HANDOUTS if bucket in SHARED else RECORDS
        sql = f"SELECT m.seq, m.record, m.gone, {table}{which}"
        rows: list[FeedRow] = []
        for values in self._reader.execute(sql, (bucket, *since, self._rows + 1)):
            size = len(values[7])
            if self._rows == 0 or (size > self._bytes and self._bytes < MAX_PAGE):
                return tuple(rows), True
            rows.append(_row(*values))
            self._rows -= 1
            self._bytes -= size
        return tuple(rows), False

    def _changed(self, bucket: str, since: int) -> bool:
        found = self._reader.execute("SELECT 1 FROM member WHERE bucket = ? AND seq > ? LIMIT 1", (bucket, since))
        return found.fetchone() is not None

    def _put(
        self, bucket: str, rows: tuple[FeedRow, ...], cursor: int, more: bool, tally: Tally, start: Start | None = None
    ) -> None:
        checksum = f"{tally.checksum % MOD:016x}"
        self.pages.append(Page(bucket, rows, cursor, more, tally.count, checksum, start))


def _row(seq: int, row: str, gone: int, kind: str, rev: int, *content: Any) -> FeedRow:
    """A row as it goes out. Of what left the bucket, nothing but that it left."""
    if gone:
        return FeedRow(row, rev, gone=True, kind=kind, seq=seq)
    service, form_version, fields, at = content
    return FeedRow(row, rev, service, form_version, Written(fields), at=at, kind=kind, seq=seq)
