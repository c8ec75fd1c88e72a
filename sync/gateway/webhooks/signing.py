"""The signature of Standard Webhooks: HMAC-SHA256 over id, time and body, so that nobody else can tell in our name."""

from __future__ import annotations

import base64
import hashlib
import hmac


def headers_of(secret: str, id_: str, at: int, body: bytes) -> dict[str, str]:
    """The three headers of a message that is sent now (`at`, Unix seconds). `secret` as the receiver has it."""
    key = base64.b64decode(secret.partition("_")[2])
    signed = hmac.new(key, f"{id_}.{at}.".encode() + body, hashlib.sha256).digest()
    signature = f"v1,{base64.b64encode(signed).decode()}"
    return {"webhook-id": id_, "webhook-timestamp": str(at), "webhook-signature": signature}
