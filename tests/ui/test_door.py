"""A laptop that is opened by signing in: the first time, later without a network, as somebody else, and signing out."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from fieldapp.clock import SystemClock
from fieldapp.errors import OfflineError, RefusedError
from fieldapp.paths import Home
from fieldapp.store import keys
from sync.gateway.server import GatewayServer
from sync.gateway.tokens import AccessTokens, Trust
from sync.sign_in.asking import asking
from sync.status import SyncState
from tests.support.gateway import CLERK, make_service, steps_alone
from tests.support.oidc import AUDIENCE, Oidc, provider
from tests.support.signing_in import Person, registered
from tests.support.vault import Vault
from ui.__main__ import main
from ui.address import Address
from ui.door import SignInDoor, sign_out_of_city
from ui.opening import Opened, open_city_laptop

pytestmark = pytest.mark.usefixtures("qapp")


@dataclass
class Desk:
    """A laptop before it is opened, its gateway and its provider."""

    home: Home
    server: GatewayServer
    oidc: Oidc
    person: Person = field(default_factory=Person)
    said: list[str] = field(default_factory=list)

    def open(self) -> Opened:
        """Start FieldApp."""
        way = asking(host="127.0.0.1", device=False, browser=lambda: self.person.show)
        door = SignInDoor(self.server.url, registered(self.oidc), way, self.said.append)
        return open_city_laptop(self.home, CLERK.id, "TOUGH-08", door, no_question)


def no_question(question: str) -> str:
    """Nobody is asked for a passphrase where there is a keyring."""
    raise AssertionError(question)


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    vault = Vault()
    monkeypatch.setattr(keys, "system_vault", lambda: vault)
    with provider(SystemClock()) as oidc:
        tokens = AccessTokens(Trust(oidc.url, AUDIENCE), oidc.clock)
        service = make_service(tmp_path / "gateway", steps_alone(), tokens=tokens)
        with GatewayServer(service) as server:
            made = Desk(Home(tmp_path / "city"), server, oidc)
            yield made
            made.person.close()
        service.close()


def state_of(opened: Opened, wanted: SyncState) -> SyncState:
    """The state of sync, once it is the wanted one or some time has passed."""
    until = time.monotonic() + 20
    while opened.worker.status.state is not wanted and time.monotonic() < until:
        time.sleep(0.02)
    return opened.worker.status.state


def test_the_first_start_signs_in_through_the_browser(desk: Desk) -> None:
    opened = desk.open()
    try:
        assert opened.session.person.id == CLERK.id
        assert state_of(opened, SyncState.IDLE) is SyncState.IDLE
        assert "open this address" in desk.said[0]
    finally:
        opened.close()


def test_a_later_start_needs_neither_a_network_nor_a_sign_in(desk: Desk) -> None:
    desk.open().close()
    desk.server.stop()
    desk.oidc.down = True
    opened = desk.open()
    opened.close()
    assert opened.session.person.id == CLERK.id
    assert len(desk.person.pages) <= 1
    assert desk.oidc.count("/authorize") == 1


@pytest.mark.parametrize("reached", [True, False])
def test_signing_out_gives_reserved_numbers_back_where_the_city_is_reached(desk: Desk, *, reached: bool) -> None:
    opened = desk.open()
    assert state_of(opened, SyncState.IDLE) is SyncState.IDLE
    opened.close()
    if not reached:
        desk.server.stop()
    said = sign_out_of_city(desk.home, CLERK.id, no_question)
    assert said.endswith("went back to the City." if reached else "stay with this laptop.")
    found = desk.server.service.database.read("SELECT DISTINCT ended FROM number_block")
    assert found == ([("back",)] if reached else [("",)])


def test_the_first_start_without_a_network_says_so(desk: Desk) -> None:
    desk.server.stop()
    with pytest.raises(OfflineError):
        desk.open()


def test_somebody_elses_sign_in_opens_nothing_and_is_not_kept(desk: Desk) -> None:
    desk.oidc.person = "r.kaur"
    with pytest.raises(RefusedError, match=r"r\.kaur's, not j\.osei's"):
        desk.open()
    desk.oidc.person = CLERK.id
    desk.open().close()


def test_a_laptop_of_a_practice_token_is_its_persons_after_all(desk: Desk) -> None:
    token = desk.server.service.give_token(CLERK.id)
    open_city_laptop(desk.home, CLERK.id, "TOUGH-08", Address(desk.server.url, token), no_question).close()
    desk.oidc.person = "r.kaur"
    with pytest.raises(RefusedError, match=r"r\.kaur's, not j\.osei's"):
        desk.open()
    desk.oidc.person = CLERK.id
    desk.open().close()


def test_who_signed_out_is_asked_again_and_nobody_else_may_come_instead(desk: Desk) -> None:
    desk.open().close()
    assert sign_out_of_city(desk.home, CLERK.id, no_question).startswith("You are signed out.")
    desk.oidc.person = "r.kaur"
    with pytest.raises(RefusedError, match="Somebody else signed in"):
        desk.open()
    desk.oidc.person = CLERK.id
    desk.open().close()
    assert desk.oidc.count("/authorize") == 3


def test_who_signed_out_works_on_without_a_network_and_sending_waits(desk: Desk) -> None:
    desk.open().close()
    sign_out_of_city(desk.home, CLERK.id, no_question)
    desk.oidc.down = True
    opened = desk.open()
    try:
        assert state_of(opened, SyncState.NEEDS_LOGIN) is SyncState.NEEDS_LOGIN
        assert "asks to wait" in desk.said[-1]
    finally:
        opened.close()


def test_a_sign_in_that_ended_is_asked_for_anew_at_the_next_start(desk: Desk) -> None:
    desk.oidc.life = 1
    opened = desk.open()
    desk.oidc.end_all()
    try:
        opened.worker.wake()
        until = time.monotonic() + 20
        while opened.worker.status.state is not SyncState.NEEDS_LOGIN and time.monotonic() < until:
            opened.worker.wake()
            time.sleep(0.1)
        assert opened.worker.status.state is SyncState.NEEDS_LOGIN
    finally:
        opened.close()
    desk.oidc.life = 600
    again = desk.open()
    try:
        assert state_of(again, SyncState.IDLE) is SyncState.IDLE
    finally:
        again.close()


def test_signing_out_of_a_laptop_without_a_store_is_refused(desk: Desk) -> None:
    with pytest.raises(RefusedError, match="has no store"):
        sign_out_of_city(desk.home, "nobody", no_question)


@pytest.mark.parametrize("missing", ["--gateway", "--client-id"])
def test_an_issuer_needs_a_gateway_and_a_client(missing: str, capsys: pytest.CaptureFixture[str]) -> None:
    words = {"--gateway": "https://g.example", "--client-id": "fieldapp", "--issuer": "https://login.example"}
    given = [word for pair in words.items() if pair[0] != missing for word in pair]
    assert main(["open", "--person", "j.osei", "--device", "TOUGH-08", *given]) == 1
    assert "--issuer needs --gateway and --client-id." in capsys.readouterr().err
