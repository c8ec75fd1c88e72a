"""Keys: kept in the keyring or under a passphrase, never in clear; no key, no store."""

from __future__ import annotations

import json
from pathlib import Path

import keyring.core
import pytest
from keyring.backend import KeyringBackend

from fieldapp.errors import LockedStoreError, RefusedError
from fieldapp.store import keys, vaults, wrap
from tests.support.store import make_store
from tests.support.vault import Vault

WORDS = "caf\u00e9 on locke street"
OTHER_WORDS = "a bench at bayfront park"


class MemoryKeyring(KeyringBackend):
    """A keyring that works, in memory."""

    priority = 1

    def __init__(self) -> None:
        self.secrets: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.secrets.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.secrets[service, username] = password


class ForgetfulKeyring(MemoryKeyring):
    """A keyring that takes everything and keeps nothing."""

    def get_password(self, service: str, username: str) -> str | None:
        self.secrets.pop((service, username), None)
        return super().get_password(service, username)


def no_keyring() -> keys.Vault:
    """What keyring gives where the system has none: every call fails."""
    found: keys.Vault = keyring.core.load_keyring("keyring.backends.fail.Keyring")
    return found


@pytest.fixture(autouse=True)
def cheap_scrypt(monkeypatch: pytest.MonkeyPatch) -> None:
    """Half a second a passphrase is for thieves, not for tests."""
    monkeypatch.setattr(wrap, "COST", 2**10)


def test_the_keyring_gives_the_key_back(tmp_path: Path) -> None:
    vault = MemoryKeyring()
    key = keys.create(tmp_path, "m.tremblay", vault=vault)
    assert keys.unlock(tmp_path, vault=vault) == key
    assert not keys.needs_passphrase(tmp_path, vault=vault)
    assert key.hex() not in (tmp_path / "key.json").read_text("utf-8")


def test_without_a_keyring_a_passphrase_keeps_the_key(tmp_path: Path) -> None:
    vault = no_keyring()
    key = keys.create(tmp_path, "m.tremblay", passphrase=WORDS, vault=vault)
    assert keys.needs_passphrase(tmp_path, vault=vault)
    assert keys.unlock(tmp_path, passphrase=WORDS, vault=vault) == key
    assert key.hex() not in (tmp_path / "key.json").read_text("utf-8")


@pytest.mark.parametrize("vault", [no_keyring(), ForgetfulKeyring()])
def test_without_keyring_and_passphrase_there_is_no_key(tmp_path: Path, vault: keys.Vault) -> None:
    with pytest.raises(LockedStoreError, match="passphrase"):
        keys.create(tmp_path, "m.tremblay", vault=vault)
    assert not keys.exists(tmp_path)


def test_a_passphrase_opens_when_the_keyring_is_lost(tmp_path: Path) -> None:
    key = keys.create(tmp_path, "m.tremblay", passphrase=WORDS, vault=MemoryKeyring())
    lost = MemoryKeyring()
    with pytest.raises(LockedStoreError, match="give the passphrase"):
        keys.unlock(tmp_path, vault=lost)
    assert keys.unlock(tmp_path, passphrase=WORDS, vault=lost) == key


def test_a_wrong_passphrase_cannot_unlock(tmp_path: Path) -> None:
    keys.create(tmp_path, "m.tremblay", passphrase=WORDS, vault=MemoryKeyring())
    with pytest.raises(LockedStoreError, match="cannot unlock"):
        keys.unlock(tmp_path, passphrase=OTHER_WORDS, vault=MemoryKeyring())


def test_an_accent_typed_in_two_characters_is_the_same(tmp_path: Path) -> None:
    key = keys.create(tmp_path, "m.tremblay", passphrase=WORDS, vault=MemoryKeyring())
    assert keys.unlock(tmp_path, passphrase=WORDS.replace("\u00e9", "e\u0301"), vault=MemoryKeyring()) == key


def test_a_new_passphrase_replaces_the_old_one(tmp_path: Path) -> None:
    vault = Vault()
    key = keys.create(tmp_path, "m.tremblay", passphrase=WORDS, vault=vault)
    keys.protect(tmp_path, key, OTHER_WORDS, vault=vault)
    assert keys.unlock(tmp_path, passphrase=OTHER_WORDS, vault=vault) == key
    with pytest.raises(LockedStoreError):
        keys.unlock(tmp_path, passphrase=WORDS, vault=vault)


def test_a_short_passphrase_is_refused(tmp_path: Path) -> None:
    with pytest.raises(RefusedError):
        keys.create(tmp_path, "m.tremblay", passphrase=WORDS[:6], vault=no_keyring())


def test_a_store_never_gets_a_second_key(tmp_path: Path) -> None:
    key = keys.create(tmp_path, "m.tremblay", vault=MemoryKeyring())
    make_store(tmp_path, key=key).close()
    with pytest.raises(RefusedError):
        keys.create(tmp_path, "m.tremblay", vault=MemoryKeyring())
    (tmp_path / "key.json").unlink()
    with pytest.raises(RefusedError):
        keys.create(tmp_path, "m.tremblay", vault=MemoryKeyring())
    with pytest.raises(LockedStoreError, match="missing"):
        keys.unlock(tmp_path, vault=MemoryKeyring())


@pytest.mark.parametrize("content", ["", "{}", "[]", '{"name": 1}'])
def test_a_broken_key_file_is_said_and_kept(tmp_path: Path, content: str) -> None:
    (tmp_path / "key.json").write_text(content, "utf-8")
    with pytest.raises(LockedStoreError, match="cannot be read"):
        keys.unlock(tmp_path, vault=MemoryKeyring())
    assert (tmp_path / "key.json").read_text("utf-8") == content


def test_one_persons_key_file_does_not_open_anothers_store(tmp_path: Path) -> None:
    keys.create(tmp_path / "a", "a", passphrase=WORDS, vault=no_keyring())
    keys.create(tmp_path / "b", "b", passphrase=WORDS, vault=no_keyring())
    card = json.loads((tmp_path / "a" / "key.json").read_text("utf-8"))
    other = json.loads((tmp_path / "b" / "key.json").read_text("utf-8"))
    (tmp_path / "b" / "key.json").write_text(json.dumps({**other, "wrapped": card["wrapped"]}), "utf-8")
    with pytest.raises(LockedStoreError):
        keys.unlock(tmp_path / "b", passphrase=WORDS)


def test_a_practice_store_keeps_its_key_beside_it(tmp_path: Path) -> None:
    key = keys.practice_key(tmp_path)
    make_store(tmp_path, key=key).close()
    assert keys.practice_key(tmp_path) == key


def test_a_real_store_never_gets_a_practice_key(tmp_path: Path) -> None:
    keys.create(tmp_path, "m.tremblay", vault=MemoryKeyring())
    with pytest.raises(RefusedError):
        keys.practice_key(tmp_path)
    assert not (tmp_path / "practice.key").exists()


def test_only_the_operating_systems_own_keyrings_are_trusted() -> None:
    vault = keys.system_vault()
    assert vault is None or (type(vault).__module__, type(vault).__name__) in vaults.ALLOWED


def test_a_practice_key_that_is_none_locks_and_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "practice.key").write_text("no key")
    with pytest.raises(LockedStoreError, match="key file cannot be read"):
        keys.practice_key(tmp_path)
    assert (tmp_path / "practice.key").read_text() == "no key"
