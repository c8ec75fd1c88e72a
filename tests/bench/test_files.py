"""What files cost, as ratios to the floor of the same run: `./test --bench tests/bench/test_files.py`."""

from __future__ import annotations

import json

import pytest

from tests.bench import files

TARGET = 1.5  # times the floor
pytestmark = pytest.mark.bench


def test_files_beside_the_floor() -> None:
    """Everything arrives, at a price that is printed."""
    found = {(line.peer, line.phase): line for line in files.lines()}
    ratios = {phase: found["fieldapp", phase].secs / found["floor", phase].secs for phase in files.PHASES}
    print(json.dumps({"x_floor": {phase: round(ratio, 2) for phase, ratio in ratios.items()}, "target": TARGET}))
    assert all(line.ok for line in found.values())
