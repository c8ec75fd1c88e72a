"""Unsent work carried by hand: whole or not at all, five times for once, and unsent here until the City has it."""

from __future__ import annotations

import hashlib
import itertools
import tracemalloc
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from fieldapp.clock import FixedClock
from fieldapp.errors import (
    DiskError,
    FieldAppError,
    InputError,
    LockedStoreError,
    OfflineError,
    RefusedError,
    SignInError,
)
from fieldapp.handover import Bundle, export, sealing, take_in, taking
from fieldapp.handover.bundle import framed, of_manifest
from fieldapp.store import segments
from sync import uploads
from sync.handover import deliver
from tests.support.faults import Fails
from tests.support.gateway import CHIEF, CLERK, City, Laptop, some_bytes

WORDS = "blue fence since tuesday"
PHOTO = some_bytes(300_000)


@pytest.fixture(autouse=True)
def _cheap_passphrase(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a guess costs is no concern of these tests; the file says its own cost."""
    monkeypatch.setattr(sealing, "COST", 1 << sealing.LOWEST)


def working(city: City) -> tuple[Laptop, str]:
    """A laptop with a submitted record, its photo, and an edit that the City has not seen; the record."""
    laptop = city.laptop(CLERK)
    photo = laptop.photo(PHOTO)
    record = laptop.new({"photos/one": f"{photo.sha256}.jpg"}, attachments=(photo,))
    laptop.edit(record, {"items/a": "1"})
    return laptop, record


def handed(laptop: Laptop, folder: Path, name: str = "work.fieldapp") -> Bundle:
    """The laptop's unsent work in a file."""
    export(laptop.store, laptop.person.id, folder / name, WORDS, FixedClock())
    return Bundle(folder / name, WORDS)


def test_another_laptop_of_the_person_sends_it_and_both_end_equal(city: City, tmp_path: Path) -> None:
    laptop, record = working(city)
    other = city.laptop(CLERK)
    taken = take_in(handed(laptop, tmp_path), other.store, CLERK.id)
    assert (taken.new, taken.known, taken.files) == (2, 0, 1)
    assert other.store.record(record) == laptop.store.record(record)
    assert other.store.blobs.read(hashlib.sha256(PHOTO).hexdigest()) == PHOTO
    assert other.store.check() == []
    assert other.store.verify_chain().whole
    assert other.sync().files == 1
    assert laptop.store.counts().waiting == 2
    assert laptop.sync().equal
    assert laptop.store.counts().waiting == 0
    assert city.count("op") == 2
    assert other.store.record(record) == laptop.store.record(record)


def test_an_edit_of_a_record_that_is_not_there_yet_comes_with_it(near: City, tmp_path: Path) -> None:
    laptop = near.laptop(CLERK)
    record = laptop.new({"items/a": "1"})
    laptop.sync()
    laptop.edit(record, {"items/b": "2"})
    other = near.laptop(CLERK)
    take_in(handed(laptop, tmp_path), other.store, CLERK.id)
    assert other.store.check() == []
    assert other.sync().equal
    assert other.record(record).answers == {"items/a": "1", "items/b": "2"}


def test_the_same_bundle_five_times_is_one(city: City, tmp_path: Path) -> None:
    laptop, record = working(city)
    other = city.laptop(CLERK)
    bundle = handed(laptop, tmp_path)
    for _ in range(5):
        take_in(bundle, other.store, CLERK.id)
        assert deliver(bundle, city.api(CLERK), FixedClock(), tmp_path).whole
        take_in(bundle, laptop.store, CLERK.id)
    assert other.store.counts().waiting == 2
    city.sync()
    assert (city.count("op"), city.count("record"), city.count("record", "rev = 2")) == (2, 1, 1)
    assert other.store.record(record) == laptop.store.record(record)


def test_straight_to_the_city_with_its_photo(city: City, tmp_path: Path) -> None:
    laptop, record = working(city)
    done = deliver(handed(laptop, tmp_path), city.api(CLERK), FixedClock(), tmp_path)
    assert (done.results, done.files, done.whole) == ({"applied": 2}, 1, True)
    assert city.service.files.status(hashlib.sha256(PHOTO).hexdigest()).complete
    assert not list(tmp_path.glob("handover-*"))
    assert laptop.sync().results == {"applied": 2}
    assert laptop.record(record).rev == 2


def test_what_the_city_refuses_is_told_and_stays_with_its_person(near: City, tmp_path: Path) -> None:
    laptop = near.laptop(CLERK)
    record = laptop.new()
    laptop.edit(record, {"@number": "26-1"})
    done = deliver(handed(laptop, tmp_path), near.api(CLERK), FixedClock(), tmp_path)
    assert [one.status for one in done.not_taken] == ["rejected"]
    assert not done.whole
    laptop.sync()
    assert laptop.store.counts().attention == 1


def test_nobody_elses_work_is_taken_or_sent(near: City, tmp_path: Path) -> None:
    laptop, _ = working(near)
    bundle = handed(laptop, tmp_path)
    chief = near.laptop(CHIEF)
    with pytest.raises(RefusedError, match="not r"):
        take_in(bundle, chief.store, CHIEF.id)
    with pytest.raises(SignInError):
        deliver(bundle, near.api(CHIEF), FixedClock(), tmp_path)
    assert chief.store.counts().waiting == near.count("op") == 0


def test_a_receipt_tells_what_was_handed_over(near: City, tmp_path: Path) -> None:
    laptop, _ = working(near)
    laptop.store.commit(laptop.change(laptop.new(), {"items/a": "still open"}), seal=False)
    receipt = export(laptop.store, CLERK.id, tmp_path / "w", WORDS, FixedClock())
    assert hashlib.sha256((tmp_path / "w").read_bytes()).hexdigest() in receipt
    assert "Changes: 3; first saved at 2026-11-23T14:00:00.000Z" in receipt
    assert "Files: 1, 300000 bytes" in receipt
    assert "Not in it: 1" in receipt
    assert (tmp_path / "w.receipt.txt").read_text("utf-8") == receipt


def test_the_file_shows_nothing(near: City, tmp_path: Path) -> None:
    laptop = near.laptop(CLERK)
    laptop.new({"contact/name": "Wren Quillfeather"})
    content = handed(laptop, tmp_path).path.read_bytes()
    for word in (b"Quillfeather", b"j.osei", b"contact", b"applied"):
        assert word not in content


def test_a_wrong_passphrase_is_said_to_be_one(near: City, tmp_path: Path) -> None:
    laptop, _ = working(near)
    path = handed(laptop, tmp_path).path
    with pytest.raises(LockedStoreError, match="does not open this file"):
        Bundle(path, "some other words")


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9, 0.999])
@pytest.mark.parametrize("harm", ["cut", "altered", "longer"])
def test_a_harmed_file_is_refused_whole(near: City, tmp_path: Path, harm: str, share: float) -> None:
    laptop, _ = working(near)
    path = handed(laptop, tmp_path).path
    content = bytearray(path.read_bytes())
    place = int(len(content) * share)
    if harm == "cut":
        del content[place:]
    elif harm == "altered":
        content[place] ^= 1
    else:
        content += content[place:]
    path.write_bytes(content)
    other = near.laptop(CLERK)
    with pytest.raises(InputError, match="refused as a whole"):
        take_in(Bundle(path, WORDS), other.store, CLERK.id)
    assert other.store.counts().waiting == 0
    assert other.store.blobs.queue() == []


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 something else " * 20, sealing.MAGIC, sealing.MAGIC + bytes(60)])
def test_a_foreign_file_is_no_hand_over(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "foreign").write_bytes(content)
    with pytest.raises(InputError):
        Bundle(tmp_path / "foreign", WORDS)


