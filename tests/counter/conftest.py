"""A city whose clerks take money."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.gateway import City
from tests.support.money import money_city


@pytest.fixture
def city(tmp_path: Path) -> Iterator[City]:
    """In process."""
    made = money_city(tmp_path)
    yield made
    made.close()
