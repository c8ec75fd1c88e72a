"""The worker: wakes by itself, backs off, says where it is, and outlives everything."""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from fieldapp.errors import BusyError, GatewayError, OfflineError, SignInError, UpgradeError
from fieldapp.places import Layers, Report
from fieldapp.records import TITLE
from fieldapp.store import Query
from sync import alarms
from sync.alarms import ALARMS
from sync.backoff import Backoff
from sync.fleet import FLEET
from sync.later import LAST_PROOF, last_known
from sync.status import SyncState, SyncStatus
from sync.switch import Switch
from sync.worker import Worker
from tests.support.faults import Counting, Fails
from tests.support.gateway import CHIEF, CLERK, City, Laptop
from tests.support.places import wards_file

QUICK = 0.02


def until(true: Callable[[], bool], seconds: float = 10.0) -> None:
    """Wait until it is true."""
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "it never came"
        time.sleep(0.005)


@contextmanager
def working(laptop: Laptop, *, every: float = 60.0, base: float = QUICK) -> Iterator[tuple[Worker, list[SyncStatus]]]:
    """A running worker, and all statuses that it published."""
    seen: list[SyncStatus] = []
    worker = Worker(
        laptop.store,
        laptop.api,
        laptop.person,
        laptop.clock,
        publish=seen.append,
        every=every,
        backoff=Backoff(random.Random(1), base=base, cap=base * 4),
    )
    worker.start()
    try:
        yield worker, seen
    finally:
        worker.stop()


def settled(laptop: Laptop) -> bool:
    """Whether nothing waits."""
    return laptop.store.counts().waiting == 0


def test_what_is_sealed_is_sent_without_asking(near: City) -> None:
    laptop = near.laptop(CLERK)
    with working(laptop) as (worker, seen):
        until(lambda: worker.status.last_ok != "")
        laptop.new()
        until(lambda: settled(laptop) and worker.status.state is SyncState.IDLE)
    states = [status.state for status in seen]
    assert states.index(SyncState.PROBING) < states.index(SyncState.PUSHING) < len(states) - 1
    assert near.count("record") == 1


def test_what_came_is_in_the_search_index_after_the_cycle(near: City) -> None:
    clerk, chief = near.laptop(CLERK), near.laptop(CHIEF)
    clerk.new()
    clerk.sync()
    with working(chief):
        until(lambda: chief.store.count(Query()) == 1)
        until(lambda: chief.store._database.read("SELECT count(*) FROM unindexed") == [(0,)])


def test_an_open_draft_is_no_reason_to_sync(near: City) -> None:
    counting = Counting()
    laptop = near.laptop(CLERK, wrap=counting.over)
    with working(laptop) as (worker, _):
        until(lambda: worker.status.last_ok != "")
        before = len(counting.requests)
        laptop.store.commit(laptop.change("r1", {TITLE: "Couch"}, creates=True), seal=False)
        time.sleep(0.1)
        assert len(counting.requests) == before


def test_what_others_did_comes_by_itself(near: City) -> None:
    clerk, chief = near.laptop(CLERK), near.laptop(CHIEF)
    with working(chief, every=0.05):
        record = clerk.new()
        clerk.sync()
        until(lambda: chief.store.record(record) is not None)


def test_the_plug_pulled_and_put_back(near: City) -> None:
    switch = Switch()
    laptop = near.laptop(CLERK, wrap=switch.over)
    switch.plug(False)
    laptop.new()
    with working(laptop) as (worker, _):
        until(lambda: worker.status.state is SyncState.OFFLINE)
        assert (worker.status.waiting, worker.status.last_ok) == (1, "")
        switch.plug(True)
        until(lambda: worker.status.state is SyncState.IDLE)
        assert worker.status.waiting == 0
        assert worker.status.compared["ward:08"] == near_summary(near)


def near_summary(city: City) -> tuple[int, int]:
    """The City's own count and checksum of ward 8."""
    count, checksum = city.service.summary()["ward:08"]
    return count, int(checksum, 16)


