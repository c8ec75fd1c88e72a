"""The queue of files: behind everything else, in pieces as the line carries, and one bad file stops no other."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from fieldapp.errors import BusyError, GatewayError, OfflineError, ProtocolError
from fieldapp.records import TITLE
from sync.engine import Engine
from sync.gateway.blobs import Files
from sync.pieces import PiecePace
from sync.status import SyncState
from sync.wire import CHUNK, MAX_CHUNK, MAX_FILE, MIN_CHUNK
from sync.worker import Worker
from tests.support.faults import Counting, Fails, Line, Reply
from tests.support.gateway import CHIEF, CLERK, INSPECTOR_8, City, Laptop, some_bytes
from tests.sync.test_files import JPEG, PHOTO, with_photo


class Listening(Line):
    """Does something before the n-th request of a kind."""

    def __init__(self, kind: str, at: int, act: Callable[[], object]) -> None:
        self.asked: list[str] = []
        self._kind, self._at, self._act = kind, at, act

    def carry(self, name: str, ask: Callable[[], Reply]) -> Reply:
        """Act, then let it through."""
        self.asked.append(name)
        if name == self._kind and self.asked.count(name) == self._at:
            self._act()
        return ask()


def encrypted(laptop: Laptop) -> list[Path]:
    """The files as they lie on the laptop's disk."""
    return sorted(path for path in (laptop.store.folder / "blobs").iterdir())


def harm(laptop: Laptop) -> None:
    """Alter a byte in the middle of the only file."""
    [file] = encrypted(laptop)
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 1
    file.write_bytes(content)


