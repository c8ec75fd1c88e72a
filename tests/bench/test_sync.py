"""What sync costs, as ratios to the floor of the same run: `./test --bench tests/bench/test_sync.py`."""

from __future__ import annotations

import json

import pytest

from tests.bench import sync

N = 10_000
pytestmark = pytest.mark.bench


def test_sync_beside_the_floor() -> None:
    """Everything arrives, whatever it costs; what it costs is printed."""
    found = list(sync.lines(N))
    floor = {line.phase: line.secs for line in found if line.peer == "floor"}
    ours = {line.phase: line.secs for line in found if line.peer != "floor"}
    print(json.dumps({"n": N, "x_floor": {phase: round(ours[phase] / secs, 2) for phase, secs in floor.items()}}))
    assert [line for line in found if not line.ok] == []
    assert floor.keys() <= ours.keys()
