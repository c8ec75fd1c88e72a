"""A gateway on a real port that hands out signed versions, and a laptop that takes them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from fieldapp.clock import SystemClock
from fieldapp.services import Catalogue
from fieldapp.store import Store
from fieldapp.updates.place import Installed
from fieldapp.updates.state import State, read
from sync.gateway.server import GatewayServer
from sync.updates.fetching import Updates
from sync.updates.news import News, read_news
from tests.support.gateway import make_service
from tests.support.programs import OLD
from tests.support.store import PERSON, make_change, make_store
from tests.support.updates import Publisher


@dataclass
class Laptop:
    """One laptop with unsent work, and the city that it takes versions from."""

    home: Path
    store: Store
    city: Publisher
    server: GatewayServer

    @property
    def place(self) -> Installed:
        return Installed(self.home / ".installed")

    @property
    def state(self) -> State:
        return read(self.place)

    @property
    def news(self) -> News:
        found = read_news(self.store)
        assert found
        return found

    def updates(self, own: str = OLD) -> Updates:
        """As after a start of the program."""
        return Updates(self.place, self.server.url, self.store, SystemClock(), self.home / "practice", own=own)

    def look(self) -> None:
        """One look, as of a sync."""
        self.updates().carry(lambda: False)

    def left_over(self) -> list[str]:
        """What lies where nothing should."""
        found = [*self.place.coming.rglob("*"), *self.store.folder.glob("rehearsal*")]
        return [path.name for path in found if path.is_file()]


@pytest.fixture
def laptop(tmp_path: Path, catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch) -> Iterator[Laptop]:
    monkeypatch.setenv("FIELDAPP_HOME", str(tmp_path / "home"))
    service = make_service(tmp_path / "gateway", catalogue)
    city = Publisher(tmp_path / "city")
    service.updates = city.folder
    store = make_store(tmp_path / "home" / "practice" / "people" / PERSON, clock=SystemClock())
    store.commit(make_change(), seal=True)
    with GatewayServer(service) as server:
        made = Laptop(tmp_path / "home", store, city, server)
        city.trusted_by(made.place)
        yield made
    store.close()
    service.close()
