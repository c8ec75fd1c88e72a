"""The network test: name, connection, encryption, the City's answer, its clock; each by itself, timed, in plain words.

It looks as the sync does, and stops at the first thing that fails: what comes behind it cannot be known then.
"""

from __future__ import annotations

import socket
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Protocol
from urllib.parse import urlsplit

from fieldapp.clock import Clock, moment_of
from fieldapp.errors import OfflineError, ProtocolError, SignInError, SyncError, UpgradeError
from fieldapp.texts import plural, tr

WAIT = 5.0  # seconds for a connection
APART = 120.0  # seconds between two clocks that are worth a word
_TIMES, _ANOTHER_NAME = frozenset({9, 10}), 62  # of OpenSSL: not yet valid, no longer valid; another host
NAME, CONNECTION, ENCRYPTION, ANSWER, CLOCK = "name", "connection", "encryption", "answer", "clock"


@dataclass(frozen=True)
class Step:
    """What one step found: `good`, how long it took, what that means, and what helps where it failed."""

    id: str
    name: str
    good: bool
    seconds: float
    found: str
    helps: str = ""


class _FailedError(Exception):
    """A step failed: what was found, and what helps."""


Look = Callable[[], str]


class Greeting(Protocol):
    """What any gateway says of itself."""

    @property
    def city(self) -> str:
        """What the City is called."""
        ...

    @property
    def time(self) -> str:
        """The gateway's clock, a stamp."""
        ...


class Greeter(Protocol):
    """Who is asked: a gateway as the person who is signed in, or as anybody."""

    def hello(self) -> Greeting:
        """Who answers. Raises the SyncError that kept it from answering."""
        ...


class NetworkTest:
    """The way from this laptop to a gateway. `run` may take half a minute: never in the screen's thread."""

    def __init__(
        self, url: str, connect: Callable[[], Greeter], clock: Clock, *, plugged: Callable[[], bool] = lambda: True
    ) -> None:
        """`plugged` is the practice city's switch: pulled, nothing is reached, as without a signal."""
        self._parts = urlsplit(url)
        self._secure = self._parts.scheme == "https"
        self._port = self._parts.port or (443 if self._secure else 80)
        self._connect = connect
        self._clock = clock
        self._plugged = plugged
        self._url = url
        self._time = ""
        self.last: list[Step] = []  # what the last run found, for a diagnosis

    @property
    def host(self) -> str:
        """The gateway's name, as it is looked up."""
        return self._parts.hostname or ""

    def run(self) -> Iterator[Step]:
        """One step after the other, to the first that fails."""
        steps: list[tuple[str, str, Look]] = [
            (NAME, tr("Find the City's address"), self._look_up),
            (CONNECTION, tr("Reach the City"), self._reach),
        ]
        if self._secure:
            steps.append((ENCRYPTION, tr("Encrypt the line"), self._encrypt))
        if self._proxied:
            steps = []  # everything goes through the proxy, which alone knows the way
        steps += [
            (ANSWER, tr("Talk to the City's service"), self._greet),
            (CLOCK, tr("Compare the clocks"), self._compare),
        ]
        self.last = []
        for id_, name, look in steps:
            step = _taken(id_, name, look)
            self.last.append(step)
            yield step
            if not step.good:
                return

    def _look_up(self) -> str:
        if not self._plugged():
            raise _FailedError(tr("no network at all"), _no_network())
        try:
            found = socket.getaddrinfo(self.host, self._port, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError) as fault:  # what can be no name at all is refused as a text
            told = tr("the name {host} is not known here", host=self.host)
            raise _FailedError(told, _no_network()) from fault
        address = str(found[0][4][0])
        return address if address == self.host else tr("{host} is {address}", host=self.host, address=address)

    def _reach(self) -> str:
        try:
            with socket.create_connection((self.host, self._port), WAIT):
                return tr("port {port} answers", port=self._port)
        except TimeoutError as fault:
            raise _FailedError(tr("no answer within {n} seconds", n=round(WAIT)), _walled()) from fault
        except OSError as fault:
            raise _FailedError(tr("port {port} is closed", port=self._port), _walled()) from fault

    def _encrypt(self) -> str:
        """With the certificates that the sync itself believes."""
        import ssl

        from sync.adapters.http import certificates

        believed = certificates(self._url)
        folder = believed.is_dir()
        context = ssl.create_default_context(
            cafile=None if folder else str(believed), capath=str(believed) if folder else None
        )
        try:
            with (
                socket.create_connection((self.host, self._port), WAIT) as plain,
                context.wrap_socket(plain, server_hostname=self.host) as line,
            ):
                return tr("{version}, the certificate is good", version=line.version())
        except ssl.SSLCertVerificationError as fault:
            told = tr("the certificate is not the City's: {why}", why=fault.verify_message)
            raise _FailedError(told, _of_certificate(fault.verify_code)) from fault
        except OSError as fault:
            raise _FailedError(tr("the line could not be encrypted"), _in_between()) from fault

    def _greet(self) -> str:
        try:
            hello = self._connect().hello()
        except SyncError as fault:
            raise _FailedError(str(fault), _helping(fault)) from fault
        self._time = hello.time
        through = tr(" (through a proxy)") if self._proxied else ""
        return tr("{city} answers", city=hello.city) + through

    def _compare(self) -> str:
        try:
            apart = (self._clock.now() - moment_of(self._time)).total_seconds()
        except ValueError as fault:
            raise _FailedError(tr("the City's clock cannot be read"), "") from fault
        if abs(apart) > APART:
            minutes = round(abs(apart) / 60)
            told = plural(minutes, "{n} minute apart", "{n} minutes apart")
            raise _FailedError(
                told, tr("Sync works all the same; set this computer's clock, for papers bear its time.")
            )
        return tr("the same")

    @property
    def _proxied(self) -> bool:
        from urllib.request import getproxies, proxy_bypass

        from sync.adapters.http import is_loopback  # `requests` costs 70 ms that the first screen need not wait for

        there = self._parts.scheme in getproxies() and not proxy_bypass(self.host)
        return there and not is_loopback(self._url)


def _taken(id_: str, name: str, look: Look) -> Step:
    started = time.monotonic()
    try:
        found, helps, good = look(), "", True
    except _FailedError as fault:
        found, helps = fault.args
        good = False
    return Step(id_, name, good, time.monotonic() - started, found, helps)


def _helping(fault: SyncError) -> str:
    """What a person can do about it."""
    if isinstance(fault, OfflineError):
        return _walled()
    if isinstance(fault, SignInError):
        return tr("Sign in again. Everything you do is saved meanwhile.")
    if isinstance(fault, UpgradeError):
        return tr("Ask IT for the new FieldApp. Everything you do is saved meanwhile.")
    if isinstance(fault, ProtocolError):
        return tr("Open any page in a browser: a hotel's or café's network often asks to sign in first.")
    return tr("Try again in some minutes; if it stays so, send IT a diagnosis.")


def _no_network() -> str:
    return tr("Turn Wi-Fi or mobile data on, or plug the cable in. Everything you do is saved meanwhile.")


def _walled() -> str:
    return tr("The City's service is down, or this network lets nothing through: try another network, or later.")


def _of_certificate(code: int) -> str:
    """What helps against a certificate that OpenSSL refuses for this reason."""
    if code in _TIMES:
        return tr("Look at this computer's date and time. If they are right, the City's certificate is over: tell IT.")
    if code == _ANOTHER_NAME:
        return tr("It is made out to another name: look at the address, or tell IT.")
    return _in_between()


def _in_between() -> str:
    return tr("Something in this network stands between you and the City: use another network, and tell IT.")
