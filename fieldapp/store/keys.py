"""The key of a store: 256 random bits, in the operating system's keyring, or wrapped by a PIN or passphrase.

What keeps it is said in key.json beside the store. Where neither a keyring nor a passphrase can keep a key, none is
made: there is no plain store. Once a PIN or passphrase protects it, the keyring alone does not open it any more.
"""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from fieldapp.errors import LockedStoreError, RefusedError
from fieldapp.store import card, vaults
from fieldapp.store.card import Card, exists
from fieldapp.store.database import NAME as STORE
from fieldapp.store.durable import make_folder, write_durably
from fieldapp.store.guesses import Guesses, begin
from fieldapp.store.pieces import keep_secret, secret
from fieldapp.store.recovery import new_part, opened, seal
from fieldapp.store.sqlcipher import KEY_BYTES
from fieldapp.store.vaults import Vault, system_vault
from fieldapp.store.words import check_words, is_pin
from fieldapp.store.wrap import unwrap, wrap
from fieldapp.texts import tr

__all__ = [
    "Vault", "create", "exists", "has_pin", "is_protected", "is_recoverable", "key_for_command", "make_recoverable",
    "needs_passphrase", "practice_key", "protect", "recovered", "system_vault", "unlock",
]  # fmt: skip

PRACTICE = "practice.key"
PEPPER = "pepper"  # the secret in the keyring


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
    make_folder(folder)
    begin(folder)
    card.write(folder, Card(name, kept, wrapped))
    return key


def unlock(folder: Path, *, passphrase: str = "", vault: Vault | None = None, guesses: Guesses | None = None) -> bytes:
    """The store's key. A PIN or passphrase is needed only where the keyring does not give it: see `needs_passphrase`.

    Raises LockedStoreError: no key, wrong words, or a keyring that is locked or lost; TooSoonError after wrong ones.
    """
    said, vault = card.read(folder), vault or system_vault()
    if passphrase and said.wrapped:
        wrapped, pepper = said.wrapped, _pepper_of(folder, said, vault)
        key = (guesses or Guesses(folder)).judge(lambda: unwrap(wrapped, passphrase, said.name, pepper))
        _take_out(said, vault)
        return key
    key_kept = _get(vault, said.name) if said.keyring else None
    if key_kept is None:
        raise LockedStoreError(_how_to_unlock(said))
    return key_kept


def needs_passphrase(folder: Path, *, vault: Vault | None = None) -> bool:
    """Whether `unlock` must be given a PIN or passphrase here and now."""
    said = card.read(folder)
    return not said.keyring or _get(vault or system_vault(), said.name) is None


def is_protected(folder: Path) -> bool:
    """Whether only a PIN or passphrase opens this store, and the keyring alone does not."""
    return exists(folder) and not card.read(folder).keyring


def has_pin(folder: Path) -> bool:
    """Whether it is a PIN that opens it."""
    said = card.read(folder)
    return said.wrapped is not None and said.wrapped.peppered


def is_recoverable(folder: Path) -> bool:
    """Whether the City can let its person in who has forgotten the PIN or passphrase."""
    return card.read(folder).recovery is not None


def protect(folder: Path, key: bytes, words: str, *, vault: Vault | None = None) -> None:
    """Set or change the PIN or passphrase of an unlocked store. From then on the keyring alone does not open it.

    RefusedError for words that must not be chosen. Cut off at any point, what opened the store before still does."""
    said, vault = card.read(folder), vault or system_vault()
    check_words(words, keyring=vault is not None)
    pepper = _new_pepper(folder, vault) if is_pin(words) else b""
    wrapped = wrap(key, words, said.name, pepper)
    if unwrap(wrapped, words, said.name, pepper) != key:
        raise LockedStoreError(tr("This could not be set. What opened the store before still does."))
    begin(folder)
    made = replace(said, keyring=False, wrapped=wrapped)
    card.write(folder, made)
    _take_out(made, vault)


