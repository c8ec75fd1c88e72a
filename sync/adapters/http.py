"""Requests over HTTP: the only place where `requests`' errors and HTTP's statuses become ours."""

from __future__ import annotations

import gzip
import io
import ipaddress
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from pathlib import Path
from urllib.parse import urlsplit

import certifi
import requests
from urllib3.exceptions import LocationValueError

from fieldapp.clock import SystemClock
from fieldapp.errors import (
    BusyError,
    EpochError,
    GatewayError,
    OfflineError,
    ProtocolError,
    RefusedError,
    RevokedError,
    SignInError,
    SyncError,
    UpgradeError,
)
from fieldapp.texts import language, tr
from sync.adapters.tokens import FixedToken, TokenSource
from sync.wire import PROTOCOL, Problem, decoded

TIMEOUT = (5.0, 30.0)  # seconds to connect, and between two pieces of an answer
DEADLINE = 120.0  # seconds for one whole answer
WORTH_PACKING = 1 << 10
PACKING = 6
PIECE = 1 << 16
BLOCK = 1 << 16  # of a body that is sent
MAX_ANSWER = 64 << 20
WAIT = 30.0  # seconds, where the City asks to wait and does not say how long
LONGEST = 3600.0  # seconds: whoever says more, a proxy too, is asked again then


@dataclass(frozen=True)
class Answer:
    """A whole answer: below 300, or a status that the caller said it expects."""

    status: int
    headers: Mapping[str, str]
    body: bytes


class Http:
    """One session to one server, as one person. Not for several threads at once."""

    def __init__(self, url: str, token: str | TokenSource) -> None:
        """Talk to `url` with a bearer token, or with what a source of them gives.

        Bodies are packed, except to this very machine, where it only costs. RefusedError for an address where others
        could read along: without TLS, a token goes to this very machine alone."""
        self._url = protected(url).rstrip("/")
        self._local = is_loopback(url)
        self._session = requests.Session()
        self._tokens = FixedToken(token) if isinstance(token, str) else token
        self._session.trust_env = not self._local
        packing = "identity" if self._local else "gzip"
        self._session.headers.update({"FieldApp-Protocol": str(PROTOCOL), "Accept-Encoding": packing})

    def introduce(self, device: str) -> None:
        """Say with each request from now on which laptop it is."""
        if device:
            self._session.headers["FieldApp-Device"] = device

    def send(
        self,
        method: str,
        path: str,
        body: bytes = b"",
        *,
        headers: Mapping[str, str] | None = None,
        expect: tuple[int, ...] = (),
        packable: bool = True,
    ) -> Answer:
        """One request. Raises the SyncError that says what to do next. What is not `packable` goes as it is.

        After a 401 the very same bytes are sent once more, where the source has another token: ops keep their ids."""
        packed, more = (body, {}) if not packable else self._packed(body)
        headers = {"Accept-Language": language(), **(headers or {}), **more}
        token = self._tokens.token()
        answer = self._answer(token, method, path, packed, headers)
        if answer.status == 401 and _is_gateways(answer):
            fresh = self._tokens.after_refusal(token)
            answer = self._answer(fresh, method, path, packed, headers) if fresh != token else answer
        if answer.status < 300 or answer.status in expect:
            return answer
        raise _refusal(answer)

    def _answer(self, token: str, method: str, path: str, body: bytes, headers: Mapping[str, str]) -> Answer:
        with (
            translated(),
            self._session.request(
                method,
                self._url + path,
                data=_Flow(body) if len(body) > BLOCK else body or None,
                headers=headers,
                auth=_Bearer(token),
                timeout=TIMEOUT,
                stream=True,
                allow_redirects=False,
            ) as response,
        ):
            return Answer(response.status_code, response.headers, whole_body(response))

    def close(self) -> None:
        """Drop the connections."""
        self._session.close()

    def _packed(self, body: bytes) -> tuple[bytes, dict[str, str]]:
        if self._local or len(body) < WORTH_PACKING:
            return body, {}
        return gzip.compress(body, PACKING, mtime=0), {"Content-Encoding": "gzip"}


class _Flow(io.BytesIO):
    """A large body, that goes out in blocks. Each has the time-out for itself: a slow line is slow, it is not dead."""

    def read(self, _size: int | None = -1) -> bytes:
        """The next block, whatever is asked for."""
        return super().read(BLOCK)


