"""The City as Open311 knows it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Open311City:
    """Its name there (a domain without www), how to reach the people behind it, and where its layers lie: they tell
    the ward of a place."""

    jurisdiction: str
    contact: str = ""
    layers: Path | None = None