def test_a_person_need_not_wait_for_the_backoff(near: City) -> None:
    switch = Switch()
    laptop = near.laptop(CLERK, wrap=switch.over)
    switch.plug(False)
    with working(laptop, base=1000.0) as (worker, _):
        until(lambda: worker.status.state is SyncState.OFFLINE)
        switch.plug(True)
        assert worker.sync_now().state is SyncState.IDLE


@pytest.mark.parametrize(
    ("error", "state"),
    [
        (SignInError("expired"), SyncState.NEEDS_LOGIN),
        (UpgradeError("old"), SyncState.UPGRADE_NEEDED),
        (BusyError("wait", 0.01), SyncState.BUSY),
        (OfflineError("cut"), SyncState.OFFLINE),
    ],
)
def test_each_failure_has_its_state_and_passes(near: City, error: Exception, state: SyncState) -> None:
    line = Fails(lambda count, _name: count <= 2, lambda: error)
    laptop = near.laptop(CLERK, wrap=line.over)
    record = laptop.new()
    with working(laptop) as (worker, seen):
        until(lambda: bool(seen) and any(status.state is state for status in seen))
        until(lambda: worker.sync_now().state is SyncState.IDLE)
    assert laptop.record(record).rev == 1
    assert {status.message for status in seen if status.state is state} == {str(error)}


def test_a_bug_does_not_end_the_worker(near: City, caplog: pytest.LogCaptureFixture) -> None:
    line = Fails(lambda count, _name: count == 1, lambda: ZeroDivisionError("bug"))
    laptop = near.laptop(CLERK, wrap=line.over)
    with working(laptop) as (worker, seen):
        until(lambda: worker.status.last_ok != "")
    assert SyncState.TROUBLE in {status.state for status in seen}
    assert "ZeroDivisionError" in caplog.text


def test_a_stopped_worker_is_gone(near: City) -> None:
    laptop = near.laptop(CLERK)
    with working(laptop):
        pass
    assert "sync" not in {thread.name for thread in threading.enumerate()}


def test_a_file_can_be_wished_for(near: City) -> None:
    clerk, chief = near.laptop(CLERK), near.laptop(CHIEF)
    photo = clerk.photo(b"a photo")
    clerk.new({"photos/one": f"{photo.sha256}.jpg"}, attachments=(photo,))
    clerk.sync()
    with working(chief) as (worker, _):
        worker.fetch(photo.sha256, ".jpg")
        until(lambda: chief.store.blobs.has(photo.sha256))


def test_backoff_doubles_with_full_jitter_up_to_its_cap() -> None:
    backoff = Backoff(random.Random(7), base=2.0, cap=300.0)
    waits = [backoff.after_failure() for _ in range(2000)]
    limits = [min(300.0, 2.0 * 2**n) for n in range(9)]
    assert all(wait <= limit for wait, limit in zip(waits, limits, strict=False))
    assert max(waits) <= 300.0
    assert min(waits[10:]) < 10.0
    assert max(waits[10:]) > 290.0
    assert backoff.after_failure(at_least=40.0) >= 40.0
    backoff.reset()
    assert backoff.after_failure() <= 2.0


def test_what_the_last_cycle_proved_is_known_after_a_restart(near: City) -> None:
    laptop = near.laptop(CLERK)
    with working(laptop) as (worker, _):
        until(lambda: worker.status.proof is not None)
        proof = worker.status.proof
    again = Worker(laptop.store, laptop.api, laptop.person, laptop.clock)
    assert again.status.proof == proof
    assert again.status.last_ok


def test_a_layer_on_its_way_is_told_and_ends_in_rest(near: City, tmp_path: Path) -> None:
    near.service.layers.publish("wards", wards_file(tmp_path), Report("wards", "", as_of="2026-11-01"))
    laptop, layers, seen = near.laptop(CLERK), Layers(tmp_path / "layers.db"), list[SyncStatus]()
    worker = Worker(laptop.store, laptop.api, laptop.person, laptop.clock, publish=seen.append)
    worker.bring_layers(layers)
    worker.start()
    try:
        until(lambda: bool(layers.describe()) and worker.status.state is SyncState.IDLE)
    finally:
        worker.stop()
        layers.close()
    told = [status.layer for status in seen if status.layer is not None]
    assert [one.loading for one in told][:2] == [False, True]
    assert {one.name for one in told} == {"wards"}
    assert worker.status.layer is None


