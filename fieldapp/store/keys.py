"""The key of a store: 256 random bits, in the operating system's keyring, or wrapped by a passphrase, or both.

Beside each store lies `key.json`: the key's name, whether the keyring holds it, and the key wrapped by a passphrase
where one was given. It never holds the key itself. Where neither a keyring nor a passphrase can keep a key, none is
made: there is no plain store.

The keyring also holds other secrets of a store's owner, by the name of the store's key: a sign-in. They may be longer
than one entry of a keyring may be (2,560 bytes on Windows), so they lie there in pieces.

This is the only module that imports keyring, and only when a key is needed.
"""

from __future__ import annotations

import hashlib
import importlib
import json
import os
import secrets
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any, Protocol

from fieldapp.errors import LockedStoreError, RefusedError, StoreError
from fieldapp.store.database import NAME as STORE
from fieldapp.store.durable import write_durably
from fieldapp.store.sqlcipher import KEY_BYTES
from fieldapp.store.wrap import Wrapped, unwrap, wrap
from fieldapp.texts import tr

FILE = "key.json"
PRACTICE = "practice.key"
VERSION = 1
SERVICE = "FieldApp"
PIECE = 1_000  # characters of a secret in one entry of a keyring
# Only keyrings that the operating system itself protects; others that may be installed keep secrets in plain files.
ALLOWED = (
    ("keyring.backends.Windows", "WinVaultKeyring"),
    ("keyring.backends.macOS", "Keyring"),
    ("keyring.backends.SecretService", "Keyring"),
    ("keyring.backends.libsecret", "Keyring"),
    ("keyring.backends.kwallet", "DBusKeyring"),
)


class Vault(Protocol):
    """What is used of a keyring."""

    def get_password(self, service: str, username: str) -> str | None:
        """The secret, None where there is none."""
        ...

    def set_password(self, service: str, username: str, password: str) -> None:
        """Keep a secret."""
        ...

    def delete_password(self, service: str, username: str) -> None:
        """Keep it no more."""
        ...


@dataclass(frozen=True)
class _Card:
    """What key.json says."""

    name: str
    keyring: bool
    wrapped: Wrapped | None
    version: int = VERSION


def exists(folder: Path) -> bool:
    """Whether this folder's store has a key already."""
    return (folder / FILE).exists()


def system_vault() -> Vault | None:
    """The operating system's keyring, if it is one of those that are trusted and works here."""
    found = [backend for backend in (_backend(module, name) for module, name in ALLOWED) if backend is not None]
    return max(found, key=lambda backend: float(backend.priority), default=None)


def create(folder: Path, person: str, *, passphrase: str = "", vault: Vault | None = None) -> bytes:
    """Make the key of a new store and keep it: in the keyring where there is one, under the passphrase where given.

    Raises LockedStoreError when there is neither, RefusedError when the folder has a key or a store already.
    """
    if exists(folder) or (folder / STORE).exists():
        raise RefusedError(tr("There is a store here already; a new key would lock it for ever."))
    key, name = secrets.token_bytes(KEY_BYTES), f"{person}@{secrets.token_hex(8)}"
    kept = _put(vault or system_vault(), name, key)
    if not kept and not passphrase:
        raise LockedStoreError(tr("This computer has no keyring that FieldApp trusts. Please choose a passphrase."))
    wrapped = wrap(key, passphrase, name) if passphrase else None
    folder.mkdir(parents=True, exist_ok=True)
    _write(folder, _Card(name, kept, wrapped))
    return key


def unlock(folder: Path, *, passphrase: str = "", vault: Vault | None = None) -> bytes:
    """The store's key. A passphrase is needed only where the keyring does not give it: see `needs_passphrase`.

    Raises LockedStoreError: no key, a wrong passphrase, or a keyring that is locked or lost.
    """
    card = _read(folder)
    if passphrase and card.wrapped:
        return unwrap(card.wrapped, passphrase, card.name)
    key = _get(vault or system_vault(), card.name) if card.keyring else None
    if key is None:
        raise LockedStoreError(_how_to_unlock(card))
    return key


def needs_passphrase(folder: Path, *, vault: Vault | None = None) -> bool:
    """Whether `unlock` must be given a passphrase here and now."""
    card = _read(folder)
    return not card.keyring or _get(vault or system_vault(), card.name) is None


def rewrap(folder: Path, key: bytes, passphrase: str, *, vault: Vault | None = None) -> None:
    """Set or change the passphrase of an unlocked store, and put the key back into the keyring if it was lost there."""
    card = _read(folder)
    kept = _put(vault or system_vault(), card.name, key)
    _write(folder, replace(card, keyring=kept, wrapped=wrap(key, passphrase, card.name)))


def keep_secret(folder: Path, what: str, text: str, *, vault: Vault | None = None) -> bool:
    """Keep a secret of this store's owner in the keyring; whether it lies there now. Cut off, the one before stays."""
    if vault is None:
        return False
    entry = _entry(folder, what)
    before = _head(vault, entry)
    turn = 1 - int(before["turn"]) if before else 0
    pieces = [text[at : at + PIECE] for at in range(0, len(text), PIECE)]
    head = json.dumps({"turn": turn, "pieces": len(pieces), "sha256": hashlib.sha256(text.encode()).hexdigest()})
    entries = {_piece(entry, turn, n): piece for n, piece in enumerate(pieces)} | {entry: head}  # the head last
    if not all(_set(vault, name, value) for name, value in entries.items()):
        return False
    _drop(vault, entry, before)
    return secret(folder, what, vault=vault) == text


