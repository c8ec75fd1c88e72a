"""Business licence: which papers, which kind of business, and what the inspector may call clear."""

from __future__ import annotations

import pytest

from fieldapp.errors import AccessError
from fieldapp.forms import FormSession
from fieldapp.services import Catalogue, workflow
from tests.support.filling import ANSWERS, fill, messages, open_service
from tests.support.services import person, record_in

CATALOGUE = Catalogue.load()
LICENCE, INSPECTION = CATALOGUE.get("business-licence"), CATALOGUE.get("business-inspection")


def filled(changed: dict[str, str]) -> FormSession:
    return fill(fill(open_service(LICENCE), ANSWERS["business-licence"]), changed)


@pytest.mark.parametrize(("day", "fits"), [("2025-11-23", True), ("2025-11-22", False), ("2026-11-24", False)])
def test_the_profile_is_at_most_a_year_old(day: str, fits: bool) -> None:
    assert ("business/profile_date" not in messages(filled({"business/profile_date": day}))) == fits


def test_a_zoning_certificate_or_a_building_permit_is_enough() -> None:
    assert "place/zoning_ref" in messages(filled({"place/zoning_ref": ""}))
    assert messages(filled({"place/zoning_ref": "", "place/bp_no": "26-104233"})) == {}


@pytest.mark.parametrize("kind", ["rental_housing", "str"])
def test_renting_out_homes_has_forms_of_its_own(kind: str) -> None:
    assert "form of its own" in messages(filled({"business/biz_class": kind}))["business/biz_class"]


def test_food_and_police_questions_follow_the_class() -> None:
    session = filled({"business/biz_class": "second_hand_pawn"})
    assert not session.node("/data/food/seats").relevant
    assert session.node("/data/proofs/police_check").relevant


def test_clear_needs_every_item_corrected() -> None:
    session = fill(open_service(INSPECTION), ANSWERS["business-inspection"])
    failed = {"k_result": "fail", "k_found": "Exit blocked by chairs", "k_by": "2026-12-01"}
    fill(session, {f"checklist/check[4]/{name}": answer for name, answer in failed.items()})
    assert list(messages(session)) == ["outcome/result"]


def test_who_applied_does_not_approve() -> None:
    record = record_in("business-licence", "all_clear", author="sam")
    with pytest.raises(AccessError, match="second person"):
        workflow.check(LICENCE, record, "approve", person("sam", "supervisor"))
