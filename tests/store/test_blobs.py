"""Files: encrypted, whole or not at all, and of any size."""

from __future__ import annotations

import hashlib
import io
from pathlib import Path

import pytest

from fieldapp.errors import DamagedStoreError, StoreError
from fieldapp.store import Store
from fieldapp.store.segments import SEGMENT
from tests.support.store import make_store


@pytest.mark.parametrize("size", [0, 1, SEGMENT - 1, SEGMENT, SEGMENT + 1, 3 * SEGMENT + 5])
def test_what_is_put_can_be_read(store: Store, size: int) -> None:
    content = bytes(n % 251 for n in range(size))
    attachment = store.blobs.put(io.BytesIO(content), mime="image/jpeg", name="porch.jpg", taken_at="2026-11-23")
    assert attachment.sha256 == hashlib.sha256(content).hexdigest()
    assert attachment.size == size
    assert store.blobs.read(attachment.sha256) == content
    assert store.blobs.attachment(attachment.sha256) == attachment


def test_reading_from_the_middle_gives_the_rest(store: Store) -> None:
    content = bytes(n % 251 for n in range(3 * SEGMENT))
    sha256 = store.blobs.put(content, "video/mp4").sha256
    for start in (1, SEGMENT, SEGMENT + 7, 3 * SEGMENT):
        assert b"".join(store.blobs.chunks(sha256, start)) == content[start:]


def test_the_same_content_is_one_file(store: Store, tmp_path: Path) -> None:
    assert store.blobs.put(b"photo", "image/jpeg").sha256 == store.blobs.put(b"photo", "image/jpeg").sha256
    assert len(list((tmp_path / "store" / "blobs").iterdir())) == 1
    assert len(store.blobs.queue()) == 1


def test_file_names_tell_nothing(store: Store, tmp_path: Path) -> None:
    sha256 = store.blobs.put(b"photo", "image/jpeg", name="jane.jpg").sha256
    [file] = (tmp_path / "store" / "blobs").iterdir()
    assert sha256 not in file.name
    assert "jane" not in file.name
    assert b"photo" not in file.read_bytes()


@pytest.mark.parametrize("harm", ["flip", "cut", "swap", "drop"])
def test_an_altered_file_is_told(store: Store, tmp_path: Path, harm: str) -> None:
    sha256 = store.blobs.put(bytes(3 * SEGMENT), "image/jpeg").sha256
    [file] = (tmp_path / "store" / "blobs").iterdir()
    content, step = file.read_bytes(), SEGMENT + 16
    first, second, rest = content[16 : 16 + step], content[16 + step : 16 + 2 * step], content[16 + 2 * step :]
    harmed = {
        "flip": content[:1000] + bytes([content[1000] ^ 1]) + content[1001:],
        "cut": content[: 16 + 2 * step],
        "swap": content[:16] + second + first + rest,
        "drop": content[:16] + first + rest,
    }
    file.write_bytes(harmed[harm])
    with pytest.raises(DamagedStoreError):
        store.blobs.read(sha256)


def test_a_file_that_is_not_here_is_said(store: Store) -> None:
    assert not store.blobs.has("0" * 64)
    with pytest.raises(StoreError):
        store.blobs.read("0" * 64)


def test_a_source_that_fails_leaves_nothing(store: Store, tmp_path: Path) -> None:
    class Broken(io.BytesIO):
        def read(self, size: int | None = -1) -> bytes:
            if self.tell() > SEGMENT:
                raise ValueError("camera unplugged")
            return super().read(size)

    with pytest.raises(ValueError, match="unplugged"):
        store.blobs.put(Broken(bytes(4 * SEGMENT)), "image/jpeg")
    assert list((tmp_path / "store" / "blobs").iterdir()) == []
    assert store.blobs.queue() == []


def test_what_a_crash_left_half_written_is_cleared_away(tmp_path: Path) -> None:
    make_store(tmp_path).close()
    (tmp_path / "blobs" / "abc.part").write_bytes(b"half")
    make_store(tmp_path).close()
    assert list((tmp_path / "blobs").iterdir()) == []


def test_the_queue_holds_what_the_city_has_not_confirmed(store: Store) -> None:
    first, second = store.blobs.put(b"1", "image/jpeg").sha256, store.blobs.put(b"2", "image/jpeg").sha256
    store.exchange.blob_confirmed(first)
    assert store.blobs.queue() == [second]
    store.blobs.unconfirm(first)
    assert sorted(store.blobs.queue()) == sorted([first, second])
