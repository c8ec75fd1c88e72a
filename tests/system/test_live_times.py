"""Live times in the whole program: a city's laptop asks the address of its table, the practice city makes its own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from fieldapp.clock import FixedClock, SystemClock
from fieldapp.errors import OfflineError
from fieldapp.paths import Home
from fieldapp.places.feeds import COLUMNS
from fieldapp.store import keys, wrap
from fieldapp.store.keys import practice_key
from sync.gateway.server import GatewayServer
from tests.support.gateway import CLERK, make_service, steps_alone
from tests.support.live import Publisher, feed, publishing
from tests.support.session import PracticeCity
from ui.address import Address
from ui.opening import open_city_laptop, open_laptop

WORDS = "a bench at bayfront park"


@pytest.fixture
def gateway(tmp_path: Path) -> Iterator[GatewayServer]:
    service = make_service(tmp_path / "gateway", steps_alone())
    with GatewayServer(service) as running:
        yield running
    service.close()


def test_a_city_s_laptop_asks_its_own_table(
    gateway: GatewayServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keys, "system_vault", lambda: None)
    monkeypatch.setattr(wrap, "COST", 2**10)
    home = Home(tmp_path / "home")
    home.root.mkdir()
    with publishing(Publisher(feed(SystemClock().now()))) as publisher:
        row = f"trip_updates,{publisher.url},2026-01-01,,test,verified"
        home.live_feeds.write_text(f"{','.join(COLUMNS)}\n{row}\n", "utf-8")
        token = gateway.service.give_token(CLERK.id)
        opened = open_city_laptop(home, CLERK.id, "TOUGH-08", Address(gateway.url, token), lambda _question: WORDS)
        try:
            live = opened.session.live
            assert live is not None
            found = live.fetch()
        finally:
            opened.close()
    assert found is not None
    assert found.fresh(SystemClock().now())


def test_the_practice_city_has_live_times_until_the_plug_is_pulled(tmp_path: Path) -> None:
    clock, home = FixedClock(), Home(tmp_path)
    practice = PracticeCity(tmp_path, clock)
    key = practice_key(home.store(CLERK.id))
    opened = open_laptop(home, CLERK, "TOUGH-08", None, key, clock=clock, practice=practice)
    try:
        live = opened.session.live
        assert live is not None
        practice.plug(True)
        found = live.fetch()
        assert found is not None
        assert found.at == clock.now()
        practice.plug(False)
        with pytest.raises(OfflineError):
            live.fetch()
    finally:
        opened.close()
