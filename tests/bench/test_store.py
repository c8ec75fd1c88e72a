"""The store's figures, as ratios in one run: `./test --bench tests/bench/test_store.py`."""

from __future__ import annotations

import sqlite3
import statistics
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from fieldapp.clock import SystemClock
from fieldapp.records import ALIAS, STATE, TITLE, Change
from fieldapp.store import Query, RemoteRow, Settled, Store
from fieldapp.store.journal import payload_text
from fieldapp.store.rows import text_of
from fieldapp.store.sqlcipher import DURABLE, Connection, connect
from tests.support.store import KEY, PERSON, fill, make_change, make_row, make_store

pytestmark = pytest.mark.bench
ANSWERS = {STATE: "draft", TITLE: "Porch", ALIAS: "HAM-LT01-261123-001"}
ANSWERS |= {f"group/q{n}": f"an answer of some words, number {n}" for n in range(20)}
ROUNDS, SAVES = 7, 200


def seconds(work: Callable[[], object]) -> float:
    """How long `work` takes."""
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def median_ms(work: Callable[[], object], times: int = 5) -> float:
    """The median time of `work` in milliseconds, after one run to warm up."""
    work()
    return statistics.median(seconds(work) for _ in range(times)) * 1000


def raw_saves(connection: Connection, changes: list[Change]) -> None:
    """The floor: record row and outbox row of the same bytes, in one durable commit each."""
    for change in changes:
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("INSERT INTO record VALUES (?, 1, ?)", (change.record, text_of(ANSWERS)))
        connection.execute("INSERT INTO outbox VALUES (NULL, ?, ?)", (change.id, payload_text(change)))
        connection.execute("COMMIT")


def raw(connection: Connection) -> Connection:
    """Two bare tables with the store's durability."""
    connection.execute("PRAGMA journal_mode = WAL")
    for pragma in DURABLE:
        connection.execute(pragma)
    connection.execute("CREATE TABLE record (id TEXT PRIMARY KEY, rev INTEGER, body TEXT)")
    connection.execute("CREATE TABLE outbox (seq INTEGER PRIMARY KEY, id TEXT UNIQUE, body TEXT)")
    return connection


def new_changes() -> list[Change]:
    return [make_change(edits=ANSWERS) for _ in range(SAVES)]


def test_a_save_against_two_raw_rows(tmp_path: Path) -> None:
    plain = raw(sqlite3.connect(tmp_path / "plain.db", isolation_level=None))
    cipher = raw(connect(tmp_path / "cipher.db", KEY))
    store = make_store(tmp_path / "store", clock=SystemClock())
    opened = make_change(edits=ANSWERS)
    store.commit(opened, seal=False)

    def answers() -> None:
        for n in range(SAVES):
            store.commit(make_change(opened.record, {f"group/q{n % 20}": f"another answer {n}"}), seal=False)

    def news(*, seal: bool) -> None:
        for change in new_changes():
            store.commit(change, seal=seal)

    kinds: dict[str, Callable[[], None]] = {
        "raw, plain": lambda: raw_saves(plain, new_changes()),
        "raw, encrypted": lambda: raw_saves(cipher, new_changes()),
        "an answer joined": answers,
        "a new record, open": lambda: news(seal=False),
        "a new record, sealed": lambda: news(seal=True),
    }
    times: dict[str, list[float]] = {name: [] for name in kinds}
    for _ in range(ROUNDS):
        for name, work in kinds.items():
            times[name].append(seconds(work) / SAVES * 1e6)
    ratios = {name: _ratio(found, times["raw, encrypted"]) for name, found in times.items()}
    for name, found in times.items():
        by_plain = _ratio(found, times["raw, plain"])
        print(f"{name:22} {statistics.median(found):6.0f} us   {ratios[name]:.2f} x encrypted   {by_plain:.2f} x plain")
    assert ratios["an answer joined"] < 1.5
    assert ratios["a new record, sealed"] < 2.2
    plain.close()
    cipher.close()
    store.close()


def _ratio(ours: list[float], theirs: list[float]) -> float:
    return statistics.median(mine / other for mine, other in zip(ours, theirs, strict=True))


@pytest.fixture(scope="module", params=[100_000, 200_000])
def large(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """A store of many records."""
    folder = tmp_path_factory.mktemp("large")
    store = make_store(folder)
    took = seconds(lambda: fill(store, request.param))
    print(f"\n{request.param:,} records: filled and indexed in {took:.1f} s", end=", ")
    print(f"{(folder / 'store.db').stat().st_size / 1e6:.0f} MB")
    yield store
    store.close()


def test_lists_and_search(large: Store) -> None:
    everything = large.ids(Query())
    middle = list(everything[len(everything) // 2 :][:200])
    reads: dict[str, tuple[Callable[[], object], float]] = {
        "ids, all by change": (lambda: large.ids(Query()), 250),
        "ids, all by title": (lambda: large.ids(Query(sort="title")), 1000),
        "ids, mine by plan": (lambda: large.ids(Query(assignee=PERSON, state_kinds=("draft",), sort="planned")), 150),
        "ids, review by due": (lambda: large.ids(Query(state_kinds=("submitted",), sort="due")), 250),
        "count of a state": (lambda: large.count(Query(state_kinds=("returned",))), 100),
        "200 rows of the middle": (lambda: large.rows(middle), 15),
        "search a number": (lambda: large.search("26-104233"), 50),
        "search two words": (lambda: large.search("emilie 12"), 50),
        "search a common word": (lambda: large.search("fence"), 50),
        "search one digit": (lambda: large.search("1"), 50),
    }
    for name, (read, limit) in reads.items():
        took = median_ms(read)
        print(f"{name:24} {took:7.1f} ms")
        assert took < limit, name


def test_opening(large: Store) -> None:
    folder = large._database.folder
    large.close()

    def opened() -> None:
        store = make_store(folder)
        store.record("record-00000007")
        store.close()

    took = median_ms(opened)
    print(f"open, read one, close    {took:7.1f} ms")
    assert took < 50


def test_saves_while_a_page_arrives(tmp_path: Path) -> None:
    """A save waits for at most one page."""
    store = make_store(tmp_path)
    fill(store, 20_000)
    feed: list[RemoteRow] = [make_row(n) for n in range(50_000, 50_200)]
    page = seconds(lambda: store.exchange.apply_page("ward:none", feed, 1)) * 1000
    changes = [make_change(edits=ANSWERS) for _ in range(1000)]
    for change in changes:
        store.commit(change, seal=True)
    pending = store.exchange.pending(PERSON, 500, 10**7)
    settled = seconds(
        lambda: store.exchange.settle([Settled(one.id, "applied", 1, edits={"@number": "1"}) for one in pending])
    )
    print(f"a page of 200 rows       {page:7.1f} ms  ({page * 5:.0f} us a row)")
    print(f"settling {len(pending)} Changes    {settled * 1000:7.1f} ms  ({settled / len(pending) * 1e6:.0f} us each)")
    assert page < 100
    store.close()
