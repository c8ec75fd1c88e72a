"""The key of a store: 256 random bits, in the operating system's keyring, or wrapped by a passphrase, or both.

What keeps it is said in key.json beside the store. Where neither a keyring nor a passphrase can keep a key, none is
made: there is no plain store.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from fieldapp.errors import LockedStoreError, RefusedError
from fieldapp.store import card, vaults
from fieldapp.store.card import Card, exists
from fieldapp.store.database import NAME as STORE
from fieldapp.store.durable import write_durably
from fieldapp.store.sqlcipher import KEY_BYTES
from fieldapp.store.vaults import Vault, system_vault
from fieldapp.store.wrap import unwrap, wrap
from fieldapp.texts import tr

__all__ = [
    "Vault", "create", "exists", "key_for_command", "needs_passphrase", "practice_key", "rewrap", "system_vault",
    "unlock",
]  # fmt: skip

PRACTICE = "practice.key"


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
    card.write(folder, Card(name, kept, wrapped))
    return key


def unlock(folder: Path, *, passphrase: str = "", vault: Vault | None = None) -> bytes:
    """The store's key. A passphrase is needed only where the keyring does not give it: see `needs_passphrase`.

    Raises LockedStoreError: no key, a wrong passphrase, or a keyring that is locked or lost.
    """
    said = card.read(folder)
    if passphrase and said.wrapped:
        return unwrap(said.wrapped, passphrase, said.name)
    key = _get(vault or system_vault(), said.name) if said.keyring else None
    if key is None:
        raise LockedStoreError(_how_to_unlock(said))
    return key


def needs_passphrase(folder: Path, *, vault: Vault | None = None) -> bool:
    """Whether `unlock` must be given a passphrase here and now."""
    said = card.read(folder)
    return not said.keyring or _get(vault or system_vault(), said.name) is None


def rewrap(folder: Path, key: bytes, passphrase: str, *, vault: Vault | None = None) -> None:
    """Set or change the passphrase of an unlocked store, and put the key back into the keyring if it was lost there."""
    said = card.read(folder)
    kept = _put(vault or system_vault(), said.name, key)
    card.write(folder, replace(said, keyring=kept, wrapped=wrap(key, passphrase, said.name)))


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
        raise card.unreadable() from fault
    if len(key) != KEY_BYTES:
        raise card.unreadable()
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


def _put(vault: Vault | None, name: str, key: bytes) -> bool:
    """Keep the key in the keyring, and read it back: some keyrings accept what they then do not have."""
    return vaults.put(vault, name, key.hex()) and _get(vault, name) == key


def _get(vault: Vault | None, name: str) -> bytes | None:
    text = vaults.got(vault, name)
    return bytes.fromhex(text) if text else None


def _how_to_unlock(said: Card) -> str:
    if said.wrapped:
        return tr("Please give the passphrase of this store.")
    return tr("The computer's keyring does not give the key of this store. Unlock the keyring, then start again.")
