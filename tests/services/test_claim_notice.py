"""Claim notice: ten days after an injury on a road, told and never refused; what is sensitive stays hidden."""

from __future__ import annotations

import pytest

from fieldapp.errors import AccessError
from fieldapp.forms import FormSession
from fieldapp.services import Catalogue, workflow
from fieldapp.services.secrecy import is_secret
from tests.support.filling import ANSWERS, fill, messages, open_service, value
from tests.support.services import person, record_in

SERVICE = Catalogue.load().get("claim-notice")


def filled(changed: dict[str, str]) -> FormSession:
    return fill(fill(open_service(SERVICE), ANSWERS["claim-notice"]), changed)


@pytest.mark.parametrize(("day", "in_time"), [("13", "yes"), ("12", "no")])
def test_an_injury_on_a_sidewalk_is_told_within_ten_days_and_taken_later_too(day: str, in_time: str) -> None:
    at = f"2026-11-{day}T18:30:00.000-05:00"
    session = filled({"claim/claim_kind": "fall", "claim/injury": "yes", "claim/happened_at": at})
    assert value(session, "claim/notice_10d") == in_time
    assert session.node("/data/claim/too_late").relevant == (in_time == "no")
    assert messages(session) == {}


@pytest.mark.parametrize(("kind", "injury"), [("sewer_backup", "yes"), ("fall", "no")])
def test_other_claims_have_no_such_day(kind: str, injury: str) -> None:
    session = filled({"claim/claim_kind": kind, "claim/injury": injury})
    assert value(session, "claim/last_day") == ""
    assert "@due" not in SERVICE.derived(session.answers(), "en")


def test_what_happened_is_shown_only_when_somebody_asks() -> None:
    assert all(is_secret(SERVICE, path) for path in ("claim/how", "claim/injury", "details/policy"))
    assert SERVICE.open_data == ()


def test_a_decision_needs_a_second_person() -> None:
    record = record_in("claim-notice", "investigating", author="sam")
    with pytest.raises(AccessError, match="second person"):
        workflow.check(SERVICE, record, "deny", person("sam", "supervisor"))
