"""Parking: help with a payment, and the dispute of a penalty with its fifteen days."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest

from fieldapp.clock import CITY_ZONE
from fieldapp.forms import FormSession
from fieldapp.services import Catalogue, workflow
from tests.support.filling import ANSWERS, MONDAY, fill, messages, open_service, value
from tests.support.services import person, record_in

HELP = Catalogue.load().get("parking-help")
DISPUTE = Catalogue.load().get("parking-dispute")
BEA = person("bea", "back_office")


def disputed(at: datetime = MONDAY, **changed: str) -> FormSession:
    session = fill(open_service(DISPUTE, at=at), ANSWERS[DISPUTE.id])
    return fill(session, {path.replace("__", "/"): text for path, text in changed.items()})


def helped(**changed: str) -> FormSession:
    session = fill(open_service(HELP), ANSWERS[HELP.id])
    return fill(session, {path.replace("__", "/"): text for path, text in changed.items()})


@pytest.mark.parametrize(
    ("day", "in_time", "near"), [("2026-11-23", "yes", False), ("2026-11-24", "yes", True), ("2026-11-27", "yes", True)]
)
def test_fifteen_days_from_the_notice(day: str, in_time: str, near: bool) -> None:
    session = disputed(datetime.fromisoformat(f"{day}T16:00").replace(tzinfo=CITY_ZONE))
    assert value(session, "penalty/within_15") == in_time
    assert session.node("/data/penalty/near_note").relevant == near
    assert messages(session) == {}
    assert DISPUTE.derived(session.answers(), "en")["@due"] == "2026-11-27"


def test_on_the_sixteenth_day_a_reason_is_needed() -> None:
    session = disputed(datetime(2026, 11, 28, 9, tzinfo=CITY_ZONE))
    assert "15 days are over" in messages(session)["penalty/extension_reason"]
    session.set("/data/penalty/extension_reason", "In hospital")
    assert messages(session) == {}


def test_a_hearing_counts_from_the_screening_decision() -> None:
    session = disputed(penalty__stage="hearing", penalty__screening_date="2026-11-20")
    assert value(session, "penalty/dispute_by") == "2026-12-05"
    session.set("/data/penalty/screening_date", "2026-11-01")  # before the notice
    assert "penalty/screening_date" in messages(session)


@pytest.mark.parametrize(("plate", "fits"), [("CKRT 412", True), ("ckrt412", False), ("A", False), ("CKRT-412", False)])
def test_a_plate(plate: str, fits: bool) -> None:
    assert ("penalty/plate" not in messages(disputed(penalty__plate=plate))) == fits


def test_who_is_not_the_owner_shows_an_authorization() -> None:
    assert list(messages(disputed(person__role="agent"))) == ["person/rep_auth_seen"]


def test_the_decision_comes_in_a_way_that_is_known() -> None:
    assert list(messages(disputed(dispute__outcome_by="mail"))) == ["dispute/outcome_by"]
    assert messages(disputed(dispute__outcome_by="mail", person__mail_addr="1 Main St, L8P 1A1")) == {}


def test_only_a_hearing_goes_straight_to_a_hearing() -> None:
    for stage, step in (("screening", "set_screening"), ("hearing", "to_hearing")):
        record = record_in(DISPUTE.id, "filed")
        record = replace(record, fields={**record.fields, "penalty/stage": stage})
        assert step in {one.id for one in workflow.offered(DISPUTE, record, BEA)}


def test_after_the_hearing_it_is_final() -> None:
    steps = {one.id for one in workflow.offered(DISPUTE, record_in(DISPUTE.id, "hearing_decided"), BEA)}
    assert steps == {"pay", "deny_plate"}


def test_a_wrong_zone_needs_both_zones() -> None:
    session = helped(trouble__issue="wrong_zone_paid", trouble__zone="4012", trouble__zone_right="4012")
    assert list(messages(session)) == ["trouble/zone_right"]
    session.set("/data/trouble/zone_right", "4013")
    assert messages(session) == {}
    session.set("/data/trouble/zone", "401")
    assert "four digits" in messages(session)["trouble/zone"]


def test_money_back_needs_somebody_to_send_it_to() -> None:
    wanted = {"trouble__paid_at": "2026-11-22T10:00:00.000-05:00", "trouble__amount": "6.50"}
    session = helped(trouble__issue="refund", answer__reply_wanted="no", **wanted)
    assert list(messages(session)) == ["answer/reply_wanted"]


def test_without_an_answer_no_name_is_asked_for() -> None:
    assert not helped(answer__reply_wanted="no").node("/data/person").relevant
