"""An Open311 server (GeoReport v2), asked as a client. The key goes in the body of a form, or nowhere: never into an
address, a log or a message; redirects are not followed.

Every failure is one of ours, and tells what is known of a request that was posted:

* `UnreachedError`: it never came there.
* `DeniedError`: the server said no. `SignInError`: the key is not good (403). `CrowdedError`: not now (429).
* All other SyncErrors leave open whether it was made there.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import quote

import requests
from urllib3.exceptions import NewConnectionError

from fieldapp.clock import CITY_ZONE
from fieldapp.errors import BusyError, GatewayError, OfflineError, ProtocolError, SignInError, SyncError
from fieldapp.texts import tr
from sync.adapters import georeport
from sync.adapters.georeport import Fault, Given, Item
from sync.adapters.http import TIMEOUT, Answer, is_loopback, protected, retry_after, translated, whole_body

JSON, XML = "json", "xml"
Parts = Sequence[tuple[str, str]]
Pictures = Sequence[tuple[str, bytes, str]]  # name, content, MIME type
DUPLICATE = "duplicate"
HIDDEN = "•••"
PAGES = 40


class UnreachedError(OfflineError):
    """There was no connection at all: nothing was sent."""


class CrowdedError(BusyError):
    """The server takes no more requests now (429): it did not take this one."""


class DeniedError(GatewayError):
    """The server refuses a request, in its words. `duplicate`: it says that it has the same one already."""

    def __init__(self, message: str, status: int, *, duplicate: bool = False) -> None:
        super().__init__(message, status)
        self.duplicate = duplicate


class MissingError(DeniedError):
    """What is asked for is not there (404): a service, a request, a token."""


@dataclass(frozen=True)
class Endpoint:
    """Where a server is asked, and how. `key` is the City's own there; `format` the spelling of its answers."""

    url: str
    key: str = ""
    jurisdiction: str = ""
    format: str = XML


