"""An identity provider for each test."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.support.oidc import Oidc, provider


@pytest.fixture
def oidc() -> Iterator[Oidc]:
    with provider() as made:
        yield made
