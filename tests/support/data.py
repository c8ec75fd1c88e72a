"""Where the real open data lie that some tests use: FIELDAPP_SHARED_DATA, or ../shared/data beside the checkout."""

from __future__ import annotations

import os
from pathlib import Path

import pytest


def shared_data(name: str) -> Path:
    """The path of a real data file; the test is skipped, saying so, where it is absent."""
    beside = Path(__file__).resolve().parents[3] / "shared" / "data"
    path = Path(os.environ.get("FIELDAPP_SHARED_DATA") or beside) / name
    if not path.is_file():
        pytest.skip(f"REAL DATA ABSENT: {path} (set FIELDAPP_SHARED_DATA to the folder that has it)")
    return path
