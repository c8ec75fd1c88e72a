"""What is known of a photo: kept once, from the camera, the receiver or a person; nonsense is nothing."""

from __future__ import annotations

import io
from datetime import UTC, datetime
from typing import Any

import pytest
from PIL import Image

from fieldapp.marked_photo import MarkedPhoto, pack
from fieldapp.photos.evidence import CAMERA, EXIF, FILE, Evidence, Witness, evidence_in, evidence_of
from fieldapp.photos.exif import CameraSaid, camera_said
from fieldapp.places.position import RECEIVER, Fix
from fieldapp.records import PHOTO

NOW = datetime(2026, 11, 23, 14, 0, tzinfo=UTC)
HERE = Fix(43.2561, -79.8692, 4.5, NOW, RECEIVER)


def shot(taken: str = "", zone: str = "", gps: dict[int, Any] | None = None) -> bytes:
    """A JPEG as a camera writes one."""
    exif, target = Image.Exif(), io.BytesIO()
    if taken:
        exif.get_ifd(0x8769)[0x9003] = taken
    if zone:
        exif.get_ifd(0x8769)[0x9011] = zone
    exif.get_ifd(0x8825).update(gps or {})
    Image.new("RGB", (8, 8)).save(target, "JPEG", exif=exif)
    return target.getvalue()


GPS = {1: "N", 2: (43.0, 15.0, 22.0), 3: "W", 4: (79.0, 52.0, 9.12)}


def test_the_cameras_time_and_place_are_read() -> None:
    said = camera_said(shot("2026:11:23 08:55:10", "-05:00", GPS))
    assert said == CameraSaid("2026-11-23T08:55:10-05:00", "43.256111 -79.869200 0 0")


@pytest.mark.parametrize(
    "data",
    [
        b"no photo",
        b"",
        shot("2026:99:99 08:55:10"),
        shot("0000:00:00 00:00:00"),
        shot(gps={2: (0.0, 0.0, 0.0), 4: (0.0, 0.0, 0.0)}),
        shot(gps={1: "N", 2: (200.0, 0.0, 0.0), 3: "W", 4: (79.0, 0.0, 0.0)}),
    ],
)
def test_what_is_nonsense_is_nothing(data: bytes) -> None:
    assert camera_said(data) == CameraSaid()


def known(witness: Witness, value: str, record: dict[str, str] | None = None) -> Evidence | None:
    """What goes beside an answer that names a photo."""
    return evidence_in(witness.words({"photo": value}, record or {}), value)


def sha(data: bytes) -> str:
    import hashlib

    return hashlib.sha256(data).hexdigest()


def test_a_photo_of_this_laptops_camera_was_where_the_laptop_is() -> None:
    witness, data = Witness(), shot(gps=GPS)
    witness.saw(data, data, CAMERA, NOW, 1.25, HERE)
    found = known(witness, sha(data) + ".jpg")
    assert found == Evidence(
        sha(data), CAMERA, "2026-11-23T14:00:00.000Z", "1.2", "", "43.256100 -79.869200 0 4.5", RECEIVER
    )


def test_a_file_was_where_its_camera_was_else_nearest_where_the_laptop_is() -> None:
    witness, placed, bare = Witness(), shot(gps=GPS), shot()
    witness.saw(placed, placed, FILE, NOW, None, HERE)
    witness.saw(bare, bare, FILE, NOW, None, HERE)
    assert [getattr(known(witness, sha(one)), "place_source", "") for one in (placed, bare)] == [EXIF, RECEIVER]


def test_the_hash_is_that_of_the_photo_as_it_came_also_where_a_smaller_one_is_kept() -> None:
    witness, came, kept = Witness(), shot("2026:11:23 08:55:10"), shot()
    witness.saw(kept, came, FILE, NOW, None, None)
    found = known(witness, sha(kept))
    assert found is not None
    assert (found.sha256, found.taken) == (sha(came), "2026-11-23T08:55:10")


def test_a_marked_photo_has_what_is_known_of_the_photo_in_it() -> None:
    witness, data = Witness(), shot()
    witness.saw(data, data, FILE, NOW, None, HERE)
    first = witness.words({"photo": sha(data)}, {})
    marked = pack(shot(), MarkedPhoto(data, "marks"))
    later = Witness()
    later.marked(marked, first)
    found = known(later, sha(marked), first)
    assert found is not None
    assert found.sha256 == sha(data)


def test_it_is_said_once_and_only_of_what_is_answered() -> None:
    witness, data = Witness(), shot()
    witness.saw(data, data, FILE, NOW, None, None)
    first = witness.words({"photo": sha(data)}, {})
    assert list(first) == [PHOTO + sha(data)]
    assert witness.words({"photo": sha(data)}, first) == {}
    assert witness.words({"photo": None, "note": "x"}, {}) == {}


@pytest.mark.parametrize("text", ["", "{", "[]", "{}", '{"sha256":"a","source":"file","at":"b","ahead":"x"}'])
def test_what_is_no_evidence_is_none(text: str) -> None:
    assert evidence_of(text) is None


def test_what_a_newer_fieldapp_adds_is_passed_over() -> None:
    text = '{"sha256":"a","source":"file","at":"b","lens":"wide"}'
    assert evidence_of(text) == Evidence("a", "file", "b")
