"""What is known of a photo when it is taken in. It goes with the answer, in the same Change: so it stands in the hash
chain of the journal, comes to the City with it, and cannot be changed afterwards."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, fields, replace
from datetime import datetime

from fieldapp.clock import stamp
from fieldapp.marked_photo import unpack
from fieldapp.photos.exif import camera_said
from fieldapp.places.position import Fix
from fieldapp.records import PHOTO, Edits, Fields, canonical, plain

CAMERA, FILE, DROPPED, PASTED = "camera", "file", "dropped", "pasted"
EXIF = "exif"
SECONDS = re.compile(r"-?\d{1,12}(\.\d)?")


@dataclass(frozen=True)
class Evidence:
    """`sha256` is that of the photo as it came, before anything was done to it; `source` one of CAMERA, FILE, DROPPED,
    PASTED. `at` is a stamp of this laptop's clock when it came, `ahead` how many seconds that clock was ahead of the
    City's at the last sync ("" unknown). `taken` and `place` may be the camera's own word; `place_source` says whose:
    "receiver", "manual", "exif", "" where nobody knew."""

    sha256: str
    source: str
    at: str
    ahead: str = ""
    taken: str = ""
    place: str = ""
    place_source: str = ""

    @property
    def text(self) -> str:
        """As a record keeps it."""
        return canonical({name: value for name, value in vars(self).items() if value}).decode()


def evidence_of(text: str) -> Evidence | None:
    """What `text` wrote; None for what is none. Keys of a newer FieldApp are passed over."""
    try:
        found = plain(text) if text else None
    except ValueError:
        return None
    if not isinstance(found, dict):
        return None
    names = {one.name for one in fields(Evidence)}
    known = {name: value for name, value in found.items() if name in names and isinstance(value, str)}
    if known.get("ahead") and not SECONDS.fullmatch(known["ahead"]):
        return None
    return Evidence(**known) if {"sha256", "source", "at"} <= known.keys() else None


def evidence_in(record: Fields, value: str) -> Evidence | None:
    """What a record says of the photo that an answer's value names."""
    return evidence_of(record.get(PHOTO + value.partition(".")[0], ""))


class Witness:
    """Notes what is known of each photo at the moment it comes, until the answer that names it is kept."""

    def __init__(self) -> None:
        self._seen: dict[str, Evidence] = {}

    def saw(self, kept: bytes, came: bytes, source: str, now: datetime, ahead: float | None, fix: Fix | None) -> None:
        """A photo came; `kept` is what is kept of it, smaller perhaps. A camera's word of the place counts less than a
        receiver's here and now, but for a photo that came as a file: there the camera was, not this laptop."""
        said = camera_said(came)
        here = (fix.geopoint, fix.source) if fix else ("", "")
        place, whose = here if source == CAMERA or not said.place else (said.place, EXIF)
        self._seen[_hash(kept)] = Evidence(
            _hash(came), source, stamp(now), "" if ahead is None else f"{ahead:.1f}", said.taken, place, whose
        )

    def marked(self, data: bytes, record: Fields) -> None:
        """A marked photo is kept: what is known of the photo in it is known of it."""
        inside = unpack(data)
        if inside is not None:
            original = _hash(inside.original)
            known = self._seen.get(original) or evidence_of(record.get(PHOTO + original, ""))
            if known is not None:
                self._seen[_hash(data)] = replace(known)

    def words(self, edits: Edits, record: Fields) -> dict[str, str]:
        """What goes beside these answers: a path and a text for each photo among them that was seen to come."""
        named = {(value or "").partition(".")[0] for value in edits.values()}
        return {
            PHOTO + sha: self._seen[sha].text
            for sha in sorted(named & self._seen.keys())
            if not record.get(PHOTO + sha)
        }


def _hash(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
