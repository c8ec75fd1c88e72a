"""Photos: after the op that names them, resumed where they ended, whole or not at all (I19)."""

from __future__ import annotations

import hashlib
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest

from fieldapp.errors import OfflineError
from fieldapp.records import WARD
from sync.gateway.blobs import Files
from sync.wire import CHUNK
from tests.support.faults import Counting, Fails
from tests.support.gateway import CHIEF, CLERK, INSPECTOR_8, City, Laptop, some_bytes

JPEG = b"\xff\xd8\xff"
PHOTO = JPEG + some_bytes(2 * CHUNK + 1234)


def with_photo(laptop: Laptop, data: bytes = PHOTO, **parts: str) -> str:
    """A submitted record with one photo; the photo's SHA-256."""
    photo = laptop.photo(data)
    edits = {"photos/one": f"{photo.sha256}.jpg", **parts}
    laptop.new(edits, submit=True, attachments=(photo,))
    return photo.sha256


def test_a_photo_arrives_whole(city: City) -> None:
    laptop = city.laptop(CLERK)
    sha256 = with_photo(laptop)
    assert laptop.sync().files == 1
    assert laptop.store.blobs.queue() == []
    assert city.service.files.read(sha256, 0) == PHOTO[:CHUNK]
    assert laptop.api.blob_status(sha256).complete


def test_who_reviews_gets_the_photo_too(city: City) -> None:
    clerk, chief = city.laptop(CLERK), city.laptop(CHIEF)
    sha256 = with_photo(clerk)
    city.sync()
    assert chief.store.blobs.read(sha256) == PHOTO
    assert chief.store.blobs.queue() == []


def test_a_cut_upload_goes_on_where_it_ended(near: City) -> None:
    counting = Counting()
    cut = Fails(lambda _count, name: name == "put_blob" and counting.requests.count("put_blob") == 2)
    laptop = near.laptop(CLERK, wrap=lambda api: counting.over(cut.over(api)))
    sha256 = with_photo(laptop)
    with pytest.raises(OfflineError):
        laptop.sync()
    assert near.service.files.status(sha256).offset == CHUNK
    counting.requests.append("put_blob")
    assert laptop.sync().files == 1
    assert near.service.files.status(sha256).complete


def test_an_answer_lost_in_mid_upload_costs_no_byte_twice(near: City) -> None:
    laptop = near.laptop(CLERK)
    sha256 = with_photo(laptop)
    laptop.store.blobs.unconfirm(sha256)
    laptop.engine._push.run("", set())
    first = laptop.api.put_blob(sha256, 0, len(PHOTO), PHOTO[:CHUNK])
    again = laptop.api.put_blob(sha256, 0, len(PHOTO), PHOTO[:CHUNK])
    assert first.offset == again.offset == CHUNK


def test_a_corrupt_file_is_refused_whole(city: City) -> None:
    laptop = city.laptop(CLERK)
    sha256 = with_photo(laptop, b"honest")
    laptop.sync()
    other = hashlib.sha256(b"another").hexdigest()
    assert sha256 != other
    laptop.new({"photos/one": other}, attachments=(laptop.photo(b"another"),))
    laptop.engine._push.run("", set())
    status = laptop.api.put_blob(other, 0, len(b"another"), b"anothex")
    assert (status.offset, status.complete) == (0, False)
    assert laptop.sync().files == 1


def test_what_no_op_named_is_not_taken(city: City) -> None:
    api = city.api(CLERK)
    sha256 = hashlib.sha256(b"junk").hexdigest()
    assert not api.put_blob(sha256, 0, 4, b"junk").announced
    assert not api.blob_status(sha256).announced
    assert city.service.files.status(sha256).offset == 0


def test_a_photo_of_an_open_draft_waits_without_asking(near: City) -> None:
    counting = Counting()
    laptop = near.laptop(CLERK, wrap=counting.over)
    laptop.photo(b"not yet named")
    laptop.sync()
    counting.requests.clear()
    laptop.sync()
    assert counting.requests == ["hello", "pull"]


def test_the_same_photo_twice_costs_no_bytes(near: City) -> None:
    counting = Counting()
    first, second = near.laptop(CLERK), near.laptop(CLERK, wrap=counting.over)
    with_photo(first)
    first.sync()
    with_photo(second)
    assert second.sync().files == 1
    assert "put_blob" not in counting.requests


def test_a_photo_outside_the_scope_is_not_given(city: City) -> None:
    clerk = city.laptop(CLERK)
    mine, other = with_photo(clerk, b"mine", **{WARD: "08"}), with_photo(clerk, b"other", **{WARD: "09"})
    clerk.sync()
    api = city.api(INSPECTOR_8)
    assert (api.get_blob(mine, 0), api.get_blob(other, 0)) == (b"mine", b"")


def test_a_photo_that_the_city_lost_is_sent_again(near: City) -> None:
    laptop = near.laptop(CLERK)
    sha256 = with_photo(laptop)
    laptop.sync()
    (near.folder / "gateway" / "blobs" / sha256[:2] / sha256).unlink()
    laptop.store.exchange.send_again("")
    laptop.sync()
    assert near.service.files.status(sha256).complete


def test_a_photo_can_be_fetched_by_whoever_sees_the_record(near: City) -> None:
    clerk, inspector = near.laptop(CLERK), near.laptop(INSPECTOR_8)
    sha256 = with_photo(clerk)
    near.sync()
    assert not inspector.store.blobs.has(sha256)
    assert inspector.engine.fetch(sha256, ".jpg")
    assert inspector.store.blobs.read(sha256) == PHOTO
    attachment = inspector.store.blobs.attachment(sha256)
    assert attachment is not None
    assert attachment.mime == "image/jpeg"


def test_several_processes_that_write_one_file_at_once_make_it_whole(tmp_path: Path) -> None:
    data = some_bytes(64 * 500)
    sha256 = hashlib.sha256(data).hexdigest()
    together = Barrier(4)

    def send(files: Files) -> None:
        together.wait(30)
        while not (status := files.status(sha256)).complete:
            files.put(sha256, status.offset, len(data), data[status.offset : status.offset + 500])

    with ThreadPoolExecutor(4) as pool:  # each with locks of its own, as processes have
        list(pool.map(send, [Files(tmp_path) for _ in range(4)]))
    assert Files(tmp_path).read(sha256, 0) == data
