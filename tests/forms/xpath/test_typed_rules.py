"""What people type, where engines differ: each row of "What people type" in the README by example."""

from __future__ import annotations

from pathlib import Path

import pytest

from fieldapp.clock import CITY_ZONE
from fieldapp.forms.definition.model import Bind, Question
from fieldapp.forms.session.types import AnswerError, normalise

README = Path(__file__).resolve().parents[3] / "fieldapp/forms/README.md"
TAKEN = [
    ("a whole number as typed", "int", "2147483647", "2147483647"),
    ("a decimal as typed", "decimal", "12345678901234567.125", "12345678901234567.125"),
    ("a date as typed", "date", "2026-1-3", "2026-01-03"),
    ("a time of day as typed", "time", "14:30", "14:30:00"),
    ("a time of day as typed", "time", "14:30:00.000+01:00", "14:30:00.000+01:00"),
    ("a moment as typed", "dateTime", "2026-07-01T14:30:00Z", "2026-07-01T10:30:00.000-04:00"),
    ("a place as typed", "geopoint", "43.20 -79", "43.2 -79.0"),
    ("a place as typed", "geopoint", "0 0 0 0", "0.0 0.0 0.0 0.0"),
    ("an area as typed", "geoshape", "0 0; 0 1; 1 1", "0.0 0.0; 0.0 1.0; 1.0 1.0; 0.0 0.0"),
]
REFUSED = [
    ("a whole number as typed", "int", "2147483648"),
    ("a whole number as typed", "int", "12.5"),
    ("a decimal as typed", "decimal", "1e3"),
    ("an area as typed", "geoshape", "0 0; 0 1"),
]


def _question(kind: str) -> Question:
    return Question("q", "q", kind, None, bind=Bind(type=kind))


@pytest.mark.parametrize(("point", "kind", "typed", "kept"), TAKEN)
def test_taken(point: str, kind: str, typed: str, kept: str) -> None:
    assert f"\n| {point} |" in README.read_text("utf-8")
    assert normalise(_question(kind), typed, CITY_ZONE) == kept


@pytest.mark.parametrize(("point", "kind", "typed"), REFUSED)
def test_refused(point: str, kind: str, typed: str) -> None:
    assert f"\n| {point} |" in README.read_text("utf-8")
    with pytest.raises(AnswerError):
        normalise(_question(kind), typed, CITY_ZONE)
