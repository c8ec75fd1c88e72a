"""What an identity provider says about itself (OpenID Connect Discovery 1.0)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from fieldapp.errors import ProtocolError
from fieldapp.texts import tr
from sync.adapters.http import is_loopback
from sync.sign_in.line import document, strange

WELL_KNOWN = "/.well-known/openid-configuration"


@dataclass(frozen=True)
class Provider:
    """A provider's addresses. `names_issuer`: it says who it is in each answer to the browser (RFC 9207)."""

    issuer: str
    authorization: str
    token: str
    keys: str
    device: str = ""
    revocation: str = ""
    names_issuer: bool = False


def discovered(issuer: str) -> Provider:
    """Ask `issuer` for its addresses.

    Raises ProtocolError when it calls itself something else, has an address without TLS, or does not know PKCE with
    S256; OfflineError and BusyError when it does not answer.
    """
    said = document(_safe(issuer).rstrip("/") + WELL_KNOWN)
    if said.get("issuer") != issuer:
        raise ProtocolError(tr("The sign-in at {issuer} says that it is another one.", issuer=issuer))
    methods = said.get("code_challenge_methods_supported", ["S256"])
    if not isinstance(methods, list) or "S256" not in methods:
        raise ProtocolError(tr("The sign-in at {issuer} does not protect its answers (PKCE).", issuer=issuer))
    return Provider(
        issuer,
        _address(said, "authorization_endpoint"),
        _address(said, "token_endpoint"),
        _address(said, "jwks_uri"),
        _address(said, "device_authorization_endpoint", needed=False),
        _address(said, "revocation_endpoint", needed=False),
        said.get("authorization_response_iss_parameter_supported") is True,
    )


def _address(said: dict[str, Any], name: str, *, needed: bool = True) -> str:
    url = said.get(name, "")
    if not isinstance(url, str) or (needed and not url):
        raise strange()
    return _safe(url) if url else ""


def _safe(url: str) -> str:
    """`url`, when what is said there cannot be overheard."""
    try:
        scheme = urlsplit(url).scheme
    except ValueError:  # as https://[
        scheme = ""
    if scheme == "https" or (scheme == "http" and is_loopback(url)):
        return url
    raise ProtocolError(tr("The sign-in's address {url} is not protected: it must begin with https.", url=url))
