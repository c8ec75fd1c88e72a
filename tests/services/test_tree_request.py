"""Trees: a private tree is handed on, the risk follows the table, an extreme one is never left standing as it is."""

from __future__ import annotations

from dataclasses import replace

import pytest

from fieldapp.forms import FormSession
from fieldapp.services import Catalogue, workflow
from tests.support.filling import ANSWERS, fill, messages, open_service, value
from tests.support.services import person, record_in

CATALOGUE = Catalogue.load()
REQUEST, ASSESSMENT = CATALOGUE.get("tree-request"), CATALOGUE.get("tree-assessment")


@pytest.mark.parametrize(
    ("ask", "whose", "step"),
    [
        ("trim", "city", "submit"),
        ("trim", "private", "refer"),
        ("storm_damage", "private", "refer"),
        ("permit_to_injure", "private", "submit"),
        ("remove", "unknown", "submit"),
    ],
)
def test_a_private_tree_is_the_owners(ask: str, whose: str, step: str) -> None:
    session = fill(open_service(REQUEST), {**ANSWERS["tree-request"], "tree/ask": ask, "tree/whose": whose})
    known = record_in("tree-request", "draft", author="cleo")
    record = replace(known, fields={**known.fields, **session.answers()})
    assert [one.id for one in workflow.offered(REQUEST, record, person("cleo", "counter"))] == [step]


def assessed(changed: dict[str, str]) -> FormSession:
    return fill(fill(open_service(ASSESSMENT), ANSWERS["tree-assessment"]), changed)


@pytest.mark.parametrize(
    ("likelihood", "consequence", "risk"),
    [
        ("unlikely", "severe", "low"),
        ("somewhat", "significant", "moderate"),
        ("likely", "severe", "high"),
        ("very", "severe", "extreme"),
    ],
)
def test_the_risk_follows_the_table(likelihood: str, consequence: str, risk: str) -> None:
    session = assessed({"risk/likelihood": likelihood, "risk/consequence": consequence})
    assert value(session, "risk/tree_risk") == risk


def test_an_extreme_risk_is_never_left() -> None:
    session = assessed({"risk/likelihood": "very", "risk/consequence": "severe", "outcome/decision": "no_action"})
    assert "pruned or removed" in messages(session)["outcome/decision"]


def test_the_work_is_due_by_the_technicians_priority() -> None:
    assert ASSESSMENT.derived(assessed({"outcome/priority_days": "7"}).answers(), "en")["@due"] == "2026-11-30"
