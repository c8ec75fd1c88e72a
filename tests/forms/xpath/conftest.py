"""A record with values of every type, to evaluate expressions in."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from fieldapp.clock import FixedClock
from fieldapp.forms import FormSession, load_form
from fieldapp.forms.xpath.values import text_of
from tests.support.expressions.case import probe
from tests.support.forms import evaluate

Evaluate = Callable[[str], str]


@pytest.fixture(scope="module")
def record(tmp_path_factory: pytest.TempPathFactory) -> FormSession:
    """The probe, on 23 November 2026 at nine o'clock."""
    path = tmp_path_factory.mktemp("record") / "probe.xml"
    path.write_text(probe([]), "utf-8")
    return FormSession(load_form(path), clock=FixedClock())


@pytest.fixture
def value(record: FormSession) -> Evaluate:
    """The text of an expression's value."""
    return lambda expression: text_of(evaluate(record, expression))


@pytest.fixture
def form(tmp_path: Path) -> Path:
    """The probe's file."""
    path = tmp_path / "probe.xml"
    path.write_text(probe([]), "utf-8")
    return path
