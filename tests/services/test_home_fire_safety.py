"""Free smoke alarms: for whom, an alarm on each storey, a serial number for each, the signed waiver."""

from __future__ import annotations

from fieldapp.forms import FormSession
from fieldapp.records import Record
from fieldapp.services import Catalogue, workflow
from tests.support.filling import ANSWERS, fill, messages, open_service, value
from tests.support.services import person, record_in

SERVICE = Catalogue.load().get("home-fire-safety")
DONE = {
    "visit/visit_made": "yes",
    "visit/installed/arrived_at": "2026-11-23T08:30:00.000-05:00",
    "visit/installed/installed_smoke": "2",
    "visit/installed/installed_co": "1",
    "visit/installed/replaced_batt": "0",
    "visit/installed/escape_plan_given": "OK",
    "visit/installed/waiver_sign": f"{'ab' * 32}.png",
}


def filled(more: dict[str, str]) -> FormSession:
    return fill(fill(open_service(SERVICE), ANSWERS[SERVICE.id]), more)


def steps(session: FormSession, state: str, role: str) -> list[str]:
    blank = record_in(SERVICE.id, state)
    record = Record(blank.id, blank.service, blank.form_version, 1, {**blank.fields, **session.answers(pruned=True)})
    return [step.id for step in workflow.offered(SERVICE, record, person("ivan", role))]


def test_a_rented_home_is_referred() -> None:
    session = filled({"home/owner_occupied": "no"})
    assert session.node("/data/home/tenant_note").relevant
    assert messages(session) == {}
    assert not session.node("/data/person").relevant  # nobody's name is written down for nothing
    assert steps(session, "draft", "counter") == ["refer"]
    assert steps(filled({}), "draft", "counter") == ["submit"]


def test_only_single_family_homes() -> None:
    assert "905-546-3382" in messages(filled({"home/single_family": "no"}))["home/single_family"]


def test_a_visit_is_finished_with_a_serial_for_each_alarm_and_the_waiver() -> None:
    session = filled(DONE)
    assert messages(session) == {}
    assert value(session, "visit/installed/alarm_count") == "3"
    assert len([node for node in session.nodes() if node.question.name == "serial_no" and node.relevant]) == 3
    assert steps(session, "scheduled", "inspector") == ["installed"]
    assert steps(filled({}), "scheduled", "inspector") == ["not_home"]
    unsigned = filled({**DONE, "visit/installed/waiver_sign": ""})
    assert "signed" in messages(unsigned)["visit/installed/waiver_sign"]


def test_a_storey_without_an_alarm_is_explained() -> None:
    session = filled({**DONE, "visit/installed/installed_smoke": "1"})
    assert list(messages(session)) == ["visit/installed/why_fewer"]
