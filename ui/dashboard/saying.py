"""Panels as one reads them: weeks and months as people say them, in the language on screen."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from fieldapp.reports.board import Panel
from ui import days

_WEEK = re.compile(r"^\d{4}-\d{2}-\d{2}$")
_MONTH = re.compile(r"^\d{4}-\d{2}(?![-\d])")


def said(panel: Panel, day: date) -> Panel:
    """The same panel: "2026-11-23" is "23 Nov", "2026-11 · Ward 2" is "Nov 2026 · Ward 2"."""
    return replace(panel, lines=tuple(replace(line, label=_label(line.label, day)) for line in panel.lines))


def _label(text: str, day: date) -> str:
    if _WEEK.match(text):
        return days.short(date.fromisoformat(text), day)
    return _MONTH.sub(lambda found: days.spoken(date.fromisoformat(f"{found[0]}-01"), "MMM yyyy"), text)