@pytest.mark.parametrize(
    ("seconds", "sizes"),
    [
        ([0.1, 0.1, 0.1, 0.1], [2 * CHUNK, 4 * CHUNK, MAX_CHUNK, MAX_CHUNK]),
        ([3.0, 3.0, 3.0], [CHUNK // 2, MIN_CHUNK, MIN_CHUNK]),
        ([1.5, 1.5], [CHUNK, CHUNK]),
        ([9.0, 0.1], [CHUNK // 2, CHUNK]),
    ],
)
def test_a_piece_is_what_the_line_carries_in_one_to_two_seconds(seconds: list[float], sizes: list[int]) -> None:
    pace, found = PiecePace(), []
    for one in seconds:
        pace.took(pace.size, one)
        found.append(pace.size)
    assert found == sizes


def test_a_small_file_says_nothing_about_a_large_piece() -> None:
    pace = PiecePace()
    pace.took(1000, 0.01)
    assert pace.size == CHUNK


def test_a_line_that_times_out_halves_the_piece() -> None:
    pace = PiecePace()

    def cut() -> None:
        raise OfflineError("timed out")

    for size in (CHUNK // 2, MIN_CHUNK, MIN_CHUNK):
        with pytest.raises(OfflineError):
            pace.timed(cut, CHUNK)
        assert pace.size == size


def test_a_save_during_a_long_upload_goes_out_between_two_pieces(near: City) -> None:
    saved: list[str] = []
    line = Listening("put_blob", 2, lambda: saved.append(laptop.new({TITLE: "Urgent"})))
    laptop = near.laptop(CLERK, wrap=line.over)
    with_photo(laptop, JPEG + some_bytes(9 * CHUNK))
    proof = laptop.sync()
    assert (proof.results["applied"], proof.files, proof.equal) == (2, 1, True)
    order = [name for name in line.asked if name in {"push", "put_blob"}]
    assert order == ["push", "put_blob", "put_blob", "push", "put_blob", "put_blob"]
    assert laptop.record(saved[0]).rev == 1


def test_files_come_after_push_and_pull(near: City) -> None:
    counting = Counting()
    laptop = near.laptop(CLERK, wrap=counting.over)
    with_photo(laptop)
    laptop.sync()
    assert counting.requests[:4] == ["hello", "push", "pull", "blob_status"]


def test_i19_a_damaged_file_is_said_and_the_rest_goes_on(near: City) -> None:
    counting = Counting()
    laptop = near.laptop(CLERK, wrap=counting.over)
    with_photo(laptop, JPEG + some_bytes(300_000))
    harm(laptop)
    record = laptop.new({"photos/two": f"{laptop.photo(b'sound').sha256}.jpg"}, attachments=(laptop.photo(b"sound"),))
    proof = laptop.sync()
    assert (proof.files, proof.results["applied"], proof.equal) == (1, 2, True)
    assert "damaged" in proof.trouble
    assert laptop.store.proof(record).complete
    counting.requests.clear()
    assert laptop.sync().files == 0
    assert counting.requests == ["hello", "pull"]


def test_a_damaged_file_is_repaired_by_the_same_content_anew(near: City) -> None:
    laptop, photo = near.laptop(CLERK), JPEG + some_bytes(300_000)
    sha256 = with_photo(laptop, photo)
    harm(laptop)
    laptop.sync()
    assert laptop.store.blobs.copies.counts().damaged == 1
    laptop.photo(photo)
    assert laptop.sync().files == 1
    assert near.service.files.status(sha256).complete


def test_a_file_that_is_another_under_its_name_is_found_out(near: City) -> None:
    """Two encrypted files changed places on the disk: each can be read, and neither is what it is called."""
    laptop = near.laptop(CLERK)
    first, second = with_photo(laptop, JPEG + b"1" * 1000), with_photo(laptop, JPEG + b"2" * 1000)
    one, other = encrypted(laptop)
    held = one.read_bytes()
    one.write_bytes(other.read_bytes())
    other.write_bytes(held)
    proof = laptop.sync()
    assert proof.files == 0
    assert "damaged" in proof.trouble
    assert not near.service.files.whole([first, second])


def test_a_file_that_the_city_cannot_take_stops_no_other_work(near: City) -> None:
    full = Fails(lambda _n, name: name == "put_blob", lambda: GatewayError("No room.", 507))
    laptop = near.laptop(CLERK, wrap=full.over)
    sha256 = with_photo(laptop)
    proof = laptop.sync()
    assert (proof.results["applied"], proof.files, proof.files_left, proof.trouble) == (1, 0, 1, "No room.")
    asked = full.count
    laptop.new()
    assert laptop.sync().results["applied"] == 1
    assert full.count == asked + 3  # hello, push, pull: the City was told to have rest from files
    assert laptop.store.blobs.has(sha256)


def test_a_city_that_is_too_busy_for_files_takes_the_rest(near: City) -> None:
    busy = Fails(lambda _n, name: name == "blob_status", lambda: BusyError("Busy.", 30))
    laptop = near.laptop(CLERK, wrap=busy.over)
    with_photo(laptop)
    assert laptop.sync().equal
    assert laptop.store.blobs.copies.counts().waiting == 1


def test_i19_the_record_is_complete_when_all_its_files_are_stored(near: City) -> None:
    cut = Fails(lambda count, name: name == "put_blob" and count > 6)
    laptop = near.laptop(CLERK, wrap=cut.over)
    photos = [laptop.photo(JPEG + some_bytes(1000, seed)) for seed in range(4)]
    edits = {f"photos/p{n}": f"{photo.sha256}.jpg" for n, photo in enumerate(photos)}
    record = laptop.new(edits, submit=True, attachments=tuple(photos))
    before = laptop.store.proof(record)
    assert (before.files, before.files_stored, before.complete) == (4, 0, False)
    with pytest.raises(OfflineError):
        laptop.sync()
    part = laptop.store.proof(record)
    assert part.applied_at
    assert 0 < part.files_stored < 4
    assert not part.complete
    cut.when = lambda _count, _name: False
    laptop.sync()
    assert laptop.store.proof(record).complete


def test_i19_a_copy_leaves_only_when_the_city_has_it_and_the_op_is_answered(near: City) -> None:
    laptop = near.laptop(CLERK)
    room = laptop.store.blobs.copies.make_room
    photo = laptop.photo(JPEG)
    record = laptop.new({"photos/one": f"{photo.sha256}.jpg"}, attachments=(photo,))
    sha256 = photo.sha256
    laptop.store.exchange.blob_confirmed(
        sha256
    )  # somebody else sent the same photo; the op that names it here is not answered
    assert room(budget=0) == 0
    laptop.store.blobs.unconfirm(sha256)
    laptop.engine._push.run("", set())
    assert room(budget=0) == 0  # answered, not confirmed
    laptop.sync()
    assert room(budget=0) == 1
    assert not laptop.store.blobs.has(sha256)
    assert laptop.store.proof(record).complete
    assert laptop.engine.fetch(sha256)
    assert laptop.store.blobs.read(sha256) == JPEG


def test_the_longest_unused_copies_leave_and_only_as_many_as_must(near: City) -> None:
    laptop = near.laptop(CLERK)
    shas = [with_photo(laptop, JPEG + some_bytes(100_000, seed)) for seed in range(4)]
    laptop.sync()
    for age, sha256 in enumerate(shas):
        os.utime(laptop.store.blobs._path(sha256), (1_000_000 - age, 1_000_000 - age))
    laptop.store.blobs.read(shas[3])
    assert laptop.store.blobs.copies.make_room({shas[2]}, budget=250_000) == 2
    assert [laptop.store.blobs.has(sha256) for sha256 in shas] == [False, False, True, True]


def test_a_download_goes_on_where_the_line_broke_and_lies_encrypted(
    near: City, monkeypatch: pytest.MonkeyPatch
) -> None:
    read, asked = Files.read, []

    def spy(files: Files, sha256: str, offset: int, most: int) -> bytes:
        asked.append(offset)
        return read(files, sha256, offset, most)

    monkeypatch.setattr(Files, "read", spy)
    clerk = near.laptop(CLERK)
    photo = JPEG + some_bytes(5 * CHUNK)
    sha256 = with_photo(clerk, photo)
    clerk.sync()
    cut = Fails(lambda count, name: name == "get_blob" and count == 5)
    inspector = near.laptop(INSPECTOR_8, wrap=cut.over)
    inspector.sync()
    with pytest.raises(OfflineError):
        inspector.engine.fetch(sha256)
    [beginning] = encrypted(inspector)
    assert photo[:1000] not in beginning.read_bytes()
    inspector.engine = Engine(inspector.store, inspector.api, INSPECTOR_8, inspector.clock)
    assert inspector.engine.fetch(sha256)
    assert asked == [0, CHUNK, 2 * CHUNK, 4 * CHUNK]
    assert inspector.store.blobs.read(sha256) == photo
    assert len(encrypted(inspector)) == 1


def test_a_beginning_that_was_altered_is_dropped_and_brought_anew(near: City) -> None:
    clerk = near.laptop(CLERK)
    sha256 = with_photo(clerk)
    clerk.sync()
    cut = Fails(lambda count, name: name == "get_blob" and count == 5)
    inspector = near.laptop(INSPECTOR_8, wrap=cut.over)
    inspector.sync()
    with pytest.raises(OfflineError):
        inspector.engine.fetch(sha256)
    harm(inspector)
    with pytest.raises(Exception, match="other than it should"):
        inspector.engine.fetch(sha256)
    assert encrypted(inspector) == []
    assert inspector.engine.fetch(sha256)


def test_i19_a_full_disk_at_the_city_is_said_and_the_work_goes_on(far: City) -> None:
    far.service.files = Files(far.folder / "full", reserve=1 << 60)
    laptop = far.laptop(CLERK)
    sha256 = with_photo(laptop)
    proof = laptop.sync()
    assert (proof.results["applied"], proof.files, proof.equal) == (1, 0, True)
    assert proof.trouble == "The City has no room for files now. They stay on the laptop and are sent later."
    assert laptop.store.blobs.read(sha256) == PHOTO
    far.service.files = Files(far.folder / "full", reserve=0)
    laptop.engine = Engine(laptop.store, laptop.api, CLERK, laptop.clock)
    assert laptop.sync().files == 1


def test_a_full_disk_at_the_laptop_is_said_and_the_work_goes_on(near: City, monkeypatch: pytest.MonkeyPatch) -> None:
    clerk, chief = near.laptop(CLERK), near.laptop(CHIEF)
    sha256 = with_photo(clerk)
    clerk.sync()
    with monkeypatch.context() as full:

        def no_space(_handle: int) -> None:
            raise OSError(errno.ENOSPC, "No space left on device")

        full.setattr(os, "fsync", no_space)
        proof = chief.sync()
    assert proof.equal
    assert "disk is full" in proof.trouble
    assert not chief.store.blobs.has(sha256)
    chief.sync()
    assert chief.store.blobs.read(sha256) == PHOTO


def test_a_file_beyond_all_limits_is_refused(city: City) -> None:
    with pytest.raises(GatewayError) as refused:
        city.api(CLERK).put_blob("ab" * 32, 0, MAX_FILE + 1, b"a")
    assert refused.value.status == 413


def test_a_wish_that_cannot_come_holds_nothing_up(near: City) -> None:
    other = Fails(lambda _n, name: name == "get_blob", lambda: ProtocolError("another file"))
    clerk, laptop = near.laptop(CLERK), near.laptop(INSPECTOR_8, wrap=other.over)
    sha256 = with_photo(clerk)
    clerk.sync()
    worker = Worker(laptop.store, laptop.api, INSPECTOR_8, laptop.clock)
    worker.start()
    worker.fetch(sha256, ".jpg")
    assert worker.sync_now(30).state is SyncState.IDLE
    assert worker._wishes == []
    worker.stop()


def test_a_photo_that_was_replaced_before_it_was_handed_in_waits_for_nobody(near: City) -> None:
    laptop = near.laptop(CLERK)
    laptop.store.blobs.put(b"as taken, before it was marked", "image/jpeg")
    with_photo(laptop)
    assert laptop.store.blobs.copies.counts().waiting == 1
    laptop.sync()
    assert laptop.store.blobs.copies.counts().waiting == 0
