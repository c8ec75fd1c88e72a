"""Any order of saves, answers, pages and repairs leaves a store that agrees with itself and has lost no save."""

from __future__ import annotations

import shutil
import tempfile
from collections import Counter, defaultdict
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from fieldapp.errors import RefusedError
from fieldapp.records import Change
from fieldapp.store import Place, RemoteRow, Settled, Store
from tests.support.store import PERSON, make_change, make_store

RECORDS = ["r1", "r2", "r3"]
BUCKETS = ["ward:01", "ward:02"]
PATHS = st.sampled_from(["a", "b", "@ward"])
VALUES = st.sampled_from(["01", "02"])
IDS = st.sampled_from(RECORDS)


class Desk(RuleBasedStateMachine):
    """One laptop. The City is made of random answers and rows with rising revisions."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        self.store: Store = make_store(self.folder)
        self.revs: Counter[str] = Counter()
        self.cursor = 0
        self.sealed: dict[str, Change] = {}
        self.came: defaultdict[tuple[str, str], set[str]] = defaultdict(set)  # the City's values, by record and path

    def teardown(self) -> None:
        self.store.close()
        shutil.rmtree(self.folder)

    @rule(record=IDS, edits=st.dictionaries(PATHS, VALUES | st.none(), min_size=1), seal=st.booleans())
    def save(self, record: str, edits: dict[str, str | None], seal: bool) -> None:
        known = self.store.record(record)
        was = {path: known.fields.get(path) if known else None for path in edits}
        change = make_change(record, edits, was=was, creates=known is None)
        kept = self.store.commit(change, seal=seal)
        for path, value in edits.items():  # what is taken back leaves the City's newer value, if there is one
            assert kept.get(path) == (value or "") or kept.get(path) in self.came[record, path]

    @rule(status=st.sampled_from(["applied", "applied", "merged", "noop", "conflict", "rejected", "parked", "retry"]))
    def answer(self, status: str) -> None:
        for change in self.store.exchange.pending(PERSON, 1, 10**6):
            if status in {"applied", "merged"}:
                self.revs[change.record] += 1
            edits = {"a": "theirs"} if status == "conflict" else {"@number": "26-1"}
            self.came[change.record, "a"] |= {"theirs"} if status == "conflict" else set()
            self.store.exchange.sent([change.id])
            self.store.exchange.settle([Settled(change.id, status, self.revs[change.record], edits=edits)] * 2)

    @rule(record=IDS, fields=st.dictionaries(PATHS, VALUES), bucket=st.sampled_from(BUCKETS), gone=st.booleans())
    def page(self, record: str, fields: dict[str, str], bucket: str, gone: bool) -> None:
        self.revs[record] += 1
        self.cursor += 1
        for path in ("a", "b", "@ward"):
            self.came[record, path].add(fields.get(path, ""))
        self.store.exchange.apply_page(
            bucket, [RemoteRow(record, self.revs[record], "bulk-pickup", "1", fields, gone)], self.cursor
        )

    @rule(bucket=st.sampled_from(BUCKETS), whole=st.booleans())
    def build_anew(self, bucket: str, whole: bool) -> None:
        self.store.exchange.begin_again(bucket, "e2")
        if whole:
            self.store.exchange.finish_again(bucket)

    @rule(bucket=st.sampled_from(BUCKETS))
    def leave(self, bucket: str) -> None:
        self.store.exchange.leave_bucket(bucket)

    @rule()
    def restored(self) -> None:
        self.store.exchange.send_again("")

    @rule(record=IDS, mine=st.booleans())
    def repair(self, record: str, mine: bool) -> None:
        try:
            self.store.resolve(record, mine=mine)
        except RefusedError:
            return
        row = self.store.row(record)
        assert row is None or row.place in {Place.CITY, Place.WAITING}

    @rule()
    def crash_or_close(self) -> None:
        self.store.close()
        self.store = make_store(self.folder)

    @precondition(lambda self: self.cursor % 3 == 0)
    @rule()
    def tidy(self) -> None:
        self.store.tidy()

    @invariant()
    def agrees_with_itself(self) -> None:
        assert self.store.check() == []
        report = self.store.verify_chain()
        assert report.whole, report.fault

    @invariant()
    def sealed_changes_never_alter_or_vanish(self) -> None:
        now = {
            entry.change.id: entry.change for record in RECORDS for entry in self.store.history(record) if entry.sealed
        }
        assert self.sealed.items() <= now.items()
        self.sealed = now


Desk.TestCase.settings = settings(
    max_examples=40, stateful_step_count=25, deadline=None, suppress_health_check=list(HealthCheck)
)
TestDesk = Desk.TestCase