def make_recoverable(folder: Path, key: bytes, deposit: Callable[[str, str], object]) -> None:
    """Let the City keep the part that opens this store again: `deposit(name, part)` gives it to the City first.

    Raises what `deposit` raises; then nothing is changed."""
    said = card.read(folder)
    if said.recovery is None:
        part = new_part()
        deposit(said.name, part)
        card.write(folder, replace(said, recovery=seal(key, part, said.name)))


def recovered(folder: Path, ask: Callable[[str], str]) -> bytes:
    """The key of a store whose PIN or passphrase is forgotten: `ask(name)` gets the part that the City keeps.

    LockedStoreError where the City keeps none that opens it."""
    said = card.read(folder)
    part = ask(said.name) if said.recovery is not None else ""
    if said.recovery is None or not part:
        raise LockedStoreError(tr("The City keeps nothing that opens this store. The store is untouched."))
    return opened(said.recovery, part, said.name)


def practice_key(folder: Path) -> bytes:
    """The key of a practice store, kept beside it in clear, so that a first run never asks.

    Only for the practice city, which holds no real person. RefusedError where a real store lies, LockedStoreError
    where what lies there is no key.
    """
    path = folder / PRACTICE
    if exists(folder) or ((folder / STORE).exists() and not path.exists()):
        raise RefusedError(tr("This is not a practice store: its key must not lie beside it."))
    if not path.exists():
        make_folder(folder)
        write_durably(path, secrets.token_hex(KEY_BYTES).encode())
    try:
        key = bytes.fromhex(path.read_text("ascii"))
    except ValueError as fault:
        raise card.unreadable() from fault
    if len(key) != KEY_BYTES:
        raise card.unreadable()
    return key


def key_for_command(folder: Path, ask: Callable[[str], str], *, sleep: Callable[[float], object] = time.sleep) -> bytes:
    """The key of a store that exists, for a command: a practice store's own, else as `unlock`, asking if it must.

    After wrong guesses it waits itself. LockedStoreError where no store is, or where it cannot be unlocked."""
    if (folder / PRACTICE).exists():
        return practice_key(folder)
    if not exists(folder):
        raise LockedStoreError(tr("There is no store of this person here."))
    vault = system_vault()
    if not needs_passphrase(folder, vault=vault):
        return unlock(folder, vault=vault)
    guesses = Guesses(folder)
    words = ask(_question(guesses.left()))
    sleep(guesses.left())
    return unlock(folder, passphrase=words, vault=vault, guesses=guesses)


def _question(wait: float) -> str:
    if wait > 0:
        return tr("PIN or passphrase (after wrong ones it is checked in {n} seconds): ", n=round(wait))
    return tr("PIN or passphrase of this laptop's store: ")


def _new_pepper(folder: Path, vault: Vault | None) -> bytes:
    """The keyring's part of a PIN: the one that is there, else a new one."""
    if kept := secret(folder, PEPPER, vault=vault):
        return bytes.fromhex(kept)
    made = secrets.token_hex(KEY_BYTES)
    if not keep_secret(folder, PEPPER, made, vault=vault):
        raise LockedStoreError(tr("The computer's keyring does not take a PIN's part. Please choose a passphrase."))
    return bytes.fromhex(made)


def _pepper_of(folder: Path, said: Card, vault: Vault | None) -> bytes:
    if said.wrapped is None or not said.wrapped.peppered:
        return b""
    if kept := secret(folder, PEPPER, vault=vault):
        return bytes.fromhex(kept)
    raise LockedStoreError(
        tr("The computer's keyring does not give its part of the PIN. Unlock the keyring, or sign in with the City.")
    )


def _take_out(said: Card, vault: Vault | None) -> None:
    """The key itself leaves the keyring once words protect it, also where that was cut off the last time."""
    if not said.keyring and vaults.got(vault, said.name):
        vaults.drop(vault, said.name)


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
