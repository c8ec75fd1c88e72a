"""Receiving: pages of each bucket's feed, each applied with its cursor in one transaction; then both sides compared."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace

from fieldapp.errors import ProtocolError
from fieldapp.store import FORM, Piece, Store, of_gateway
from fieldapp.texts import tr
from sync.api import RemoteApi
from sync.forms import Forms
from sync.newer import row_of
from sync.status import Summary
from sync.wire import KNOWS, MAX_ROWS, FeedRow, OddFeedRow, Page, PullReply, PullRequest, Start

ROWS_AT_ONCE = 200  # rows in one transaction, so that a save never waits


@dataclass
class Pulled:
    """What one pull brought: rows, both sides' summaries at its end, and buckets that had to be built anew: because
    they did not agree, or because their cursor was too old."""

    rows: int = 0
    here: dict[str, Summary] = field(default_factory=dict)
    city: dict[str, Summary] = field(default_factory=dict)
    rebuilt: list[str] = field(default_factory=list)
    resynced: list[str] = field(default_factory=list)


class Pull:
    """Brings every bucket up to date. A cursor moves with the rows that it covers, and with nothing else."""

    def __init__(
        self, store: Store, api: RemoteApi, progress: Callable[[int], None], forms: Forms | None = None
    ) -> None:
        """`progress` is told how many rows the City has for this laptop, page by page.

        `forms` brings what the rows' records were made with; None where nobody opens records."""
        self._store = store
        self._forms = forms
        self._api = api
        self._progress = progress
        self._unread_looked_at = False
        self._rebuilt_at: dict[str, Summary] = {}  # what the City had when a bucket was last built anew

    def run(self, epoch: str) -> Pulled:
        """Pull until nothing is left and compare; a bucket that does not agree is pulled once from its start."""
        pulled = Pulled()
        self._read_again()
        self._until_done(epoch, pulled)
        if differing := self._differing(pulled):
            for bucket in differing:
                self._store.exchange.finish_again(bucket)
            self._compare(pulled)
            self._rebuild(self._differing(pulled), epoch, pulled)
        if self._forms is not None:
            self._forms.bring_listed(self._store.handouts.of(FORM))
        return pulled

    def _read_again(self) -> None:
        """Once a run: what came when FieldApp was older, and could not be read then."""
        if self._unread_looked_at:
            return
        states = self._store.exchange.buckets()
        for one in self._store.handouts.unread():
            row, state = row_of(dict(one.row)), states[one.bucket]
            if not isinstance(row, OddFeedRow) or row.read:
                self._store.exchange.apply_page(one.bucket, (row,), state.cursor, epoch=state.epoch, start=state.start)
        self._unread_looked_at = True

    def _rebuild(self, buckets: list[str], epoch: str, pulled: Pulled) -> None:
        """Pull these buckets from their start. The same state of the City is never pulled twice for nothing."""
        fresh = [name for name in buckets if self._rebuilt_at.get(name) != pulled.city[name]]
        if not fresh:
            return
        for bucket in fresh:
            self._store.exchange.begin_again(bucket, epoch)
        self._until_done(epoch, pulled)
        for bucket in fresh:
            self._store.exchange.finish_again(bucket)
            self._rebuilt_at[bucket] = pulled.city.get(bucket, (0, 0))
        pulled.rebuilt += fresh
        self._compare(pulled)

    def _until_done(self, epoch: str, pulled: Pulled) -> None:
        """Page after page; while one is taken in, the next is on its way."""
        asked = self._from_here(epoch)
        anew: list[str] = []
        with ThreadPoolExecutor(1, thread_name_prefix="sync-line") as line:
            reply = self._api.pull(asked)
            while True:
                self._bring_forms(reply)
                then = following(asked, reply)
                more = bool(reply.resync) or any(page.more for page in reply.pages)
                for bucket in reply.resync:
                    self._store.exchange.begin_again(bucket, epoch)
                    anew.append(bucket)
                if more:
                    coming = line.submit(self._api.pull, then)
                came = self._take_in(reply, asked)
                for bucket in reply.revoked:
                    self._store.exchange.leave_bucket(bucket)
                if reply.disputes is not None:
                    self._store.exchange.keep_disputes(reply.disputes)
                pulled.rows += came
                self._progress(sum(page.count for page in reply.pages))
                if not more:
                    self._end_anew(anew, pulled)
                    self._finish(reply, pulled)
                    return
                if then == asked:
                    raise ProtocolError(tr("The City announces more and sends nothing."))
                asked, reply = then, coming.result()

    def _from_here(self, epoch: str) -> PullRequest:
        """What this laptop has, bucket by bucket."""
        known = {name: state for name, state in self._store.exchange.buckets().items() if of_gateway(name)}
        cursors = {name: state.cursor for name, state in known.items()}
        starts = {name: Start(*state.start) for name, state in known.items() if state.start and not state.cursor}
        return PullRequest(cursors, MAX_ROWS, epoch, KNOWS, starts, self._store.exchange.disputes().digest)

    def _end_anew(self, buckets: list[str], pulled: Pulled) -> None:
        """What did not come again in buckets that were too old to be brought up to date left them meanwhile."""
        for bucket in buckets:
            self._store.exchange.finish_again(bucket)
        pulled.resynced += buckets

    def _bring_forms(self, reply: PullReply) -> None:
        """The forms before their records: interrupted here, the same page comes again."""
        if self._forms is not None:
            self._forms.bring(row for page in reply.pages for row in page.rows)

    def _finish(self, reply: PullReply, pulled: Pulled) -> None:
        """The last reply is of one moment: its counts are what this laptop must have now."""
        pulled.city = {page.bucket: (page.count, int(page.checksum, 16)) for page in reply.pages}
        self._compare(pulled)

    def _take_in(self, reply: PullReply, asked: PullRequest) -> int:
        """All pages, some pieces in a transaction; how many rows."""
        group: list[Piece] = []
        for piece in (piece for page in reply.pages for piece in _pieces(page, asked)):
            if group and sum(len(one.rows) for one in group) + len(piece.rows) > ROWS_AT_ONCE:
                self._store.exchange.apply_pieces(group, asked.epoch)
                group = []
            group.append(piece)
        if group:
            self._store.exchange.apply_pieces(group, asked.epoch)
        return sum(len(page.rows) for page in reply.pages)

    def _compare(self, pulled: Pulled) -> None:
        mine = self._store.exchange.buckets()
        pulled.here = {
            name: (mine[name].count, mine[name].checksum) if name in mine else (0, 0) for name in pulled.city
        }

    def _differing(self, pulled: Pulled) -> list[str]:
        return differing(pulled.here, pulled.city)


