"""The feed: which rows each bucket has, in the order in which they were committed, and what they add up to.

State-based: a row a record and bucket. A changed record moves to the end of its bucket: it may come twice, but it is
never missed, and the feed never grows beyond the records. The numbers are taken from one counter row, last in the
transaction: the lock on it runs to the commit, so the order of numbers is the order of commits.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

from fieldapp.access import in_scope
from fieldapp.errors import EpochError
from fieldapp.records import Person
from fieldapp.store.rows import signed
from fieldapp.texts import tr
from sync.gateway.transactions import LISTED, LOCKED, Transaction, listed
from sync.wire import FeedRow, Page, PullReply, PullRequest, Written

MOD = 1 << 64
NOWHERE = "none"  # the bucket of records outside every ward
ROWS = (
    "SELECT m.seq, m.record, m.gone, r.rev, r.service, r.form_version, r.fields, r.at"
    " FROM member m JOIN record r ON r.id = m.record WHERE m.bucket = ? AND m.seq > ? AND m.gone <= ?"
    " ORDER BY m.seq LIMIT ?"
)


class Moves:
    """What one transaction does to the feed: each touched record's bucket and fingerprint, before and after."""

    def __init__(self) -> None:
        self._before: dict[str, tuple[str, int]] = {}
        self._after: dict[str, tuple[str, int]] = {}

    def note(self, record: str, before: tuple[str, int] | None, after: tuple[str, int]) -> None:
        """A record goes from one (bucket, fingerprint) to another; `before` is None for a new one."""
        if before and record not in self._after:
            self._before[record] = before
        self._after.pop(record, None)
        self._after[record] = after

    def write(self, tx: Transaction) -> None:
        """Tallies first; then, last of all, the numbers and the rows that carry them."""
        self._write_tallies(tx)
        rows = list(self._members())
        if not rows:
            return
        sql = "UPDATE counter SET v = v + ? WHERE name = 'feed' RETURNING v"
        head = tx.execute(sql, (len(rows),)).fetchone()[0]
        first = head - len(rows) + 1
        tx.executemany(
            "INSERT INTO member VALUES (?, ?, ?, ?)"
            " ON CONFLICT (bucket, record) DO UPDATE SET seq = excluded.seq, gone = excluded.gone",
            [(bucket, record, first + n, gone) for n, (bucket, record, gone) in enumerate(rows)],
        )

    def _members(self) -> Iterable[tuple[str, str, int]]:
        for record, (bucket, _) in self._after.items():
            left = self._before.get(record, (bucket, 0))[0]
            if left != bucket:
                yield left, record, 1
            yield bucket, record, 0

    def _write_tallies(self, tx: Transaction) -> None:
        sums: dict[str, list[int]] = {}
        for rows, sign in ((self._before, -1), (self._after, 1)):
            for bucket, fp in rows.values():
                tally = sums.setdefault(bucket, [0, 0])
                tally[0] += sign
                tally[1] += sign * fp
        names = sorted(sums)  # all processes lock them in one order
        tx.executemany("INSERT INTO bucket VALUES (?, 0, 0) ON CONFLICT DO NOTHING", [(name,) for name in names])
        sql = f"SELECT name, checksum FROM bucket WHERE name IN {LISTED} ORDER BY name {LOCKED}"
        old = tx.execute(sql, (listed(names),)).fetchall()
        tx.executemany(
            "UPDATE bucket SET count = count + ?, checksum = ? WHERE name = ?",
            [(sums[name][0], signed(checksum + sums[name][1]), name) for name, checksum in old],
        )


def scope_of(person: Person, known: Collection[str]) -> list[str]:
    """The buckets that are this person's business: of all that exist, or their own wards'."""
    if "*" in person.wards:
        return sorted(known)
    return sorted(f"ward:{ward or NOWHERE}" for ward in person.wards)


def sees(person: Person, bucket: str) -> bool:
    """Whether a record in `bucket` is this person's business."""
    ward = bucket.removeprefix("ward:")
    return in_scope(person, "" if ward == NOWHERE else ward)


def page(reader: Transaction, person: Person, request: PullRequest, epoch: str) -> PullReply:
    """The next rows of each bucket in the person's scope, `request.limit` in all, read at one moment.

    EpochError when a cursor lies beyond everything this gateway ever gave: it continues another history.
    """
    tallies = {name: (count, sum_) for name, count, sum_ in reader.execute("SELECT name, count, checksum FROM bucket")}
    head = reader.execute("SELECT v FROM counter WHERE name = 'feed'").fetchone()[0]
    if any(cursor > head for cursor in request.buckets.values()):
        raise EpochError(tr("The City's records were restored from a backup; comparing everything anew."))
    allowed = scope_of(person, tallies)
    pages, room = [], request.limit
    for bucket in allowed:
        pages.append(_page(reader, bucket, request.buckets.get(bucket, 0), room, tallies.get(bucket, (0, 0))))
        room -= len(pages[-1].rows)
    revoked = tuple(sorted(request.buckets.keys() - set(allowed)))
    return PullReply(tuple(pages), epoch, tuple(name for name in revoked if not sees(person, name)))


def _page(reader: Transaction, bucket: str, cursor: int, room: int, tally: tuple[int, int]) -> Page:
    """One bucket's page. At the very beginning what left the bucket is of no interest."""
    found = reader.execute(ROWS, (bucket, cursor, 1 if cursor else 0, room + 1)).fetchall()
    more = len(found) > room
    rows = tuple(_row(*values) for values in found[:room])
    last = rows[-1].seq if rows else cursor
    return Page(bucket, rows, last, more, tally[0], f"{tally[1] % MOD:016x}")


def _row(seq: int, record: str, gone: int, rev: int, *content: Any) -> FeedRow:
    """A row as it goes out. Of what left the bucket, nothing but that it left."""
    if gone:
        return FeedRow(record, rev, gone=True, seq=seq)
    service, form_version, fields, at = content
    return FeedRow(record, rev, service, form_version, Written(fields), at=at, seq=seq)
