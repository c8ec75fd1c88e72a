"""Signing in: through the browser, with a code, and every answer that is not believed."""

from __future__ import annotations

import socket
from collections.abc import Callable
from dataclasses import replace
from threading import Event
from typing import Any

import pytest
import requests

from fieldapp.errors import OfflineError, ProtocolError, SignInError
from sync.sign_in.browser import by_browser
from sync.sign_in.device import by_device
from sync.sign_in.loopback import listening
from sync.sign_in.provider import discovered
from tests.support.oidc import PERSON, Oidc
from tests.support.signing_in import Person, registered, signs_in


def test_somebody_signs_in_through_the_browser(oidc: Oidc) -> None:
    tokens = signs_in(oidc)
    assert (tokens.subject, tokens.ended, bool(tokens.access), bool(tokens.refresh)) == (PERSON, False, True, True)


def test_the_browser_says_in_the_end_that_one_may_go_back(oidc: Oidc) -> None:
    person = Person()
    by_browser(discovered(oidc.url), registered(oidc), oidc.clock, show=person.show)
    person.close()
    assert "You may close this page" in person.pages[0]


def test_each_sign_in_has_its_own_state_nonce_and_challenge(oidc: Oidc) -> None:
    signs_in(oidc)
    signs_in(oidc)
    first, second = (said for path, said in oidc.requests if path == "/authorize")
    assert not any(first[name] == second[name] for name in ("state", "nonce", "code_challenge"))
    assert first["code_challenge_method"] == "S256"


def spoilt(**changes: str) -> Callable[[dict[str, str]], dict[str, str]]:
    """The answer to the browser, with something changed; "" takes it away."""
    return lambda answer: {name: value for name, value in (answer | changes).items() if value}


def test_a_wrong_state_is_refused(oidc: Oidc) -> None:
    oidc.spoil = spoilt(state="another")
    with pytest.raises(SignInError, match="Nobody signed in"):
        signs_in(oidc, wait=0.5)
    assert not oidc.count("/token")


def test_an_answer_with_a_wrong_state_does_not_end_the_waiting() -> None:
    with listening("127.0.0.1", "right") as loopback:
        assert requests.get(loopback.url, {"state": "wrong", "code": "x"}, timeout=5).status_code == 400
        assert requests.get(loopback.url, {"state": "right", "code": "y"}, timeout=5).status_code == 200
        assert loopback.wait(5, Event())["code"] == "y"


def test_a_connection_that_says_nothing_holds_nobody_up() -> None:
    with listening("127.0.0.1", "right") as loopback:
        port = int(loopback.url.split(":")[2].split("/")[0])
        with socket.create_connection(("127.0.0.1", port)):
            requests.get(loopback.url, {"state": "right", "code": "y"}, timeout=5)
            assert loopback.wait(5, Event())["code"] == "y"


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost"])
def test_the_name_of_this_machine_may_be_chosen(host: str) -> None:
    with listening(host, "right") as loopback:
        assert loopback.url.startswith(f"http://{host}:")


@pytest.mark.parametrize("issuer", ["https://evil.example", ""])
def test_an_answer_of_another_issuer_is_refused(oidc: Oidc, issuer: str) -> None:
    oidc.spoil = spoilt(iss=issuer)
    with pytest.raises(SignInError, match="another sign-in than the City's"):
        signs_in(oidc)
    assert not oidc.count("/token")


def test_a_provider_that_does_not_name_itself_need_not(oidc: Oidc) -> None:
    oidc.metadata = {"authorization_response_iss_parameter_supported": False}
    oidc.spoil = spoilt(iss="")
    assert signs_in(oidc).subject == PERSON


def test_somebody_who_does_not_sign_in_is_told_so(oidc: Oidc) -> None:
    oidc.spoil = spoilt(error="access_denied", code="")
    with pytest.raises(SignInError, match="You did not sign in"):
        signs_in(oidc)


BAD_IDENTITY: dict[str, dict[str, Any]] = {
    "another nonce": {"nonce": "another"},
    "another audience": {"aud": "payroll"},
    "another issuer": {"iss": "https://evil.example"},
    "expired": {"exp": 1},
    "for another party": {"azp": "payroll"},
    "for several without a party": {"aud": ["fieldapp", "payroll"]},
}


@pytest.mark.parametrize("name", BAD_IDENTITY)
def test_an_id_token_that_does_not_hold_is_refused(oidc: Oidc, name: str) -> None:
    oidc.id_claims = BAD_IDENTITY[name]
    with pytest.raises(SignInError):
        signs_in(oidc)


BAD_DISCOVERY: dict[str, dict[str, Any]] = {
    "another issuer": {"issuer": "https://evil.example"},
    "no PKCE": {"code_challenge_methods_supported": ["plain"]},
    "an open address": {"token_endpoint": "http://login.example.ca/token"},
    "no token address": {"token_endpoint": ""},
    "a script": {"authorization_endpoint": "javascript:alert(1)"},
}


@pytest.mark.parametrize("name", BAD_DISCOVERY)
def test_a_provider_that_is_not_to_be_trusted_is_refused(oidc: Oidc, name: str) -> None:
    oidc.metadata = BAD_DISCOVERY[name]
    with pytest.raises(ProtocolError):
        discovered(oidc.url)


@pytest.mark.parametrize("issuer", ["https://[", "http://login.example", "login.example"])
def test_what_is_no_protected_address_is_asked_nothing(issuer: str) -> None:
    with pytest.raises(ProtocolError, match="must begin with https"):
        discovered(issuer)


def test_without_a_network_one_cannot_sign_in() -> None:
    with pytest.raises(OfflineError):
        discovered("http://127.0.0.1:1")


def test_somebody_signs_in_with_a_code_on_another_device(oidc: Oidc) -> None:
    oidc.pending = 3
    said: list[str] = []
    waits: list[float] = []
    tokens = by_device(discovered(oidc.url), registered(oidc), oidc.clock, said.append, sleep=waits.append)
    assert tokens.subject == PERSON
    assert "WDJB-MJHT" in said[0]
    assert waits == [1, 6, 11, 11]


def test_an_answer_that_is_lost_on_the_way_is_asked_for_again(oidc: Oidc) -> None:
    oidc.pending = 1
    oidc.lose = 1
    tokens = by_device(discovered(oidc.url), registered(oidc), oidc.clock, lambda _: None, sleep=lambda _: None)
    assert tokens.subject == PERSON


def test_a_code_that_nobody_enters_ends(oidc: Oidc) -> None:
    oidc.pending = 10_000
    with pytest.raises(SignInError, match="not entered in time"):
        by_device(discovered(oidc.url), registered(oidc), oidc.clock, lambda _: None, sleep=lambda _: None)


def test_a_provider_without_codes_says_so(oidc: Oidc) -> None:
    without = replace(discovered(oidc.url), device="")
    with pytest.raises(SignInError, match="without a browser"):
        by_device(without, registered(oidc), oidc.clock, lambda _: None)
