"""What the tests of open data share."""

from __future__ import annotations

import pytest

from fieldapp.services import Catalogue


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    """The shipped services."""
    return Catalogue.load()
