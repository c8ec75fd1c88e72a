"""A photo's evidence: kept with the answer in one Change, told on the record's page, verified after sync."""

from __future__ import annotations

import hashlib

from fieldapp.photos.evidence import FILE, evidence_in
from fieldapp.records import PHOTO, Record
from fieldapp.services import Catalogue
from sync.gateway import rules
from sync.practice.people import TREMBLAY
from tests.support import workplaces
from tests.support.ui_forms import photo
from tests.support.workplaces import City
from ui.filling.host import host_of
from ui.map.projection import point_of
from ui.records.photo_words import standing, told

QUESTION = "photos/photo[k1]/picture"


def photographed(town: City) -> tuple[Record, str]:
    """The inspector takes a photo into a visit: from a file, while standing at the visit."""
    session = town.inspector
    visit = workplaces.visits(town, 1)[0]
    session.position.stand_at(point_of("43.2561 -79.8692"))
    host = host_of(session, visit.id)
    assert host.saw is not None
    host.saw(photo(), photo(), FILE)
    value = host.attach(photo(), "image/png", "wall.png")
    host.save({"photos/photo[k1]": "1", QUESTION: value}, {})
    return session.desk.record(visit.id), value


def test_it_is_in_the_same_change_as_the_answer(town: City) -> None:
    record, value = photographed(town)
    found = evidence_in(record.fields, value)
    assert found is not None
    assert (found.sha256, found.source) == (hashlib.sha256(photo()).hexdigest(), FILE)
    assert (found.place, found.place_source) == ("43.256100 -79.869200 0 0", "manual")
    last = town.inspector.store.history(record.id)[0].change
    assert {QUESTION, PHOTO + found.sha256} <= last.edits.keys()


def test_the_records_page_tells_it_and_whether_the_city_has_the_same_bytes(town: City) -> None:
    record, value = photographed(town)
    store = town.inspector.store
    words = told(store, record, value)
    assert words.startswith("Not verified yet · came 2026-11-23 09:00:00 by this laptop's clock, not compared")
    assert "by the person's word · from a file · SHA-256" in words
    store.blobs.confirmed(value.partition(".")[0])
    assert standing(store, value) == ("Verified after sync", "ok")


def test_the_city_lets_nobody_change_it_afterwards(town: City, catalogue: Catalogue) -> None:
    record, value = photographed(town)
    path = PHOTO + value.partition(".")[0]
    service = catalogue.get(record.service)
    refused = rules.on_edits({path}, record, service, TREMBLAY, None)
    assert refused is not None
    assert refused.code == "fixed"
    assert rules.on_edits({PHOTO + "ab" * 32}, record, service, TREMBLAY, None) is None
