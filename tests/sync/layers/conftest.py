"""The layers of a laptop before any comes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from fieldapp.places import Layers, Report, import_layer
from tests.support.places import wards_file


@pytest.fixture
def layers(tmp_path: Path) -> Iterator[Layers]:
    """Those of the laptop: the City's wards of last year."""
    path = tmp_path / "laptop" / "layers.db"
    import_layer(path, "wards", wards_file(tmp_path, 2), about=Report("wards", "", as_of="2025-01-01"))
    found = Layers(path)
    yield found
    found.close()
