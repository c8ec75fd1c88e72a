"""kill -9, twenty times, while a person saves and syncs: nothing that was called saved is lost or doubled."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from fieldapp.actions import Desk
from fieldapp.clock import SystemClock
from fieldapp.paths import Home
from fieldapp.services import Catalogue
from fieldapp.store import Query
from sync.adapters.gateway import GatewayClient
from sync.engine import Engine
from sync.gateway import audit
from sync.gateway.server import GatewayServer
from sync.gateway.service import GatewayService
from sync.practice.people import OSEI
from tests.support.kill import assert_saved, assert_whole, damaged_folders, moments, run_and_kill
from tests.support.working_child import SPOT, desk_at

ROUNDS, CHUNKS = 10, 1
LONGEST = 0.4  # seconds of work before the battery falls out


@pytest.mark.kill
@pytest.mark.parametrize("seed", range(CHUNKS))
def test_i01_i03_nothing_that_was_called_saved_is_lost_or_doubled(tmp_path: Path, seed: int) -> None:
    assert_nothing_is_lost(tmp_path, seed)


@pytest.mark.kill
@pytest.mark.soak
@pytest.mark.parametrize("seed", range(CHUNKS, 400))
def test_nor_in_four_thousand_rounds(tmp_path: Path, seed: int) -> None:
    assert_nothing_is_lost(tmp_path, seed)


def assert_nothing_is_lost(tmp_path: Path, seed: int) -> None:
    """Ten rounds of work that is cut off, then one whole sync, then the judgement."""
    catalogue = Catalogue.load(cache=Home(tmp_path).cache)
    catalogue.get("bulk-pickup").form()  # converted once, before the children need it
    service = GatewayService(tmp_path / "gateway", catalogue, SystemClock())
    service.people.keep(OSEI)
    token = service.give_token(OSEI.id)
    handed_in: set[str] = set()
    with GatewayServer(service) as server:
        for number, after in enumerate(moments(seed, ROUNDS // CHUNKS, LONGEST)):
            child = [str(tmp_path), server.url, token]
            ready = "sealed" if number == 0 else "ready"  # however slow the machine is, something was handed in
            killed = run_and_kill("tests.support.working_child", child, after=after, ready=ready)
            desk = desk_at(tmp_path)
            assert_saved(desk.store, killed)
            assert_whole(desk.store)
            desk.store.close()
            handed_in |= {record for (record,) in killed.said("sealed")}
        desk = desk_at(tmp_path)
        proof = Engine(desk.store, GatewayClient(server.url, token), OSEI, desk.clock).cycle()
    assert proof.equal
    assert_everything_is_there_once(desk, service, handed_in)
    assert damaged_folders(tmp_path) == []
    desk.store.close()
    service.close()


def assert_everything_is_there_once(desk: Desk, service: GatewayService, handed_in: set[str]) -> None:
    """What was handed in is at the City, once, with its last answer; the two sides add up to the same."""
    city = {record.id: record for record in audit.records(service)}
    assert handed_in
    assert handed_in <= city.keys()
    here = [record for record in desk.store.find(Query(), 10_000) if record.rev]
    assert {record.id: record.get(SPOT) for record in here} == {id_: one.get(SPOT) for id_, one in city.items()}
    assert all(record.get(SPOT) == "3" for record in city.values())
    assert max(Counter(record.get("@number") for record in city.values()).values()) == 1
    assert max(Counter(record.get("@alias") for record in city.values()).values()) == 1
    assert audit.applied(service) == len(city)
    assert desk.store.exchange.summary()[0] == audit.totals(service)[0]
