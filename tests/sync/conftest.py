"""A gateway for each test: in process, and over HTTP on a real port."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from fieldapp.services import Catalogue
from sync.gateway.server import GatewayServer
from tests.support.gateway import City, make_service, steps_alone


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    return steps_alone()


@pytest.fixture
def near(tmp_path: Path, catalogue: Catalogue) -> Iterator[City]:
    """A city whose laptops call the gateway in process."""
    city = City(tmp_path, make_service(tmp_path / "gateway", catalogue))
    yield city
    city.close()


@pytest.fixture
def far(tmp_path: Path, catalogue: Catalogue) -> Iterator[City]:
    """A city whose laptops reach the gateway over HTTP."""
    service = make_service(tmp_path / "gateway", catalogue)
    server = GatewayServer(service)
    server.start()
    city = City(tmp_path, service, server)
    yield city
    city.close()


@pytest.fixture(params=["near", "far"])
def city(request: pytest.FixtureRequest) -> City:
    """Both, one after the other."""
    found: City = request.getfixturevalue(request.param)
    return found