class _Bearer(requests.auth.AuthBase):
    """Our token and nothing else: a ~/.netrc must not speak for us."""

    def __init__(self, token: str) -> None:
        self._token = token

    def __call__(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        request.headers["Authorization"] = f"Bearer {self._token}"
        return request


@contextmanager
def translated() -> Iterator[None]:
    """Inside, `requests'` errors become ours: no answer, or an answer that is none."""
    try:
        yield
    except requests.exceptions.SSLError as fault:
        raise ProtocolError(tr("The connection to the City is not trustworthy here (certificate).")) from fault
    except (requests.ConnectionError, requests.Timeout, requests.exceptions.ChunkedEncodingError) as fault:
        raise OfflineError(tr("The City does not answer.")) from fault
    except LocationValueError as fault:  # a name that can be none, as https://a..b: `requests` lets it through
        raise OfflineError(tr("The City does not answer.")) from fault
    except (requests.RequestException, ValueError) as fault:  # `requests` reads where a 302 leads, followed or not
        raise ProtocolError(tr("This is no answer of the City's gateway.")) from fault


def whole_body(response: requests.Response, most: int = MAX_ANSWER, within: float = DEADLINE) -> bytes:
    """The whole body, within so many seconds and a size that no honest answer has."""
    until = time.monotonic() + within
    parts, size = [], 0
    for part in response.iter_content(PIECE):
        parts.append(part)
        size += len(part)
        if time.monotonic() > until:
            raise OfflineError(tr("The City answers too slowly."))
        if size > most:
            raise ProtocolError(tr("This is no answer of the City's gateway."))
    return b"".join(parts)


def _is_gateways(answer: Answer) -> bool:
    """Whether a refusal is the gateway's own: a HEAD's has no body, but still says its kind."""
    return answer.headers.get("Content-Type", "").startswith("application/problem+json")


def _refusal(answer: Answer) -> SyncError:
    """The error that a status means. Only a gateway speaks problem+json: whoever else answers is in between."""
    if answer.status in {502, 504}:
        return OfflineError(tr("The City does not answer."))
    if answer.status in {429, 503}:
        return BusyError(tr("The City is busy and asks to wait."), retry_after(answer.headers))
    if not _is_gateways(answer):
        return ProtocolError(tr("Something between here and the City answered in its place (a sign-in page?)."))
    said = decoded(Problem, answer.body)
    detail = said.detail or said.title
    match answer.status:
        case 403 if said.order is not None:
            return RevokedError(detail, said.order)
        case 401 | 403:
            return SignInError(detail)
        case 409:
            return EpochError(detail)
        case 426:
            return UpgradeError(detail)
    return GatewayError(detail, answer.status)


def retry_after(headers: Mapping[str, str], most: float = LONGEST) -> float:
    """Seconds to wait, `most` of them at most; the header gives seconds or a date."""
    said = headers.get("Retry-After", "")
    if said.isdecimal():
        return min(float(said), most)
    try:
        until = parsedate_to_datetime(said)
        return min(max(1.0, (until - SystemClock().now()).total_seconds()), most)
    except (ValueError, TypeError):  # no date, or one without an offset
        return WAIT


def protected(url: str) -> str:
    """`url`, where what is said cannot be overheard: over TLS, or on this very machine. RefusedError otherwise."""
    try:
        parts = urlsplit(url)
    except ValueError as fault:  # as http://[
        raise RefusedError(
            tr("This is no address. It looks like https://gateway.city.example, or https://gateway.city.example:8443.")
        ) from fault
    if parts.scheme == "https" or (parts.scheme == "http" and is_loopback(url)):
        return url
    where = f"{parts.scheme}://{parts.hostname}"
    raise RefusedError(tr("The City's address {url} is not protected: it must begin with https.", url=where))


def certificates(url: str) -> Path:
    """File or folder of the authorities that requests to `url` believe: REQUESTS_CA_BUNDLE may name a city's own."""
    with requests.Session() as session:
        session.trust_env = not is_loopback(url)
        named = session.merge_environment_settings(url, {}, None, None, None)["verify"]
    return Path(named if isinstance(named, str) else certifi.where())


def is_loopback(url: str) -> bool:
    """Whether the address is this very machine."""
    try:
        host = urlsplit(url).hostname or ""
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
