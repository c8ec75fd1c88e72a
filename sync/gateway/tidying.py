"""What a gateway forgets: that rows left a bucket, after 180 days; and, when somebody asks for it, what was in old ops.

A laptop that was away for longer is told to begin the bucket anew (`feed.page`): it would keep for ever what left. How
an op was judged is never forgotten: sent once more, it gets the same status, whatever was purged.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from fieldapp.clock import stamp
from fieldapp.errors import RefusedError
from fieldapp.texts import tr
from sync.gateway.chronicle import entry_hash
from sync.gateway.transactions import CityDatabase, Transaction
from sync.wire import OpResult, decoded, encoded

log = logging.getLogger(__name__)
KEPT = timedelta(days=180)
DAY = 24 * 3600.0  # s
AT_ONCE = 500  # ops in one transaction
LONGEST = 36_500  # days: nothing here is older than a hundred years


def forget_left(database: CityDatabase, now: datetime) -> int:
    """Forget the rows that left their bucket more than 180 days ago; how many. Each bucket's floor rises with them."""
    with database.write() as tx:
        # What left before such times were kept has left today: it is kept too long rather than too short.
        tx.execute("UPDATE member SET at = ? WHERE gone = 1 AND at = ''", (stamp(now),))
        sql = "DELETE FROM member WHERE gone = 1 AND at < ? RETURNING bucket, seq"
        gone = tx.execute(sql, (stamp(now - KEPT),)).fetchall()
        floors: dict[str, int] = {}
        for bucket, seq in gone:
            floors[bucket] = max(seq, floors.get(bucket, 0))
        raised = [(floors[name], name, floors[name]) for name in sorted(floors)]
        tx.executemany("UPDATE bucket SET floor = ? WHERE name = ? AND floor < ?", raised)
    return len(gone)


def purge_ops(database: CityDatabase, now: datetime, days: int) -> int:
    """Take the content of ops out of the history that were judged more than `days` ago; how many. Those stay that an
    open conflict is about. RefusedError for fewer than 180 days: a laptop may still send such an op again."""
    if days < KEPT.days:
        raise RefusedError(tr("Changes are kept for at least {n} days: a laptop may send one again.", n=KEPT.days))
    purged, before = 0, stamp(now - timedelta(days=min(days, LONGEST)))
    while True:
        with database.write() as tx:
            some = _purge_some(tx, before)
        purged += some
        if some < AT_ONCE:
            return purged


def _purge_some(tx: Transaction, before: str) -> int:
    sql = (
        "SELECT id, digest, result FROM op WHERE at < ? AND id NOT IN (SELECT op FROM conflict WHERE settled_by = '')"
        " ORDER BY n LIMIT ?"
    )
    return spend(tx, tx.execute(sql, (before, AT_ONCE)).fetchall())


def spend(tx: Transaction, found: Sequence[tuple[str, bytes, str]]) -> int:
    """Take the content of these ops (id, digest, result) out of the history; how many. Their hashes stay."""
    spent = [
        (id_, digest, _short(decoded(OpResult, result.encode())), entry_hash(digest, result))
        for id_, digest, result in found
    ]
    tx.executemany("INSERT INTO spent (id, digest, result, entry) VALUES (?, ?, ?, ?)", spent)
    tx.executemany("DELETE FROM op WHERE id = ?", [(id_,) for id_, _, _ in found])
    return len(found)


def _short(result: OpResult) -> str:
    """An answer without what it says of the record."""
    return encoded(OpResult(result.op_id, result.status, result.rev, result.code, at=result.at)).decode()


class Daily:
    """Does something now and once a day, in a thread of its own, as a context manager. What fails is logged and done
    the next day: nobody waits for it."""

    def __init__(self, work: Callable[[], object], every: float = DAY) -> None:
        self._work = work
        self._every = every
        self._end = threading.Event()
        self._thread = threading.Thread(target=self._run, name="daily", daemon=True)

    def __enter__(self) -> Daily:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._end.set()
        self._thread.join()

    def _run(self) -> None:
        while True:
            try:
                self._work()
            except Exception:  # a bug too: whoever waits for the next day would wait for ever
                log.exception("what is done once a day was not done")
            if self._end.wait(self._every):
                return
