"""What a store and the City tell each other: what is ready to leave, what was answered, what the feeds brought."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from fieldapp.clock import Clock, stamp
from fieldapp.merging import Kinds
from fieldapp.records import Change
from fieldapp.store import disputes
from fieldapp.store.arrivals import Page
from fieldapp.store.blobs import Blobs
from fieldapp.store.buckets import Buckets
from fieldapp.store.database import Database
from fieldapp.store.departures import Departures
from fieldapp.store.journal import Journal, Outgoing
from fieldapp.store.remote import Answers, BucketState, Disputes, Piece, RemoteRow, Settled
from fieldapp.store.settling import requeue, settle
from fieldapp.store.touched import Bell, Touched


class Exchange:
    """The side of a store that sync works with: `store.exchange`. Each call is one short durable transaction."""

    def __init__(
        self, database: Database, *, clock: Clock, kinds: Kinds, bell: Bell, blobs: Blobs, departures: Departures
    ) -> None:
        self._database = database
        self._clock = clock
        self._kinds = kinds
        self._bell = bell
        self._blobs = blobs
        self.departures = departures
        self._journal = Journal(database)
        self._buckets = Buckets(database)

    def pending(self, principal: str, limit: int, max_bytes: int, skip: Collection[str] = ()) -> list[Change]:
        """Sealed Changes that may be sent now under `principal`, oldest first, without records in `skip`."""
        return [one.change for one in self.outgoing(principal, limit, max_bytes, skip)]

    def outgoing(
        self, principal: str, limit: int, max_bytes: int, skip: Collection[str] = (), after: int = 0
    ) -> list[Outgoing]:
        """The same as they lie in the journal, of those after the place `after` in its chain."""
        waiting = {*skip, *self._journal.referred(), *self.departures.held()}
        return self._journal.outgoing(principal, limit, max_bytes, waiting, after)

    def leaving(
        self, principal: str, limit: int, max_bytes: int, skip: Collection[str] = (), after: int = 0
    ) -> list[Outgoing]:
        """`outgoing`, to be sent at once: from now on nothing of it is called back."""
        with self.departures.lock:
            found = self.outgoing(principal, limit, max_bytes, skip, after)
            self.departures.leave(one.id for one in found)
        return found

    def sent(self, ids: Iterable[str], at: str = "") -> None:
        """These Changes left `at` a time, or now, and no answer has come yet; the first time is kept."""
        left = at or self._now()
        with self._database.write() as tx:
            tx.executemany("UPDATE journal SET sent_at = ? WHERE id = ? AND sent_at = ''", [(left, id_) for id_ in ids])

    def settle(self, results: Sequence[Settled] | Answers) -> None:
        """Take in the City's answers, all or none. One that came before changes nothing."""
        answers = results if isinstance(results, Answers) else Answers(results)
        with self._database.write() as tx:
            touched = settle(tx, answers, self._now(), self._kinds)
        self.departures.arrived(one.op_id for one in answers.results)
        self._bell.ring(Touched(touched, journal=True))

    def apply_page(
        self,
        bucket: str,
        feed: Sequence[RemoteRow],
        next_cursor: int,
        *,
        epoch: str = "",
        start: tuple[int, str] | None = None,
    ) -> None:
        """Take in one page of a bucket's feed (at most 200 rows, so that saves never wait) together with its cursor;
        while the cursor is 0, with `start`: how far a bucket is that comes by id (`BucketState.start`)."""
        self.apply_pieces([Piece(bucket, feed, next_cursor, start)], epoch)

    def apply_pieces(self, pieces: Sequence[Piece], epoch: str) -> None:
        """Take in pieces of several buckets' feeds (at most 200 rows in all) in one transaction."""
        now = self._now()
        with self._database.write() as tx:
            touched = [Page(tx, one.bucket, now, self._kinds).apply(one, epoch) for one in pieces]
        if any(touched):
            self._bell.ring(Touched(frozenset[str]().union(*touched)))

    def keep_disputes(self, known: Disputes) -> None:
        """Take in what the City told of disputes; Changes of this person that were decided are done."""
        with self._database.write() as tx:
            touched = disputes.keep(tx, known, self._kinds)
        self._bell.ring(Touched(touched, journal=True))

    def disputes(self) -> Disputes:
        """The disputes that are this person's business, as the City last told."""
        return disputes.read(self._database)

    def buckets(self) -> dict[str, BucketState]:
        """All buckets that were ever pulled, by name."""
        return self._buckets.states()

    def summary(self, bucket: str | None = None) -> tuple[int, int]:
        """Count, and sum of fingerprints mod 2^64, of the City's rows that are here: of one bucket, or of all."""
        return self._buckets.summary(bucket)

    def begin_again(self, bucket: str, epoch: str = "") -> None:
        """Pull the bucket from its start: rows of whatever revision count as news, what does not come again goes."""
        self._buckets.begin_again(bucket, epoch)

    def finish_again(self, bucket: str) -> None:
        """The bucket was pulled whole: forget what the City did not send again."""
        self._bell.ring(Touched(self._buckets.finish_again(bucket)))

    def leave_bucket(self, bucket: str) -> None:
        """The bucket is no longer in this person's scope: its rows go, save what is not settled yet."""
        self._bell.ring(Touched(self._buckets.leave(bucket)))

    def send_again(self, since: str) -> None:
        """After the City was restored from a backup: queue again what it took since the stamp."""
        with self._database.write() as tx:
            touched = requeue(tx, since, self._kinds)
        self._bell.ring(Touched(touched, journal=True))

    def blob_confirmed(self, sha256: str, *, elsewhere: bool = False) -> None:
        """The City has the whole file; `elsewhere` a server that does not give it back."""
        self._blobs.confirmed(sha256, elsewhere=elsewhere)
        self._bell.ring(Touched(journal=True))

    def _now(self) -> str:
        return stamp(self._clock.now())
