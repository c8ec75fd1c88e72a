"""Vacant buildings: when to register, the fee in its parts, the sign of larger ones, four inspections a year."""

from __future__ import annotations

from fieldapp.forms import FormSession
from fieldapp.records import Record
from fieldapp.services import Catalogue, carry
from tests.support.filling import ANSWERS, fill, messages, open_service, value
from tests.support.services import record_in

CATALOGUE = Catalogue.load()
SERVICE = CATALOGUE.get("vacant-building")
VISIT = CATALOGUE.get("vacant-inspection")


def filled(**changed: str) -> FormSession:
    session = fill(open_service(SERVICE), ANSWERS[SERVICE.id])
    return fill(session, {path.replace("__", "/"): text for path, text in changed.items()})


def test_registering_is_required_after_ninety_days() -> None:
    session = filled()
    assert value(session, "vacancy/days_vacant") == "175"
    assert value(session, "vacancy/register_by") == "2026-08-30"
    early = filled(vacancy__vacant_since="2026-11-01")
    assert "after 90 days" in messages(early)["vacancy/early_ok"]
    noticed = {"vacancy__notice_no": "N-12", "vacancy__city_notice_on": "2026-11-10"}
    session = filled(vacancy__vacant_since="2026-11-01", **noticed)
    assert messages(session) == {}
    assert value(session, "vacancy/register_by") == "2026-12-10"


def test_the_fee_is_its_parts_with_the_tax() -> None:
    session = filled()
    assert value(session, "fee/fee_lines") == "VB-ADMIN 1; VB-INSPECT 1; VB-HST 1"
    assert value(session, "fee/fee_total") == "1202.27"


def test_four_units_need_a_sign() -> None:
    assert "vacancy/sign_told" not in messages(filled())
    assert list(messages(filled(building__units="4"))) == ["insurance/sign_told"]


def test_an_ended_policy_is_refused() -> None:
    assert "present one" in messages(filled(insurance__policy_until="2026-11-22"))["insurance/policy_until"]


def test_each_side_is_photographed_or_it_is_said_why() -> None:
    session = fill(open_service(VISIT), {**ANSWERS[VISIT.id], "sides/sides_why": ""})
    assert list(messages(session)) == ["sides/sides_why"]
    fill(session, {f"sides/side_{side}": f"{'ab' * 32}.jpg" for side in "nesw"})
    assert messages(session) == {}


def test_the_next_inspection_knows_what_was_open() -> None:
    failed = {
        "checklist/check[7]/k_result": "fail",
        "checklist/check[7]/k_found": "Tires behind the garage",
        "checklist/check[7]/k_fix_by": "2026-12-15",
        "outcome/result": "owner_told",
    }
    session = fill(open_service(VISIT), {**ANSWERS[VISIT.id], **failed})
    assert messages(session) == {}
    blank = record_in(VISIT.id, "approved")
    first = Record(blank.id, VISIT.id, "1", 1, {**blank.fields, **session.answers(pruned=True)})
    again = carry.prefill(VISIT, Record("b", SERVICE.id, "1", 1, {"building/units": "6"}), [first])
    assert again["place/units"] == "6"
    assert "Tires behind the garage" in again.values()
