"""The City's part of a laptop's key: for its own person, and for nobody else."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from fieldapp.errors import GatewayError, SignInError
from fieldapp.store import keys
from sync.adapters.gateway import GatewayClient
from sync.gateway.server import GatewayServer
from tests.support.gateway import CHIEF, CLERK, City, make_service, steps_alone
from tests.support.vault import Vault

PART, OTHER = "ab" * 32, "cd" * 32


@pytest.fixture
def city(tmp_path: Path) -> Iterator[City]:
    service = make_service(tmp_path / "gateway", steps_alone())
    with GatewayServer(service) as server:
        made = City(tmp_path, service, server)
        yield made
    made.close()


def client(city: City, person: str) -> GatewayClient:
    """The gateway as somebody sees it, over HTTP."""
    assert city.server is not None
    return GatewayClient(city.server.url, city.service.give_token(person))


def test_a_forgotten_pin_is_replaced_through_the_city(city: City, tmp_path: Path) -> None:
    folder, vault = tmp_path / "people", Vault()
    key = keys.create(folder, CLERK.id, vault=vault)
    api = client(city, CLERK.id)
    keys.make_recoverable(folder, key, api.keep_part)
    assert keys.recovered(folder, api.part) == key
    api.close()


def test_nobody_else_gets_it_whatever_their_role(city: City) -> None:
    mine, others = client(city, CLERK.id), client(city, CHIEF.id)
    mine.keep_part("j.osei@1", PART)
    others.keep_part("j.osei@1", OTHER)
    assert (mine.part("j.osei@1"), others.part("j.osei@1")) == (PART, OTHER)
    assert others.part("j.osei@2") == ""
    mine.close()
    others.close()


def test_without_a_sign_in_there_is_none(city: City) -> None:
    assert city.server is not None
    stranger = GatewayClient(city.server.url, "nobody")
    with pytest.raises(SignInError):
        stranger.part("j.osei@1")
    stranger.close()


def test_a_part_whose_answer_was_lost_is_replaced(city: City) -> None:
    api = city.service.as_(CLERK)
    api.keep_part("j.osei@1", PART)
    api.keep_part("j.osei@1", OTHER)
    assert api.part("j.osei@1") == OTHER
    city.service.recovery.forget(CLERK.id)
    assert api.part("j.osei@1") == ""


@pytest.mark.parametrize(("name", "part"), [("../x", PART), ("a", "ab"), ("a" * 201, PART), ("a", PART.upper())])
def test_what_is_no_part_is_refused(city: City, name: str, part: str) -> None:
    with pytest.raises(GatewayError, match="no part"):
        city.service.as_(CLERK).keep_part(name, part)
