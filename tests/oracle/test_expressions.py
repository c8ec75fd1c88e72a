"""The same expressions in three engines: where others agree with us, and what else they say where our rules stand."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.oracle.engines import Engine
from tests.support.expressions import nodes, numbers, places, texts, times
from tests.support.expressions.case import Case, Rule, probe
from tests.support.expressions.rules import RULES

TOPICS = {
    "texts": texts.CASES,
    "numbers": numbers.CASES,
    "times": times.CASES,
    "places": places.CASES,
    "nodes": nodes.CASES,
}
_TRUTHS = {"1": "true", "0": "false"}  # as JavaRosa writes calculated truths


def _values(engine: Engine, cases: Sequence[Case | Rule], folder: Path) -> list[str]:
    form = folder / "probe.xml"
    form.write_text(probe(cases), "utf-8")
    reply = engine.run(form)
    assert reply.ok, reply.error
    return [str(reply.states[0][f"/data/o{number}"]["value"]) for number in range(len(cases))]


def _same(ours: str, theirs: str) -> bool:
    if ours == theirs or (ours in _TRUTHS.values() and _TRUTHS.get(theirs) == ours):
        return True
    try:
        return float(ours) == pytest.approx(float(theirs), rel=1e-9)
    except ValueError:
        return False


def _agree(engine: Engine, cases: Sequence[Case], folder: Path) -> None:
    found = zip(cases, _values(engine, cases, folder), strict=True)
    other = {case.expression: (case.value, theirs) for case, theirs in found if not _same(case.value, theirs)}
    assert not other


@pytest.mark.parametrize("topic", TOPICS)
def test_javarosa_says_the_same(topic: str, javarosa: Engine, tmp_path: Path) -> None:
    _agree(javarosa, [case for case in TOPICS[topic] if case.javarosa], tmp_path)


@pytest.mark.parametrize("topic", TOPICS)
def test_web_forms_says_the_same(topic: str, web_forms: Engine, tmp_path: Path) -> None:
    _agree(web_forms, [case for case in TOPICS[topic] if case.web_forms], tmp_path)


def test_javarosa_says_what_our_rules_say_it_does(javarosa: Engine, tmp_path: Path) -> None:
    rules = [rule for rule in RULES if rule.javarosa is not None]
    assert _values(javarosa, rules, tmp_path) == [rule.javarosa for rule in rules]


def test_web_forms_says_what_our_rules_say_it_does(web_forms: Engine, tmp_path: Path) -> None:
    rules = [rule for rule in RULES if rule.web_forms is not None]
    assert _values(web_forms, rules, tmp_path) == [rule.web_forms for rule in rules]
