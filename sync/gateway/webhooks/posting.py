"""One POST to an address that somebody typed in, from inside the City's network: it may lead nowhere but where it says.

The name is looked up once, the connection goes to the very address that was checked, no redirect is followed, no proxy
asked, and of the answer nothing is read but its status, and how long it asks to wait. One deadline is for all of it: a
receiver that trickles holds up nobody.
"""

from __future__ import annotations

import ipaddress
import socket
import ssl
import time
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import SplitResult, urlsplit

import h11

from fieldapp.errors import RefusedError
from fieldapp.texts import tr
from sync.adapters.http import retry_after

LONGEST = 86_400.0  # s: who asks to be left alone for longer is asked again after a day
DEADLINE = 15.0  # s, from the first byte to the status
LARGEST_HEAD = 1 << 14
UNKNOWN, PRIVATE, CLOSED, LATE, UNTRUSTED, GARBLED = "unknown", "private", "closed", "late", "untrusted", "garbled"
WAITS = b"retry-after"
NAT64 = ipaddress.ip_network("64:ff9b::/96")
Address = ipaddress.IPv4Address | ipaddress.IPv6Address


@dataclass(frozen=True)
class Reply:
    """What came of it: the status of the answer, or a word of this module for why there is none. `wait` are the seconds
    that the receiver wants to be left alone (Retry-After), 0 where it asks for nothing."""

    status: str
    wait: float = 0.0

    @property
    def taken(self) -> bool:
        """Whether the receiver has it."""
        return self.status.isdecimal() and self.status.startswith("2")


def check(url: str, *, private: bool) -> None:
    """RefusedError, with what to do, for an address that is not to be told anything."""
    try:
        parts = urlsplit(url)
        sound = bool(parts.hostname) and parts.port != 0 and parts.username is None and not parts.fragment
    except ValueError:
        sound = False
    if not sound or not url.isascii() or not url.isprintable() or " " in url:
        raise RefusedError(tr("“{url}” is no address: write it as in https://host.example/path.", url=url))
    if parts.scheme != "https" and not (private and parts.scheme == "http"):
        raise RefusedError(tr("Only an https address is told anything (http with --allow-private, inside the City)."))
    try:
        found = _looked_up(parts)
    except (OSError, UnicodeError) as fault:  # a name with empty or endless parts is the latter
        raise RefusedError(tr("The name {host} is not known here: {why}", host=parts.hostname, why=fault)) from fault
    if not private and not any(map(is_public, found)):
        words = tr("{host} is in a network that is not public. If that is meant: --allow-private.", host=parts.hostname)
        raise RefusedError(words)


def post(url: str, headers: Mapping[str, str], body: bytes, *, private: bool, deadline: float = DEADLINE) -> Reply:
    """Send it; what came of it."""
    until = time.monotonic() + deadline
    parts = urlsplit(url)
    try:
        allowed = [one for one in _looked_up(parts) if private or is_public(one)]
    except (OSError, UnicodeError):
        return Reply(UNKNOWN)
    if not allowed:
        return Reply(PRIVATE)
    try:
        with _connected(parts, allowed, until) as line:
            client = h11.Connection(h11.CLIENT, max_incomplete_event_size=LARGEST_HEAD)
            line.settimeout(_left(until))
            line.sendall(_asked(client, parts, headers, body))
            return _reply(client, line, until)
    except TimeoutError:
        return Reply(LATE)
    except ssl.SSLError:
        return Reply(UNTRUSTED)
    except OSError:
        return Reply(CLOSED)
    except h11.RemoteProtocolError:
        return Reply(GARBLED)


def is_public(address: Address) -> bool:
    """Whether it is on the open internet, also where it is an IPv4 address in IPv6's clothes."""
    if isinstance(address, ipaddress.IPv6Address):
        if address in NAT64:
            return is_public(ipaddress.IPv4Address(int(address) & 0xFFFFFFFF))
        inner = address.ipv4_mapped or address.sixtofour
        if inner is not None:
            return is_public(inner)
    return address.is_global and not address.is_multicast


def _looked_up(parts: SplitResult) -> list[Address]:
    found = socket.getaddrinfo(parts.hostname, _port(parts), type=socket.SOCK_STREAM)
    return [ipaddress.ip_address(str(one[4][0]).partition("%")[0]) for one in found]


def _port(parts: SplitResult) -> int:
    return parts.port or (443 if parts.scheme == "https" else 80)


def _connected(parts: SplitResult, addresses: list[Address], until: float) -> socket.socket:
    """A line to the first of them that takes it."""
    fault: OSError = OSError("no address")
    for address in addresses:
        try:
            line = socket.create_connection((str(address), _port(parts)), _left(until))
        except OSError as why:
            fault = why
            continue
        return _encrypted(line, parts, until) if parts.scheme == "https" else line
    raise fault


def _encrypted(line: socket.socket, parts: SplitResult, until: float) -> socket.socket:
    """Under the certificates that this machine trusts: a city may have its own for what is inside."""
    try:
        line.settimeout(_left(until))
        return ssl.create_default_context().wrap_socket(line, server_hostname=parts.hostname)
    except OSError:
        line.close()
        raise


def _asked(client: h11.Connection, parts: SplitResult, headers: Mapping[str, str], body: bytes) -> bytes:
    """The request as it goes over the line."""
    own = {"Host": parts.netloc, "Content-Length": str(len(body)), "Content-Type": "application/json"}
    told = {**own, "User-Agent": "FieldApp", "Connection": "close", **headers}
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    head = h11.Request(method="POST", target=target, headers=list(told.items()))
    return b"".join(client.send(part) or b"" for part in (head, h11.Data(body), h11.EndOfMessage()))


def _reply(client: h11.Connection, line: socket.socket, until: float) -> Reply:
    while True:
        event = client.next_event()
        if isinstance(event, h11.Response):
            asked = next((value.decode("ascii", "replace") for name, value in event.headers if name == WAITS), "")
            return Reply(str(event.status_code), retry_after({"Retry-After": asked}, LONGEST) if asked else 0.0)
        if event is h11.NEED_DATA:
            line.settimeout(_left(until))
            client.receive_data(line.recv(4096))
        elif not isinstance(event, h11.InformationalResponse):
            return Reply(GARBLED)


def _left(until: float) -> float:
    """Seconds to the deadline; TimeoutError after it."""
    left = until - time.monotonic()
    if left <= 0:
        raise TimeoutError
    return left
