"""Where a sign-in is kept: in the computer's keyring, and where there is none, in the person's encrypted store.

A store that only a PIN or passphrase opens keeps it too: on a shared computer the keyring opens for all who work there.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Protocol

from fieldapp.store import keys, pieces
from fieldapp.store.vaults import Vault
from sync.sign_in.tokens import Tokens, tokens_of

NAME = "sign_in"  # of the setting, and of the secret in the keyring


class Settings(Protocol):
    """What is used of a store."""

    def setting(self, name: str, default: str = "") -> str:
        """What was kept."""
        ...

    def keep_setting(self, name: str, value: str) -> None:
        """Keep it durably."""
        ...


class Safe:
    """One person's sign-in on this laptop. Where keyring and store both have one, the later note counts."""

    def __init__(self, store: Settings, folder: Path, vault: Vault | None) -> None:
        """`folder` is the store's: its key's name in the keyring is the sign-in's too."""
        self._store = store
        self._folder = folder
        self._vault = vault

    def load(self) -> Tokens | None:
        """The last note; None where nobody has signed in."""
        texts = [pieces.secret(self._folder, NAME, vault=self._vault), self._store.setting(NAME)]
        found = [tokens for tokens in map(tokens_of, texts) if tokens is not None]
        return max(found, key=lambda tokens: tokens.serial, default=None)

    def keep(self, tokens: Tokens) -> Tokens:
        """Note it durably; as it was noted. Raises DiskError or StoreError when that cannot be done."""
        noted = replace(tokens, serial=tokens.serial + 1)
        vault = None if keys.is_protected(self._folder) else self._vault
        if not pieces.keep_secret(self._folder, NAME, noted.text(), vault=vault):
            self._store.keep_setting(NAME, noted.text())
            if vault is None:
                pieces.forget_secret(self._folder, NAME, vault=self._vault)
        elif self._store.setting(NAME):
            self._store.keep_setting(NAME, "")
        return noted

    def forget(self) -> None:
        """Keep nothing any more."""
        pieces.forget_secret(self._folder, NAME, vault=self._vault)
        if self._store.setting(NAME):
            self._store.keep_setting(NAME, "")
