"""Property information: which records need the owner's word, and who releases them without it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from fieldapp.forms import FormSession
from fieldapp.records import Person
from fieldapp.services import Catalogue, workflow
from tests.support.filling import ANSWERS, fill, messages, open_service, value
from tests.support.services import person, record_in

SERVICE = Catalogue.load().get("property-request")


def filled(**changed: str) -> FormSession:
    session = fill(open_service(SERVICE), ANSWERS[SERVICE.id])
    return fill(session, {path.replace("__", "/"): text for path, text in changed.items()})


def test_what_is_public_needs_no_consent() -> None:
    session = filled(request__want="tax_certificate zoning_verification")
    assert messages(session) == {}
    assert value(session, "right/release_basis") == "public"


@pytest.mark.parametrize("want", ["survey_plan_copy", "zoning_verification work_orders", "septic_record"])
def test_plans_and_orders_need_the_owners_consent(want: str) -> None:
    assert list(messages(filled(request__want=want))) == ["right/consent_how"]
    assert value(filled(request__want=want, right__consent_how="paper"), "right/release_basis") == "owner"
    without = filled(request__want=want, right__consent_how="none")
    assert messages(without) == {}  # it is taken, and decided by a person
    assert value(without, "right/release_basis") == "none"


def test_the_owner_shows_that_it_is_theirs() -> None:
    session = filled(request__want="survey_plan_copy", right__requester="owner")
    assert list(messages(session)) == ["right/owner_id_seen"]


def test_a_closing_date_is_still_to_come() -> None:
    assert "is past" in messages(filled(request__closing_date="2026-11-20"))["request/closing_date"]


def offered(who: Person, basis: str) -> set[str]:
    record = record_in(SERVICE.id, "ready", author="clara")
    record = replace(record, fields={**record.fields, "right/release_basis": basis})
    return {step.id for step in workflow.offered(SERVICE, record, who)}


def test_without_consent_a_supervisor_releases_or_it_is_refused() -> None:
    bea, sam = person("bea", "back_office"), person("sam", "supervisor")
    assert {"release", "refuse"} <= offered(bea, "owner")
    assert offered(bea, "none") & {"release", "release_without"} == set()
    assert "release_without" in offered(sam, "none")
    assert "release" not in offered(sam, "none")
