"""Access tokens at the gateway: whose they are, and every kind that opens nothing."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from joserfc.jwk import KeySet

from fieldapp.access import COUNTER, SUPERVISOR
from fieldapp.clock import FixedClock
from fieldapp.errors import BusyError, SignInError
from fieldapp.records import Person
from fieldapp.services import Catalogue
from sync.adapters.gateway import GatewayClient
from sync.gateway.server import GatewayServer
from sync.gateway.tokens import AccessTokens, Trust
from sync.sign_in.keyset import PAUSE, Keys
from sync.sign_in.line import document
from tests.support.gateway import CLERK, make_service
from tests.support.oidc import AUDIENCE, CLIENT, PERSON, Oidc, provider


@pytest.fixture
def city() -> Iterator[Oidc]:
    with provider() as made:
        yield made


def gate(city: Oidc, **claims: str) -> AccessTokens:
    """What the gateway believes."""
    return AccessTokens(Trust(city.url, AUDIENCE, **claims), city.clock)


def part(content: dict[str, Any]) -> str:
    """A part of a token."""
    return base64.urlsafe_b64encode(json.dumps(content).encode()).rstrip(b"=").decode()


def claims_in(token: str) -> dict[str, Any]:
    """What a token says."""
    body = token.split(".")[1]
    said: dict[str, Any] = json.loads(base64.urlsafe_b64decode(body + "=" * (-len(body) % 4)))
    return said


def forged(city: Oidc) -> str:
    """A true token with another role written into it."""
    head, _, signature = city.access_token().split(".")
    return f"{head}.{part(claims_in(city.access_token()) | {'roles': [SUPERVISOR]})}.{signature}"


def unsigned(city: Oidc) -> str:
    """A token that says it needs no signature."""
    return f"{part({'alg': 'none', 'kid': city.key})}.{part(claims_in(city.access_token()))}."


def shared_secret(city: Oidc) -> str:
    """A token signed with the public key, as if it were a secret."""
    keys = KeySet.import_key_set(document(city.url + "/jwks"))  # type: ignore[arg-type]  # JSON from the wire
    public = keys.keys[0].as_bytes("PEM", private=False)  # type: ignore[union-attr]  # a public key is no OctKey
    said = f"{part({'alg': 'HS256', 'kid': city.key})}.{part(claims_in(city.access_token()))}"
    signature = hmac.new(public, said.encode(), hashlib.sha256).digest()
    return f"{said}.{base64.urlsafe_b64encode(signature).rstrip(b'=').decode()}"


def unknown_key(city: Oidc) -> str:
    """A token signed with a key that the provider does not publish."""
    known, city.key = city.key, "foreign"
    try:
        return city.access_token()
    finally:
        city.key = known


def expired(city: Oidc) -> str:
    """A token of yesterday."""
    now = int(city.clock.now().timestamp())
    return city.access_token(iat=now - 90_000, exp=now - 86_400)


REFUSED: dict[str, Callable[[Oidc], str]] = {
    "a forged role": forged,
    "an expired one": expired,
    "an unsigned one": unsigned,
    "one for another audience": lambda city: city.access_token(aud="https://payroll.example.ca"),
    "an ID token": lambda city: city.access_token(aud=CLIENT),
    "one without an audience": lambda city: city.access_token(aud=None),
    "one of another issuer": lambda city: city.access_token(iss="https://evil.example"),
    "one without an end": lambda city: city.access_token(exp=None),
    "one not valid yet": lambda city: city.access_token(nbf=int(city.clock.now().timestamp()) + 3600),
    "HS256 with the public key": shared_secret,
    "an unknown key": unknown_key,
    "one without a role of ours": lambda city: city.access_token(roles=["payroll-admin"]),
    "one without roles": lambda city: city.access_token(roles=None),
    "a name that leads out of a folder": lambda city: city.access_token(sub="../evil"),
    "rubbish": lambda _city: "a.b.c",
    "a huge one": lambda city: city.access_token(blob="x" * 20_000),
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_token_opens_nothing(city: Oidc, name: str) -> None:
    with pytest.raises(SignInError):
        gate(city).person(REFUSED[name](city))


def test_the_claims_say_who_somebody_is(city: Oidc) -> None:
    token = city.access_token(roles=["counter", "payroll-admin"], wards=["08", "all"])
    found = gate(city, wards="wards").person(token)
    assert found == Person(PERSON, "J. Osei", frozenset({COUNTER}), frozenset({"08"}))


def test_without_a_claim_for_wards_everybody_works_in_all(city: Oidc) -> None:
    assert gate(city).person(city.access_token()).wards == {"*"}


def test_a_token_without_the_claim_for_wards_opens_none(city: Oidc) -> None:
    assert gate(city, wards="wards").person(city.access_token()).wards == frozenset()


def test_a_claim_may_lie_inside_another(city: Oidc) -> None:
    token = city.access_token(realm_access={"roles": ["supervisor"]}, login="r.kaur")
    found = gate(city, roles="realm_access.roles", person="login").person(token)
    assert (found.id, found.roles) == ("r.kaur", frozenset({SUPERVISOR}))


def test_clocks_may_differ_by_seconds(city: Oidc) -> None:
    now = int(city.clock.now().timestamp())
    assert gate(city).person(city.access_token(exp=now - 20)).id == PERSON


class Seconds:
    """A counter of seconds that is moved by hand."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


