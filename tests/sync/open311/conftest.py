"""A City that speaks Open311, at a real port."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from fieldapp.access import COUNTER
from fieldapp.clock import FixedClock
from fieldapp.records import Person
from fieldapp.services import Catalogue
from sync.gateway.open311.city import Open311City
from sync.gateway.server import GatewayServer
from sync.gateway.service import GatewayService
from tests.support.gateway import make_service

APP = Person("open311.app", "Open311", frozenset({COUNTER}))


@dataclass(frozen=True)
class World:
    """The City from outside: where it is asked, and the key of an app that may hand in requests."""

    service: GatewayService
    endpoint: str
    key: str
    clock: FixedClock


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    """Two that speak it, and one that does not: forms are not read for nothing."""
    shipped = Catalogue.load()
    return Catalogue({name: shipped.get(name) for name in ("road-defect", "bylaw-complaint", "visit-survey")})


@pytest.fixture
def world(tmp_path: Path, catalogue: Catalogue) -> Iterator[World]:
    """The City and its endpoint."""
    clock = FixedClock()
    service = make_service(tmp_path / "gateway", catalogue, clock)
    service.people.keep(APP)
    service.open311 = Open311City("hamilton.ca", "open311@hamilton.example")
    service.prepare()
    with GatewayServer(service) as server:
        yield World(service, f"{server.url}/open311/v2/", service.give_token(APP.id), clock)
    service.close()
