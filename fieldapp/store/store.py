"""The store of one person on one machine: everything the product keeps passes through here, encrypted and durable."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import date
from pathlib import Path

from fieldapp.clock import Clock, stamp
from fieldapp.errors import StoreError
from fieldapp.records import Change, Edits, Record
from fieldapp.store import rows, saves
from fieldapp.store.blobs import Blobs
from fieldapp.store.booked import Booked
from fieldapp.store.buckets import Buckets
from fieldapp.store.chain import Chain
from fieldapp.store.checks import disagreements
from fieldapp.store.closing import close_drafts
from fieldapp.store.database import NAME, Database
from fieldapp.store.departures import Departures
from fieldapp.store.exchange import Exchange
from fieldapp.store.guide import Guide, NoGuide
from fieldapp.store.handing import Handing
from fieldapp.store.handouts import Handouts
from fieldapp.store.journal import ChainReport, Counts, Entry, Journal, note_head
from fieldapp.store.log import Log
from fieldapp.store.numbers import Issue, Numbers
from fieldapp.store.people import People
from fieldapp.store.proof import Proof, proof_of
from fieldapp.store.query import Finder, Query
from fieldapp.store.rebase import named_files
from fieldapp.store.remote import RemoteRow
from fieldapp.store.retention import Retention
from fieldapp.store.rows import Place, Row
from fieldapp.store.search import Search
from fieldapp.store.settings import Settings
from fieldapp.store.settling import call_back, take_up
from fieldapp.store.snapshots import Snapshots
from fieldapp.store.sums import Sums
from fieldapp.store.touched import Bell, Listener, Touched

LARGE = 20_000  # records


class Store:
    """Open one with `Store.open`. Any thread may read and write; a write is one short durable transaction."""

    def __init__(self, database: Database, *, clock: Clock, device: str, guide: Guide) -> None:
        self.device = device
        self.blobs = Blobs(database)
        self.folder = database.folder
        self.handing = Handing(database, guide.merging)
        self.chain = Chain(database)
        self.log = Log(database, clock)
        self.retention = Retention(database, self.blobs, clock)
        self.snapshots = Snapshots(database, clock)
        self.numbers = Numbers(database)
        self._database = database
        self._clock = clock
        self._kinds = guide.merging
        self._bell = Bell()
        self.exchange = Exchange(
            database,
            clock=clock,
            kinds=guide.merging,
            bell=self._bell,
            blobs=self.blobs,
            departures=Departures(),
        )
        self._finder = Finder(database, guide.kind)
        self._search = Search(database, guide.private)
        self._journal = Journal(database)
        self._buckets = Buckets(database)
        self.handouts = Handouts(database)
        self.booked = Booked(database)
        self.sums = Sums(database, clock)
        self._settings = Settings(database)
        self.people = People(self._settings)

    @classmethod
    def open(cls, folder: Path, key: bytes, *, clock: Clock, device: str, guide: Guide | None = None) -> Store:
        """Open the store in `folder`, and make it when new.

        Raises LockedStoreError (the key does not fit), NewerStoreError, DamagedStoreError (moved aside) or DiskError.
        """
        database = Database.open(folder, key)
        return cls(database, clock=clock, device=device, guide=guide or NoGuide())

    def close(self) -> None:
        """Bring everything to rest. What is saved is on the disk already. Closing twice does no harm."""
        if not self._database.closed:
            with suppress(StoreError), self._database.write() as tx:  # closing must end, also on a full disk
                note_head(tx)
        self._database.close()

    def copy_into(self, folder: Path) -> bytes:
        """A copy of the file as it stands in an empty `folder`, and the key that both have; saves go on meanwhile."""
        self._database.copy_to(folder / NAME)
        return self._database.key

    @property
    def departures(self) -> Departures:
        """What is held back for a moment in which one may think better of it."""
        return self.exchange.departures

    @property
    def sealed(self) -> bool:
        """Whether it is locked: then everything but `unseal` and `close` raises StoreError."""
        return self._database.sealed

    def seal(self) -> None:
        """Lock it: the file is closed and the key forgotten. What is saved is on the disk. No thread may be reading."""
        self.sums.forget()
        self._database.seal()

    def unseal(self, key: bytes) -> None:
        """Open it again where it was. Raises as `open` does; then it stays locked."""
        self._database.unseal(key)

    # What a person does

    def commit(self, change: Change, *, seal: bool, issues: Sequence[Issue] = ()) -> Record:
        """Save one Change and the record after it, durably. It joins its actor's open Change of the record, if any.

        `seal` closes it for sending: from then on it never alters. `issues` are official numbers that are taken with
        it: used if it is saved, free if not. Raises DiskError: then nothing was saved.
        """
        with self._database.write() as tx:
            record = saves.save(tx, change, seal=seal, now=self._now(), issues=issues, kinds=self._kinds)
        self._bell.ring(Touched(frozenset({change.record}), journal=True))
        return record

    def commit_together(self, changes: Sequence[tuple[Change, Sequence[Issue]]]) -> list[Record]:
        """Save Changes of several records at once, sealed, with the numbers that each takes: all of them or none."""
        now = self._now()
        with self._database.write() as tx:
            kept = [
                saves.save(tx, change, seal=True, now=now, issues=issues, kinds=self._kinds)
                for change, issues in changes
            ]
        self._bell.ring(Touched(frozenset(change.record for change, _ in changes), journal=True))
        return kept

    def discard_draft(self, record_id: str) -> None:
        """Take away a draft that never left this laptop; RefusedError once any part of it was sealed."""
        with self._database.write() as tx:
            saves.discard(tx, record_id)
        self._bell.ring(Touched(frozenset({record_id}), journal=True))

    def resolve(self, record_id: str, *, mine: bool) -> Record:
        """End a conflict or a refusal: send my values anew on top of the City's, or let the City's stand.

        RefusedError when there is nothing to repair, or the City does not have the record at all.
        """
        now = self._now()
        with self._database.write() as tx:
            record = saves.renew(tx, record_id, now, kinds=self._kinds) if mine else saves.revert(tx, record_id, now)
        self._bell.ring(Touched(frozenset({record_id}), journal=True))
        return record

    def choose(self, record_id: str, chosen: Edits, seen: Edits) -> Record:
        """End a conflict path by path: what was refused goes again with the values `chosen`, as one Change a step.

        RefusedError when there is nothing to repair, or the City's values are not the ones `seen` any more.
        """
        with self._database.write() as tx:
            record = saves.renew(tx, record_id, self._now(), chosen, seen, kinds=self._kinds)
        self._bell.ring(Touched(frozenset({record_id}), journal=True))
        return record

    def reopen(self, record_id: str, state: str) -> Record:
        """Take back what the City refused, to be corrected: all of it is open again, and the record back in `state`.

        RefusedError when there is nothing to repair.
        """
        with self._database.write() as tx:
            record = saves.reopen(tx, record_id, state, self._now(), kinds=self._kinds)
        self._bell.ring(Touched(frozenset({record_id}), journal=True))
        return record

    def call_back(self, ids: Sequence[str]) -> set[str]:
        """Withdraw those of these sealed Changes that were never sent and have nothing on top; which they were."""
        with self.departures.lock, self._database.write() as tx:
            called = call_back(tx, self.departures.here(ids), self._kinds)
        self._bell.ring(Touched(frozenset(called.values()), journal=True))
        return set(called)

    def take_up(self, change: str, state: str) -> bool:
        """Take back only the step of a sealed Change that was never sent: its answers are open again, and its record in
        `state`. False where it has left, or has something on top."""
        with self.departures.lock, self._database.write() as tx:
            here = self.departures.here([change])
            record = take_up(tx, change, state, self._now(), self._kinds) if here else ""
        self._bell.ring(Touched(frozenset({record} - {""}), journal=True))
        return bool(record)

    def next_alias(self, device: str, day: date) -> str:
        """The next offline reference: HAM-<device>-<yymmdd>-<nnn>. Durable: never given twice."""
        return self._settings.next_alias(device, day)

    def setting(self, name: str, default: str = "") -> str:
        """What was kept under `name`."""
        return self._settings.get(name, default)

    def keep_setting(self, name: str, value: str) -> None:
        """Keep a small thing."""
        self._settings.keep(name, value)

    # Reading

    def record(self, record_id: str) -> Record | None:
        """The record as it stands on this laptop."""
        found = self._database.read(rows.BY_ID, (record_id,))
        return rows.stored_of(found[0]).record if found and found[0][rows.SERVICE] else None

    def city_record(self, record_id: str) -> Record | None:
        """The record as the City has it, as far as this laptop knows; None while the City has none."""
        return self._buckets.city_record(record_id)

    def row(self, record_id: str) -> Row | None:
        """The record's list line."""
        found = self._database.read(rows.ROW_BY_ID, (record_id,))
        return rows.row_of(found[0]) if found else None

    def left(self, record_id: str) -> bool:
        """Whether the record is not in this person's reach any more, and is here only until what was done to it is
        settled. While a draft of it is open it is still theirs to finish."""
        sql = f"SELECT 1 FROM record WHERE id = ? AND gone = 1 AND place IN ({Place.WAITING:d}, {Place.ATTENTION:d})"
        return bool(self._database.read(sql, (record_id,)))

    def ids(self, query: Query, limit: int = -1) -> array[int]:
        """The row numbers of all matches, in order; of the first `limit`, where one is given."""
        self._catch_up_for(query)
        return self._finder.ids(query, limit)

    def is_large(self) -> bool:
        """Whether it may hold so many records that a list of all takes longer than nobody notices."""
        return self._finder.last_row() > LARGE

    def rows(self, numbers: Sequence[int]) -> list[Row]:
        """The list lines of these row numbers."""
        return self._finder.rows(numbers)

    def records(self, numbers: Sequence[int]) -> dict[int, Record]:
        """The whole records of these row numbers."""
        return self._finder.records(numbers)

    def find(self, query: Query, limit: int = 100) -> list[Record]:
        """The first `limit` matches, whole."""
        self._catch_up_for(query)
        return self._finder.find(query, limit)

    def count(self, query: Query) -> int:
        """How many match."""
        self._catch_up_for(query)
        return self._finder.count(query)

    def search(self, text: str, limit: int = 20) -> list[Row]:
        """Records whose reference, title, address or answers have words that begin so."""
        return self._search.search(text, limit)

    def history(self, record_id: str) -> list[Entry]:
        """The record's Changes, oldest first; what is still open comes last."""
        return self._journal.history(record_id)

    def proof(self, record_id: str) -> Proof:
        """How far the record has come."""
        record = self.record(record_id)
        files = self.blobs.safety(named_files(record)) if record else (0, 0, 0)
        return proof_of(record, self.history(record_id), files)

    def counts(self) -> Counts:
        """What waits to be sent, what is still open, what needs a person."""
        return self._journal.counts()

    def unsent(self, principal: str) -> tuple[int, str]:
        """How many sealed Changes of a sign-in the City has not answered, and since when the oldest waits."""
        return self._journal.unsent(principal)

    def refusal_codes(self) -> dict[str, int]:
        """Why Changes wait for a person, by the City's code, and how many each."""
        return self._journal.codes()

    def purge(self, person: str, days: Callable[[str], int], city_time: str = "") -> int:
        """Let closed records leave this laptop, `days` of their service after they were received; how many left."""
        left = self.retention.purge(person, self._finder.closed(), days, city_time)
        if left:
            self._bell.ring(Touched(frozenset(entry.id for entry in self.retention.left(left))))
        return left

    def let_go(self, person: str, handed_off: Sequence[tuple[str, str]], city_time: str = "") -> int:
        """Let records in these (service, state) pairs leave this laptop at once; how many left."""
        left = self.retention.let_go(person, handed_off, self._finder.closed(), city_time)
        if left:
            self._bell.ring(Touched(self.retention.handed_off()))
        return left

    def bring_back(self, row: RemoteRow) -> None:
        """Take a record back that left this laptop."""
        if self.retention.bring_back(row):
            self._bell.ring(Touched(frozenset({row.id})))

    def verify_chain(self) -> ChainReport:
        """Check that the journal is as it was written."""
        return self._journal.verify()

    def check(self) -> list[str]:
        """What does not agree between records, journal and buckets: nothing, in a store that is whole."""
        return disagreements(self._database, self._kinds)

    def subscribe(self, listener: Listener) -> Callable[[], None]:
        """Call `listener(Touched)` after each commit, in the writing thread, until the returned function is called."""
        return self._bell.subscribe(listener)

    def layers_changed(self) -> None:
        """Tell every listener that the reference layers, which lie beside the store, are others now."""
        self._bell.ring(Touched(layers=True))

    def close_drafts(self, principal: str) -> None:
        """Seal what is open, as it is: the City takes this laptop's work before its store is erased."""
        with self._database.write() as tx:
            touched = close_drafts(tx, principal, self._now())
        self._bell.ring(Touched(touched, journal=True))

    def tidy(self) -> None:
        """At the end of a sync cycle and when idle: bring the search index up to date and the log into the file."""
        while self._search.catch_up(200):
            pass
        self._database.checkpoint()

    def _catch_up_for(self, query: Query) -> None:
        if query.text:
            self._search.catch_up(200)

    def _now(self) -> str:
        return stamp(self._clock.now())
