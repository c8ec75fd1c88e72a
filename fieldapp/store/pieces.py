"""Other secrets of a store's owner in the keyring, by the name of the store's key: a sign-in above all.

They may be longer than one entry of a keyring may be (2,560 bytes on Windows), so they lie there in pieces. Two turns
of pieces alternate, and a head says which one counts: a new secret that is cut off in the middle leaves the old one.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

from fieldapp.store import card
from fieldapp.store.vaults import Vault, drop, got, put

PIECE = 1_000  # characters of a secret in one entry of a keyring


def keep_secret(folder: Path, what: str, text: str, *, vault: Vault | None = None) -> bool:
    """Keep a secret of this store's owner; whether it lies in the keyring now. Cut off, the one before stays."""
    if vault is None:
        return False
    entry = _entry(folder, what)
    before = _head(vault, entry)
    turn = 1 - int(before["turn"]) if before else 0
    pieces = [text[at : at + PIECE] for at in range(0, len(text), PIECE)]
    head = json.dumps({"turn": turn, "pieces": len(pieces), "sha256": hashlib.sha256(text.encode()).hexdigest()})
    entries = {_piece(entry, turn, n): piece for n, piece in enumerate(pieces)} | {entry: head}  # the head last
    if not all(put(vault, name, value) for name, value in entries.items()):
        return False
    _drop(vault, entry, before)
    return secret(folder, what, vault=vault) == text


def secret(folder: Path, what: str, *, vault: Vault | None = None) -> str:
    """What `keep_secret` kept; "" for nothing, and where the keyring does not give it whole."""
    entry = _entry(folder, what)
    head = _head(vault, entry)
    if head is None:
        return ""
    text = "".join(got(vault, _piece(entry, head["turn"], n)) for n in range(head["pieces"]))
    return text if hashlib.sha256(text.encode()).hexdigest() == head["sha256"] else ""


def forget_secret(folder: Path, what: str, *, vault: Vault | None = None) -> None:
    """Take a secret out of the keyring."""
    entry = _entry(folder, what)
    head = _head(vault, entry)
    drop(vault, entry)
    _drop(vault, entry, head)


def _entry(folder: Path, what: str) -> str:
    return f"{card.read(folder).name}/{what}"


def _piece(entry: str, turn: int, n: int) -> str:
    return f"{entry}/{turn}/{n}"


def _head(vault: Vault | None, entry: str) -> dict[str, Any] | None:
    """How many pieces a secret has, and which turn's."""
    try:
        said = json.loads(got(vault, entry))
        return {"turn": int(said["turn"]), "pieces": int(said["pieces"]), "sha256": str(said["sha256"])}
    except (ValueError, KeyError, TypeError):
        return None


def _drop(vault: Vault | None, entry: str, head: dict[str, Any] | None) -> None:
    """Take the pieces of an old turn away."""
    for n in range(head["pieces"] if head else 0):
        drop(vault, _piece(entry, head["turn"] if head else 0, n))