def secret(folder: Path, what: str, *, vault: Vault | None = None) -> str:
    """What `keep_secret` kept; "" for nothing, and where the keyring does not give it whole."""
    entry = _entry(folder, what)
    head = _head(vault, entry) if vault is not None else None
    if vault is None or head is None:
        return ""
    text = "".join(_text(vault, _piece(entry, head["turn"], n)) for n in range(head["pieces"]))
    return text if hashlib.sha256(text.encode()).hexdigest() == head["sha256"] else ""


def forget_secret(folder: Path, what: str, *, vault: Vault | None = None) -> None:
    """Take a secret out of the keyring."""
    if vault is None:
        return
    entry = _entry(folder, what)
    head = _head(vault, entry)
    _delete(vault, entry)
    _drop(vault, entry, head)


def practice_key(folder: Path) -> bytes:
    """The key of a practice store, kept beside it in clear, so that a first run never asks.

    Only for the practice city, which holds no real person. RefusedError where a real store lies, LockedStoreError
    where what lies there is no key.
    """
    path = folder / PRACTICE
    if exists(folder) or ((folder / STORE).exists() and not path.exists()):
        raise RefusedError(tr("This is not a practice store: its key must not lie beside it."))
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True)
        write_durably(path, secrets.token_hex(KEY_BYTES).encode())
    try:
        key = bytes.fromhex(path.read_text("ascii"))
    except ValueError as fault:
        raise _unreadable() from fault
    if len(key) != KEY_BYTES:
        raise _unreadable()
    return key


def key_for_command(folder: Path, ask: Callable[[str], str]) -> bytes:
    """The key of a store that exists, for a command: a practice store's own, else as `unlock`, asking if it must.

    LockedStoreError where no store is, or where it cannot be unlocked."""
    if (folder / PRACTICE).exists():
        return practice_key(folder)
    if not exists(folder):
        raise LockedStoreError(tr("There is no store of this person here."))
    vault = system_vault()
    needed = needs_passphrase(folder, vault=vault)
    return unlock(folder, passphrase=ask(tr("Passphrase of this laptop's store: ")) if needed else "", vault=vault)


def _backend(module: str, name: str) -> Any:
    """A keyring backend, or None where it does not work: then its `priority` raises."""
    try:
        kind = getattr(importlib.import_module(module), name)
        return kind() if kind.viable else None
    except Exception:  # noqa: BLE001 - backends fail to load in ways of their own; one that fails is not used
        return None


def _entry(folder: Path, what: str) -> str:
    return f"{_read(folder).name}/{what}"


def _piece(entry: str, turn: int, n: int) -> str:
    return f"{entry}/{turn}/{n}"


def _head(vault: Vault, entry: str) -> dict[str, Any] | None:
    """How many pieces a secret has, and which turn's: two turns alternate, so that a new one never spoils the old."""
    try:
        said = json.loads(_text(vault, entry))
        return {"turn": int(said["turn"]), "pieces": int(said["pieces"]), "sha256": str(said["sha256"])}
    except (ValueError, KeyError, TypeError):
        return None


def _drop(vault: Vault, entry: str, head: dict[str, Any] | None) -> None:
    """Take the pieces of an old turn away."""
    for n in range(head["pieces"] if head else 0):
        _delete(vault, _piece(entry, head["turn"] if head else 0, n))


def _set(vault: Vault, name: str, text: str) -> bool:
    from keyring.errors import KeyringError

    try:
        vault.set_password(SERVICE, name, text)
    except KeyringError:
        return False
    return True


def _text(vault: Vault, name: str) -> str:
    from keyring.errors import KeyringError

    try:
        return vault.get_password(SERVICE, name) or ""
    except KeyringError:
        return ""


def _delete(vault: Vault, name: str) -> None:
    from keyring.errors import KeyringError

    with suppress(KeyringError):  # it was not there, or the keyring is locked: then nobody can read it
        vault.delete_password(SERVICE, name)


def _put(vault: Vault | None, name: str, key: bytes) -> bool:
    """Keep the key in the keyring, and read it back: some keyrings accept what they then do not have."""
    if vault is None:
        return False
    from keyring.errors import KeyringError

    try:
        vault.set_password(SERVICE, name, key.hex())
    except KeyringError:
        return False
    return _get(vault, name) == key


def _get(vault: Vault | None, name: str) -> bytes | None:
    if vault is None:
        return None
    from keyring.errors import KeyringError

    try:
        text = vault.get_password(SERVICE, name)
    except KeyringError:
        return None
    return bytes.fromhex(text) if text else None


def _how_to_unlock(card: _Card) -> str:
    if card.wrapped:
        return tr("Please give the passphrase of this store.")
    return tr("The computer's keyring does not give the key of this store. Unlock the keyring, then start again.")


def _read(folder: Path) -> _Card:
    try:
        card = json.loads((folder / FILE).read_text("utf-8"))
        wrapped = Wrapped(**card["wrapped"]) if card["wrapped"] else None
        return _Card(card["name"], card["keyring"], wrapped, card["version"])
    except FileNotFoundError as fault:
        raise LockedStoreError(tr("FieldApp cannot unlock the store: its key file is missing.")) from fault
    except (ValueError, KeyError, TypeError) as fault:
        raise _unreadable() from fault


def _unreadable() -> LockedStoreError:
    return LockedStoreError(tr("FieldApp cannot unlock the store: its key file cannot be read."))


def _write(folder: Path, card: _Card) -> None:
    if not os.access(folder, os.W_OK):
        raise StoreError(tr("FieldApp cannot write into {folder}.", folder=folder))
    write_durably(folder / FILE, json.dumps(asdict(card), indent=1).encode())
