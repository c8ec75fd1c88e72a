"""Where sentences come from, by an address: `tcp://host:port`, `gpsd://host`, `serial:///dev/ttyUSB0?baud=4800`,
`serial:COM3`. A serial line needs pyserial, which comes with `fieldapp[serial]`."""

from __future__ import annotations

import importlib
import re
import socket
from collections.abc import Callable, Iterator
from contextlib import closing
from urllib.parse import parse_qs, urlsplit

from fieldapp.errors import FieldAppError
from fieldapp.texts import tr

GPSD = 2947
WATCH = b'?WATCH={"enable":true,"nmea":true};\n'  # gpsd, asked to pass on what the receiver says
BAUD = 4800  # of NMEA 0183
WAIT = 5.0  # s without a word, after which the receiver is taken for gone
PIECE = 4096
MOST = 64 * 1024  # bytes without the end of a line: no receiver

PORT = re.compile(r"COM\d{1,3}|/dev/[\w./-]+", re.IGNORECASE)
Source = Callable[[], Iterator[bytes]]  # opens, and gives line after line; OSError or ValueError when it is gone


class AddressError(FieldAppError):
    """What was typed is no address of a receiver."""


def source_of(address: str) -> Source:
    """How the receiver at `address` is listened to; a serial line may go by its name alone, as COM3 or /dev/ttyUSB0.
    AddressError for what is none, or cannot be had here."""
    address = address.strip()
    parts = urlsplit(f"serial:{address}" if PORT.fullmatch(address) else address)
    try:
        host, port = parts.hostname or "", parts.port
    except ValueError:
        host, port = "", None
    if parts.scheme == "tcp" and host and port:
        return lambda: _over_tcp(host, port, b"")
    if parts.scheme == "gpsd" and host:
        return lambda: _over_tcp(host, port or GPSD, WATCH)
    if parts.scheme == "serial" and parts.path.strip("/"):
        return _serial(parts.path, parts.query)
    example = "COM3, /dev/ttyUSB0, tcp://127.0.0.1:10110, gpsd://127.0.0.1"
    raise AddressError(tr("“{text}” is no address of a receiver. Examples: {examples}", text=address, examples=example))


def _over_tcp(host: str, port: int, greeting: bytes) -> Iterator[bytes]:
    with socket.create_connection((host, port), timeout=WAIT) as line:
        if greeting:
            line.sendall(greeting)
        yield from _split(lambda: line.recv(PIECE))


def _serial(path: str, query: str) -> Source:
    try:
        serial = importlib.import_module("serial")
    except ImportError as missing:
        words = tr("This FieldApp has no serial line. Connect the receiver over the network (tcp://…, gpsd://…).")
        raise AddressError(words) from missing
    text = parse_qs(query).get("baud", [str(BAUD)])[0]
    baud = int(text) if text.isdecimal() else BAUD

    def lines() -> Iterator[bytes]:
        with closing(serial.Serial(path, baud, timeout=WAIT)) as port:  # its errors are OSErrors
            yield from _split(lambda: bytes(port.read(max(1, min(PIECE, port.in_waiting)))))

    return lines


def _split(read: Callable[[], bytes]) -> Iterator[bytes]:
    """Lines out of pieces; it ends when nothing comes any more."""
    held = b""
    while piece := read():
        *lines, held = (held + piece).split(b"\n")
        yield from lines
        if len(held) > MOST:
            return
