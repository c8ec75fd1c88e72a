"""Vacant unit tax: in time, late or over by the day of receipt; what each use of a unit asks for."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

import pytest

from fieldapp.clock import CITY_ZONE
from fieldapp.forms import FormSession
from fieldapp.services import Catalogue, workflow
from fieldapp.services.secrecy import is_secret
from tests.support.filling import ANSWERS, MONDAY, fill, messages, open_service, value
from tests.support.services import person, record_in

SERVICE = Catalogue.load().get("vacant-unit-tax")


def filled(at: datetime = MONDAY, changed: Mapping[str, str] | None = None) -> FormSession:
    return fill(fill(open_service(SERVICE, at=at), ANSWERS[SERVICE.id]), changed or {})


def shown(session: FormSession) -> set[str]:
    notes = ("year_note", "risk_note", "late_note", "over_note", "unknown_note")
    return {name for name in notes if session.node(f"/data/unit_use/{name}").relevant}


@pytest.mark.parametrize(
    ("day", "stage", "notes", "fee"),
    [
        ("2026-03-02", "in_time", {"year_note"}, ""),
        ("2026-04-12", "in_time", {"year_note", "risk_note"}, ""),
        ("2026-04-15", "in_time", {"year_note", "risk_note"}, ""),
        ("2026-04-16", "late", {"late_note"}, "250.00"),
        ("2026-05-15", "late", {"late_note"}, "250.00"),
        ("2026-05-16", "over", {"over_note"}, ""),
        ("2027-02-01", "unknown", {"unknown_note"}, ""),  # no dates that anybody has published
    ],
)
def test_the_day_of_receipt_decides(day: str, stage: str, notes: set[str], fee: str) -> None:
    session = filled(datetime.fromisoformat(f"{day}T10:00").replace(tzinfo=CITY_ZONE))
    assert value(session, "unit_use/stage") == stage
    assert shown(session) == notes
    assert value(session, "unit_use/late_fee") == fee
    assert messages(session) == {}


def test_it_declares_the_year_before() -> None:
    assert value(filled(), "unit_use/tax_year") == "2025"
    assert value(filled(datetime(2027, 2, 1, 10, tzinfo=CITY_ZONE)), "unit_use/tax_year") == "2026"


def test_a_tenancy_lasts_thirty_days() -> None:
    lease = {"unit_use/occupied": "tenant_30plus_days", "unit_use/lease_from": "2025-03-01"}
    assert messages(filled(changed=lease)) == {}
    assert "30 days" in messages(filled(changed={**lease, "unit_use/lease_to": "2025-03-30"}))["unit_use/lease_to"]
    assert messages(filled(changed={**lease, "unit_use/lease_to": "2025-03-31"})) == {}
    assert is_secret(SERVICE, "unit_use/tenant_name")


def test_a_renovation_is_no_reason_without_its_permit() -> None:
    vacant = {"unit_use/occupied": "vacant_ge_183", "unit_use/exemption": "major_renovation_permit"}
    assert list(messages(filled(changed=vacant))) == ["unit_use/permit_no"]
    assert messages(filled(changed={**vacant, "unit_use/permit_no": "26-104233"})) == {}


def test_no_reason_is_asked_for_where_the_unit_was_used() -> None:
    assert not filled().node("/data/unit_use/exemption").relevant


def test_a_complaint_is_decided_by_a_second_person() -> None:
    record = record_in(SERVICE.id, "reviewing", author="bea")
    assert workflow.offered(SERVICE, record, person("bea", "back_office")) == []
    steps = [step.id for step in workflow.offered(SERVICE, record, person("ben", "back_office"))]
    assert steps == ["confirm", "adjust"]
