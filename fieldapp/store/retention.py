"""What leaves a laptop by itself: closed records some time after the City received them, with their photos.

The row stays, stripped to its id, the City's number, revision, buckets and fingerprint: so counts and checksums still
agree with the City's, and whatever the feed says of the row still holds. Whole again it comes when the City changes it,
or when somebody asks for it. Of the laptop's own Changes only who, when and which step stay, with their hashes.

Nothing leaves that is not settled, whose files the City has not confirmed, that belongs to something open here, or that
another server keeps.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from fieldapp.clock import Clock, moment_of, new_id, stamp
from fieldapp.records import Record, canonical, plain
from fieldapp.store import rows
from fieldapp.store.blobs import Blobs
from fieldapp.store.database import Database
from fieldapp.store.journal import CLOSED
from fieldapp.store.log import PURGED, Event, enter
from fieldapp.store.rebase import FILE_VALUE
from fieldapp.store.remote import RemoteRow
from fieldapp.store.rows import Place
from fieldapp.store.sqlcipher import Connection
from fieldapp.store.tallies import Tally

DAYS = 30  # after the City received a record, and after its last change
LEAST = 30  # so long a laptop must be able to heal a City that was restored from a backup
AT_ONCE = 100  # records in one transaction, so that a save never waits
SETTLING = 3600.0  # s: a file that is younger may belong to an answer that is being saved
OPENED = "opened."  # settings: when a record was brought back
STRIPPED = ("title", "title_key", "alias", "ward", "assignee", "author", "parent", "planned", "due", "address", "point")
BLANK = ", ".join(f"{name} = ''" for name in (*STRIPPED, "service", "form_version", "updated"))
HANDED_OFF = "handed_off"  # in the column of the state, of a row whose service is blank
DUE = (
    "SELECT n, id, number, fields FROM record r WHERE service = ? AND state = ? AND n > ? AND updated <= ?"
    f" AND place = {Place.CITY:d} AND fp IS NOT NULL AND gone = 0 AND stale = 0 AND instr(bucket, 'server:') = 0"
    " AND json_extract(fields, '$.\"@received\"') <= ?"
    " AND NOT EXISTS (SELECT 1 FROM journal j WHERE j.record = r.id AND j.applied_at > ?)"
    " AND NOT EXISTS (SELECT 1 FROM setting s WHERE s.name = 'opened.' || r.id AND s.value > ?)"
    " ORDER BY n LIMIT ?"
)
OPEN_PART = "SELECT DISTINCT service, state FROM record WHERE parent = ? AND parent <> ''"

States = Sequence[tuple[str, str]]
DaysOf = Callable[[str], int]


@dataclass(frozen=True)
class Left:
    """A record that left: its id, and the City's number by which it is asked for."""

    id: str
    number: str


