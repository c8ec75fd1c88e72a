"""Property standards: findings with proof, heat, the title check before an order is served, the appeal."""

from __future__ import annotations

import shutil
from pathlib import Path

from fieldapp.forms import FormSession
from fieldapp.records import Record
from fieldapp.services import Catalogue, carry
from fieldapp.services.loader import load_service
from tests.support.filling import ANSWERS, fill, messages, open_service, record_with, steps_of, value
from tests.support.services import person

SERVICE = Catalogue.load().get("property-standards")
ROW = "areas/found/area_row[1]"
FINDING = {
    "areas/any_findings": "yes",
    f"{ROW}/area": "stairs",
    f"{ROW}/element": "Second step, front porch",
    f"{ROW}/finding": "broken loose",
    f"{ROW}/a_section": "s. 15",
    f"{ROW}/a_photo": f"{'ab' * 32}.jpg",
    f"{ROW}/a_action": "Replace the step",
    f"{ROW}/comply_days": "14",
}
ORDER = {
    **FINDING,
    "outcome/result": "order",
    "outcome/follow_up": "2026-12-14",
    "order/owner_on_title": "1234567 Ontario Inc.",
    "order/served_on[1]/srv_name": "1234567 Ontario Inc.",
}
SERVED = {
    "order/is_served": "yes",
    "order/serve_how": "personal",
    "order/served_at": "2026-11-23T08:30:00.000-05:00",
}


def filled(more: dict[str, str]) -> FormSession:
    return fill(fill(open_service(SERVICE), ANSWERS[SERVICE.id]), more)


def steps(session: FormSession, state: str, role: str) -> list[str]:
    who = person("clara" if role == "inspector" else "sam", role)
    return steps_of(session, SERVICE, state, who)


def test_a_finding_needs_its_section_and_a_photo() -> None:
    session = filled({**FINDING, f"{ROW}/a_section": "", f"{ROW}/a_photo": "", "outcome/result": "verbal"})
    assert set(messages(session)) == {f"{ROW}/a_section", f"{ROW}/a_photo"}


def test_a_unit_is_not_inspected_from_the_street() -> None:
    session = filled({"place/unit_insp": "Apt 3", "place/tenant_present": "no"})
    assert "public place" in messages(session)["place/unit_insp"]


def test_an_emergency_order_needs_an_imminent_danger() -> None:
    session = filled({**ORDER, "outcome/result": "emergency_15_7"})
    assert "imminent" in messages(session)[f"{ROW}/severity"]
    fill(session, {f"{ROW}/severity": "imminent"})
    assert messages(session) == {}
    assert steps(session, "planned", "inspector") == ["emergency", "no_access"]


def test_an_order_waits_for_the_title_check() -> None:
    session = filled(ORDER)
    assert messages(session) == {}
    assert steps(session, "planned", "inspector") == ["draft_order", "no_access"]
    assert steps(session, "order_drafted", "inspector") == []
    assert steps(session, "order_drafted", "back_office") == ["title_checked"]


def test_days_to_comply_and_to_appeal_count_from_service() -> None:
    session = filled({**ORDER, **SERVED})
    assert messages(session) == {}
    assert value(session, f"{ROW}/a_comply_by") == "2026-12-07"
    assert value(session, "order/appeal_last") == "2026-12-07"
    assert steps(session, "to_serve", "inspector") == ["served"]
    assert "appeal" in steps(session, "appeal_window", "supervisor")
    notice = filled({**ORDER, **SERVED, "outcome/result": "notice"})
    assert "appeal" not in steps(notice, "appeal_window", "supervisor")


def test_the_committee_decides_through_the_back_office_alone() -> None:
    session = filled({**ORDER, **SERVED})
    assert steps(session, "appealed", "back_office") == ["confirm", "modify", "extend", "rescind"]
    assert steps(session, "appealed", "supervisor") == []


def test_heat_is_read_three_times() -> None:
    readings = {f"heat/reading[{n}]/h_room": f"Room {n}" for n in (1, 2, 3)}
    readings |= {f"heat/reading[{n}]/h_temp": str(14 + n) for n in (1, 2, 3)}
    readings |= {f"heat/reading[{n}]/h_at": "2026-11-23T08:40:00.000-05:00" for n in (1, 2, 3)}
    session = filled({"heat/heat_checked": "yes", "heat/outside_temp": "-5", **readings})
    assert messages(session) == {}
    assert value(session, "heat/coldest") == "15"


def test_what_is_open_is_asked_for_on_the_next_visit() -> None:
    first = record_with(filled(ORDER), SERVICE, "reinspect_due")
    complaint = Record("c1", "bylaw-complaint", "1", 1, {"place/address": "412 Upper James St"})
    again = carry.prefill(SERVICE, complaint, [first])
    assert again["visit/previous_count"] == "1"
    assert "Second step, front porch" in again.values()


MADE_UP = """s15,Stairs made up for a test,Escaliers inventés,s. 15 (1),Mend it,Réparez-le,a test,made up
s16,Porches shall be made up,Porches inventés,s. 16,,,a test,made up
"""


def with_list(folder: Path) -> FormSession:
    """A visit in a city that filled its list of sections."""
    blocks = SERVICE.files.folder.parent / "_blocks"
    shutil.copytree(SERVICE.files.folder, folder / SERVICE.id)
    table = folder / SERVICE.id / "sections.csv"
    table.write_text(table.read_text("utf-8") + MADE_UP, "utf-8")
    service = load_service(folder / SERVICE.id, blocks=blocks, cache=folder)
    return fill(fill(open_service(service), ANSWERS[SERVICE.id]), FINDING)


def test_without_the_citys_list_the_officers_own_words_are_asked_for_alone() -> None:
    session = filled(FINDING)
    assert not session.node(f"/data/{ROW}/a_pick").relevant
    assert value(session, f"{ROW}/a_section") == "s. 15"


def test_a_section_from_the_citys_list_brings_wording_and_action_which_can_be_changed(tmp_path: Path) -> None:
    session = with_list(tmp_path)
    assert session.node(f"/data/{ROW}/a_pick").relevant
    fill(session, {f"{ROW}/a_pick": "s15"})
    assert [value(session, f"{ROW}/{name}") for name in ("a_section", "a_action")] == ["s. 15 (1)", "Mend it"]
    fill(session, {f"{ROW}/a_action": "Replace the step by Friday"})
    assert value(session, f"{ROW}/a_action") == "Replace the step by Friday"


def test_a_line_without_an_action_leaves_the_officers_words(tmp_path: Path) -> None:
    session = fill(with_list(tmp_path), {f"{ROW}/a_pick": "s16"})
    assert value(session, f"{ROW}/a_section") == "s. 16"
    assert value(session, f"{ROW}/a_action") == "Replace the step"
