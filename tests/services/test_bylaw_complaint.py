"""By-law complaints: what is referred, when a name is needed, what tenants, snow and cold homes are asked."""

from __future__ import annotations

import pytest

from fieldapp.forms import FormSession
from fieldapp.records import Record
from fieldapp.services import Catalogue, workflow
from fieldapp.services.tables import read_table
from tests.support.filling import ANSWERS, fill, messages, open_service, value
from tests.support.services import person, record_in

SERVICE = Catalogue.load().get("bylaw-complaint")
TYPES = read_table(SERVICE.files.folder / "types.csv").rows


def filled(**changed: str) -> FormSession:
    session = fill(open_service(SERVICE), ANSWERS[SERVICE.id])
    return fill(session, {path.replace("__", "/"): text for path, text in changed.items()})


def steps(session: FormSession, state: str, role: str) -> list[str]:
    blank = record_in(SERVICE.id, state)
    record = Record(blank.id, blank.service, blank.form_version, 1, {**blank.fields, **session.answers()})
    return [step.id for step in workflow.offered(SERVICE, record, person("sam", role))]


def test_the_types_are_those_of_the_form() -> None:
    session = open_service(SERVICE)
    choices = session.choices(session.node("/data/complaint/complaint_type"))
    assert [(one.name, one.label) for one in choices] == [(row["code"], row["en"]) for row in TYPES]


@pytest.mark.parametrize("kind", ["animal_cruelty", "encampment", "parking", "fire", "food"])
def test_what_others_look_after_is_referred(kind: str) -> None:
    session = filled(complaint__complaint_type=kind)
    assert session.node("/data/complaint/refer_note").relevant
    assert not session.node("/data/person").relevant  # nobody's name is written down for nothing
    assert steps(session, "draft", "counter") == ["refer"]
    assert steps(filled(), "draft", "counter") == ["submit"]


def test_without_a_name_only_safety_is_taken() -> None:
    session = filled(person__anon_ok="anonymous")
    assert "safety" in messages(session)["person/anon_ok"]
    fill(session, {"complaint/danger_now": "yes"})
    assert messages(session) == {}
    assert value(session, "priority") == "1"
    assert messages(filled(person__anon_ok="anonymous", complaint__complaint_type="pests")) == {}


def test_an_officer_reports_from_the_field_alone() -> None:
    assert "person/anon_ok" in messages(filled(person__anon_ok="officer"))
    assert messages(filled(person__anon_ok="officer", case__channel="field")) == {}


def test_a_tenant_writes_to_the_landlord_first() -> None:
    tenant = {"complaint__complaint_type": "property_standards", "details__by_tenant": "yes"}
    assert "call again" in messages(filled(**tenant, details__landlord_told="no"))["details/landlord_told"]
    assert messages(filled(**tenant, details__landlord_told="no", complaint__danger_now="yes")) == {}
    told = messages(filled(**tenant, details__landlord_told="yes"))
    assert set(told) == {"details/letter_date", "details/letter_img"}


def test_snow_is_due_a_day_after_it_stopped() -> None:
    session = filled(complaint__complaint_type="snow_ice", details__snow_ended_at="2026-11-22T18:00:00.000-05:00")
    assert value(session, "details/snow_due") == "2026-11-23"
    assert SERVICE.derived(session.answers(), "en")["@due"] == "2026-11-23"


def test_who_complains_is_in_no_list() -> None:
    assert {"person/first_name", "person/last_name", "person/phone"} <= SERVICE.privacy.sensitive
    title = SERVICE.derived(filled().answers(), "en")["@title"]
    assert title is not None
    assert "Wójcik" not in title
