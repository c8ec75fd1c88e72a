"""Signed tokens (JWT): nothing in one is believed before signature, issuer, audience and time were checked."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from joserfc import jws, jwt
from joserfc.errors import ExpiredTokenError, JoseError

from fieldapp.clock import Clock
from fieldapp.errors import SignInError
from fieldapp.texts import tr
from sync.sign_in.keyset import Keys

# Only signatures that a private key makes: with "none" or HS256 anybody who has the public key could sign.
ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "Ed25519", "EdDSA")
LONGEST = 16_384  # characters


def claims_of(
    token: str,
    keys: Keys,
    clock: Clock,
    *,
    issuer: str,
    audience: str,
    leeway: int,
    algorithms: Collection[str] = ALGORITHMS,
) -> dict[str, Any]:
    """What a token claims, when all of it holds. `leeway`: seconds that two clocks may differ.

    Raises SignInError when it does not hold, and the line's SyncError when the provider's keys cannot be had.
    """
    try:
        kid = _kid(token, algorithms)
        key = keys.get(kid)
        if key is None:
            raise SignInError(tr("This sign-in is signed with a key that the City's sign-in does not have."))
        claims = jwt.decode(token, key, algorithms).claims
        registry = jwt.JWTClaimsRegistry(
            now=int(clock.now().timestamp()),
            leeway=leeway,
            iss={"essential": True, "value": issuer},
            aud={"essential": True, "value": audience},
            exp={"essential": True},
            sub={"essential": True},
        )
        registry.validate(claims)
    except ExpiredTokenError as fault:
        raise SignInError(tr("Your sign-in has expired. Please sign in again.")) from fault
    except (JoseError, ValueError, TypeError, KeyError, AttributeError, RecursionError) as fault:
        raise SignInError(tr("This sign-in is not valid here ({why}).", why=_why(fault))) from fault
    return claims


def _kid(token: str, algorithms: Collection[str]) -> str | None:
    """Which key the token says; its header is looked at only to find the key, and to refuse early."""
    if len(token) > LONGEST:
        raise SignInError(tr("This sign-in is not valid here ({why}).", why="size"))
    header = jws.extract_compact(token.encode()).headers()
    if header.get("alg") not in algorithms:
        raise SignInError(tr("This sign-in is not valid here ({why}).", why="alg"))
    kid = header.get("kid")
    return kid if isinstance(kid, str) else None


def _why(fault: Exception) -> str:
    """One word: which check failed."""
    return str(getattr(fault, "claim", "") or getattr(fault, "error", "") or type(fault).__name__)
