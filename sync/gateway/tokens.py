"""Access tokens of the City's identity provider: who somebody is, by the claims that this gateway was told to believe.

The gateway never is an identity provider, except for practice accounts. It asks nobody about a token: the signature
says it all. Roles and wards are read anew from the token of each request; what changes at the provider holds here
when the laptop has its next token.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from fieldapp.access import OFFICE, ROLES, check_user_id
from fieldapp.clock import Clock
from fieldapp.errors import BusyError, OfflineError, ProtocolError, RefusedError, SignInError
from fieldapp.records import Person
from fieldapp.texts import tr
from sync.adapters.http import WAIT
from sync.sign_in.keyset import Keys
from sync.sign_in.line import document
from sync.sign_in.provider import discovered
from sync.sign_in.signed import claims_of

LEEWAY = 30  # seconds between the provider's clock and ours


@dataclass(frozen=True)
class Trust:
    """Whose tokens are believed, and which claim says what. A dot leads into an object: `realm_access.roles`.

    Without `wards` everybody works in all wards; with it, a token without that claim opens none. `offices` names
    those whose desks somebody works at, whatever the ward.
    """

    issuer: str
    audience: str
    person: str = "sub"
    name: str = "name"
    roles: str = "roles"
    wards: str = ""
    offices: str = ""


class AccessTokens:
    """Turns tokens into persons. Any thread may ask."""

    def __init__(self, trust: Trust, clock: Clock, keys: Keys | None = None) -> None:
        """`keys` are the issuer's own, found through its discovery document, unless others are given."""
        self._trust = trust
        self._clock = clock
        self._keys = keys or Keys(lambda: document(discovered(trust.issuer).keys))

    def person(self, token: str) -> Person:
        """Whose token this is. SignInError when it is not to be believed, BusyError when that cannot be told now."""
        trust = self._trust
        try:
            claims = claims_of(
                token, self._keys, self._clock, issuer=trust.issuer, audience=trust.audience, leeway=LEEWAY
            )
        except (OfflineError, ProtocolError) as fault:  # ours to wait for: the laptop's token may be as good as any
            raise BusyError(tr("The City cannot check sign-ins now and asks to wait."), WAIT) from fault
        return _person(claims, trust)


def _person(claims: dict[str, Any], trust: Trust) -> Person:
    roles = _words(_claim(claims, trust.roles)) & ROLES  # a provider knows roles that are not ours
    if not roles:
        raise SignInError(tr("Your sign-in gives you no role here. Please ask who looks after FieldApp's accounts."))
    try:
        id_ = check_user_id(str(_claim(claims, trust.person) or ""))
    except RefusedError as fault:
        raise SignInError(str(fault)) from fault
    wards = frozenset(filter(_is_ward, _words(_claim(claims, trust.wards)))) if trust.wards else frozenset({"*"})
    offices = (
        frozenset(filter(OFFICE.fullmatch, _words(_claim(claims, trust.offices)))) if trust.offices else frozenset()
    )
    return Person(id_, str(_claim(claims, trust.name) or id_)[:200], roles, wards, offices=offices)


def _claim(claims: dict[str, Any], path: str) -> object:
    if path in claims:  # claims may be URLs, with dots of their own
        return claims[path]
    found: object = claims
    for name in path.split("."):
        found = found.get(name) if isinstance(found, dict) else None
    return found


def _words(said: object) -> frozenset[str]:
    """A list of texts, or one text of words."""
    if isinstance(said, str):
        return frozenset(said.split())
    return frozenset(word for word in said if isinstance(word, str)) if isinstance(said, list) else frozenset()


def _is_ward(word: str) -> bool:
    return word == "*" or (len(word) == 2 and word.isascii() and word.isdecimal())
