"""A form and its corrected version, and answers that follow from one to the other."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from fieldapp.forms import FormDefinition
from fieldapp.forms.following import Followed, follow
from tests.support.forms import make_form

VERSION = "1-0a1b2c3d"


def form(folder: Path, survey: str, choices: str = "") -> FormDefinition:
    """A form from a table `type | name | label | ...`, a row a line."""
    folder.mkdir(parents=True, exist_ok=True)
    return make_form(folder, survey, choices)


def followed(
    folder: Path, before: str, now: str, answers: Mapping[str, str], *, choices: tuple[str, str] = ("", "")
) -> Followed:
    """What becomes of `answers` when the survey `before` is corrected to `now`."""
    old, new = form(folder / "old", before, choices[0]), form(folder / "new", now, choices[1])
    return follow(old, new, answers, version=VERSION)


def carried(path: str) -> str:
    """Where an answer without a place is kept."""
    return f"@carried/{VERSION}/{path}"
