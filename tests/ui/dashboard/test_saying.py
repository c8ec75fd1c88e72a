"""Panels say weeks and months as people do."""

from __future__ import annotations

from datetime import date

import pytest

from fieldapp import texts
from fieldapp.reports.board import Line, Panel
from ui.dashboard.saying import said

DAY = date(2026, 11, 29)


@pytest.mark.parametrize(
    ("label", "english", "french"),
    [
        ("2026-11-23", "23 Nov", "23 nov."),
        ("2025-12-29", "29 Dec 2025", "29 déc. 2025"),
        ("2026-11 · Ward 2", "Nov 2026 · Ward 2", "nov. 2026 · Ward 2"),
        ("Ward 2", "Ward 2", "Ward 2"),
    ],
)
def test_weeks_and_months_are_said(label: str, english: str, french: str) -> None:
    panel = Panel("x", "X", "Week from", ("n",), (Line(label, (1.0,)),))
    assert said(panel, DAY).lines[0].label == english
    texts.use("fr")
    assert said(panel, DAY).lines[0].label == french
