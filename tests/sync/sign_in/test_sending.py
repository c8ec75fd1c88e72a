"""A sign-in that ends while work is sent: the journal is never touched, nothing is lost and nothing doubled."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from fieldapp.clock import FixedClock
from fieldapp.errors import OfflineError, SignInError
from fieldapp.services import Catalogue
from sync.adapters.gateway import GatewayClient
from sync.api import RemoteApi
from sync.engine import Engine
from sync.gateway.server import GatewayServer
from sync.gateway.tokens import AccessTokens, Trust
from sync.status import SyncState
from sync.wire import PushReply, PushRequest
from sync.worker import Worker
from tests.support.faults import Counting
from tests.support.gateway import CLERK, City, Laptop, make_service
from tests.support.oidc import AUDIENCE, Oidc, provider
from tests.support.signing_in import Kept, kept
from tests.support.vault import Vault


@pytest.fixture
def signed(tmp_path: Path, catalogue: Catalogue) -> Iterator[tuple[City, Oidc, Kept]]:
    """A city whose gateway believes a provider, and a clerk who has signed in there."""
    clock = FixedClock()
    with provider(clock) as oidc:
        service = make_service(
            tmp_path / "gateway", catalogue, clock, tokens=AccessTokens(Trust(oidc.url, AUDIENCE), clock)
        )
        with GatewayServer(service) as server:
            city = City(tmp_path, service, server)
            yield city, oidc, kept(oidc, tmp_path / "keys", Vault())
            city.close()


def laptop_of(city: City, keeps: Kept, wrap: Callable[[RemoteApi], RemoteApi] = lambda api: api) -> Laptop:
    """The clerk's laptop, which asks its sign-in for tokens."""
    assert city.server is not None
    client = GatewayClient(city.server.url, keeps.source)
    made = city.laptop(CLERK)
    assert isinstance(made.api, GatewayClient)
    made.api.close()
    made.api = client
    made.engine = Engine(made.store, wrap(client), CLERK, keeps.oidc.clock)
    return made


class Between:
    """Something happens between the greeting and the push: the middle of a cycle."""

    def __init__(self, api: RemoteApi, act: Callable[[], object]) -> None:
        self._api = api
        self._act = act

    def __getattr__(self, name: str) -> object:
        return getattr(self._api, name)

    def push(self, request: PushRequest) -> PushReply:
        """Let it happen, then push."""
        self._act()
        return self._api.push(request)


def between(act: Callable[[], object]) -> Callable[[RemoteApi], RemoteApi]:
    """As the wrapping of a laptop's connection."""
    return lambda api: Between(api, act)  # type: ignore[return-value]  # what it does not have it hands on


def lapse(keeps: Kept, city: City) -> None:
    """The gateway's clock is past the token's end, the laptop's is not: it believes that its token is good."""
    assert isinstance(city.service.clock, FixedClock)
    tokens = city.service._tokens
    assert tokens is not None
    tokens._clock = FixedClock(city.service.clock.now())
    tokens._clock.forward(seconds=keeps.oidc.life + 60)


def test_a_401_in_mid_batch_is_renewed_and_the_same_ops_are_sent_again(signed: tuple[City, Oidc, Kept]) -> None:
    city, oidc, keeps = signed
    refused = keeps.source.token()

    def end_at_the_gateway() -> None:
        lapse(keeps, city)
        oidc.life = 3600

    laptop = laptop_of(city, keeps, between(end_at_the_gateway))
    records = [laptop.new(submit=True) for _ in range(30)]
    laptop.sync()
    assert keeps.source.token() != refused
    assert oidc.count("/token", grant_type="refresh_token") == 1
    assert city.count("op") == len(records) == city.count("record")
    assert not laptop.store.counts().waiting


def test_a_refused_renewal_in_mid_batch_leaves_the_journal_as_it_was(signed: tuple[City, Oidc, Kept]) -> None:
    city, oidc, keeps = signed

    def close_the_account() -> None:
        lapse(keeps, city)
        oidc.end_all()

    laptop = laptop_of(city, keeps, between(close_the_account))
    records = [laptop.new(submit=True) for _ in range(5)]
    before = [change.id for change in laptop.store.exchange.pending(CLERK.id, 100, 1 << 20)]
    with pytest.raises(SignInError, match="saved here"):
        laptop.sync()
    assert [change.id for change in laptop.store.exchange.pending(CLERK.id, 100, 1 << 20)] == before
    assert len(before) == len(records)
    assert not city.count("op")


def test_after_signing_in_again_everything_is_sent_once(signed: tuple[City, Oidc, Kept]) -> None:
    city, oidc, keeps = signed
    laptop = laptop_of(city, keeps)
    records = [laptop.new(submit=True) for _ in range(5)]
    oidc.end_all()
    keeps.later(oidc.life * 2)
    with pytest.raises(SignInError):
        laptop.sync()
    anew = laptop_of(city, kept(oidc, city.folder / "anew", Vault()))
    laptop.engine = Engine(laptop.store, anew.api, CLERK, oidc.clock)
    laptop.sync()
    assert city.count("record") == len(records)
    assert not laptop.store.counts().waiting


def test_a_lost_renewal_in_mid_cycle_only_delays(signed: tuple[City, Oidc, Kept]) -> None:
    city, oidc, keeps = signed
    laptop = laptop_of(city, keeps)
    record = laptop.new(submit=True)
    oidc.grace, oidc.lose = 60, 2
    keeps.later(oidc.life * 2)
    with pytest.raises(OfflineError):
        laptop.sync()
    laptop.sync()
    assert city.count("record") == 1
    assert laptop.record(record).rev


def test_ops_of_somebody_else_are_never_sent_with_this_sign_in(signed: tuple[City, Oidc, Kept]) -> None:
    city, oidc, keeps = signed
    laptop = laptop_of(city, keeps)
    laptop.new(submit=True)
    oidc.person = "r.kaur"
    other = laptop_of(city, kept(oidc, city.folder / "other", Vault()))
    line = Counting()
    laptop.engine = Engine(laptop.store, line.over(other.api), CLERK, oidc.clock)
    with pytest.raises(SignInError, match="somebody else"):
        laptop.sync()
    assert line.requests == ["hello"]  # the work itself never leaves
    assert not city.count("op")


def test_the_worker_says_that_it_needs_a_sign_in(signed: tuple[City, Oidc, Kept]) -> None:
    city, oidc, keeps = signed
    laptop = laptop_of(city, keeps)
    oidc.end_all()
    keeps.later(oidc.life * 2)
    worker = Worker(laptop.store, laptop.api, CLERK, oidc.clock)
    worker.start()
    status = worker.sync_now(30)
    worker.stop()
    assert status.state is SyncState.NEEDS_LOGIN
    assert "all your work is saved here" in status.message
