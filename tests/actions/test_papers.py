"""A filled form becomes a draft: its answers, what does not fit beside them, and the file as it came."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from fieldapp.actions import carried_forms, open_form, start, take_form
from fieldapp.actions.issuing import filed
from fieldapp.documents.blank import blank_form, paper_of
from fieldapp.errors import InputError
from fieldapp.forms.following import carried_in
from fieldapp.records import LANG, PARENT, STATE
from sync.practice.people import KAUR, OSEI
from tests.support.papers import blank, fill
from tests.support.services import write_dog_licence
from tests.support.session import close, make_session
from tests.support.versions import DOGS, Machine, correct_dog_licence
from ui.session import Session

COUCH = {
    "place/address": "10 Main St W",
    "items/item#1/item_type": "furniture",
    "items/item#1/over_90kg": "no",
    "items/item#3/item_type": "toilet",
    "pickup/wanted_week": "next week",
    "person/first_name": "Zoë",
    "person/last_name": "Łukasz",
}


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    made = make_session(tmp_path, OSEI)
    yield made
    close(made)


@pytest.fixture(scope="module")
def couch() -> bytes:
    return fill(blank("bulk-pickup", "fr"), COUCH)


def test_a_filled_form_becomes_a_draft_in_its_language(session: Session, couch: bytes) -> None:
    record = take_form(session.desk, couch, name="divan.pdf").record
    assert session.store.record(record.id) == record
    assert (record.service, record.get(STATE), record.get(LANG)) == ("bulk-pickup", "draft", "fr")
    assert record.get("case/lang") == "fr"
    assert record.get("person/last_name") == "Łukasz"


def test_its_form_opens_with_the_rows_that_were_filled(session: Session, couch: bytes) -> None:
    form = open_form(session.desk, take_form(session.desk, couch).record)
    rows = form.node("/data/items/item").children
    assert [form.node(f"{row.ref}/item_type").value for row in rows] == ["furniture", "toilet"]


def test_the_forms_own_defaults_come_when_it_is_opened(session: Session, couch: bytes) -> None:
    record = take_form(session.desk, couch).record
    assert not record.get("case/site")
    assert open_form(session.desk, record).node("/data/case/site").value == "city_hall"


def test_what_does_not_fit_is_said_and_stays_beside_the_form(session: Session, couch: bytes) -> None:
    taken = take_form(session.desk, couch)
    assert [(one.value, one.label) for one in taken.aside] == [("next week", "Quelle semaine? N'importe quel jour")]
    assert [(one.path, one.value) for one in carried_in(taken.record.fields)] == [("pickup/wanted_week", "next week")]
    assert carried_forms(session.desk, taken.record)


def test_the_file_as_it_came_goes_with_the_record(session: Session, couch: bytes) -> None:
    record = take_form(session.desk, couch, name="divan.pdf").record
    ((_, sha256),) = filed(record)
    assert session.store.blobs.read(sha256) == couch
    (change,) = [row.change for row in session.store.history(record.id)]
    assert [(one.sha256, one.mime) for one in change.attachments] == [(sha256, "application/pdf")]


def test_a_paper_with_a_card_number_is_not_kept(session: Session) -> None:
    data = fill(blank("bulk-pickup"), {"place/unit": "3", "person/org_name": "4111 1111 1111 1111"})
    taken = take_form(session.desk, data)
    assert not taken.kept
    assert not any("4111" in value for value in taken.record.fields.values())
    assert not filed(taken.record)
    assert taken.record.get("place/unit") == "3"


def test_a_blank_form_makes_no_draft(session: Session) -> None:
    with pytest.raises(InputError, match="blank"):
        take_form(session.desk, blank("bulk-pickup"))


def test_a_form_of_a_service_that_is_not_here_makes_none(session: Session, tmp_path: Path) -> None:
    write_dog_licence(tmp_path / "services")
    machine = Machine(tmp_path / "home", KAUR)
    desk = machine.desk(tmp_path / "services")
    data = fill(blank_form(paper_of(desk.catalogue.get(DOGS), "en")), {"dog/dog_name": "Rex"})
    machine.store.close()
    with pytest.raises(InputError, match="does not know"):
        take_form(session.desk, data)


def test_what_belongs_to_another_record_needs_it(session: Session) -> None:
    with pytest.raises(InputError, match="belongs to another record"):
        take_form(session.desk, fill(blank("building-inspection"), {"visit/permit_no": "26-104001"}))


def test_it_is_taken_in_under_the_record_that_it_belongs_to(tmp_path: Path) -> None:
    session = make_session(tmp_path, KAUR)
    permit = start(session.desk, "building-permit")
    data = fill(blank("building-inspection"), {"visit/permit_no": "26-104001"})
    record = take_form(session.desk, data, parent=permit.id).record
    close(session)
    assert record.get(PARENT) == permit.id
    assert record.get("visit/permit_no") == "26-104001"


def test_a_form_of_an_older_version_follows_to_todays(tmp_path: Path) -> None:
    write_dog_licence(tmp_path / "services")
    machine = Machine(tmp_path / "home", KAUR)
    old = machine.desk(tmp_path / "services").catalogue.get(DOGS)
    data = fill(blank_form(paper_of(old, "en")), {"dog/dog_name": "Rex", "dog/age": "4"})
    correct_dog_licence(tmp_path / "services")
    record = take_form(machine.desk(tmp_path / "services"), data).record
    machine.store.close()
    assert record.get("dog/call_name") == "Rex"
    assert [(one.path, one.value) for one in carried_in(record.fields)] == [("dog/age", "4")]
