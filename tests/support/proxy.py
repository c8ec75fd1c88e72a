"""A bad line over real sockets: a proxy before the gateway that does to each request what the weather says.

It knows just enough of HTTP to tell one message from the next. Every request is served on a line of its own to the
gateway, so whatever happens to one leaves no trace in another. The same seed gives the same weather.
"""

from __future__ import annotations

import random
import socket
import socketserver
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from io import BufferedIOBase
from urllib.parse import urlsplit

from tests.support.gateway import City

ASK_WAIT = 60.0  # s for the gateway's answer
BODILESS = (b" 204 ", b" 304 ")


class HungUpError(Exception):
    """The line to the laptop is cut here."""


@dataclass
class Exchange:
    """One request on its way: what it is, and what can be done with it."""

    name: str  # "POST /v1/push"
    request: bytes
    gateway: tuple[str, int]
    give: Callable[[bytes], object]  # lets the laptop have these bytes
    pause: Callable[[float], object]  # s

    def ask(self, part: int | None = None) -> bytes:
        """Let the gateway have the request, or only its first bytes; the whole answer, b"" where there is none."""
        with socket.create_connection(self.gateway, ASK_WAIT) as line, line.makefile("rb") as back:
            line.sendall(self.request[:part])
            if part is not None and part < len(self.request):
                return b""
            return message(back, headless=self.name.startswith("HEAD"))


Fate = Callable[[Exchange], None]  # ends the line with HungUpError
Weather = Callable[[int, str], Fate]  # by the number of the request, from 1, and its name


def passes(exchange: Exchange) -> None:
    """Nothing happens to it."""
    exchange.give(exchange.ask())


def clear(_number: int, _name: str) -> Fate:
    """The weather in which nothing happens."""
    return passes


@dataclass
class Proxy:
    """Where laptops find the gateway. `weather` may be changed at any time; `seen` has the name of each request."""

    gateway: str
    weather: Weather = clear
    seen: list[str] = field(default_factory=list)
    sent: list[tuple[str, bytes]] = field(default_factory=list)  # each whole request, where `keeps`
    keeps: bool = False
    url: str = ""
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _ending: threading.Event = field(default_factory=threading.Event)

    def fate(self, name: str, request: bytes) -> Fate:
        """What becomes of the next request."""
        with self._lock:
            self.seen.append(name)
            if self.keeps:
                self.sent.append((name, request))
            return self.weather(len(self.seen), name)

    def serve(self, source: BufferedIOBase, give: Callable[[bytes], object]) -> None:
        """One line to a laptop, request after request, until somebody hangs up."""
        address = urlsplit(self.gateway)
        there = str(address.hostname), int(address.port or 80)
        while request := message(source):
            method, path, *_ = request.split(b" ", 2)
            name = f"{method.decode()} {path.decode().partition('?')[0]}"
            self.fate(name, request)(Exchange(name, request, there, give, self._ending.wait))


@contextmanager
def proxy(gateway: str, weather: Weather = clear, *, keeps: bool = False) -> Iterator[Proxy]:
    """A proxy before `gateway`, on a port of its own."""
    made = Proxy(gateway, weather, keeps=keeps)

    class Line(socketserver.StreamRequestHandler):
        disable_nagle_algorithm = True

        def handle(self) -> None:
            with suppress(HungUpError, OSError, ValueError):
                made.serve(self.rfile, self.connection.sendall)

        def finish(self) -> None:
            with suppress(OSError, ValueError):  # the laptop may be gone
                super().finish()

    class Server(socketserver.ThreadingTCPServer):
        daemon_threads = True
        request_queue_size = 512

    with Server(("127.0.0.1", 0), Line) as server:
        made.url = f"http://127.0.0.1:{server.server_address[1]}"
        thread = threading.Thread(target=server.serve_forever, args=(0.01,), name="proxy", daemon=True)
        thread.start()
        try:
            yield made
        finally:
            made._ending.set()
            server.shutdown()
            thread.join()


@contextmanager
def bad_line(city: City, weather: Weather = clear, *, keeps: bool = False) -> Iterator[Proxy]:
    """The line that laptops made inside have to the city's gateway."""
    assert city.server is not None
    with proxy(city.server.url, weather, keeps=keeps) as line:
        city.line = line.url
        yield line
        line.weather = clear


def message(source: BufferedIOBase, *, headless: bool = False) -> bytes:
    """The next whole HTTP message as it came; b"" where the line ended. `headless`: the answer to a HEAD."""
    parts = [source.readline()]
    while parts[-1] not in (b"\r\n", b""):
        parts.append(source.readline())
    if parts[-1] == b"":
        return b""
    head = b"".join(parts)
    about = {name.lower(): value.strip() for name, _, value in (line.partition(b":") for line in parts[1:-1])}
    if headless or any(code in parts[0] for code in BODILESS):
        return head
    if about.get(b"transfer-encoding") == b"chunked":
        return head + b"".join(_chunks(source))
    return head + source.read(int(about.get(b"content-length", b"0")))


def _chunks(source: BufferedIOBase) -> Iterator[bytes]:
    size = 1
    while size:
        line = source.readline()
        size = int(line, 16)
        yield line + source.read(size + 2)


def chances(seed: int, fates: list[tuple[float, Fate]]) -> Weather:
    """Each fate with its chance, the rest passes; the same for a seed, whoever asks in whatever order."""

    def weather(number: int, _name: str) -> Fate:
        drawn = random.Random(f"{seed} {number}").random()
        for chance, fate in fates:
            if drawn < chance:
                return fate
            drawn -= chance
        return passes

    return weather
