"""Where the City keeps files: the same promises of a folder and of a bucket that speaks S3 (I19)."""

from __future__ import annotations

import errno
import hashlib
import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest

from fieldapp.errors import BusyError, GatewayError
from sync.gateway.blobs import Files
from sync.gateway.filestore import NO_ROOM, FileStore
from sync.gateway.s3 import Bucket, S3Files
from tests.support.gateway import some_bytes

DATA = some_bytes(300_000)
SHA = hashlib.sha256(DATA).hexdigest()
PIECE = 100_000
Open = Callable[[], FileStore]


@pytest.fixture
def in_folder(tmp_path: Path) -> Open:
    return lambda: Files(tmp_path / "blobs", reserve=0)


@pytest.fixture
def at_s3(tmp_path: Path, bucket: Bucket) -> Open:
    return lambda: S3Files(Files(tmp_path / "blobs", reserve=0), bucket)


@pytest.fixture(params=["in_folder", "at_s3"])
def opened(request: pytest.FixtureRequest) -> Open:
    """Opens one more process' view of the same place."""
    found: Open = request.getfixturevalue(request.param)
    return found


def send(files: FileStore, data: bytes = DATA, sha256: str = SHA) -> None:
    """All of a file, from where it is."""
    offset = files.status(sha256).offset
    while not (status := files.put(sha256, offset, len(data), data[offset : offset + PIECE])).complete:
        offset = status.offset


def everything(files: FileStore, sha256: str = SHA) -> bytes:
    """The whole content, in ranges."""
    found = b""
    while piece := files.read(sha256, len(found), 70_000):
        found += piece
    return found


def test_i19_a_file_is_whole_under_its_hash_or_not_there(opened: Open) -> None:
    files = opened()
    assert files.status(SHA) == files.put(SHA, 5, len(DATA), b"elsewhere")
    first = files.put(SHA, 0, len(DATA), DATA[:PIECE])
    assert (first.offset, first.complete) == (PIECE, False)
    assert (files.read(SHA, 0), files.whole([SHA])) == (b"", set())
    send(files)
    assert everything(files) == DATA
    assert opened().whole([SHA, "0" * 64]) == {SHA}
    status = opened().status(SHA)
    assert (status.offset, status.complete) == (len(DATA), True)


def test_i19_what_hashes_to_another_name_goes(opened: Open) -> None:
    files = opened()
    files.put(SHA, 0, len(DATA), DATA[:PIECE])
    ended = files.put(SHA, PIECE, len(DATA), bytes(len(DATA) - PIECE))
    assert (ended.offset, ended.complete) == (0, False)
    assert (files.read(SHA, 0), files.whole([SHA])) == (b"", set())
    send(files)
    assert everything(files) == DATA


def test_what_is_dropped_is_gone_whole_or_begun(opened: Open) -> None:
    files = opened()
    send(files)
    files.drop(SHA)
    files.drop(SHA)
    assert (files.status(SHA).offset, files.whole([SHA]), everything(files)) == (0, set(), b"")
    files.put(SHA, 0, len(DATA), DATA[:PIECE])
    files.drop(SHA)
    assert opened().status(SHA).offset == 0


def test_what_a_record_names_by_now_is_not_dropped(opened: Open) -> None:
    files = opened()
    send(files)
    files.drop(SHA, lambda: True)
    assert everything(opened()) == DATA
    assert opened().whole([SHA]) == {SHA}


def test_while_it_is_asked_who_names_it_a_file_is_not_here(in_folder: Open) -> None:
    files = in_folder()
    send(files)
    seen: list[set[str]] = []

    def named() -> bool:
        seen.append(in_folder().whole([SHA]))
        raise OSError(errno.EIO, "the database is gone")

    with pytest.raises(BusyError):
        files.drop(SHA, named)
    assert (seen, everything(files)) == ([set()], DATA)


def test_what_a_deletion_that_was_cut_off_put_aside_is_back_at_the_next_start(in_folder: Open, tmp_path: Path) -> None:
    send(in_folder())
    whole = tmp_path / "blobs" / SHA[:2] / SHA
    whole.replace(whole.with_suffix(".aside"))
    files = in_folder()
    files.settle()
    assert everything(files) == DATA


def test_what_is_there_costs_no_byte_again(opened: Open) -> None:
    send(opened())
    again = opened().put(SHA, 0, len(DATA), b"other bytes")
    assert (again.offset, again.complete) == (len(DATA), True)
    assert everything(opened()) == DATA


