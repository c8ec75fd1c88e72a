"""A person who signs in at the pretended provider, and a laptop that keeps the sign-in."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import requests

from fieldapp.clock import FixedClock
from fieldapp.store import keys
from sync.sign_in.browser import by_browser
from sync.sign_in.provider import discovered
from sync.sign_in.safe import Safe
from sync.sign_in.source import SignedIn
from sync.sign_in.tokens import Registration, Tokens
from tests.support.oidc import AUDIENCE, CLIENT, Oidc
from tests.support.vault import Vault


@dataclass
class Person:
    """A browser with somebody before it: goes where it is sent, in a thread of its own, like the real one."""

    pages: list[str] = field(default_factory=list)
    _threads: list[threading.Thread] = field(default_factory=list)

    def show(self, url: str) -> None:
        """Open an address."""
        self._threads.append(threading.Thread(target=self._go, args=(url,)))
        self._threads[-1].start()

    def _go(self, url: str) -> None:
        self.pages.append(requests.get(url, timeout=10).text)

    def close(self) -> None:
        """Wait for all pages."""
        for thread in self._threads:
            thread.join()


def registered(oidc: Oidc) -> Registration:
    """FieldApp as the provider knows it."""
    return Registration(oidc.url, CLIENT, resource=AUDIENCE)


def signs_in(oidc: Oidc, wait: float = 20.0) -> Tokens:
    """Somebody signs in through the browser."""
    person = Person()
    try:
        return by_browser(discovered(oidc.url), registered(oidc), oidc.clock, show=person.show, wait=wait)
    finally:
        person.close()


@dataclass
class Settings:
    """The small things that a store keeps."""

    texts: dict[str, str] = field(default_factory=dict)
    history: list[Mapping[str, str]] = field(default_factory=list)

    def setting(self, name: str, default: str = "") -> str:
        """What was kept."""
        return self.texts.get(name, default)

    def keep_setting(self, name: str, value: str) -> None:
        """Keep it."""
        self.texts[name] = value
        self.history.append(dict(self.texts))


@dataclass
class Kept:
    """A laptop where somebody is signed in."""

    oidc: Oidc
    safe: Safe
    source: SignedIn

    def again(self) -> SignedIn:
        """The same after the program was killed: only what was noted is there."""
        tokens = self.safe.load()
        assert tokens is not None
        return SignedIn(tokens, self.safe, self.oidc.clock)

    def later(self, seconds: float) -> None:
        """Time passes."""
        assert isinstance(self.oidc.clock, FixedClock)
        self.oidc.clock.forward(seconds=seconds)


def kept(oidc: Oidc, folder: Path, vault: Vault | None = None) -> Kept:
    """Sign in and keep it, in a keyring where one is given."""
    keys.create(folder, "j.osei", vault=vault or Vault())
    safe = Safe(Settings(), folder, vault)
    tokens = safe.keep(signs_in(oidc))
    return Kept(oidc, safe, SignedIn(tokens, safe, oidc.clock))
