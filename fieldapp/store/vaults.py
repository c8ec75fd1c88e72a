"""The operating system's keyring: which ones are trusted, and small texts kept there by name.

This is the only module that imports keyring, and only when a secret is needed. A keyring that is locked or lost gives
nothing, and takes nothing; it never raises.
"""

from __future__ import annotations

import importlib
from typing import Any, Protocol

SERVICE = "FieldApp"
# Only keyrings that the operating system itself protects; others that may be installed keep secrets in plain files.
ALLOWED: tuple[tuple[str, str], ...] = (
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


def system_vault() -> Vault | None:
    """The operating system's keyring, if it is one of those that are trusted and works here."""
    found = [backend for backend in (_backend(module, name) for module, name in ALLOWED) if backend is not None]
    return max(found, key=lambda backend: float(backend.priority), default=None)


def put(vault: Vault | None, name: str, text: str) -> bool:
    """Keep a text; whether it was taken."""
    if vault is None:
        return False
    try:
        vault.set_password(SERVICE, name, text)
    except _fault():
        return False
    return True


def got(vault: Vault | None, name: str) -> str:
    """The text that was kept, "" for none."""
    if vault is None:
        return ""
    try:
        return vault.get_password(SERVICE, name) or ""
    except _fault():
        return ""


def drop(vault: Vault | None, name: str) -> None:
    """Keep it no more."""
    if vault is None:
        return
    try:
        vault.delete_password(SERVICE, name)
    except _fault():  # it was not there, or the keyring is locked: then nobody can read it
        return


def _fault() -> type[Exception]:
    """What a keyring raises. Python asks for it only when something was raised: keyring takes long to load, and a
    keyring that works has loaded of it what it needs."""
    from keyring.errors import KeyringError

    return KeyringError


def _backend(module: str, name: str) -> Any:
    """A keyring backend, or None where it does not work: then its `priority` raises."""
    try:
        kind = getattr(importlib.import_module(module), name)
        return kind() if kind.viable else None
    except Exception:  # noqa: BLE001 - backends fail to load in ways of their own; one that fails is not used
        return None
