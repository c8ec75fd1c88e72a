"""The line to one OpenRosa server: requests with the standard's headers, signed, and every failure one of ours."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC
from email.utils import format_datetime
from urllib.parse import urljoin, urlsplit, urlunsplit

import requests

from fieldapp.clock import Clock, SystemClock
from fieldapp.errors import BusyError, GatewayError, OfflineError, ProtocolError, SignInError, SyncError
from fieldapp.texts import language, tr
from sync.adapters.http import TIMEOUT, Answer, is_loopback, retry_after, translated, whole_body
from sync.openrosa.messages import read_word
from sync.openrosa.multipart import Multipart
from sync.openrosa.sign_in import Signature, SignIn, same_host

VERSION = "X-OpenRosa-Version"
MOVED = frozenset({301, 302, 303, 307, 308})
HOPS = 3  # redirects that a HEAD may follow


class Line:
    """One session to one server, as one person. Not for several threads at once."""

    def __init__(self, server: str, sign_in: SignIn | None = None, clock: Clock | None = None) -> None:
        """Talk to `server` (its address as service.toml has it). SignInError when the sign-in would be sent openly."""
        sign_in = sign_in or SignIn()
        self.address = sign_in.address(server)
        self._clock = clock or SystemClock()
        self._session = requests.Session()
        self._session.auth = self._signature = Signature(sign_in, server)
        self._session.trust_env = not is_loopback(server)

    def get(self, url: str, *, most: int) -> bytes:
        """What is at `url`, at most `most` bytes of it. Raises the SyncError that says what to do next."""
        with self.reading(url) as response:
            body = whole_body(response)
        if len(body) > most:
            raise ProtocolError(tr("This is no answer of an OpenRosa server."))
        return body

    @contextmanager
    def reading(self, url: str, headers: Mapping[str, str] | None = None) -> Iterator[requests.Response]:
        """The answer to a GET, to be read piece by piece: 200, or 206 and 416 where a range was asked for."""
        url = self._own(url)
        with translated(), self._signed("GET", url, headers=headers) as response:
            ranged = "Range" in (headers or {})
            if response.status_code != 200 and not (ranged and response.status_code in {206, 416}):
                raise refusal(_answer(response))
            yield response

    def head(self, url: str) -> tuple[str, Answer]:
        """Ask before sending: where to send to (a server may move us to https, or within itself), and its headers."""
        for _ in range(HOPS):
            with translated(), self._signed("HEAD", url) as response:
                answer = _answer(response)
            if answer.status not in MOVED:
                if answer.status != 204:
                    raise refusal(answer)
                return url, answer
            url = self._moved(url, answer.headers.get("Location", ""))
        raise ProtocolError(tr("This is no answer of an OpenRosa server."))

    def post(self, url: str, body: Multipart) -> Answer:
        """Send a body; its answer, whatever it is: the caller judges it."""
        with translated(), self._signed("POST", url, body, {"Content-Type": body.content_type}) as response:
            return _answer(response)

    def close(self) -> None:
        """Drop the connections."""
        self._session.close()

    @contextmanager
    def _signed(
        self, method: str, url: str, body: Multipart | None = None, headers: Mapping[str, str] | None = None
    ) -> Iterator[requests.Response]:
        """One request; after a challenge that can be met, once more with the sign-in."""
        response = self._send(method, url, body, headers)
        if response.status_code == 401 and self._signature.answer(response.headers):
            response.close()
            response = self._send(method, url, body, headers)
        with response:
            yield response

    def _send(
        self, method: str, url: str, body: Multipart | None, headers: Mapping[str, str] | None
    ) -> requests.Response:
        standard = {
            VERSION: "1.0",
            "Date": format_datetime(self._clock.now().astimezone(UTC), usegmt=True),
            "Accept-Language": language(),
            "User-Agent": "FieldApp",
        }
        return self._session.request(
            method,
            url,
            data=body,
            headers={**standard, **(headers or {})},
            timeout=TIMEOUT,
            stream=True,
            allow_redirects=False,
        )

    def _own(self, url: str) -> str:
        """An address that the server named. Behind a proxy a server may not know that it is reached by https."""
        try:
            url = urljoin(self.address + "/", url)
            parts, own = urlsplit(url), urlsplit(self.address)
        except ValueError as fault:  # as http://[
            raise ProtocolError(tr("This is no answer of an OpenRosa server.")) from fault
        if parts.scheme not in {"http", "https"} or not parts.hostname:
            raise ProtocolError(tr("This is no answer of an OpenRosa server."))
        if parts.netloc == own.netloc:
            return urlunsplit(parts._replace(scheme=own.scheme))
        return url

    def _moved(self, url: str, to: str) -> str:
        try:
            new = urljoin(url, to)
            own = bool(to) and same_host(new, url)
        except ValueError:  # as http://[
            new, own = to, False
        if not own:
            raise ProtocolError(tr("This server sends us to another one, {url}; that is not followed.", url=new))
        return new


def refusal(answer: Answer) -> SyncError:
    """The error that a status means for a whole conversation: come back later, sign in, or this is no such server."""
    if answer.status in {502, 504}:
        return OfflineError(tr("The server does not answer."))
    if answer.status in {429, 503}:
        return BusyError(tr("The server is busy and asks to wait."), retry_after(answer.headers))
    said = words_of(answer)
    if answer.status in {401, 403}:
        return SignInError(said or tr("The server does not know this sign-in, or it may not do this."))
    if speaks(answer) and answer.status >= 400:
        return GatewayError(said or tr("The server answered with error {status}.", status=answer.status), answer.status)
    return ProtocolError(tr("Something between here and the server answered in its place (a sign-in page?)."))


def speaks(answer: Answer) -> bool:
    """Whether an answer is an OpenRosa server's own, not a proxy's or a sign-in page's."""
    return VERSION in answer.headers or read_word(answer.body) is not None


def words_of(answer: Answer) -> str:
    """What the server says, in its words."""
    word = read_word(answer.body)
    return word.message if word else ""


def _answer(response: requests.Response) -> Answer:
    return Answer(response.status_code, response.headers, whole_body(response))
