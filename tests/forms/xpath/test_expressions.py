"""What expressions make: the specification's words by example. tests/oracle compares the same with other engines."""

from __future__ import annotations

from pathlib import Path

import pytest

from fieldapp.clock import FixedClock
from fieldapp.forms import FormSession, load_form
from fieldapp.forms.xpath.functions import TABLE
from fieldapp.forms.xpath.parser import parse
from fieldapp.forms.xpath.tree import Call, walk
from tests.support.expressions import nodes, numbers, places, texts, times
from tests.support.expressions.case import Case, Rule, probe
from tests.support.expressions.rules import RULES

README = Path(__file__).resolve().parents[3] / "fieldapp/forms/README.md"
CASES: list[Case | Rule] = [*texts.CASES, *numbers.CASES, *times.CASES, *places.CASES, *nodes.CASES, *RULES]


@pytest.fixture(scope="module")
def session(tmp_path_factory: pytest.TempPathFactory) -> FormSession:
    path = tmp_path_factory.mktemp("probe") / "probe.xml"
    path.write_text(probe(CASES), "utf-8")
    return FormSession(load_form(path), clock=FixedClock())


@pytest.mark.parametrize(("number", "case"), list(enumerate(CASES)), ids=[str(case) for case in CASES])
def test_expression(session: FormSession, number: int, case: Case | Rule) -> None:
    assert session.node(f"o{number}").value == case.value


@pytest.mark.parametrize("point", list(dict.fromkeys(rule.point for rule in RULES)))
def test_each_rule_is_a_row_of_the_readme(point: str) -> None:
    assert f"\n| {point} |" in README.read_text("utf-8")


def test_every_function_is_tried() -> None:
    tried = {part.name for case in CASES for part in walk(parse(case.expression)) if isinstance(part, Call)}
    assert set(TABLE) - tried <= {"property"}, set(TABLE) - tried
