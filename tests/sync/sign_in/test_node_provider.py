"""The same against npm oidc-provider, which is certified: code with PKCE, refresh and its replay, code on a device."""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

import pytest

from fieldapp.access import COUNTER
from fieldapp.clock import SystemClock
from fieldapp.errors import SignInError
from fieldapp.store import keys
from sync.gateway.tokens import AccessTokens, Trust
from sync.sign_in.browser import by_browser
from sync.sign_in.device import by_device
from sync.sign_in.entry import sign_out
from sync.sign_in.provider import Provider, discovered
from sync.sign_in.renewal import renew
from sync.sign_in.safe import Safe
from sync.sign_in.source import SignedIn
from sync.sign_in.tokens import Registration, Tokens
from tests.support.node import UnavailableError
from tests.support.node_oidc import node_provider, walk_in
from tests.support.oidc import AUDIENCE, CLIENT
from tests.support.signing_in import Settings
from tests.support.vault import Vault

CLOCK = SystemClock()


@pytest.fixture(scope="module")
def city() -> Iterator[Provider]:
    with ExitStack() as running:
        try:
            address = running.enter_context(node_provider(AUDIENCE, life=600))
        except UnavailableError as why:
            pytest.skip(f"NOT TESTED against npm oidc-provider: {why}")
        yield discovered(address)


def registration(city: Provider) -> Registration:
    """FieldApp as this provider knows it."""
    return Registration(city.issuer, CLIENT, resource=AUDIENCE)


def in_background(url: str) -> None:
    """A person opens the page; the program waits meanwhile."""
    threading.Thread(target=walk_in, args=(url,), daemon=True).start()


@pytest.fixture
def tokens(city: Provider) -> Tokens:
    return by_browser(city, registration(city), CLOCK, show=in_background, wait=60)


@pytest.fixture
def safe(tmp_path: Path) -> Safe:
    keys.create(tmp_path, "j.osei", vault=Vault())
    return Safe(Settings(), tmp_path, None)


def test_its_access_token_is_a_person_at_the_gateway(city: Provider, tokens: Tokens) -> None:
    person = AccessTokens(Trust(city.issuer, AUDIENCE), CLOCK).person(tokens.access)
    assert (person.id, person.name, person.roles) == ("j.osei", "J. Osei", frozenset({COUNTER}))


def test_it_renews_a_sign_in(tokens: Tokens, safe: Safe) -> None:
    source = SignedIn(safe.keep(tokens), safe, CLOCK)
    fresh = source.after_refusal(tokens.access)
    kept = safe.load()
    assert kept is not None
    assert (fresh != tokens.access, kept.refresh != tokens.refresh, kept.in_use) == (True, True, "")


def test_a_refresh_token_used_twice_ends_the_sign_in_with_a_sentence(tokens: Tokens, safe: Safe) -> None:
    renew(tokens)
    lost = replace(tokens, in_use=tokens.issued)
    with pytest.raises(SignInError, match=r"lost on the way.*saved here"):
        SignedIn(safe.keep(lost), safe, CLOCK).after_refusal(tokens.access)


def test_it_takes_a_sign_in_back(tokens: Tokens, safe: Safe) -> None:
    safe.keep(tokens)
    assert sign_out(safe) == "You are signed out."
    with pytest.raises(SignInError):
        renew(tokens)


def test_a_code_on_another_device_signs_in(city: Provider) -> None:
    def enter(words: str) -> None:
        found = re.search(r"http\S+", words)
        assert found is not None
        in_background(found[0])

    made = by_device(city, registration(city), CLOCK, enter, sleep=lambda _interval: time.sleep(0.2))
    assert made.subject == "j.osei"
