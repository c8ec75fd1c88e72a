"""An OpenRosa server with one form, and a laptop that has fetched it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.openrosa import OpenRosaDouble, running
from tests.support.openrosa_laptop import FORM_ID, RosaLaptop, house_visit


@pytest.fixture
def double() -> Iterator[OpenRosaDouble]:
    """The server, running."""
    with running(OpenRosaDouble(forms={FORM_ID: house_visit()})) as server:
        yield server


@pytest.fixture
def laptop(tmp_path: Path, double: OpenRosaDouble) -> Iterator[RosaLaptop]:
    """The laptop; what it asked to get so far is forgotten. Whatever a test did, its store agrees with itself."""
    made = RosaLaptop(tmp_path, double)
    double.requests.clear()
    yield made
    assert made.store.check() == []
    made.close()