def following(asked: PullRequest, reply: PullReply) -> PullRequest:
    """What to ask for next, when this reply will have been taken in."""
    cursors = {page.bucket: page.next for page in reply.pages} | dict.fromkeys(reply.resync, 0)
    starts = {page.bucket: page.start for page in reply.pages if page.start and not page.next}
    return replace(asked, buckets=cursors, starts=starts)


def differing(here: Mapping[str, Summary], city: Mapping[str, Summary]) -> list[str]:
    """The buckets that do not hold the same on both sides."""
    return [name for name, there in city.items() if here.get(name, (0, 0)) != there]


def _pieces(page: Page, asked: PullRequest) -> Iterator[Piece]:
    """A page, piece by piece, each together with how far the bucket then is."""
    pieces = [page.rows[at : at + ROWS_AT_ONCE] for at in range(0, len(page.rows), ROWS_AT_ONCE)]
    if page.start is not None:
        yield from _pieces_by_id(page, page.start, pieces, asked)
        return
    cursor = asked.buckets.get(page.bucket, 0)
    for rows in pieces:
        following = page.next if rows is pieces[-1] else rows[-1].seq
        if rows[0].seq <= cursor or following < rows[-1].seq:
            raise ProtocolError(tr("The City's rows are not in order."))
        yield Piece(page.bucket, rows, following)
        cursor = following


def _pieces_by_id(page: Page, start: Start, pieces: list[tuple[FeedRow, ...]], asked: PullRequest) -> Iterator[Piece]:
    """Rows of a bucket that is not whole yet. With the last one the cursor is where the feed was at the first."""
    begun = asked.starts.get(page.bucket)
    after = begun.after if begun else ""
    for rows in pieces:
        if rows[0].id <= after or (begun and start.as_of != begun.as_of):
            raise ProtocolError(tr("The City's rows are not in order."))
        after = rows[-1].id
        whole = page.next if rows is pieces[-1] else 0
        yield Piece(page.bucket, rows, whole, (start.as_of, after))
    if begun and page.next and not pieces:  # what was left to come has left the bucket meanwhile
        yield Piece(page.bucket, (), page.next)
