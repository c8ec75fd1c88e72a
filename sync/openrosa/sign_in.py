"""Signing in at an OpenRosa server: a name with a password, a session's token, or an app user's key in the address.

Which of Basic and Digest a password is sent by is the server's choice (its challenge). A secret only ever goes to the
server's own host, and never in the clear: Basic, tokens and keys need https, except to this very machine.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import quote, urlsplit, urlunsplit

import requests
from requests.auth import AuthBase, HTTPBasicAuth, HTTPDigestAuth

from fieldapp.errors import SignInError
from fieldapp.texts import tr
from sync.adapters.http import is_loopback

VERSIONED = re.compile(r"^(.*?/v\d+)(/.*)?$")  # of Central's addresses: the key stands behind the version


@dataclass(frozen=True)
class SignIn:
    """How one person signs in at one server. Made by `SignIn.of`; nothing shows its secret."""

    kind: str = ""  # "", password, bearer or key
    user: str = ""
    secret: str = field(default="", repr=False)

    @classmethod
    def of(cls, text: str) -> SignIn:
        """`name:password`, `bearer TOKEN` or `key TOKEN` (an app user of ODK Central); "" for a server without."""
        word, _, rest = text.strip().partition(" ")
        if word.lower() in {"bearer", "key"} and rest.strip():
            return cls(word.lower(), secret=rest.strip())
        user, colon, password = text.strip().partition(":")
        if colon and user:
            return cls("password", user, password)
        if text.strip():
            raise SignInError(tr("A sign-in is written name:password, “bearer TOKEN” or “key TOKEN”."))
        return cls()

    def address(self, server: str) -> str:
        """Where this person reaches `server`: with a key, that is an address of their own."""
        if self.kind != "key":
            return server
        parts = urlsplit(server)
        found = VERSIONED.match(parts.path)
        if found is None:
            raise SignInError(tr("A key is for an address of ODK Central, https://…/v1/projects/1; this is another."))
        _must_be_private(server)
        path = f"{found[1]}/key/{quote(self.secret, safe='')}{found[2] or ''}"
        return urlunsplit(parts._replace(path=path))


class Signature(AuthBase):
    """Signs the requests of one session, once it is known how: from the first for a token, else after a challenge."""

    def __init__(self, sign_in: SignIn, server: str) -> None:
        self._sign_in = sign_in
        self._server = server
        self._scheme: AuthBase | None = None
        if sign_in.kind == "bearer":
            _must_be_private(server)
            self._scheme = _Bearer(sign_in.secret)

    def __call__(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        """Sign, if the request goes to the server's own host."""
        if self._scheme is None or not same_host(request.url or "", self._server):
            return request
        return self._scheme(request)

    def answer(self, headers: Mapping[str, str]) -> bool:
        """Take up the challenge of a 401; whether the request is worth repeating.

        Where the server names no scheme, Basic is what it means (ODK Central challenges nobody)."""
        if self._scheme is not None or self._sign_in.kind != "password":
            return False
        challenge = headers.get("WWW-Authenticate", "").lower()
        if "digest" in challenge:
            self._scheme = HTTPDigestAuth(self._sign_in.user, self._sign_in.secret)
        else:
            _must_be_private(self._server)
            self._scheme = HTTPBasicAuth(self._sign_in.user.encode(), self._sign_in.secret.encode())
        return True


class _Bearer(AuthBase):
    def __init__(self, token: str) -> None:
        self._token = token

    def __call__(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        request.headers["Authorization"] = f"Bearer {self._token}"
        return request


def same_host(url: str, server: str) -> bool:
    """Whether both addresses are of one host and port, and no worse protected than the server's own."""
    here, there = urlsplit(url), urlsplit(server)
    if here.hostname != there.hostname or (there.scheme == "https") > (here.scheme == "https"):
        return False
    return here.port == there.port or here.scheme != there.scheme


def _must_be_private(server: str) -> None:
    if urlsplit(server).scheme != "https" and not is_loopback(server):
        raise SignInError(tr("This server wants a sign-in that others could read: its address must begin with https."))