@pytest.mark.parametrize("harm", ["file", "op", "count", "person", "after", "no end", "huge", "field"])
def test_what_its_own_passphrase_seals_is_judged_all_the_same(near: City, tmp_path: Path, harm: str) -> None:
    laptop, _ = working(near)
    bundle = handed(laptop, tmp_path)
    [file] = [vars(part.file) for part in bundle.files()]
    ops: list[dict[str, Any]] = [{"op": one.change.payload(), "saved_at": one.saved_at} for one in bundle.ops()]
    if harm == "op":
        ops[0]["op"]["edits"] = {"items/a": 5}
    if harm == "field":
        ops[0]["op"]["of_next_year"] = "x"
    if harm == "person":
        ops[0]["op"]["principal"] = "r.kaur"
    if harm == "count":
        ops.pop()
    pieces = [of_manifest(bundle.manifest), framed({"file": file}), PHOTO]
    if harm == "file":
        pieces[-1] = bytes(len(PHOTO))
    pieces += [framed(one) for one in ops]
    pieces += {"no end": [], "huge": [b"\xff\xff\xff\xff"], "after": [framed({"end": True}), b"x"]}.get(
        harm, [framed({"end": True})]
    )
    with (tmp_path / "made").open("wb") as target:
        sealing.seal(iter(pieces), target, WORDS)
    other = near.laptop(CLERK)
    with pytest.raises(InputError, match="refused as a whole"):
        take_in(Bundle(tmp_path / "made", WORDS), other.store, CLERK.id)
    assert other.store.counts().waiting == 0


