"""Rental housing licence: where it holds, five units, tenants' notice, and what passes an inspection."""

from __future__ import annotations

from dataclasses import replace

import pytest

from fieldapp.forms import FormSession
from fieldapp.services import Catalogue, workflow
from tests.support.filling import ANSWERS, fill, messages, open_service, value
from tests.support.services import person, record_in

CATALOGUE = Catalogue.load()
LICENCE, INSPECTION = CATALOGUE.get("rental-licence"), CATALOGUE.get("rental-inspection")


@pytest.mark.parametrize(("state", "steps"), [("yes", ["submit"]), ("part", ["submit"]), ("no", ["refer"])])
def test_a_home_outside_the_wards_is_handed_on(state: str, steps: list[str]) -> None:
    known = record_in("rental-licence", "draft", author="cleo")
    record = replace(known, fields={**known.fields, "place/area_state": state})
    assert [step.id for step in workflow.offered(LICENCE, record, person("cleo", "counter"))] == steps


@pytest.mark.parametrize(("ward", "state"), [("1", "yes"), ("8", "yes"), ("14", "part"), ("2", "")])
def test_the_wards_stand_in_a_table_with_their_source(ward: str, state: str) -> None:
    assert LICENCE.reference_data().value("wards_licensed", "state", "ward", ward) == state


def filled(changed: dict[str, str]) -> FormSession:
    return fill(fill(open_service(LICENCE), ANSWERS["rental-licence"]), changed)


def test_without_the_citys_map_a_supervisor_looks_at_it() -> None:
    assert value(filled({}), "place/area_state") == "unknown"


def test_six_units_need_no_licence_and_the_list_fits_the_building() -> None:
    assert "five units" in messages(filled({"units/units_total": "6"}))["units/units_total"]
    session = filled({"units/units_total": "1"})
    session.add("/data/units/rental")
    assert "units/rentals_said" in messages(session)


def inspected(changed: dict[str, str]) -> FormSession:
    return fill(fill(open_service(INSPECTION), ANSWERS["rental-inspection"]), changed)


@pytest.mark.parametrize(("hour", "fits"), [("08:59", True), ("09:01", False)])
def test_a_tenant_has_a_days_notice(hour: str, fits: bool) -> None:
    session = inspected({"place/tenanted": "yes", "place/rta_notice_at": f"2026-11-22T{hour}:00.000-05:00"})
    assert ("place/rta_notice_at" not in messages(session)) == fits


def test_passed_needs_every_item_seen_and_no_danger() -> None:
    assert "outcome/result" in messages(inspected({"checklist/check[2]/k_result": "not_seen"}))
    assert "outcome/result" in messages(inspected({"outcome/immediate_risk": "yes"}))
