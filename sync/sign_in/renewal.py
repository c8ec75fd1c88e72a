"""The requests of a sign-in that lasts: renewing it (RFC 6749, 6), and ending it (RFC 7009)."""

from __future__ import annotations

from typing import Any

from fieldapp.errors import SyncError
from sync.sign_in.faults import UnsentError
from sync.sign_in.line import answering, checked, session_of
from sync.sign_in.provider import discovered
from sync.sign_in.tokens import Tokens


def renew(tokens: Tokens) -> dict[str, Any]:
    """Use the refresh token; the provider's answer. GrantError when it is not taken, OfflineError for no answer."""
    registration = tokens.registration
    try:
        provider = discovered(registration.issuer)
    except SyncError as fault:  # whatever it was: the token was not used
        raise UnsentError(str(fault)) from fault
    with answering(), session_of(registration.client_id, provider.token) as session:
        answer = session.refresh_token(
            provider.token, refresh_token=tokens.refresh, allow_redirects=False, **registration.parameters()
        )
    return checked(answer)


def revoke(tokens: Tokens) -> bool:
    """Tell the provider that these are worthless from now on; whether it has a place to be told."""
    registration = tokens.registration
    provider = discovered(registration.issuer)
    if not provider.revocation or not tokens.refresh:
        return False
    said = {"token": tokens.refresh, "client_id": registration.client_id}
    with answering(), session_of(registration.client_id, provider.revocation) as session:
        response = session.request("POST", provider.revocation, withhold_token=True, data=said, allow_redirects=False)
        response.raise_for_status()
    return True