def test_another_change_under_the_same_id_takes_nothing(near: City, tmp_path: Path) -> None:
    laptop = near.laptop(CLERK)
    laptop.new()
    record = laptop.new()
    bundle = handed(laptop, tmp_path)
    other = near.laptop(CLERK)
    twin = next(one.change for one in bundle.ops() if one.change.record == record)
    other.commit(record, {**twin.edits, "items/a": "other"}, id=twin.id, creates=True)
    with pytest.raises(RefusedError, match="same id"):
        take_in(bundle, other.store, CLERK.id)
    assert other.store.counts().waiting == 1


@pytest.mark.parametrize("case", ["exists", "short", "nothing"])
def test_an_export_that_cannot_be_says_why_and_writes_nothing(near: City, tmp_path: Path, case: str) -> None:
    laptop = near.laptop(CLERK)
    if case != "nothing":
        laptop.new()
    if case == "exists":
        (tmp_path / "w").write_text("mine")
    with pytest.raises(FieldAppError):
        export(laptop.store, CLERK.id, tmp_path / "w", "short" if case == "short" else WORDS, FixedClock())
    assert [path.read_text() for path in tmp_path.glob("w*")] == (["mine"] if case == "exists" else [])


def test_a_disk_that_is_full_leaves_no_half_file(near: City, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    laptop, _ = working(near)

    def full(*_arguments: object) -> None:
        raise OSError(28, "No space left on device")

    (tmp_path / "stick").mkdir()
    with monkeypatch.context() as patch:
        patch.setattr(segments, "encrypt", full)
        with pytest.raises(DiskError, match="disk is full"):
            export(laptop.store, CLERK.id, tmp_path / "stick" / "w", WORDS, FixedClock())
    assert list((tmp_path / "stick").iterdir()) == []
    assert laptop.store.counts().waiting == 2


def test_a_line_that_breaks_in_the_middle_is_tried_again(near: City, tmp_path: Path) -> None:
    laptop, _ = working(near)
    bundle = handed(laptop, tmp_path)
    broken = Fails(lambda _count, name: name == "put_blob")
    with pytest.raises(OfflineError):
        deliver(bundle, broken.over(near.api(CLERK)), FixedClock(), tmp_path)
    done = deliver(bundle, near.api(CLERK), FixedClock(), tmp_path)
    assert (done.whole, near.count("op")) == (True, 2)
    assert not list(tmp_path.glob("handover-*"))


def test_what_does_not_fit_is_not_begun(near: City, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    laptop, _ = working(near)
    bundle = handed(laptop, tmp_path)
    other = near.laptop(CLERK)
    monkeypatch.setattr(taking, "ROOM", 1 << 60)
    with pytest.raises(DiskError, match="no room"):
        take_in(bundle, other.store, CLERK.id)
    assert (other.store.counts().waiting, other.store.blobs.queue()) == (0, [])


def test_a_photo_of_an_open_draft_is_no_gap(near: City, tmp_path: Path) -> None:
    laptop, _ = working(near)
    laptop.photo(b"of a draft")
    assert deliver(handed(laptop, tmp_path), near.api(CLERK), FixedClock(), tmp_path).whole


def test_memory_does_not_grow_with_the_photos(near: City, tmp_path: Path) -> None:
    laptop, other = near.laptop(CLERK), near.laptop(CLERK)
    photo = laptop.photo(some_bytes(6 << 20))
    laptop.new({"photos/one": f"{photo.sha256}.jpg"}, attachments=(photo,))
    tracemalloc.start()
    take_in(handed(laptop, tmp_path), other.store, CLERK.id)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 3 << 20


def test_all_photos_go_also_where_they_take_longer_than_other_things_wait(
    near: City, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    laptop = near.laptop(CLERK)
    photos = [laptop.photo(some_bytes(1000 + n)) for n in range(3)]
    for photo in photos:
        laptop.new({"photos/one": f"{photo.sha256}.jpg"}, attachments=(photo,))
    bundle = handed(laptop, tmp_path)
    ticks = itertools.count(step=uploads.SLICE / 4)
    monkeypatch.setattr(uploads, "time", SimpleNamespace(monotonic=lambda: next(ticks)))
    done = deliver(bundle, near.api(CLERK), FixedClock(), tmp_path)
    assert (done.files, done.files_missing, done.whole) == (3, 0, True)