def counted(city: Oidc) -> tuple[AccessTokens, Seconds]:
    """A gateway whose seconds are ours."""
    seconds = Seconds()
    keys = Keys(lambda: document(city.url + "/jwks"), ticks=seconds)
    return AccessTokens(Trust(city.url, AUDIENCE), city.clock, keys), seconds


def test_a_new_key_of_the_provider_is_fetched_when_it_is_first_named(city: Oidc) -> None:
    tokens, seconds = counted(city)
    tokens.person(city.access_token())
    city.rotate("second")
    seconds.now += PAUSE
    assert tokens.person(city.access_token()).id == PERSON


def test_made_up_key_ids_make_no_flood_of_requests(city: Oidc) -> None:
    tokens, seconds = counted(city)
    tokens.person(city.access_token())
    seconds.now += PAUSE
    for _ in range(20):
        with pytest.raises(SignInError):
            tokens.person(unknown_key(city))
    assert city.count("/jwks") == 2


def test_a_withdrawn_key_opens_nothing_after_a_while(city: Oidc) -> None:
    tokens, seconds = counted(city)
    old = city.access_token()
    tokens.person(old)
    city.rotate("second")
    seconds.now += 3600
    with pytest.raises(SignInError):
        tokens.person(old)


def test_a_provider_that_is_down_stops_nobody_who_is_signed_in(city: Oidc) -> None:
    tokens, seconds = counted(city)
    tokens.person(city.access_token())
    city.down = True
    seconds.now += 3600
    assert tokens.person(city.access_token()).id == PERSON


def test_where_nothing_can_be_checked_the_gateway_asks_to_wait(city: Oidc) -> None:
    tokens, _seconds = counted(city)
    city.down = True
    with pytest.raises(BusyError):
        tokens.person(city.access_token())


def test_practice_tokens_go_on_working_beside_the_providers(city: Oidc, tmp_path: Path, catalogue: Catalogue) -> None:
    service = make_service(tmp_path, catalogue, FixedClock(), tokens=gate(city))
    with GatewayServer(service) as server:
        for token in (service.give_token(CLERK.id), city.access_token()):
            client = GatewayClient(server.url, token)
            assert client.hello().person.id == CLERK.id
            client.close()
        client = GatewayClient(server.url, forged(city))
        with pytest.raises(SignInError):
            client.hello()
        client.close()
    service.close()