def test_a_layer_that_a_person_stops_is_not_taken_in_until_they_want_it(near: City, tmp_path: Path) -> None:
    near.service.layers.publish("wards", wards_file(tmp_path), Report("wards", "", as_of="2026-11-01"))
    laptop, layers, stopped = near.laptop(CLERK), Layers(tmp_path / "layers.db"), threading.Event()

    def stop_while_it_loads(status: SyncStatus) -> None:
        if status.layer is not None and status.layer.loading and not stopped.is_set():
            stopped.set()
            worker.put_layers_off(off=True)

    worker = Worker(laptop.store, laptop.api, laptop.person, laptop.clock, publish=stop_while_it_loads)
    worker.bring_layers(layers)
    worker.start()
    try:
        until(lambda: stopped.is_set() and worker.status.layers_off and worker.status.state is SyncState.IDLE)
        assert layers.describe() == []
        worker.put_layers_off(off=False)
        until(lambda: bool(layers.describe()) and not worker.status.layers_off)
    finally:
        worker.stop()
        layers.close()


def test_whoever_locks_the_store_does_not_wait_for_a_layer(near: City, tmp_path: Path) -> None:
    near.service.layers.publish("wards", wards_file(tmp_path), Report("wards", "", as_of="2026-11-01"))
    laptop, layers, held = near.laptop(CLERK), Layers(tmp_path / "layers.db"), threading.Event()

    def hold_while_it_loads(status: SyncStatus) -> None:
        if status.layer is not None and status.layer.loading and not held.is_set():
            held.set()
            threading.Thread(target=worker.hold).start()
            until(lambda: worker._turns.held)

    worker = Worker(laptop.store, laptop.api, laptop.person, laptop.clock, publish=hold_while_it_loads)
    worker.bring_layers(layers)
    worker.start()
    try:
        until(lambda: held.is_set() and worker._turns.resting)
        assert layers.describe() == []
        worker.go_on()
        until(lambda: bool(layers.describe()))
    finally:
        worker.stop()
        layers.close()


def test_a_record_that_cannot_be_brought_back_holds_up_nothing(near: City) -> None:
    line = Fails(lambda _count, name: name == "record", lambda: GatewayError("it failed", 500))
    laptop = near.laptop(CLERK, wrap=line.over)
    with working(laptop) as (worker, _):
        worker.bring("no-record")
        assert worker.sync_now().state is SyncState.IDLE


def test_what_is_done_once_a_day_does_not_end_the_worker(
    near: City, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def bug() -> bool:
        raise ZeroDivisionError("bug")

    laptop = near.laptop(CLERK)
    monkeypatch.setattr(laptop.store.snapshots, "daily", bug)
    with working(laptop) as (worker, _):
        until(lambda: worker.status.last_ok != "")
        laptop.new()
        until(lambda: settled(laptop))
    assert "ZeroDivisionError" in caplog.text


def test_whoever_is_told_badly_does_not_end_the_worker(near: City, caplog: pytest.LogCaptureFixture) -> None:
    def deaf(status: SyncStatus) -> None:
        if status.state is SyncState.OFFLINE:
            raise ZeroDivisionError("bug")

    line = Fails(lambda count, _name: count == 1)
    laptop = near.laptop(CLERK, wrap=line.over)
    worker = Worker(laptop.store, laptop.api, laptop.person, laptop.clock, publish=deaf, every=QUICK)
    worker.start()
    try:
        until(lambda: worker.status.last_ok != "")
    finally:
        worker.stop()
    assert "ZeroDivisionError" in caplog.text


@pytest.mark.parametrize("kept", ["{}", "[]", "no JSON"])
def test_what_another_program_kept_in_its_own_way_counts_as_never_kept(near: City, kept: str) -> None:
    laptop = near.laptop(CHIEF)
    for name in (LAST_PROOF, FLEET, ALARMS):
        laptop.store.keep_setting(name, kept)
    assert last_known(laptop.store).last_ok == ""
    assert alarms.known(laptop.store) == ()
    with working(laptop) as (worker, _):
        assert worker.status.last_ok == ""
        assert worker.sync_now().state is SyncState.IDLE
