"""What is known of a photo comes to the City with it, and the photo counts as verified once the City has hashed it."""

from __future__ import annotations

from datetime import UTC, datetime

from fieldapp.photos.evidence import FILE, Witness, evidence_in
from fieldapp.records import edited
from tests.support.gateway import CHIEF, CLERK, City, some_bytes

DATA = b"\xff\xd8\xff" + some_bytes(5000)
NOW = datetime(2026, 11, 23, 14, 0, tzinfo=UTC)


def test_evidence_arrives_and_the_photo_is_verified_after_the_sync(city: City) -> None:
    clerk, chief = city.laptop(CLERK), city.laptop(CHIEF)
    witness, photo = Witness(), clerk.photo(DATA)
    witness.saw(DATA, DATA, FILE, NOW, 0.4, None)
    answers = {"photos/one": f"{photo.sha256}.jpg"}
    record = clerk.new({**answers, **witness.words(answers, {})}, submit=True, attachments=(photo,))
    assert not clerk.store.blobs.verified(photo.sha256)
    city.sync()
    assert clerk.store.blobs.verified(photo.sha256)
    at_the_chief = chief.store.record(record)
    assert at_the_chief is not None
    found = evidence_in(edited({}, at_the_chief.fields), answers["photos/one"])
    assert found is not None
    assert (found.sha256, found.ahead) == (photo.sha256, "0.4")
