"""Certificates of offence: age, the total, numbers of one's own or pre-printed, filing in time, voiding."""

from __future__ import annotations

import pytest

from fieldapp.forms import FormSession
from fieldapp.services import Catalogue, official
from tests.support.filling import ANSWERS, fill, messages, open_service, record_with, steps_of, value
from tests.support.services import person

SERVICE = Catalogue.load().get("offence-certificate")


def filled(**changed: str) -> FormSession:
    session = fill(open_service(SERVICE), ANSWERS[SERVICE.id])
    return fill(session, {path.replace("__", "/"): text for path, text in changed.items()})


def steps(session: FormSession, state: str, role: str) -> list[str]:
    who = person("clara" if role == "inspector" else "sam", role)
    return steps_of(session, SERVICE, state, who)


@pytest.mark.parametrize(("born", "fits"), [("2010-11-23", True), ("2010-11-24", False), ("2015-01-01", False)])
def test_nobody_under_sixteen_is_ticketed(born: str, fits: bool) -> None:
    assert ("defendant/dob" not in messages(filled(defendant__dob=born))) == fits


def test_the_total_is_fine_surcharge_and_costs() -> None:
    session = filled()
    assert value(session, "fine/total_payable") == "365"
    assert "365" in session.label(session.node("/data/fine/total_note"))


def test_a_pre_printed_certificate_has_its_own_number() -> None:
    session = filled()
    assert [
        one.id for one in official.due(SERVICE.numbers, "issue", record_with(session, SERVICE, "draft").fields)
    ] == ["offence"]
    session = filled(offence__paper="preprinted")
    assert list(messages(session)) == ["offence/preprinted_no"]
    assert official.due(SERVICE.numbers, "issue", record_with(session, SERVICE, "draft").fields) == []


def test_it_is_filed_within_seven_days_and_looked_at_on_the_third() -> None:
    served = {"service__cert_served": "yes", "service__cert_how": "in_person"}
    session = filled(**served, service__cert_served_on="2026-11-23")
    assert messages(session) == {}
    assert value(session, "service/file_by") == "2026-11-30"
    assert SERVICE.derived(session.answers(), "en")["@due"] == "2026-11-26"
    assert steps(session, "issued", "inspector") == ["served", "ask_void"]


def test_only_a_supervisor_voids_it() -> None:
    assert steps(filled(), "void_asked", "inspector") == []
    assert steps(filled(), "void_asked", "supervisor") == ["void", "keep"]
