"""Access to information and accessible formats: the thirty days, identity that is only looked at, no diagnosis."""

from __future__ import annotations

from fieldapp.forms import FormSession
from fieldapp.services import Catalogue, workflow
from fieldapp.services.secrecy import is_secret
from tests.support.filling import ANSWERS, fill, messages, open_service, value
from tests.support.services import person, record_in

CATALOGUE = Catalogue.load()
SERVICE, FORMAT = CATALOGUE.get("access-request"), CATALOGUE.get("accessible-format")


def filled(**changed: str) -> FormSession:
    session = fill(open_service(SERVICE), ANSWERS["access-request"])
    return fill(session, {path.replace("__", "/"): text for path, text in changed.items()})


def test_thirty_days_from_the_fee() -> None:
    session = filled()
    assert value(session, "fee/decide_by") == "2026-12-23"
    assert SERVICE.derived(session.answers(), "en")["@due"] == "2026-12-23"
    unpaid = filled(fee__pay_method="none")
    assert value(unpaid, "fee/decide_by") == ""
    assert unpaid.node("/data/fee/unpaid_note").relevant


def test_a_correction_costs_nothing_and_says_what_is_right() -> None:
    session = filled(request__request_type="correction", fee__pay_method="none")
    assert set(messages(session)) == {"request/correct_what", "request/id_seen"}
    assert value(session, "fee/decide_by") == "2026-12-23"


def test_one_shows_who_one_is_in_person_only() -> None:
    assert list(messages(filled(request__request_type="own_personal"))) == ["request/id_seen"]
    assert messages(filled(request__request_type="own_personal", case__channel="mail")) == {}


def test_the_period_ends_after_it_begins() -> None:
    assert list(messages(filled(request__period_from="2025-05-01", request__period_to="2025-04-30"))) == [
        "request/period_to"
    ]


def test_what_is_asked_for_is_in_no_list() -> None:
    edits = SERVICE.derived(filled().answers(), "fr")
    assert edits["@title"] == "Accès à des documents"
    assert is_secret(SERVICE, "request/records")


def test_a_clerk_may_note_an_appeal_but_not_decide() -> None:
    clerk = person("clara", "counter")
    offered = {
        state: [step.id for step in workflow.offered(SERVICE, record_in("access-request", state), clerk)]
        for state in ("submitted", "refused")
    }
    assert offered == {"submitted": ["withdraw"], "refused": ["appeal"]}


def test_a_format_needs_no_diagnosis_and_hides_what_helps() -> None:
    session = fill(open_service(FORMAT), ANSWERS["accessible-format"])
    assert messages(session) == {}
    assert is_secret(FORMAT, "request/format")
    assert "No diagnosis" in session.hint(session.node("/data/request/format_note"))


def test_a_format_is_due_when_the_person_needs_it() -> None:
    session = fill(open_service(FORMAT), {**ANSWERS["accessible-format"], "request/needed_by": "2026-12-01"})
    assert FORMAT.derived(session.answers(), "en")["@due"] == "2026-12-01"
