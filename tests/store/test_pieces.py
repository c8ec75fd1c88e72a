"""Other secrets in the keyring: in pieces, and never half of one."""

from __future__ import annotations

from pathlib import Path

import keyring.core
import pytest

from fieldapp.store import keys, pieces, wrap
from tests.support.vault import Vault

WORDS = "caf\u00e9 on locke street"


@pytest.fixture(autouse=True)
def cheap_scrypt(monkeypatch: pytest.MonkeyPatch) -> None:
    """Half a second a passphrase is for thieves, not for tests."""
    monkeypatch.setattr(wrap, "COST", 2**10)


def no_keyring() -> keys.Vault:
    """What keyring gives where the system has none: every call fails."""
    found: keys.Vault = keyring.core.load_keyring("keyring.backends.fail.Keyring")
    return found


def test_a_long_secret_lies_in_pieces_that_every_keyring_takes(tmp_path: Path) -> None:
    vault = Vault()
    keys.create(tmp_path, "m.tremblay", vault=vault)
    assert pieces.keep_secret(tmp_path, "sign_in", "é" * 5_000, vault=vault)
    assert pieces.secret(tmp_path, "sign_in", vault=vault) == "é" * 5_000


def test_a_newer_secret_leaves_nothing_of_the_older(tmp_path: Path) -> None:
    vault = Vault()
    keys.create(tmp_path, "m.tremblay", vault=vault)
    pieces.keep_secret(tmp_path, "sign_in", "older" * 1_000, vault=vault)
    pieces.keep_secret(tmp_path, "sign_in", "new", vault=vault)
    assert not [text for text in vault.secrets.values() if "older" in text]
    pieces.forget_secret(tmp_path, "sign_in", vault=vault)
    assert len(vault.secrets) == 1


def test_a_keyring_that_is_cut_off_in_the_middle_keeps_the_secret_of_before(tmp_path: Path) -> None:
    vault = Vault()
    keys.create(tmp_path, "m.tremblay", vault=vault)
    pieces.keep_secret(tmp_path, "sign_in", "before", vault=vault)
    vault.lock_after(2)
    assert not pieces.keep_secret(tmp_path, "sign_in", "after" * 1_000, vault=vault)
    vault.unlock()
    assert pieces.secret(tmp_path, "sign_in", vault=vault) == "before"


def test_without_a_keyring_no_secret_is_kept(tmp_path: Path) -> None:
    keys.create(tmp_path, "m.tremblay", passphrase=WORDS)
    assert not pieces.keep_secret(tmp_path, "sign_in", "text", vault=None)
    assert pieces.secret(tmp_path, "sign_in", vault=no_keyring()) == ""
