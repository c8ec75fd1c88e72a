"""The line to one ArcGIS server: a question, its JSON answer, and every failure one of ours.

ArcGIS sends its errors with HTTP 200: whether an answer is one is told by its member `error`, never by its status.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from typing import Any, NoReturn, cast
from urllib.parse import urlencode, urlsplit, urlunsplit

import orjson
import requests

from fieldapp.errors import BusyError, GatewayError, OfflineError, ProtocolError, SignInError
from fieldapp.texts import tr
from sync.adapters.http import TIMEOUT, WAIT, Answer, is_loopback, protected, retry_after, translated, whole_body

VARIABLE = "FIELDAPP_ARCGIS_TOKEN"  # of the environment
LONGEST = 1500  # letters of a question in an address: servers refuse longer ones at 2,048, so those go as a form
TRIES = 3  # of one question: a layer is a hundred of them, and one stumble must not cost the other ninety-nine
PATIENCE = 60.0  # seconds that we wait at most when the server asks to
MOST_SAID = 300  # letters of a server's own words


class Line:
    """One session to one server. Not for several threads at once."""

    def __init__(self, url: str, token: str = "", *, sleep: Callable[[float], None] = time.sleep) -> None:
        """Talk to `url`, a service or a layer of it. A token goes in a header, never into an address.

        RefusedError for an address where others could read along or change what comes."""
        parts = urlsplit(protected(url))
        self.url = urlunsplit(parts._replace(query="", fragment="")).rstrip("/")
        self._sleep = sleep
        self._session = requests.Session()
        self._session.trust_env = not is_loopback(url)
        self._session.auth = _only_ours
        self._session.headers["User-Agent"] = "FieldApp"
        if token:
            self._session.headers["X-Esri-Authorization"] = f"Bearer {token}"

    def ask(self, path: str = "", question: Mapping[str, str] | None = None) -> dict[str, Any]:
        """The answer to a question, an object. Raises the SyncError that says what to do next, after some tries."""
        for left in reversed(range(TRIES)):
            try:
                return _understood(self._answer(path, {**(question or {}), "f": "json"}))
            except (OfflineError, BusyError) as fault:
                if not left:
                    raise
                asked = fault.retry_after if isinstance(fault, BusyError) else float(TRIES - left)
                self._sleep(min(asked, PATIENCE))
        raise AssertionError("unreachable")

    def close(self) -> None:
        """Drop the connections."""
        self._session.close()

    def _answer(self, path: str, question: Mapping[str, str]) -> Answer:
        long = len(urlencode(question)) > LONGEST
        with (
            translated(),
            self._session.request(
                "POST" if long else "GET",
                self.url + path,
                params=None if long else question,
                data=question if long else None,
                timeout=TIMEOUT,
                stream=True,
                allow_redirects=False,
            ) as response,
        ):
            return Answer(response.status_code, response.headers, whole_body(response))


def strange() -> ProtocolError:
    """An answer that no ArcGIS server gives."""
    return ProtocolError(tr("This is no answer of an ArcGIS server."))


def _only_ours(request: requests.PreparedRequest) -> requests.PreparedRequest:
    """Our token and nothing else: a ~/.netrc must not speak for us."""
    return request


def _understood(answer: Answer) -> dict[str, Any]:
    said = _object(answer.body)
    if said is not None and isinstance(said.get("error"), dict):
        _refuse(said["error"], answer)
    if answer.status != 200:
        _refuse({"code": answer.status}, answer)
    if said is None:
        raise ProtocolError(tr("Something between here and the server answered in its place (a sign-in page?)."))
    return said


def _object(body: bytes) -> dict[str, Any] | None:
    try:
        said = orjson.loads(body)
    except orjson.JSONDecodeError:
        return None
    return cast("dict[str, Any]", said) if isinstance(said, dict) else None


def _refuse(error: dict[str, Any], answer: Answer) -> NoReturn:
    """Raise the error that a code means: 498 and 499 are a bad and a missing token, the others are HTTP's."""
    said_code = error.get("code")
    code = said_code if isinstance(said_code, int) else 400
    if code in {401, 403, 498, 499}:
        raise SignInError(tr("The server wants a sign-in for this: {name} may hold its token.", name=VARIABLE))
    if code in {429, 503}:
        wait = retry_after(answer.headers) if "Retry-After" in answer.headers else min(WAIT, 2.0)
        raise BusyError(tr("The server is busy and asks to wait."), wait)
    if code in {502, 504}:
        raise OfflineError(tr("The server does not answer."))
    if said := _words(error):
        raise GatewayError(tr("The server refuses this: {said}", said=said), code)
    raise GatewayError(tr("The server answered with error {status}.", status=code), code)


def _words(error: dict[str, Any]) -> str:
    """What the server says, in its words, as one line that nobody can misuse."""
    details = error.get("details")
    parts = [error.get("message"), *(details if isinstance(details, list) else [])]
    text = " ".join(str(part) for part in parts if part)
    return " ".join("".join(sign for sign in text if sign.isprintable() or sign.isspace()).split())[:MOST_SAID]
