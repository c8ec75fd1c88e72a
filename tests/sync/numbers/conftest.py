"""A city whose pick-ups issue orders, in process and on PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from fieldapp.services import Catalogue
from sync.gateway.postgres import PostgresDatabase
from tests.support.gateway import City, make_service
from tests.support.numbers import issuing


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    return issuing()


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.xdist_group("postgres"))])
def city(request: pytest.FixtureRequest, tmp_path: Path, catalogue: Catalogue) -> Iterator[City]:
    """On SQLite, then on PostgreSQL."""
    database = PostgresDatabase(request.getfixturevalue("address")) if request.param == "postgres" else None
    made = City(tmp_path, make_service(tmp_path / "gateway", catalogue, database=database))
    yield made
    made.close()
