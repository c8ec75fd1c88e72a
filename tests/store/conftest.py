"""A store of its own for each test, which must be whole at the test's end."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from fieldapp.store import Store
from tests.support.store import make_store


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """An empty store on the disk."""
    made = make_store(tmp_path / "store")
    yield made
    assert made.check() == []
    assert made.verify_chain().whole
    made.close()
