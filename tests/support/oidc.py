"""An identity provider with behaviour, on a real port: OpenID Connect for native apps, and a bad line when wished.

Built from OpenID Connect Core and Discovery 1.0, RFC 6749, 7009, 7636, 8628 and 9207. A refresh token is good
once; used again within `grace` seconds it gives the same answer again, later it ends the whole sign-in (replay
detection).
"""

from __future__ import annotations

import base64
import hashlib
import secrets
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from joserfc import jwt
from joserfc.jwk import ECKey

from fieldapp.clock import Clock, FixedClock
from tests.support.oidc_web import Reply, serving

CLIENT, AUDIENCE, PERSON = "fieldapp", "https://gateway.example.ca", "j.osei"
ROLES = ("counter",)


@cache
def _key(name: str) -> ECKey:
    return ECKey.generate_key("P-256", {"kid": name, "use": "sig", "alg": "ES256"})


@dataclass
class Grant:
    """One sign-in of one person, and the refresh tokens that it has had."""

    person: str
    nonce: str = ""
    challenge: str = ""
    redirect: str = ""
    ended: bool = False
    used: dict[str, tuple[float, dict[str, Any]]] = field(default_factory=dict)  # token, when, the answer it gave


@dataclass
class Oidc:
    """The provider's state, and how it behaves. `url` is set when it serves."""

    clock: Clock = field(default_factory=FixedClock)
    url: str = ""
    person: str = PERSON  # who sits before the browser
    claims: dict[str, Any] = field(default_factory=lambda: {"roles": list(ROLES), "name": "J. Osei"})
    life: int = 600  # seconds of an access token
    grace: float = 0.0
    rotates: bool = True
    lose: int = 0  # so many token answers are lost after the work was done
    down: bool = False
    spoil: Callable[[dict[str, str]], dict[str, str]] = lambda answer: answer  # of the answer to the browser
    id_claims: dict[str, Any] = field(default_factory=dict)  # what ID tokens say instead
    metadata: dict[str, Any] = field(default_factory=dict)  # what the discovery says instead
    pending: int = 0  # polls of the device grant before the person has agreed
    key: str = "first"
    watch: Callable[[str], object] = lambda _path: None  # sees each request before it is answered
    requests: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    _codes: dict[str, Grant] = field(default_factory=dict)
    _refresh: dict[str, Grant] = field(default_factory=dict)
    _devices: dict[str, Grant] = field(default_factory=dict)
    _lock: threading.RLock = field(default_factory=threading.RLock)

    def access_token(self, **claims: Any) -> str:
        """An access token as this provider gives it, with other claims where given; None takes one away."""
        said = self._basic() | {"aud": AUDIENCE, "client_id": CLIENT} | self.claims | claims
        return self.signed({name: value for name, value in said.items() if value is not None}, "at+jwt")

    def signed(self, claims: Mapping[str, Any], kind: str = "JWT") -> str:
        """Claims, signed with the key of the moment."""
        return jwt.encode({"alg": "ES256", "kid": self.key, "typ": kind}, dict(claims), _key(self.key))

    def rotate(self, name: str) -> None:
        """Sign with a new key, and publish that one only."""
        self.key = name

    def end_all(self) -> None:
        """Everybody's sign-in is over, as when an account is closed."""
        for grant in self._refresh.values():
            grant.ended = True

    def count(self, path: str, **wanted: str) -> int:
        """How many requests came to a path, with these parameters."""
        return sum(at == path and wanted.items() <= said.items() for at, said in self.requests)

    def answer(self, path: str, said: dict[str, str]) -> Reply:
        """Answer one request."""
        with self._lock:
            self.requests.append((path, said))
            self.watch(path)
            if self.down:
                return Reply(503)
            return self._routes()[path](said) if path in self._routes() else Reply(404)

    def _routes(self) -> dict[str, Callable[[dict[str, str]], Reply]]:
        return {
            "/.well-known/openid-configuration": self._discovery,
            "/jwks": lambda _said: Reply(200, {"keys": [_key(self.key).as_dict(private=False)]}),
            "/authorize": self._authorize,
            "/token": self._token,
            "/device": self._device,
            "/revoke": self._revoke,
        }

    def _discovery(self, _said: dict[str, str]) -> Reply:
        addresses = {
            "authorization_endpoint": "/authorize",
            "token_endpoint": "/token",
            "jwks_uri": "/jwks",
            "device_authorization_endpoint": "/device",
            "revocation_endpoint": "/revoke",
        }
        said = {name: self.url + path for name, path in addresses.items()} | {
            "issuer": self.url,
            "code_challenge_methods_supported": ["S256"],
            "authorization_response_iss_parameter_supported": True,
        }
        return Reply(200, said | self.metadata)

    def _authorize(self, said: dict[str, str]) -> Reply:
        assert said["response_type"] == "code"
        assert said["code_challenge_method"] == "S256"
        code = secrets.token_urlsafe(16)
        self._codes[code] = Grant(self.person, said["nonce"], said["code_challenge"], said["redirect_uri"])
        answer = self.spoil({"code": code, "state": said["state"], "iss": self.url})
        return Reply(302, location=(said["redirect_uri"], answer))

    def _token(self, said: dict[str, str]) -> Reply:
        kinds = {"authorization_code": self._by_code, "refresh_token": self._by_refresh}
        reply = kinds.get(said["grant_type"], self._by_device)(said)
        if self.lose:
            self.lose -= 1
            return Reply(0)
        return reply

    def _by_code(self, said: dict[str, str]) -> Reply:
        grant = self._codes.pop(said["code"], None)
        digest = hashlib.sha256(said.get("code_verifier", "").encode()).digest()
        challenge = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
        if grant is None or (grant.challenge, grant.redirect) != (challenge, said["redirect_uri"]):
            return _refused("invalid_grant")
        return Reply(200, self._tokens(grant))

    def _by_refresh(self, said: dict[str, str]) -> Reply:
        token, now = said["refresh_token"], self.clock.now().timestamp()
        grant = self._refresh.get(token)
        if grant is None or grant.ended:
            return _refused("invalid_grant")
        if token in grant.used:
            when, answer = grant.used[token]
            if self.grace and now - when <= self.grace:
                return Reply(200, answer)
            grant.ended = True
            return _refused("invalid_grant")
        answer = self._tokens(grant, "" if self.rotates else token)
        if self.rotates:
            grant.used[token] = (now, answer)
        return Reply(200, answer)

    def _device(self, _said: dict[str, str]) -> Reply:
        code = secrets.token_urlsafe(16)
        self._devices[code] = Grant(self.person)
        where = {"verification_uri": self.url + "/enter", "user_code": "WDJB-MJHT"}
        return Reply(200, {"device_code": code, "expires_in": 600, "interval": 1, **where})

    def _by_device(self, said: dict[str, str]) -> Reply:
        grant = self._devices.get(said["device_code"])
        if grant is None:
            return _refused("expired_token")
        if self.pending:
            self.pending -= 1
            return _refused("slow_down" if self.pending else "authorization_pending")
        return Reply(200, self._tokens(self._devices.pop(said["device_code"])))

    def _revoke(self, said: dict[str, str]) -> Reply:
        if grant := self._refresh.get(said["token"]):
            grant.ended = True
        return Reply(200, {})

    def _tokens(self, grant: Grant, refresh: str = "") -> dict[str, Any]:
        refresh = refresh or secrets.token_urlsafe(16)
        self._refresh[refresh] = grant
        nonce = {"nonce": grant.nonce} if grant.nonce else {}
        identity = self._basic() | {"aud": CLIENT, "sub": grant.person} | nonce | self.id_claims
        return {
            "access_token": self.access_token(sub=grant.person, jti=secrets.token_hex(8)),
            "refresh_token": refresh,
            "id_token": self.signed(identity),
            "token_type": "Bearer",
            "expires_in": self.life,
        }

    def _basic(self) -> dict[str, Any]:
        now = int(self.clock.now().timestamp())
        return {"iss": self.url, "sub": self.person, "iat": now, "exp": now + self.life}


def _refused(code: str) -> Reply:
    return Reply(400, {"error": code})


@contextmanager
def provider(clock: Clock | None = None) -> Iterator[Oidc]:
    """A provider that answers inside the block."""
    made = Oidc(clock or FixedClock())
    with serving(made.answer) as url:
        made.url = url
        yield made
