"""Whether a practice city was made here to its end: a start asks before it loads what makes one."""

from __future__ import annotations

from pathlib import Path

from fieldapp.paths import Home

MARK = "laid-out"


def data(home: Home) -> Path:
    """The folder of the practice city's gateway."""
    return home.root / "gateway"


def is_laid_out(home: Home) -> bool:
    """Whether nothing is to be recorded in people's own stores any more, which only one at a time can open."""
    return (data(home) / MARK).exists()


def note(home: Home) -> None:
    """From now on it is."""
    (data(home) / MARK).touch()
