"""The line to an identity provider: Authlib's session with our limits, and every failure one of ours.

A refresh token may be used once. So it matters whether a request that failed has surely not left this laptop
(UnsentError) or may have done its work (any other OfflineError).
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any, cast

import requests
from authlib.common.errors import AuthlibBaseError
from authlib.integrations.requests_client import OAuth2Session
from urllib3.exceptions import NewConnectionError

from fieldapp.errors import BusyError, OfflineError, ProtocolError, SyncError
from fieldapp.texts import tr
from sync.adapters.http import TIMEOUT, WAIT, is_loopback, retry_after, whole_body
from sync.sign_in.faults import GrantError, UnsentError

LARGEST = 1 << 20  # bytes of a provider's document
TEMPORARY = frozenset({"temporarily_unavailable", "server_error"})


def session_of(client_id: str, url: str, **more: Any) -> OAuth2Session:
    """A session of a public client: it has no secret, for none can be kept in a program that everybody has."""
    session = OAuth2Session(client_id, default_timeout=TIMEOUT, **more)
    session.trust_env = not is_loopback(url)
    return session


def document(url: str) -> dict[str, Any]:
    """A JSON object that a provider publishes."""
    with answering(), requests.Session() as session:
        session.trust_env = not is_loopback(url)
        with session.get(url, timeout=TIMEOUT, stream=True, allow_redirects=False) as response:
            response.raise_for_status()
            body = whole_body(response)
            if response.status_code != 200 or len(body) > LARGEST:
                raise strange()
            return mapping(json.loads(body))


def mapping(said: object) -> dict[str, Any]:
    """`said` as a JSON object. ProtocolError for anything else."""
    if not isinstance(said, dict):
        raise strange()
    return cast("dict[str, Any]", said)


def strange() -> ProtocolError:
    """An answer that no identity provider gives."""
    return ProtocolError(tr("This is no answer of the City's sign-in (a page in between?)."))


@contextmanager
def answering() -> Iterator[None]:
    """Inside, the errors of `requests` and of Authlib become ours."""
    try:
        yield
    except requests.exceptions.SSLError as fault:
        why = tr("The connection to the City's sign-in is not trustworthy here (certificate).")
        raise ProtocolError(why) from fault
    except (requests.ConnectionError, requests.Timeout, requests.exceptions.ChunkedEncodingError) as fault:
        kind = UnsentError if _unsent(fault) else OfflineError
        raise kind(tr("The City's sign-in does not answer.")) from fault
    except requests.HTTPError as fault:
        raise _of_status(fault.response) from fault
    except AuthlibBaseError as fault:
        raise refusal(str(fault.error), str(fault.description or "")) from fault
    except (requests.RequestException, ValueError) as fault:
        raise strange() from fault


def refusal(code: str, said: str = "") -> SyncError:
    """The error that an OAuth error code means."""
    if code in TEMPORARY:
        return BusyError(tr("The City's sign-in is busy and asks to wait."), WAIT)
    why = f"{code}: {said}" if said else code
    return GrantError(tr("The City's sign-in refused: {why}", why=why[:300]), code)


def checked(answer: Mapping[str, Any]) -> dict[str, Any]:
    """A token answer that has what it must have: a bearer token, in words."""
    said = mapping(dict(answer))
    texts = [said.get("access_token"), said.get("token_type"), said.get("refresh_token", ""), said.get("id_token", "")]
    if not all(isinstance(text, str) for text in texts) or not texts[0] or str(texts[1]).casefold() != "bearer":
        raise strange()
    return said


def _of_status(response: requests.Response | None) -> SyncError:
    if response is None or response.status_code >= 500 or response.status_code == 429:
        headers = response.headers if response is not None else {}
        return BusyError(tr("The City's sign-in is busy and asks to wait."), retry_after(headers))
    return strange()


def _unsent(fault: requests.RequestException) -> bool:
    reason = getattr(fault.args[0], "reason", None) if fault.args else None
    return isinstance(fault, requests.ConnectTimeout) or isinstance(reason, NewConnectionError)