class Open311Client:
    """One session to one server. Not for several threads at once."""

    def __init__(self, endpoint: Endpoint) -> None:
        """RefusedError for an address where others could read along."""
        self._endpoint = endpoint
        self._base = protected(endpoint.url).rstrip("/") + "/"  # clients put the rest right behind it
        self._session = requests.Session()
        self._session.trust_env = not is_loopback(endpoint.url)
        self._session.auth = _only_ours
        self._session.headers["User-Agent"] = "FieldApp"

    def post(self, parts: Parts, pictures: Pictures = (), name: str = "") -> Given:
        """Post a request; `name` is the same for the same request, for servers that know it again by that."""
        return georeport.given(self._posted("requests", parts, pictures, name))

    def post_update(self, parts: Parts) -> Given:
        """Post an update of a request (mySociety's extension)."""
        return georeport.given(self._posted("servicerequestupdates", parts), "updates")

    def token(self, token: str) -> str:
        """The id that a token has become; "" where it has not yet."""
        try:
            return georeport.given(self._asked(f"tokens/{quote(token, safe='')}")).id
        except MissingError:
            return ""

    def requests(self, **asked: str) -> list[Item]:
        """The requests that are asked for: `service_request_id`, `service_code`, `start_date`, `end_date`, `status`."""
        found = georeport.items(self._asked("requests", asked), "requests")
        if not all(georeport.text(one.get("service_request_id")) or "token" in one for one in found):
            raise georeport.strange()  # no list of requests: what is not in it may well be there
        return found

    def listed(self, **asked: str) -> tuple[list[Item], bool]:
        """All pages of them, and whether it is all: a server may show fewer at a time than it has, and says nothing."""
        seen: dict[str, Item] = {}
        for page in range(1, PAGES + 1):
            found = self.requests(**asked, **({"page": str(page)} if page > 1 else {}))
            fresh = {str(sorted(one.items(), key=str)): one for one in found}
            if fresh.keys() <= seen.keys():
                return list(seen.values()), True
            seen |= fresh
        return list(seen.values()), False

    def request(self, id_: str) -> Item | None:
        """One request; None where there is none of this id (yet)."""
        try:
            found = georeport.items(self._asked(f"requests/{quote(id_, safe='')}"), "requests")
        except MissingError:
            return None
        return found[0] if found else None

    def updates(self, first: datetime, last: datetime) -> list[Item]:
        """The updates that were published between two moments (mySociety's extension)."""
        span = {"start_date": w3c(first), "end_date": w3c(last)}
        return georeport.items(self._asked("servicerequestupdates", span), "updates")

    def services(self) -> list[Item]:
        """All services that may be asked for."""
        return georeport.items(self._asked("services"), "services")

    def attributes(self, code: str) -> list[Item]:
        """What a service asks; nothing where it asks nothing."""
        try:
            said = self._asked(f"services/{quote(code, safe='')}")
        except MissingError:
            return []
        return georeport.definition(said)

    def close(self) -> None:
        """Drop the connections."""
        self._session.close()

    def _asked(self, path: str, question: Mapping[str, str] | None = None) -> bytes:
        own = {"jurisdiction_id": self._endpoint.jurisdiction} if self._endpoint.jurisdiction else {}
        answer = self._answer("GET", path, question={**own, **(question or {})})
        if answer.status == 404:
            raise MissingError(tr("The server does not have this."), 404)
        return self._understood(answer)

    def _posted(self, path: str, parts: Parts, pictures: Pictures = (), name: str = "") -> bytes:
        own = [("api_key", self._endpoint.key), ("jurisdiction_id", self._endpoint.jurisdiction)]
        told = [*((key, value) for key, value in own if value), *parts]
        return self._understood(self._answer("POST", path, told=told, pictures=pictures, name=name))

    def _answer(
        self,
        method: str,
        path: str,
        *,
        question: Mapping[str, str] | None = None,
        told: Parts = (),
        pictures: Pictures = (),
        name: str = "",
    ) -> Answer:
        files = [("media", picture) for picture in pictures]
        with (
            _reached(),
            translated(),
            self._session.request(
                method,
                f"{self._base}{path}.{self._endpoint.format}",
                params=question,
                data=list(told) or None,
                files=files or None,
                headers={"Idempotency-Key": name} if name else None,
                timeout=TIMEOUT,
                stream=True,
                allow_redirects=False,
            ) as response,
        ):
            return Answer(response.status_code, response.headers, whole_body(response))

    def _understood(self, answer: Answer) -> bytes:
        """The body of an answer that is no error, also by its body."""
        failed = answer.status >= 300
        found = georeport.faults(answer.body, failed=failed)
        if not failed and not found:
            return answer.body
        code = answer.status if failed else max(one.code for one in found)
        raise self._refusal(answer, code, found)

    def _refusal(self, answer: Answer, code: int, found: Sequence[Fault]) -> SyncError:
        """What an answer means: an error only where the server says one in GeoReport's words."""
        said = tr("The server answered with error {status}.", status=code)
        if code == 429:
            return CrowdedError(tr("The server is busy and asks to wait."), retry_after(answer.headers))
        if code == 503:
            return BusyError(tr("The server is busy and asks to wait."), retry_after(answer.headers))
        if code >= 500:
            return OfflineError(said)
        if not found:
            return georeport.strange()
        words = "; ".join(one.words for one in found if one.words)
        words = words.replace(self._endpoint.key, HIDDEN) if self._endpoint.key else words
        if code in {401, 403}:
            return SignInError(words or tr("The server does not know this api_key."))
        kind = MissingError if code == 404 else DeniedError
        return kind(words or said, code, duplicate=DUPLICATE in words.casefold())


@contextmanager
def _reached() -> Iterator[None]:
    """Inside, a server that was never reached is told apart from one whose answer was lost."""
    try:
        yield
    except OfflineError as fault:
        why = fault.__cause__
        reason = getattr(why.args[0], "reason", None) if why is not None and why.args else None
        if isinstance(why, requests.ConnectTimeout) or isinstance(reason, NewConnectionError):
            raise UnreachedError(str(fault)) from fault
        raise
    except ProtocolError as fault:
        if "CERTIFICATE_VERIFY_FAILED" in str(fault.__cause__):
            raise UnreachedError(str(fault)) from fault
        raise


def w3c(moment: datetime) -> str:
    """A moment as GeoReport has it: with its offset."""
    return moment.astimezone(CITY_ZONE).isoformat(timespec="seconds")


def _only_ours(request: requests.PreparedRequest) -> requests.PreparedRequest:
    """Nobody's sign-in: a ~/.netrc must not speak for us."""
    return request
