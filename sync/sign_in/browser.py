"""Signing in through the system's browser: authorization code with PKCE (RFC 8252, RFC 7636)."""

from __future__ import annotations

import secrets
import threading
import webbrowser
from collections.abc import Callable, Mapping
from typing import Any

from fieldapp.clock import Clock, stamp
from fieldapp.errors import ProtocolError, SignInError
from fieldapp.texts import tr
from sync.sign_in.identity import subject_of
from sync.sign_in.line import answering, checked, refusal, session_of
from sync.sign_in.loopback import declined, listening
from sync.sign_in.provider import Provider
from sync.sign_in.tokens import Registration, Tokens

HOST = "127.0.0.1"
WAIT = 300.0  # seconds for a person to sign in

Show = Callable[[str], object]  # opens an address for the person


def by_browser(
    provider: Provider,
    registration: Registration,
    clock: Clock,
    *,
    show: Show = webbrowser.open,
    host: str = HOST,
    wait: float = WAIT,
    stop: threading.Event | None = None,
) -> Tokens:
    """Let the person sign in. Raises SignInError when they do not, or when the answer is not to be believed.

    `stop` ends the waiting, when it is set."""
    state, nonce, verifier = (secrets.token_urlsafe(48) for _ in range(3))
    with listening(host, state) as loopback, answering():
        session = session_of(
            registration.client_id,
            provider.token,
            scope=registration.scope,
            redirect_uri=loopback.url,
            code_challenge_method="S256",
        )
        more = registration.parameters() | {"nonce": nonce}
        url, _ = session.create_authorization_url(provider.authorization, state=state, code_verifier=verifier, **more)
        show(url)
        said = loopback.wait(wait, stop or threading.Event())
        code = _code(said, provider)
        answer = session.fetch_token(
            provider.token,
            grant_type="authorization_code",
            code=code,
            code_verifier=verifier,
            allow_redirects=False,
            **registration.parameters(),
        )
    return first(checked(answer), provider, registration, clock, nonce=nonce)


def first(
    answer: dict[str, Any], provider: Provider, registration: Registration, clock: Clock, *, nonce: str = ""
) -> Tokens:
    """The tokens of a new sign-in, from the provider's answer."""
    subject = subject_of(answer, provider, registration.client_id, clock, nonce=nonce)
    made = Tokens(registration, subject, "", "", "", "", since=stamp(clock.now()))
    return made.renewed(answer, clock)


def _code(said: Mapping[str, str], provider: Provider) -> str:
    """The code in an answer, once it is known whose answer it is: a mixed-up one is worth nothing (RFC 9207)."""
    issuer = said.get("iss", "" if provider.names_issuer else provider.issuer)
    if issuer != provider.issuer:
        raise SignInError(tr("The answer came from another sign-in than the City's. Please sign in again."))
    if "error" in said:
        if said["error"] == "access_denied":
            raise declined()
        raise refusal(said["error"], said.get("error_description", ""))
    if not said.get("code"):
        raise ProtocolError(tr("This is no answer of the City's sign-in (a page in between?)."))
    return said["code"]
