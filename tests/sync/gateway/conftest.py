"""A city whose form gets corrected."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.dogs import DogCity


@pytest.fixture
def dogs(tmp_path: Path) -> Iterator[DogCity]:
    """Its gateway and laptops begin with version 1 of the form."""
    city = DogCity(tmp_path)
    yield city
    city.close()
