"""The day's appointments are found by an index that follows every write."""

from __future__ import annotations

import time
from collections.abc import Callable, Sized

import pytest

from fieldapp.bookings import Slot, Standing
from fieldapp.records import BOOKING, STATE, TITLE
from fieldapp.store import RemoteRow, Settled, Store
from fieldapp.store.booked import ON
from fieldapp.store.migrations import m0010_days_of_the_calendar
from fieldapp.store.sqlcipher import utils
from tests.support.store import fill, make_change

NINE = Slot("C1", ("vaccine",), "City Hall clinic", "", "2026-12-03T09:00", 15, 1)
OTHER = Slot("C2", ("vaccine",), "City Hall clinic", "", "2026-12-04T09:00", 15, 1)
ID = "0192f0c0-0000-7000-8000-00000000000{n}"


def arrive(store: Store, slot: Slot | None, n: int = 1, rev: int = 1) -> str:
    """A record with that place comes from the City."""
    fields = {STATE: "booked", TITLE: "Vaccine", "note": '"@booking/ is no booking here, nor "starts":"2026-12-05T'}
    if slot is not None:
        fields[BOOKING + "clinic"] = Standing("confirmed", rev, slot).text()
    row = RemoteRow(ID.format(n=n), rev, "vaccine", "1", fields)
    store.exchange.apply_page("ward:", [row], rev * 10 + n, epoch="e")
    return row.id


def on(store: Store, day: str) -> list[str]:
    return sorted(record.id for record in store.booked.on(day, ["vaccine", "civil-ceremony"]))


def test_a_moved_place_is_on_its_new_day_only(store: Store) -> None:
    record = arrive(store, NINE)
    assert on(store, "2026-12-03") == [record]
    arrive(store, OTHER, rev=2)
    assert (on(store, "2026-12-03"), on(store, "2026-12-04")) == ([], [record])


def test_a_place_that_is_given_back_is_on_no_day(store: Store) -> None:
    arrive(store, NINE)
    arrive(store, None, rev=2)
    assert on(store, "2026-12-03") == []


def test_an_own_edit_leaves_the_place_where_it_is(store: Store) -> None:
    record = arrive(store, NINE)
    change = make_change(record, {"answer": "x"}, service="vaccine", base_rev=1)
    store.commit(change, seal=True)
    assert on(store, "2026-12-03") == [record]
    assert on(store, "2026-12-05") == []


def test_a_place_that_comes_with_the_citys_answer_is_on_its_day(store: Store) -> None:
    change = make_change(edits={STATE: "requested", TITLE: "Vaccine"}, service="vaccine")
    store.commit(change, seal=True)
    given = {BOOKING + "clinic": Standing("confirmed", 1, NINE).text()}
    store.exchange.sent([change.id])
    store.exchange.settle([Settled(change.id, "applied", 1, edits=given, server_time="2026-11-23T14:00:00.000Z")])
    assert on(store, "2026-12-03") == [change.record]


def test_records_of_before_are_in_the_index_too(store: Store) -> None:
    records = sorted(arrive(store, NINE, n) for n in range(5))
    with store._database.write() as tx:
        tx.execute("DROP TABLE booked")
        m0010_days_of_the_calendar(utils(tx))
    assert on(store, "2026-12-03") == records


def test_nothing_but_the_days_records_is_read(store: Store) -> None:
    fill(store, 50)
    arrive(store, NINE)
    plan = store._database.read(f"EXPLAIN QUERY PLAN {ON}", ("2026-12-03", '["vaccine"]'))
    told = [row[-1] for row in plan]
    assert not [line for line in told if line.startswith("SCAN ") and "json_each" not in line], told


@pytest.mark.bench
def test_a_days_list_among_200_000_records(store: Store) -> None:
    fill(store, 200_000)
    for n in range(5):
        arrive(store, NINE, n)
    everything = "SELECT id FROM record WHERE instr(fields, '\"@booking/') > 0 AND instr(fields, '2026-12-03T') > 0"
    whole = ms(lambda: store._database.read(everything))
    found = ms(lambda: on(store, "2026-12-03"))
    print(f"\nthe day's list among 200,000 records: {found:.2f} ms; reading everything: {whole:.0f} ms")
    assert found * 20 < whole


def ms(work: Callable[[], Sized]) -> float:
    """The shortest of three times, in ms."""
    times = []
    for _ in range(3):
        started = time.perf_counter()
        assert len(work()) == 5
        times.append(time.perf_counter() - started)
    return min(times) * 1000