class Retention:
    """Letting records go, and taking them back."""

    def __init__(self, database: Database, blobs: Blobs, clock: Clock) -> None:
        self._database = database
        self._blobs = blobs
        self._clock = clock

    def purge(self, person: str, closed: States, days: DaysOf, city_time: str = "") -> int:
        """Let go what is due, of the `closed` (service, state) pairs; how many. The log has a receipt for each lot.

        A laptop's clock that runs ahead lets nothing go too early where the City's is known."""
        return self._purge(person, closed, closed, lambda service: max(LEAST, days(service)), city_time)

    def let_go(self, person: str, handed_off: States, closed: States, city_time: str = "") -> int:
        """Let go at once what is settled and in one of these pairs: answers that the City hands off (health) are no
        laptop's any more, not even to heal a City that was restored."""
        return self._purge(person, handed_off, closed, lambda _service: 0, city_time, mark=HANDED_OFF)

    def _purge(
        self, person: str, pairs: States, closed: States, days: DaysOf, city_time: str, *, mark: str = ""
    ) -> int:
        total = 0
        now = min(self._clock.now(), moment_of(city_time)) if city_time else self._clock.now()
        for service, state in pairs:
            limit = stamp(now - timedelta(days=days(service)))
            after: int | None = 0
            while after is not None:
                some, after = self._some(person, (service, state), limit, closed, after, mark)
                total += some
        if total:
            self._drop_files()
        return total

    def left(self, limit: int = 500) -> list[Left]:
        """Records that left and may be asked for, those that came last first."""
        found = self._database.read(
            "SELECT id, number FROM record WHERE service = '' AND state = '' ORDER BY n DESC LIMIT ?", (limit,)
        )
        return [Left(id_, number) for id_, number in found]

    def count(self) -> int:
        """How many records left and may be asked for."""
        return int(self._database.read("SELECT count(*) FROM record WHERE service = '' AND state = ''")[0][0])

    def has_left(self, record_id: str) -> bool:
        """Whether this record left."""
        return bool(self._database.read("SELECT 1 FROM record WHERE id = ? AND service = ''", (record_id,)))

    def handed_off(self) -> frozenset[str]:
        """The records that left because the City handed them off: nobody is given them again."""
        sql = "SELECT id FROM record WHERE service = '' AND state = ?"
        return frozenset(id_ for (id_,) in self._database.read(sql, (HANDED_OFF,)))

    def bring_back(self, row: RemoteRow) -> bool:
        """Take a record back that somebody asked the City for; whether it had left. It stays as long again."""
        now = stamp(self._clock.now())
        with self._database.write() as tx:
            known = rows.load(tx, [row.id]).get(row.id)
            if known is None or known.record.service:
                return False
            before = known.bucket, known.fp
            text = rows.text_of(row.fields)
            known.record = Record(row.id, row.service, row.form_version, row.rev, row.fields)
            known.fp, known.updated = rows.fingerprint_of(known.record, text), row.at or now
            tally = Tally()
            tally.swap(before, (known.bucket, known.fp))
            rows.write(tx, [(known, text)])
            tally.write(tx)
            tx.execute("INSERT OR REPLACE INTO setting VALUES (?, ?)", (OPENED + row.id, now))
        return True

    def _some(
        self, person: str, pair: tuple[str, str], limit: str, closed: States, after: int, mark: str
    ) -> tuple[int, int | None]:
        """Let go some that are due behind the row number `after`; how many, and behind which to go on."""
        now = stamp(self._clock.now())
        with self._database.write() as tx:
            due = tx.execute(DUE, (*pair, after, limit, limit, limit, limit, AT_ONCE)).fetchall()
            free = [one for one in due if _is_free(tx, one[1], plain(one[3]), closed)]
            following = due[-1][0] if len(due) == AT_ONCE else None
            if not free:
                return 0, following
            _strip(tx, free, mark)
            numbers = " ".join(number for _, _, number, _ in free if number)
            detail = {"count": str(len(free)), "service": pair[0], "numbers": numbers}
            enter(tx, Event(new_id(), PURGED, person, "", now, detail))
        return len(free), following

    def _drop_files(self) -> None:
        """Take away files that nothing names any more, and what a killed program left of such."""
        before = time.time() - SETTLING
        named = self._named()
        known = self._database.read("SELECT sha256 FROM blob WHERE confirmed = 1")
        spare = [sha for (sha,) in known if sha not in named and self._blobs.older(sha, before)]
        with self._database.write() as tx:
            tx.executemany("DELETE FROM blob WHERE sha256 = ? AND confirmed = 1", [(sha,) for sha in spare])
        self._blobs.sweep(before)

    def _named(self) -> set[str]:
        """The files that any record here names, or any Change that is kept whole."""
        found: set[str] = set()
        for sql in ("SELECT fields FROM record WHERE service <> ''", "SELECT payload FROM draft"):
            for (text,) in self._database.read(sql):
                found |= _files(_values(plain(text)))
        states = ", ".join(f"'{state}'" for state in sorted(CLOSED))
        for (text,) in self._database.read(f"SELECT payload FROM journal WHERE state NOT IN ({states})"):
            found |= _files(_values(plain(text)))
        return found


def _is_free(tx: Connection, record: str, fields: Mapping[str, str], closed: States) -> bool:
    """Whether all that belongs to it is closed, and the City has all its files."""
    if any(part not in closed for part in tx.execute(OPEN_PART, (record,)).fetchall()):
        return False
    shas = _files(fields.values())
    return not any(
        tx.execute("SELECT 1 FROM blob WHERE sha256 = ? AND confirmed = 0", (sha,)).fetchone() for sha in shas
    )


def _strip(tx: Connection, due: Iterable[tuple[int, str, str, str]], mark: str) -> None:
    """Leave of these rows what the comparison with the City needs, and the `mark`."""
    for n, record, _, _ in due:
        tx.execute(f"UPDATE record SET {BLANK}, state = ?, fields = '{{}}' WHERE n = ?", (mark, n))
        tx.execute("DELETE FROM search WHERE rowid = ?", (n,))
        for table in ("unindexed", "booked"):
            tx.execute(f"DELETE FROM {table} WHERE n = ?", (n,))
        tx.execute("DELETE FROM setting WHERE name IN (?, ?)", (OPENED + record, f"looked.{record}"))
        for seq, payload in tx.execute("SELECT seq, payload FROM journal WHERE record = ?", (record,)).fetchall():
            said = {**plain(payload), "edits": {}, "was": {}, "attachments": [], "purged": True}
            text = canonical(said).decode()
            tx.execute("UPDATE journal SET payload = ?, answer = '{}', about = '{}' WHERE seq = ?", (text, seq))


def _values(said: object) -> list[str]:
    """All texts in a JSON value."""
    if isinstance(said, str):
        return [said]
    inside = said.values() if isinstance(said, dict) else said if isinstance(said, list) else ()
    return [text for one in inside for text in _values(one)]


def _files(values: Iterable[str]) -> set[str]:
    """The SHA-256s that file values name, and those of attachments."""
    return {match[1] for value in values if (match := FILE_VALUE.fullmatch(value))}
