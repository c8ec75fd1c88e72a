"""Filling the shipped forms without a screen: sessions with the City's data, and whole sets of answers.

The answers of a service stand in `answers/ID.toml`, a line an answer: `"place/address" = "412 Upper James St"`.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from fieldapp.clock import CITY_ZONE, FixedClock
from fieldapp.forms import FormSession
from fieldapp.places import Layers
from fieldapp.records import Person, Record
from fieldapp.services import Service, workflow
from tests.support.services import record_in

MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=CITY_ZONE)

BULK = {
    "place/address": "412 Upper James St",
    "place/dwelling": "single",
    "items/item[1]/item_type": "mattress",
    "items/item[1]/over_90kg": "no",
    "items/item[1]/prep_ok": "OK",
    "pickup/asked_day": "wed",
    "pickup/rules_told": "OK",
    "person/first_name": "Ana",
    "person/last_name": "Wójcik",
    "person/phone": "905-546-2489",
    "notice/notice_given": "OK",
}
PERMIT = {
    "place/address": "412 Upper James St",
    "project/b_purpose": "addition",
    "project/b_desc": "Two-storey addition at the rear",
    "project/b_use_now": "House",
    "project/b_use_new": "House",
    "project/a_area": "120",
    "project/a_value": "250000",
    "applicant/first_name": "Ana",
    "applicant/last_name": "Wójcik",
    "applicant/phone": "9055462489",
    "law/h_complete": "yes",
    "law/h_law": "no",
    "declaration/declare": "OK",
    "declaration/declare_name": "Ana Wójcik",
    "notice/notice_given": "OK",
}
INSPECTION = {
    "visit/permit_no": "26-104233",
    "visit/insp_type": "N03",
    "place/address": "412 Upper James St",
    "place/plans_on_site": "yes",
    "place/work_visible": "yes",
    **{f"checklist/check[{n}]/k_result": "pass" for n in range(1, 8)},
    "outcome/result": "passed",
    "outcome/left_at": "2026-11-23T09:40:00.000-05:00",
    "notice/notice_given": "OK",
}
WRITTEN = Path(__file__).parent / "answers"
ANSWERS: Mapping[str, Mapping[str, str]] = {
    "bulk-pickup": BULK,
    "building-permit": PERMIT,
    "building-inspection": INSPECTION,
    **{file.stem: tomllib.loads(file.read_text("utf-8")) for file in sorted(WRITTEN.glob("*.toml"))},
}


def open_service(
    service: Service,
    fields: Mapping[str, str] | None = None,
    *,
    at: datetime = MONDAY,
    language: str = "en",
    layers: Layers | None = None,
) -> FormSession:
    """A session of the service's form as a clerk opens it at the moment `at`."""
    clock = FixedClock(at)
    return FormSession(
        service.form(),
        fields or {},
        language=language,
        clock=clock,
        reference=service.reference_data(layers, clock),
        functions=service.functions(),
        context={"username": "Clara", "deviceid": "d1", "case_ref": "HAM-D1-261123-001", "service_code": service.code},
    )


def fill(session: FormSession, answers: Mapping[str, str]) -> FormSession:
    """Answer `answers` in their order. Paths leave out the root; instances are counted from 1."""
    for path, value in answers.items():
        session.set(f"/{session.definition.root_name}/{path}", value)
    return session


def messages(session: FormSession) -> dict[str, str]:
    """What is still wrong: the message by reference without the root."""
    root = f"/{session.definition.root_name}/"
    return {problem.node.ref.removeprefix(root): problem.message for problem in session.problems()}


def value(session: FormSession, path: str) -> str:
    """The value at a path without the root."""
    return session.node(f"/{session.definition.root_name}/{path}").value


def record_with(session: FormSession, service: Service, state: str) -> Record:
    """A record of `service` in `state` that has the session's answers."""
    blank = record_in(service.id, state)
    return Record(blank.id, service.id, blank.form_version, 1, {**blank.fields, **session.answers(pruned=True)})


def steps_of(session: FormSession, service: Service, state: str, who: Person) -> list[str]:
    """The steps that `who` may take with such a record."""
    return [step.id for step in workflow.offered(service, record_with(session, service, state), who)]
