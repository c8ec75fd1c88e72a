"""Daily copies, and going back to one: nothing that can be read is lost, nothing is given twice, nothing is deleted."""

from __future__ import annotations

import shutil
import threading
from datetime import date
from pathlib import Path

import pytest

from fieldapp.clock import FixedClock
from fieldapp.errors import DamagedStoreError, DiskError, StoreError
from fieldapp.store import Settled, Store, aside, snapshots
from fieldapp.store.restore import Restored, restore
from fieldapp.store.snapshots import PLAIN, listed
from fieldapp.store.sqlcipher import connect
from tests.support.store import KEY, PERSON, make_change, make_store

DAY = date(2026, 11, 23)


def back(folder: Path) -> tuple[Store, Restored]:
    """The store after going back to its newest copy."""
    done = restore(folder, KEY, listed(folder)[0])
    store = make_store(folder)
    assert store.check() == []
    assert store.verify_chain().whole
    return store, done


def waiting(store: Store) -> set[str]:
    """The ids of what may be sent."""
    return {change.id for change in store.exchange.pending(PERSON, 10**6, 10**9)}


def test_one_copy_a_day_and_seven_are_kept(tmp_path: Path) -> None:
    clock = FixedClock()
    store = make_store(tmp_path, clock=clock)
    made = []
    for _ in range(9):
        made += [store.snapshots.daily(), store.snapshots.daily()]
        clock.forward(days=1)
    store.close()
    assert made == [True, False] * 9
    assert [one.day for one in listed(tmp_path)] == [f"2026-12-0{n}" for n in (1,)] + [
        f"2026-11-{n}" for n in range(30, 24, -1)
    ]


def test_a_copy_is_encrypted_and_opens_with_the_stores_key(tmp_path: Path) -> None:
    store = make_store(tmp_path)
    store.commit(make_change(edits={"contact/name": "Wren Quillfeather"}), seal=True)
    store.snapshots.daily()
    store.close()
    [copy] = listed(tmp_path)
    assert PLAIN[:6] not in copy.path.read_bytes()
    assert b"Quillfeather" not in copy.path.read_bytes()
    reader = connect(copy.path, KEY)
    assert reader.execute("SELECT count(*) FROM journal").fetchone() == (1,)
    reader.close()
    assert [path.name for path in copy.path.parent.iterdir()] == [copy.path.name]


def test_a_clock_that_was_a_year_ahead_does_not_stop_the_copies(tmp_path: Path) -> None:
    clock = FixedClock()
    store = make_store(tmp_path, clock=clock)
    for days in (365, -365, 1, 1):
        clock.forward(days=days)
        store.snapshots.daily()
    store.close()
    assert [one.day for one in listed(tmp_path)] == ["2026-11-25", "2026-11-24", "2026-11-23", "2027-11-23"]


def test_a_save_goes_on_while_a_copy_is_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = make_store(tmp_path)
    reading, saved = threading.Event(), threading.Event()

    def slow(_path: Path, _key: bytes) -> None:
        reading.set()
        assert saved.wait(20)

    monkeypatch.setattr(snapshots, "require_sound", slow)
    copying = threading.Thread(target=store.snapshots.daily)
    copying.start()
    assert reading.wait(20)
    store.commit(make_change(), seal=True)
    saved.set()
    copying.join()
    assert len(listed(tmp_path)) == 1
    store.close()


def test_without_room_no_copy_is_made_and_the_store_is_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(snapshots, "ROOM", 1 << 60)
    store = make_store(tmp_path)
    with pytest.raises(DiskError, match="no room"):
        store.snapshots.daily()
    store.commit(make_change(), seal=True)
    assert listed(tmp_path) == []
    store.close()


def test_going_back_keeps_what_is_newer(tmp_path: Path) -> None:
    store = make_store(tmp_path)
    old, new, opened = make_change(), make_change(), make_change()
    store.commit(old, seal=True)
    store.snapshots.daily()
    store.commit(new, seal=True)
    store.commit(opened, seal=False)
    photo = store.blobs.put(b"photo" * 1000, "image/jpeg")
    store.exchange.settle([Settled(old.id, "applied", 1, server_time="2026-11-23T15:00:00.000Z")])
    before = {id_: store.record(id_) for id_ in (old.record, new.record, opened.record)}
    aliases = [store.next_alias("LT01", DAY) for _ in range(3)]
    store.close()
    store, done = back(tmp_path)
    assert (done.rescued.changes, done.rescued.answers, done.rescued.drafts) == (1, 1, 1)
    assert not done.unreadable
    assert {id_: store.record(id_) for id_ in before} == before
    assert waiting(store) == {new.id}
    assert store.proof(old.record).applied_at == "2026-11-23T15:00:00.000Z"
    assert store.counts().drafts == 1
    assert store.blobs.read(photo.sha256) == b"photo" * 1000
    assert store.next_alias("LT01", DAY) not in aliases
    assert (done.aside / "store.db").exists()
    store.close()


