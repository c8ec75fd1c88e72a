"""What one process of the gateway bears, and who may come in how often. Each worker process counts for itself: four of
them together bear four times as much. A person who works never meets a limit; a program that runs wild does."""

from __future__ import annotations

import hashlib
import ipaddress
import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from math import ceil

from fieldapp.errors import GatewayError, SignInError
from fieldapp.texts import tr
from sync.gateway.http import TooManyError
from sync.gateway.person import PersonApi
from sync.gateway.service import GatewayService

NOT_FOUND = 404
REMEMBERED = 20_000  # persons, addresses and tokens; whoever was not seen for longest is forgotten


@dataclass(frozen=True)
class Limits:
    """The defaults let 200 laptops behind one address come back at once, each with a day's work and its photos."""

    burst: int = 6_000  # requests that one person may send without a pause
    rate: float = 100.0  # and how many more each second
    failures: int = 1_000  # sign-ins of one address that may be refused without a pause
    failure_rate: float = 10.0
    under_way: int = 512  # requests at a time
    memory: int = 512 << 20  # bytes of bodies at a time, unpacked
    patience: float = 20.0  # seconds that a request waits for memory
    piece: float = 30.0  # seconds for the next piece of a body, and for a piece of an answer to be taken
    body: float = 300.0  # seconds for a whole body


class Buckets:
    """Token buckets by name: each holds `burst` at most and gains `rate` a second. Any thread may ask."""

    def __init__(self, burst: int, rate: float, ticks: Callable[[], float] = time.monotonic) -> None:
        self._burst = burst
        self._rate = rate
        self._ticks = ticks
        self._lock = threading.Lock()
        self._levels: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def wait(self, name: str) -> float:
        """Seconds until there is a token; 0.0 when there is one now. None is taken."""
        with self._lock:
            return max(0.0, (1.0 - self._level(name)) / self._rate)

    def take(self, name: str) -> float:
        """Take a token; where there is none, the seconds until there is."""
        with self._lock:
            level = self._level(name)
            left = level - 1.0 if level >= 1.0 else level
            self._levels[name] = left, self._ticks()
            self._levels.move_to_end(name)
            if len(self._levels) > REMEMBERED:
                self._levels.popitem(last=False)
            return 0.0 if level >= 1.0 else (1.0 - level) / self._rate

    def _level(self, name: str) -> float:
        level, at = self._levels.get(name, (float(self._burst), self._ticks()))
        return min(float(self._burst), level + (self._ticks() - at) * self._rate)


class Gate:
    """Lets in who has a token, in measure. Any thread may ask."""

    def __init__(self, service: GatewayService, limits: Limits, ticks: Callable[[], float] = time.monotonic) -> None:
        """`ticks` counts seconds."""
        self._service = service
        self._requests = Buckets(limits.burst, limits.rate, ticks)
        self._failures = Buckets(limits.failures, limits.failure_rate, ticks)
        self._lock = threading.Lock()
        self._good: OrderedDict[bytes, None] = OrderedDict()

    def let_in(self, token: str, address: str, device: str = "") -> PersonApi:
        """The gateway as the bearer of `token` sees it. SignInError for a token that opens nothing; TooManyError when
        the person has asked too often, or the address has failed too often: then only tokens that were good before are
        looked at, so that guessing costs the gateway nothing and hinders nobody who is at work."""
        name = _network(address)
        digest = hashlib.sha256(token.encode(errors="replace")).digest()
        if not self._known(digest) and (wait := self._failures.wait(name)):
            raise _too_many(wait)
        try:
            person = self._service.signed_in(token)
        except SignInError:
            self._failures.take(name)
            self._note(digest, good=False)
            raise
        self._note(digest, good=True)
        if wait := self._requests.take(person.id):
            raise _too_many(wait)
        return self._service.as_(person, device)

    def calendar_of(self, secret: str, address: str) -> str:
        """Whose calendar is read at a secret address. GatewayError (404) for nobody's; TooManyError as for tokens."""
        name, digest = _network(address), hashlib.sha256(secret.encode(errors="replace")).digest()
        if not self._known(digest) and (wait := self._failures.wait(name)):
            raise _too_many(wait)
        person = self._service.feeds.whose(secret)
        self._note(digest, good=bool(person))
        if not person:
            self._failures.take(name)
            raise GatewayError(tr("There is no calendar at this address, or not any more."), NOT_FOUND)
        if wait := self._requests.take(person):
            raise _too_many(wait)
        return person

    def _known(self, digest: bytes) -> bool:
        with self._lock:
            return digest in self._good

    def _note(self, digest: bytes, *, good: bool) -> None:
        with self._lock:
            self._good.pop(digest, None)
            if good:
                self._good[digest] = None
            if len(self._good) > REMEMBERED:
                self._good.popitem(last=False)


def _network(address: str) -> str:
    """Whose address it is: one of IPv4, or the /64 of IPv6, of which everybody has as many as there are stars."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return address
    return str(found) if found.version == 4 else str(ipaddress.ip_network((found, 64), strict=False))


def _too_many(wait: float) -> TooManyError:
    return TooManyError(tr("Too many requests; please wait."), ceil(wait))
