"""What a record knows of a photo, in words: when it came, by whose clock; where, by whose word; whether it is as it
was."""

from __future__ import annotations

from collections.abc import Iterator

from fieldapp.clock import moment_of
from fieldapp.photos.evidence import CAMERA, DROPPED, EXIF, PASTED, Evidence, evidence_in
from fieldapp.places.position import MANUAL
from fieldapp.records import Record
from fieldapp.store import Store
from fieldapp.texts import tr
from ui.forms.fields.geo_value import points_in
from ui.forms.fields.geo_words import position


def standing(store: Store, value: str) -> tuple[str, str]:
    """Whether the City has the same bytes: a word and its kind."""
    sha256 = value.partition(".")[0]
    if store.blobs.verified(sha256):
        return tr("Verified after sync"), "ok"
    return (tr("Not verified yet"), "warn") if store.blobs.has(sha256) else (tr("With the City"), "plain")


def told(store: Store, record: Record, value: str) -> str:
    """A sentence a fact: standing, time, place, hash."""
    known = evidence_in(record.fields, value)
    facts = [standing(store, value)[0], *(_facts(known) if known else ())]
    sha256 = value.partition(".")[0]
    facts.append(tr("SHA-256 {hash}", hash=sha256))
    if known is not None and known.sha256 != sha256:
        facts.append(tr("of the photo as it came {hash}", hash=known.sha256))
    return " · ".join(facts)


def _facts(known: Evidence) -> Iterator[str]:
    yield _when(known)
    if known.taken:
        yield tr("the camera's clock said {time}", time=known.taken.replace("T", " "))
    yield _where(known)
    yield {
        CAMERA: tr("taken with this laptop's camera"),
        DROPPED: tr("dropped"),
        PASTED: tr("pasted"),
    }.get(known.source, tr("from a file"))


def _when(known: Evidence) -> str:
    time = f"{moment_of(known.at):%Y-%m-%d %H:%M:%S}"
    if not known.ahead:
        return tr("came {time} by this laptop's clock, not compared with the City's", time=time)
    return tr("came {time} by this laptop's clock ({n} s against the City's)", time=time, n=f"{float(known.ahead):+g}")


def _where(known: Evidence) -> str:
    point = next(iter(points_in(known.place)), None)
    if point is None:
        return tr("place not known")
    said = position(point)
    if known.place_source == EXIF:
        return tr("{place} by the camera", place=said)
    if known.place_source == MANUAL:
        return tr("{place} by the person's word", place=said)
    within = known.place.split()[-1]
    return tr("{place} by the receiver, within {n} m", place=said, n=within)
