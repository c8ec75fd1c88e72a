"""The short way of settling gives what the long way gives."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from unittest.mock import patch

from hypothesis import given, settings
from hypothesis import strategies as st

from fieldapp.records import NUMBER, STATE, TITLE, WARD, Change
from fieldapp.store import Query, RemoteRow, Settled, Store, settling
from tests.support.store import make_change, make_store

PATHS = ("a", "b", STATE, TITLE, WARD)
VALUES = st.sampled_from(["", "1", "2", "08", "09"])
EDITS = st.dictionaries(st.sampled_from(PATHS), VALUES, min_size=1)
TOLD = st.dictionaries(st.sampled_from((*PATHS, NUMBER)), VALUES)
STATUS = st.sampled_from(["applied", "applied", "applied", "merged", "noop", "conflict", "retry"])
STEPS = st.lists(
    st.tuples(st.sampled_from("rst"), EDITS, st.booleans(), STATUS, st.integers(0, 2), TOLD), min_size=1, max_size=8
)
Step = tuple[str, dict[str, str], bool, str, int, dict[str, str]]


class Copy:
    """A store that a row came to, with Changes and the City's answers to them."""

    def __init__(self, folder: Path) -> None:
        self.store = make_store(folder)
        self.store.exchange.apply_page("ward:08", [RemoteRow("r", 3, "bulk-pickup", "1", {WARD: "08", "a": "1"})], 3)

    def save(self, change: Change, *, seal: bool) -> None:
        self.store.commit(change, seal=seal)

    def seen(self) -> tuple[object, ...]:
        lines = sorted(self.store.rows(self.store.ids(Query())), key=lambda row: row.id)
        records = [(self.store.record(id_), self.store.city_record(id_)) for id_ in "rst"]
        buckets = {
            name: (state.count, state.checksum) for name, state in self.store.exchange.buckets().items() if state.count
        }
        return lines, records, buckets, self.store.counts()


def answer(store: Store, change: Change, step: Step) -> Settled:
    city = store.city_record(change.record)
    return Settled(change.id, step[3], (city.rev if city else 0) + step[4], edits=step[5])


@settings(max_examples=30, deadline=None)
@given(STEPS)
def test_both_ways_lead_to_the_same(steps: list[Step]) -> None:
    with TemporaryDirectory() as name:
        short, long = Copy(Path(name) / "short"), Copy(Path(name) / "long")
        known = {"r"}
        for step in steps:
            record, edits, seal = step[0], step[1], step[2]
            seen = short.store.record(record)
            was = {path: seen.get(path) if seen else "" for path in edits}
            change = make_change(record, edits, creates=record not in known, was=was)
            known.add(record)
            short.save(change, seal=seal)
            long.save(change, seal=seal)
            answers = [
                answer(short.store, one, step) for one in short.store.exchange.pending(change.principal, 9, 10**6)
            ]
            short.store.exchange.settle(answers)
            with patch.object(settling, "accept_plainly", return_value=frozenset()):
                long.store.exchange.settle(answers)
            assert short.seen() == long.seen()
            assert not short.store.check()
        short.store.close()
        long.store.close()
