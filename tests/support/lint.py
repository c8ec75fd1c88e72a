"""Findings as tests compare them."""

from __future__ import annotations

from pathlib import Path

from fieldapp.forms.lint.check import check_form
from fieldapp.forms.lint.findings import Finding
from tests.support.forms import write_form

YN = "list_name | name | label\nyn | yes | Yes\nyn | no | No"


def findings(folder: Path, survey: str, choices: str = "", settings: str = "") -> list[Finding]:
    """All findings on a form."""
    return check_form(write_form(folder, survey, choices, settings))


def told(folder: Path, survey: str, choices: str = "", settings: str = "") -> list[tuple[str, int | None, str]]:
    """(code, row, column) of each finding."""
    found = findings(folder, survey, choices, settings)
    return [(item.code, item.place.row, item.place.column) for item in found]
