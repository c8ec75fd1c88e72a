"""A receiver on the network that says what it is told: NMEA sentences over TCP, whole or damaged, and goes away."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import reduce


def sentence(body: str) -> bytes:
    """A sentence with its checksum."""
    total = reduce(lambda left, right: left ^ right, body.encode(), 0)
    return f"${body}*{total:02X}\r\n".encode()


def gga(lat: float, lon: float, *, quality: int = 1, hdop: float = 0.9) -> bytes:
    """A position in the northern and western half of the world."""
    north, west = (f"{int(abs(one)):0{wide}d}{abs(one) % 1 * 60:07.4f}" for one, wide in ((lat, 2), (lon, 3)))
    if not quality:
        return sentence("GPGGA,140000,,,,,0,00,,,M,,M,,")
    return sentence(f"GPGGA,140000,{north},N,{west},W,{quality},08,{hdop},90.0,M,-35.0,M,,")


class FakeReceiver:
    """Repeats `lines` to whoever connects, until it is switched off; each change is heard at once."""

    def __init__(self, lines: Sequence[bytes]) -> None:
        self.lines = list(lines)
        self.heard: list[bytes] = []
        self._off = threading.Event()
        self._server = socket.create_server(("127.0.0.1", 0))
        self._server.settimeout(0.05)
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()

    @property
    def address(self) -> str:
        """Where it is listened to."""
        return f"tcp://127.0.0.1:{self._server.getsockname()[1]}"

    def switch_off(self) -> None:
        """It is unplugged."""
        self._off.set()
        self._thread.join(5)
        self._server.close()

    def _serve(self) -> None:
        while not self._off.is_set():
            try:
                line, _from = self._server.accept()
            except TimeoutError:
                continue
            with line, suppress(OSError):
                self._talk(line)

    def _talk(self, line: socket.socket) -> None:
        line.settimeout(0.02)
        while not self._off.is_set():
            line.sendall(b"".join(self.lines))
            with suppress(TimeoutError):
                self.heard.append(line.recv(1000))


@contextmanager
def receiver(*lines: bytes) -> Iterator[FakeReceiver]:
    """A receiver that is on."""
    made = FakeReceiver(lines)
    try:
        yield made
    finally:
        made.switch_off()
