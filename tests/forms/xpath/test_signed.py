"""extract-signed(): a text that carries the signature of who made it, such as a code on a card."""

from __future__ import annotations

import base64

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from tests.forms.xpath.conftest import Evaluate

KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
PUBLIC = base64.b64encode(KEY.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)).decode()


def _signed(text: str, key: Ed25519PrivateKey = KEY) -> str:
    return base64.b64encode(key.sign(text.encode()) + text.encode()).decode()


def test_what_the_key_signed_comes_out(value: Evaluate) -> None:
    assert value(f"extract-signed('{_signed('Zoé, 12 Main St')}', '{PUBLIC}')") == "Zoé, 12 Main St"


def test_what_another_key_signed_does_not(value: Evaluate) -> None:
    assert value(f"extract-signed('{_signed('text', Ed25519PrivateKey.generate())}', '{PUBLIC}')") == ""


def test_what_is_no_signature_or_no_key_does_not(value: Evaluate) -> None:
    assert value(f"extract-signed('short', '{PUBLIC}')") == ""
    assert value(f"extract-signed('{_signed('text')}', 'no key')") == ""
