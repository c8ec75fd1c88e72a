"""The first word with a gateway, by a laptop that knows nothing yet: is it one, whose is it, how does one sign in?"""

from __future__ import annotations

import secrets
from urllib.parse import urlsplit, urlunsplit

import requests

from fieldapp.errors import GatewayError, ProtocolError, RefusedError, UpgradeError
from fieldapp.texts import tr
from sync.adapters.http import Http, is_loopback, protected
from sync.wire import PROTOCOL, Welcome, decoded

PROGRAM = "FieldApp"


class Stranger:
    """Asks a gateway as anybody. `welcome` is what it said, None before `hello` succeeded."""

    def __init__(self, url: str) -> None:
        """RefusedError for an address that is not protected."""
        self._url = url
        self.welcome: Welcome | None = None

    def hello(self) -> Welcome:
        """What the gateway tells everybody. ProtocolError when it is none, or an answer that somebody else gave."""
        nonce = secrets.token_hex(8)
        line = Http(self._url, "")
        try:
            said = decoded(Welcome, line.send("GET", f"/v1/welcome?nonce={nonce}").body)
        except (GatewayError, ProtocolError) as fault:
            if isinstance(fault.__cause__, requests.exceptions.SSLError):
                raise  # its certificate is not believed: that is another matter
            raise ProtocolError(_none()) from fault
        finally:
            line.close()
        if said.program != PROGRAM or said.nonce != nonce:
            raise ProtocolError(_none())
        if said.protocol != PROTOCOL:
            raise UpgradeError(tr("The City speaks a newer version of the messages. Please update FieldApp."))
        self.welcome = said
        return said


def address_of(typed: str) -> str:
    """A gateway's address as somebody typed it, with https where nothing is said. RefusedError when it is none."""
    text = typed.strip()
    if not text:
        raise RefusedError(tr("Please type the address of the City's gateway. The City's IT knows it."))
    if "://" not in text:
        text = f"http://{text}" if is_loopback(f"http://{text}") else f"https://{text}"
    try:
        parts = urlsplit(text)
        _ = parts.port
    except ValueError as fault:
        raise RefusedError(_no_address()) from fault
    if parts.scheme not in {"http", "https"} or not parts.hostname or any(sign.isspace() for sign in text):
        raise RefusedError(_no_address())
    return protected(urlunsplit((parts.scheme, parts.netloc, parts.path.rstrip("/"), "", "")))


def _none() -> str:
    return tr("Something answers there, but it is no gateway of FieldApp. Please check the address.")


def _no_address() -> str:
    return tr("This is no address. It looks like https://gateway.city.example, or https://gateway.city.example:8443.")
