"""Hashes, base64, and texts that carry a signature."""

from __future__ import annotations

import base64
import binascii
import hashlib

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from fieldapp.forms.xpath import casting as a
from fieldapp.forms.xpath.functions import function

_ALGORITHMS = frozenset({"md5", "sha1", "sha256", "sha384", "sha512"})
_ENCODINGS = frozenset({"base64", "hex"})
_SIGNATURE = 64  # bytes of an Ed25519 signature, before the text that it signs


def _key(name: str) -> str:
    return name.strip().lower().replace("-", "")


@function("digest", a.text, a.text, optional=(a.text,))
def digest(text: str, algorithm: str, encoding: str = "base64") -> str:
    """The hash of a text's UTF-8 bytes by MD5, SHA-1, SHA-256, SHA-384 or SHA-512, in base64 or hex; "" for others."""
    name, spelling = _key(algorithm), _key(encoding)
    if name not in _ALGORITHMS or spelling not in _ENCODINGS:
        return ""
    hashed = hashlib.new(name, text.encode("utf-8", "surrogatepass"), usedforsecurity=False)
    return hashed.hexdigest() if spelling == "hex" else base64.b64encode(hashed.digest()).decode()


@function("base64-decode", a.text)
def base64_decode(text: str) -> str:
    """The UTF-8 text behind a base64 text, "" where it is none."""
    return _bytes(text).decode("utf-8", "replace")


@function("extract-signed", a.text, a.text)
def extract_signed(text: str, key: str) -> str:
    """The text in a base64 text of an Ed25519 signature and what it signs; "" unless `key` (base64) made it."""
    signed = _bytes(text)
    try:
        Ed25519PublicKey.from_public_bytes(_bytes(key)).verify(signed[:_SIGNATURE], signed[_SIGNATURE:])
    except (InvalidSignature, ValueError):
        return ""
    return signed[_SIGNATURE:].decode("utf-8", "replace")


def _bytes(text: str) -> bytes:
    try:
        return base64.b64decode("".join(text.split()), validate=True)
    except (binascii.Error, ValueError):
        return b""
