"""Noise exemption: each stretch of noise within a day, a short lead told and not refused, insurance that covers it."""

from __future__ import annotations

import pytest

from fieldapp.forms import FormSession
from fieldapp.services import Catalogue
from tests.support.filling import ANSWERS, fill, messages, open_service, value

SERVICE = Catalogue.load().get("noise-exemption")
SLOT = "exemption/slot[1]"


def filled(changed: dict[str, str]) -> FormSession:
    return fill(fill(open_service(SERVICE), ANSWERS["noise-exemption"]), changed)


def test_noise_past_midnight_takes_a_second_line() -> None:
    assert "second line" in messages(filled({f"{SLOT}/n_to": "01:00:00.000"}))[f"{SLOT}/n_to"]


@pytest.mark.parametrize(("day", "short"), [("2026-12-23", False), ("2026-12-22", True)])
def test_a_short_lead_is_told_and_left_to_the_supervisor(day: str, short: bool) -> None:
    session = filled({f"{SLOT}/n_day": day})
    assert session.node("/data/exemption/short_notice").relevant == short
    assert messages(session) == {}


def test_the_first_of_several_days_counts() -> None:
    session = filled({})
    session.add("/data/exemption/slot")
    session.set("/data/exemption/slot[2]/n_day", "2027-01-02")
    assert value(session, "exemption/first_day") == "2027-01-02"
    assert SERVICE.derived(session.answers(), "en")["@due"] == "2027-01-02"


def test_the_insurance_lasts_until_the_noise() -> None:
    session = filled({"exemption/noise_purpose": "event", "neighbours/ins_policy": "PL-1"})
    session.set("/data/neighbours/ins_expiry", "2027-01-09")
    assert "covers it" in messages(session)["neighbours/ins_expiry"]
