"""What one sign-in has: a token for the gateway, and a token that renews it, good for one use."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from fieldapp.clock import Clock, moment_of, stamp
from sync.standing import Standing

LIFE = 300  # seconds of a token whose provider does not say
RENEW_AT = 0.8  # of a token's life


@dataclass(frozen=True)
class Registration:
    """As what this program is known at a provider. `resource` names the gateway (RFC 8707), where it is asked for."""

    issuer: str
    client_id: str
    scope: str = "openid profile offline_access"
    resource: str = ""

    def parameters(self) -> dict[str, str]:
        """What each request for a token says besides."""
        return {"resource": self.resource} if self.resource else {}


@dataclass(frozen=True)
class Tokens:
    """A sign-in of `subject` at a provider. Times are stamps of this laptop's clock.

    `in_use` is the write-ahead mark: since then the refresh token may have been used without its answer arriving.
    `ended`: nothing more can be had, a person must sign in. `serial` grows with each note of it.
    """

    registration: Registration
    subject: str
    access: str
    refresh: str
    issued: str
    expires: str
    in_use: str = ""
    ended: bool = False
    serial: int = 0
    since: str = ""  # when the person signed in
    until: str = ""  # how long it can be renewed, where the provider says so

    def renewed(self, answer: Mapping[str, Any], clock: Clock) -> Tokens:
        """These, after the provider's answer. One that sends no new refresh token leaves the old one good."""
        now = clock.now()
        life = answer.get("expires_in")
        seconds = float(life) if isinstance(life, (int, float)) and 0 < life < 1e8 else LIFE
        return replace(
            self,
            access=str(answer["access_token"]),
            refresh=str(answer.get("refresh_token") or self.refresh),
            issued=stamp(now),
            expires=stamp(now + timedelta(seconds=seconds)),
            in_use="",
            ended=False,
            until=_until(answer, now) or self.until,
        )

    def over(self) -> Tokens:
        """These, when the provider takes none of them any more."""
        return replace(self, access="", refresh="", in_use="", ended=True)

    def is_due(self, clock: Clock) -> bool:
        """Whether it is time to renew. A clock that was set back says so too."""
        issued, expires = moment_of(self.issued), moment_of(self.expires)
        now = clock.now()
        return now < issued - timedelta(minutes=5) or now >= issued + RENEW_AT * (expires - issued)

    def is_expired(self, clock: Clock) -> bool:
        """Whether the gateway would refuse it, by this laptop's clock."""
        return clock.now() >= moment_of(self.expires)

    def text(self) -> str:
        """As it is kept."""
        return json.dumps(asdict(self))


def standing_of(tokens: Tokens) -> Standing:
    """How a sign-in stands, without what is secret in it."""
    return Standing(not tokens.ended, tokens.since, tokens.issued, tokens.until)


def _until(answer: Mapping[str, Any], now: datetime) -> str:
    """The end of a sign-in, as some providers tell it: seconds from now."""
    said = answer.get("refresh_expires_in", answer.get("refresh_token_expires_in"))
    known = isinstance(said, (int, float)) and not isinstance(said, bool) and 0 < said < 1e9
    return stamp(now + timedelta(seconds=float(said))) if known else ""


def tokens_of(text: str) -> Tokens | None:
    """What `text()` wrote; None where that cannot be read, which only means that a person signs in again."""
    try:
        said = json.loads(text)
        return Tokens(Registration(**said.pop("registration")), **said)
    except (ValueError, TypeError, KeyError, AttributeError):
        return None