def test_a_draft_in_a_file_that_was_moved_aside_comes_back_too(tmp_path: Path) -> None:
    store = make_store(tmp_path)
    known, later = make_change(), make_change()
    store.commit(known, seal=False)
    store.snapshots.daily()
    store.commit(make_change(known.record, {"note": "later"}, at="2026-11-23T20:00:00.000Z"), seal=False)
    store.commit(later, seal=False)
    store.close()
    aside.put(tmp_path, "damaged", "store.db", "store.made")
    store = make_store(tmp_path)
    begun_since = make_change()
    store.commit(begun_since, seal=False)
    store.close()
    store, _ = back(tmp_path)
    answers = [store.record(one.record) for one in (known, later, begun_since)]
    assert [record and record.answers for record in answers] == [{"note": "later"}, {}, {}]
    assert store.counts().drafts == 3
    store.close()


def test_a_draft_that_was_closed_since_is_closed_after_it(tmp_path: Path) -> None:
    store = make_store(tmp_path)
    change = make_change()
    store.commit(change, seal=False)
    store.snapshots.daily()
    store.commit(make_change(change.record, {"note": "last"}), seal=True)
    store.close()
    store, _ = back(tmp_path)
    assert (store.counts().waiting, store.counts().drafts) == (1, 0)
    assert waiting(store) == {change.id}
    store.close()


def test_out_of_a_damaged_file_comes_all_that_can_be_read(tmp_path: Path) -> None:
    store = make_store(tmp_path)
    for _ in range(30):
        store.commit(make_change(edits={"note": "n" * 2000}), seal=True)
    store.snapshots.daily()
    newer = [make_change(edits={"note": "n" * 2000}) for _ in range(120)]
    for change in newer:
        store.commit(change, seal=True)
    before = waiting(store)
    store.close()
    content = bytearray((tmp_path / "store.db").read_bytes())
    for page in range(len(content) // 4096 // 2, len(content) // 4096, 9):
        content[page * 4096 + 100] ^= 1
    (tmp_path / "store.db").write_bytes(content)
    (tmp_path / "store.db-wal").write_bytes(b"")
    with pytest.raises(DamagedStoreError):
        make_store(tmp_path)
    [wreck] = tmp_path.glob("damaged-*")
    store, done = back(tmp_path)
    assert done.unreadable
    found = waiting(store)
    assert found <= before
    assert len(found) > 30 + len(newer) // 3
    assert (wreck / "store.db").read_bytes() == bytes(content)
    store.close()


def test_going_back_twice_is_going_back_once(tmp_path: Path) -> None:
    store = make_store(tmp_path)
    store.snapshots.daily()
    change = make_change()
    store.commit(change, seal=True)
    store.close()
    back(tmp_path)[0].close()
    store, _ = back(tmp_path)
    assert waiting(store) == {change.id}
    assert len(list(tmp_path.glob("replaced-*"))) == 2
    store.close()


def test_a_copy_that_is_damaged_is_not_used(tmp_path: Path) -> None:
    store = make_store(tmp_path)
    change = make_change()
    store.commit(change, seal=True)
    store.snapshots.daily()
    store.close()
    [copy] = listed(tmp_path)
    content = bytearray(copy.path.read_bytes())
    content[5000] ^= 1
    copy.path.write_bytes(content)
    with pytest.raises(StoreError, match="was not used"):
        restore(tmp_path, KEY, copy)
    store = make_store(tmp_path)
    assert store.record(change.record)
    store.close()
    assert not (tmp_path / "restoring").exists()


def test_an_open_store_is_not_replaced(tmp_path: Path) -> None:
    store = make_store(tmp_path)
    store.snapshots.daily()
    with pytest.raises(StoreError, match="open in another FieldApp"):
        restore(tmp_path, KEY, listed(tmp_path)[0])
    store.commit(make_change(), seal=True)
    store.close()


def test_a_disk_that_is_full_in_the_middle_leaves_the_store_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = make_store(tmp_path)
    change = make_change()
    store.commit(change, seal=True)
    store.snapshots.daily()
    store.close()

    def full(*_paths: Path) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(shutil, "copyfile", full)
        with pytest.raises(DiskError):
            restore(tmp_path, KEY, listed(tmp_path)[0])
    store = make_store(tmp_path)
    assert store.record(change.record)
    store.close()
