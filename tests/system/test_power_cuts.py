"""The power goes at any moment, and the disk holds what it may hold then (T5): what was called saved is there."""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from fieldapp.services import Catalogue
from sync.gateway import audit
from tests.support.gateway import make_service
from tests.support.kill import Killed, assert_saved, assert_whole, damaged_folders
from tests.support.powercut import Disk, Event, moments, recorded
from tests.support.store import make_store

RECORDS, PUSHES = 24, 14
CUTS = 60
MANY = 1_000
Judge = Callable[[Path, Killed], None]
pytestmark = [pytest.mark.kill, pytest.mark.xdist_group("power cuts")]
Recording = tuple[Path, list[Event]]


@pytest.fixture(scope="module")
def laptop(tmp_path_factory: pytest.TempPathFactory) -> Recording:
    return recorded(tmp_path_factory.mktemp("laptop"), "tests.support.powercut_child", "laptop", str(RECORDS))


@pytest.fixture(scope="module")
def gateway(tmp_path_factory: pytest.TempPathFactory) -> Recording:
    return recorded(tmp_path_factory.mktemp("gateway"), "tests.support.powercut_child", "gateway", str(PUSHES))


def cut(recording: Recording, folder: Path, seed: int, count: int, judge: Judge) -> int:
    """Cut `count` times and judge each disk; how many acknowledged things were asked for."""
    root, events = recording
    asked, disk, at = 0, Disk(root), 0
    for number, moment in enumerate(sorted(moments(events, seed, count))):
        for event in events[at:moment]:
            disk.apply(event)
        at = moment
        place = folder / f"cut-{moment}-{number}"
        disk.after_cut(random.Random(f"{seed} {number}"), place)
        judge(place, Killed([line.split() for line in disk.acks]))
        asked += len(disk.acks)
    return asked


def judge_laptop(place: Path, said: Killed) -> None:
    """I1, I2: every acknowledged save is there, with its Change; nothing is half there; photos can be read."""
    if not said.lines:
        return
    store = make_store(place / "store")
    assert store._database.read("PRAGMA integrity_check") == [("ok",)]
    assert_saved(store, said)
    assert_whole(store)
    for record, change in said.said("sealed"):
        assert [one.sealed for one in store.history(record) if one.change.id == change] == [True]
    for record, change in said.said("applied"):
        assert [one.state for one in store.history(record) if one.change.id == change] == ["applied"]
    for (sha256,) in said.said("blob"):
        assert store.blobs.read(sha256)
    cursors = [int(cursor) for (cursor,) in said.said("cursor")]
    assert not cursors or store.exchange.buckets()["ward:08"].cursor >= cursors[-1]
    store.close()
    assert damaged_folders(place / "store") == []


def judge_gateway(place: Path, said: Killed) -> None:
    """Every answer that was given stands, the tallies are true, no byte of a file that was counted is missing."""
    if not said.lines:
        return
    service = make_service(place / "gateway", Catalogue.load())
    assert service.database.read("PRAGMA integrity_check") == [("ok",)]
    kept = {id_: (status, rev) for id_, status, rev in service.database.read("SELECT id, status, rev FROM op")}
    assert all(kept[op] == (status, int(rev)) for op, status, rev in said.said("taken"))
    truth = service.database.read("SELECT bucket, count(*) FROM record GROUP BY bucket")
    assert {name: count for name, (count, _) in service.summary().items() if count} == dict(truth)
    assert len(kept) == audit.totals(service)[0]
    for sha256, offset in said.said("offset"):
        status = service.files.status(sha256)
        assert status.offset >= int(offset)
        assert not status.complete or audit.is_whole(service, sha256)
    service.close()


def test_i01_i02_a_power_cut_takes_nothing_that_was_called_saved(laptop: Recording, tmp_path: Path) -> None:
    assert cut(laptop, tmp_path, 1, CUTS, judge_laptop) > CUTS


def test_i03_i19_a_power_cut_at_the_city_takes_back_no_answer(gateway: Recording, tmp_path: Path) -> None:
    assert cut(gateway, tmp_path, 2, CUTS // 2, judge_gateway) > CUTS


@pytest.mark.soak
def test_i01_i02_nor_do_a_thousand(laptop: Recording, gateway: Recording, tmp_path: Path) -> None:
    figures = {
        "cuts": 2 * MANY,
        "acknowledged things asked for at the laptop": cut(laptop, tmp_path, 11, MANY, judge_laptop),
        "and at the gateway": cut(gateway, tmp_path, 12, MANY, judge_gateway),
        "lost": 0,  # each was judged
    }
    print(json.dumps(figures))


def test_i01_syncs_come_in_the_order_that_a_photo_needs(laptop: Recording) -> None:
    """Written, synced, named, its folder synced; only then its row is committed."""
    events: Sequence[Event] = laptop[1]
    paths = {event.handle: event.text for event in events if event.kind == "O"}
    placed = [n for n, event in enumerate(events) if event.kind == "R" and "/blobs/" in event.text]
    assert len(placed) >= RECORDS
    for n in placed:
        before, after = events[n - 1], events[n + 1 : n + 3]
        assert (before.kind, paths[before.handle].endswith(".part")) == ("S", True)
        assert [event.kind for event in after] == ["O", "S"]
        assert paths[after[1].handle].endswith("/blobs")
