"""Signing in with another device, where this one has no browser (RFC 8628)."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

from fieldapp.clock import Clock
from fieldapp.errors import OfflineError, SignInError
from fieldapp.texts import tr
from sync.sign_in.browser import first
from sync.sign_in.faults import GrantError
from sync.sign_in.line import answering, checked, mapping, session_of, strange
from sync.sign_in.loopback import declined
from sync.sign_in.provider import Provider
from sync.sign_in.tokens import Registration, Tokens

GRANT = "urn:ietf:params:oauth:grant-type:device_code"
INTERVAL = 5.0  # seconds between two questions, where the provider does not say
LONGEST = 1800.0  # seconds

Sleep = Callable[[float], object]


def by_device(
    provider: Provider,
    registration: Registration,
    clock: Clock,
    tell: Callable[[str], object],
    *,
    sleep: Sleep | None = None,
    stop: threading.Event | None = None,
) -> Tokens:
    """Show an address and a code with `tell`, and wait until the person has entered it somewhere else, or until `stop`.

    Raises SignInError when they refuse or take too long, or when the provider has no such way.
    """
    if not provider.device:
        raise SignInError(tr("The City's sign-in cannot be reached without a browser."))
    begun = _begun(provider, registration)
    where = str(begun.get("verification_uri_complete") or begun["verification_uri"])
    tell(tr("To sign in, open {url} on any device and enter the code {code}", url=where, code=begun["user_code"]))
    stop = stop or threading.Event()
    return first(_polled(provider, registration, begun, sleep or stop.wait, stop), provider, registration, clock)


def _begun(provider: Provider, registration: Registration) -> dict[str, Any]:
    said = {"client_id": registration.client_id, "scope": registration.scope, **registration.parameters()}
    with answering(), session_of(registration.client_id, provider.device) as session:
        response = session.request("POST", provider.device, withhold_token=True, data=said, allow_redirects=False)
        response.raise_for_status()
        begun = mapping(response.json())
    if not all(isinstance(begun.get(name), str) for name in ("device_code", "user_code", "verification_uri")):
        raise strange()
    return begun


def _polled(
    provider: Provider, registration: Registration, begun: dict[str, Any], sleep: Sleep, stop: threading.Event
) -> dict[str, Any]:
    """Ask until there is an answer. A question that was lost is asked again."""
    interval, left = _seconds(begun, "interval", INTERVAL), _seconds(begun, "expires_in", LONGEST)
    while left > 0:
        sleep(interval)
        if stop.is_set():
            raise declined()
        left -= interval
        try:
            return _asked(provider, registration, begun["device_code"])
        except OfflineError:
            interval = min(interval * 2, 60.0)
        except GrantError as fault:
            if fault.code == "slow_down":
                interval += 5.0
            elif fault.code == "access_denied":
                raise declined() from fault
            elif fault.code != "authorization_pending":
                break
    raise SignInError(tr("The code was not entered in time. Please try again."))


def _asked(provider: Provider, registration: Registration, code: str) -> dict[str, Any]:
    with answering(), session_of(registration.client_id, provider.token) as session:
        answer = session.fetch_token(provider.token, grant_type=GRANT, device_code=code, allow_redirects=False)
    return checked(answer)


def _seconds(said: dict[str, Any], name: str, default: float) -> float:
    found = said.get(name)
    return min(max(float(found), 1.0), LONGEST) if isinstance(found, (int, float)) else default
