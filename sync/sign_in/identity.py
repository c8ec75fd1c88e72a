"""ID tokens: who has signed in, and that it was in answer to us (OpenID Connect Core 1.0, 3.1.3.7 and 12.2)."""

from __future__ import annotations

import json
import secrets
from collections.abc import Mapping
from typing import Any

from joserfc import jws
from joserfc.errors import JoseError

from fieldapp.clock import Clock
from fieldapp.errors import SignInError
from fieldapp.texts import tr
from sync.sign_in.keyset import Keys
from sync.sign_in.line import document, mapping
from sync.sign_in.provider import Provider
from sync.sign_in.signed import claims_of

LEEWAY = 300  # seconds: laptops' clocks are what they are


def subject_of(answer: Mapping[str, Any], provider: Provider, client_id: str, clock: Clock, *, nonce: str = "") -> str:
    """Who has signed in, from the ID token of a token answer. SignInError when it is not whole, or not for us."""
    token = str(answer.get("id_token") or "")
    if not token:
        raise SignInError(tr("The City's sign-in does not say who signed in (no ID token)."))
    keys = Keys(lambda: document(provider.keys))
    claims = claims_of(token, keys, clock, issuer=provider.issuer, audience=client_id, leeway=LEEWAY)
    if nonce and not secrets.compare_digest(str(claims.get("nonce", "")).encode(), nonce.encode()):
        raise SignInError(tr("This answer belongs to another sign-in. Please sign in again."))
    _check_party(claims, client_id)
    return str(claims["sub"])


def same_subject(answer: Mapping[str, Any], issuer: str, client_id: str, subject: str) -> bool:
    """Whether a renewal's ID token, where there is one, is still for the same person.

    It came straight from the provider over TLS, so that its signature says nothing more (3.1.3.7, 6) – and looking up
    keys here could fail when the new refresh token is not safe yet.
    """
    token = answer.get("id_token")
    if not token:
        return True
    try:
        claims = _claims(str(token))
    except (JoseError, ValueError, TypeError):
        return False
    audience = claims.get("aud")
    ours = client_id in audience if isinstance(audience, list) else audience == client_id
    return ours and (claims.get("iss"), claims.get("sub")) == (issuer, subject)


def _claims(token: str) -> dict[str, Any]:
    return mapping(json.loads(jws.extract_compact(token.encode()).payload))


def _check_party(claims: Mapping[str, Any], client_id: str) -> None:
    """A token for several programs must say that it was given to this one."""
    several = isinstance(claims["aud"], list) and len(claims["aud"]) > 1
    if claims.get("azp", None if several else client_id) != client_id:
        raise SignInError(tr("This sign-in was given to another program."))