def test_an_empty_file_is_a_file(opened: Open) -> None:
    files, nothing = opened(), hashlib.sha256(b"").hexdigest()
    assert files.put(nothing, 0, 0, b"").complete
    assert files.whole([nothing]) == {nothing}
    assert files.read(nothing, 0) == b""


def test_a_beginning_that_is_too_long_was_of_something_else(opened: Open) -> None:
    files = opened()
    files.put(SHA, 0, 10 * len(DATA), bytes(len(DATA) + 1))
    assert files.put(SHA, 0, len(DATA), DATA[:PIECE]).offset == PIECE
    send(files)
    assert everything(files) == DATA


def test_ranges_behind_the_end_are_empty(opened: Open) -> None:
    files = opened()
    send(files)
    assert files.read(SHA, len(DATA) - 3, 100) == DATA[-3:]
    assert files.read(SHA, len(DATA)) == b""
    assert files.read(SHA, len(DATA) + 5) == b""


@pytest.mark.parametrize("name", ["../../etc/passwd", "AB" * 32, "", SHA + "\n", SHA[:63] + "/"])
def test_a_name_from_outside_never_becomes_a_path(opened: Open, name: str) -> None:
    files = opened()
    for ask in (files.status, lambda name: files.put(name, 0, 1, b"x"), lambda name: files.read(name, 0)):
        with pytest.raises(ValueError, match="SHA-256"):
            ask(name)


def test_several_processes_write_one_file_at_once(opened: Open) -> None:
    together = Barrier(4)

    def work(files: FileStore) -> None:
        together.wait(30)
        send(files)

    with ThreadPoolExecutor(4) as pool:  # each with locks of its own, as processes have
        list(pool.map(work, [opened() for _ in range(4)]))
    assert everything(opened()) == DATA


@pytest.mark.parametrize("step", range(6))
def test_i19_an_end_at_any_step_leaves_a_beginning_or_the_whole(
    opened: Open, monkeypatch: pytest.MonkeyPatch, step: int
) -> None:
    """The process ends before the n-th time that anything is made durable, renamed, or published."""
    before = 0

    def breaking(act: Callable[..., object]) -> Callable[..., object]:
        def ends(*arguments: object) -> object:
            nonlocal before
            before += 1
            if before == step + 1:
                raise KeyboardInterrupt
            return act(*arguments)

        return ends

    with monkeypatch.context() as faulty:
        faulty.setattr(os, "fsync", breaking(os.fsync))
        faulty.setattr(Path, "replace", breaking(Path.replace))
        faulty.setattr(Bucket, "put", breaking(Bucket.put))
        try:
            send(opened())
        except KeyboardInterrupt:
            assert opened().read(SHA, 0) in {b"", DATA}
    survivor = opened()
    at = survivor.status(SHA)
    assert at.complete or at.offset % PIECE == 0
    send(survivor)
    assert everything(survivor) == DATA
    assert opened().whole([SHA]) == {SHA}


def test_a_full_disk_is_said_and_leaves_what_came_before(opened: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    files = opened()
    files.put(SHA, 0, len(DATA), DATA[:PIECE])
    with monkeypatch.context() as full:

        def no_space(_handle: int) -> None:
            raise OSError(errno.ENOSPC, "No space left on device")

        full.setattr(os, "fsync", no_space)
        with pytest.raises(GatewayError) as refused:
            files.put(SHA, PIECE, len(DATA), DATA[PIECE : 2 * PIECE])
    assert refused.value.status == NO_ROOM
    assert files.status(SHA).offset == PIECE
    send(files)
    assert everything(files) == DATA


def test_files_leave_room_for_the_records(tmp_path: Path) -> None:
    files = Files(tmp_path, reserve=1 << 60)
    with pytest.raises(GatewayError) as refused:
        files.put(SHA, 0, len(DATA), DATA)
    assert refused.value.status == NO_ROOM


def test_a_beginning_that_nobody_continues_is_forgotten(opened: Open, tmp_path: Path) -> None:
    files = opened()
    files.put(SHA, 0, len(DATA), DATA[:PIECE])
    files.settle()
    assert files.status(SHA).offset == PIECE
    [part] = (tmp_path / "blobs").glob("*/*.part")
    os.utime(part, (0, 0))
    files.settle()
    assert files.status(SHA).offset == 0
