"""A PIN or passphrase over a store: what it takes to open it then, and the ways back in."""

from __future__ import annotations

from pathlib import Path

import pytest

from fieldapp.errors import LockedStoreError, OfflineError, RefusedError
from fieldapp.store import card, keys, wrap
from fieldapp.store.guesses import Guesses
from tests.support.vault import Vault

PIN, OTHER_PIN = "482916", "730158"
WORDS = "a bench at bayfront park"


@pytest.fixture(autouse=True)
def cheap_scrypt(monkeypatch: pytest.MonkeyPatch) -> None:
    """Half a second a guess is for thieves, not for tests."""
    monkeypatch.setattr(wrap, "COST", 2**10)


@pytest.fixture
def vault() -> Vault:
    return Vault()


@pytest.fixture
def key(tmp_path: Path, vault: Vault) -> bytes:
    """A store's key, in the keyring."""
    return keys.create(tmp_path, "j.osei", vault=vault)


def patient(folder: Path) -> Guesses:
    """Somebody who waits as long as it takes."""
    moments = iter(range(0, 10**9, 10_000))
    return Guesses(folder, now=lambda: float(next(moments)))


def test_a_pin_opens_and_the_keyring_alone_does_not(tmp_path: Path, vault: Vault, key: bytes) -> None:
    keys.protect(tmp_path, key, PIN, vault=vault)
    assert keys.is_protected(tmp_path)
    assert keys.has_pin(tmp_path)
    assert keys.unlock(tmp_path, passphrase=PIN, vault=vault) == key
    with pytest.raises(LockedStoreError):
        keys.unlock(tmp_path, vault=vault)
    assert key.hex() not in "".join(vault.secrets.values())


def test_a_stolen_disk_has_nothing_to_guess_a_pin_at(tmp_path: Path, vault: Vault, key: bytes) -> None:
    keys.protect(tmp_path, key, PIN, vault=vault)
    on_disk = b"".join(path.read_bytes() for path in tmp_path.iterdir() if path.is_file())
    assert key.hex().encode() not in on_disk
    assert not [text for text in vault.secrets.values() if text.encode() in on_disk]
    with pytest.raises(LockedStoreError, match="does not give its part"):
        keys.unlock(tmp_path, passphrase=PIN, vault=Vault())


def test_a_pin_is_worth_nothing_with_another_keyrings_part(tmp_path: Path, vault: Vault, key: bytes) -> None:
    keys.protect(tmp_path, key, PIN, vault=vault)
    said = card.read(tmp_path)
    assert said.wrapped is not None
    for pepper in (b"", bytes(32)):
        with pytest.raises(LockedStoreError):
            wrap.unwrap(said.wrapped, PIN, said.name, pepper)


def test_a_keyring_that_gives_no_part_costs_no_guess(tmp_path: Path, vault: Vault, key: bytes) -> None:
    keys.protect(tmp_path, key, PIN, vault=vault)
    with pytest.raises(LockedStoreError):
        keys.unlock(tmp_path, passphrase=PIN, vault=Vault())
    assert keys.unlock(tmp_path, passphrase=PIN, vault=vault) == key


def test_a_passphrase_opens_also_where_the_keyring_was_lost(tmp_path: Path, vault: Vault, key: bytes) -> None:
    keys.protect(tmp_path, key, WORDS, vault=vault)
    assert keys.unlock(tmp_path, passphrase=WORDS, vault=Vault()) == key


def test_a_changed_pin_replaces_the_old_one(tmp_path: Path, vault: Vault, key: bytes) -> None:
    keys.protect(tmp_path, key, PIN, vault=vault)
    keys.protect(tmp_path, key, OTHER_PIN, vault=vault)
    with pytest.raises(LockedStoreError, match="not the PIN"):
        keys.unlock(tmp_path, passphrase=PIN, vault=vault)
    assert keys.unlock(tmp_path, passphrase=OTHER_PIN, vault=vault, guesses=patient(tmp_path)) == key


def test_twenty_wrong_pins_destroy_nothing(tmp_path: Path, vault: Vault, key: bytes) -> None:
    keys.protect(tmp_path, key, PIN, vault=vault)
    guesses = patient(tmp_path)
    for _ in range(20):
        with pytest.raises(LockedStoreError, match="not the PIN"):
            keys.unlock(tmp_path, passphrase=OTHER_PIN, vault=vault, guesses=guesses)
    assert keys.unlock(tmp_path, passphrase=PIN, vault=vault, guesses=guesses) == key


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ("48291", "6 to 12 digits"),
        ("123456", "first that anybody tries"),
        ("987654", "first that anybody tries"),
        ("777777", "first that anybody tries"),
        ("272727", "first that anybody tries"),
        ("secret", "at least 10 characters"),
    ],
)
def test_what_is_easily_guessed_cannot_be_chosen(
    tmp_path: Path, vault: Vault, key: bytes, words: str, why: str
) -> None:
    with pytest.raises(RefusedError, match=why):
        keys.protect(tmp_path, key, words, vault=vault)
    assert keys.unlock(tmp_path, vault=vault) == key


def test_without_a_keyring_a_pin_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keys, "system_vault", lambda: None)
    key = keys.create(tmp_path, "j.osei", passphrase=WORDS)
    with pytest.raises(RefusedError, match="a PIN would not be safe"):
        keys.protect(tmp_path, key, PIN)
    assert keys.unlock(tmp_path, passphrase=WORDS) == key


def test_a_keyring_that_fails_in_the_middle_leaves_what_opened_before(tmp_path: Path, vault: Vault, key: bytes) -> None:
    vault.lock_after(1)
    with pytest.raises(LockedStoreError, match="choose a passphrase"):
        keys.protect(tmp_path, key, PIN, vault=vault)
    vault.unlock()
    assert keys.unlock(tmp_path, vault=vault) == key


def test_a_key_that_was_left_in_the_keyring_by_a_cut_goes_at_the_next_unlock(
    tmp_path: Path, vault: Vault, key: bytes
) -> None:
    before = dict(vault.secrets)
    keys.protect(tmp_path, key, PIN, vault=vault)
    vault.secrets.update(before)
    assert keys.unlock(tmp_path, passphrase=PIN, vault=vault) == key
    assert key.hex() not in vault.secrets.values()


def test_the_citys_part_opens_a_store_whose_pin_is_forgotten(tmp_path: Path, vault: Vault, key: bytes) -> None:
    city: dict[str, str] = {}
    keys.make_recoverable(tmp_path, key, city.__setitem__)
    keys.protect(tmp_path, key, PIN, vault=vault)
    assert keys.is_recoverable(tmp_path)
    assert keys.recovered(tmp_path, city.__getitem__) == key
    assert not [part for part in city.values() if part in (tmp_path / "key.json").read_text()]


def test_nothing_is_recoverable_while_the_city_has_not_taken_its_part(tmp_path: Path, vault: Vault, key: bytes) -> None:
    def deposit(_name: str, _part: str) -> None:
        raise OfflineError("no answer")

    with pytest.raises(OfflineError):
        keys.make_recoverable(tmp_path, key, deposit)
    assert not keys.is_recoverable(tmp_path)
    with pytest.raises(LockedStoreError, match="keeps nothing"):
        keys.recovered(tmp_path, lambda _name: "")
    assert keys.unlock(tmp_path, vault=vault) == key


def test_another_stores_part_opens_nothing(tmp_path: Path, vault: Vault, key: bytes) -> None:
    other = tmp_path / "other"
    city: dict[str, str] = {}
    keys.make_recoverable(tmp_path, key, city.__setitem__)
    keys.make_recoverable(other, keys.create(other, "r.kaur", vault=vault), city.__setitem__)
    parts = list(city.values())
    with pytest.raises(LockedStoreError, match="does not open this store"):
        keys.recovered(tmp_path, lambda _name: parts[1])


def test_a_command_asks_and_waits_after_wrong_words(
    tmp_path: Path, vault: Vault, key: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keys, "system_vault", lambda: vault)
    keys.protect(tmp_path, key, PIN, vault=vault)
    with pytest.raises(LockedStoreError):
        keys.key_for_command(tmp_path, lambda _question: OTHER_PIN)
    asked: list[str] = []
    waited: list[float] = []

    def ask(question: str) -> str:
        asked.append(question)
        return PIN

    with pytest.raises(LockedStoreError, match="wait"):  # a sleep that does not sleep
        keys.key_for_command(tmp_path, ask, sleep=waited.append)
    assert "checked in 1 seconds" in asked[0]
    assert 0 < waited[0] <= 1
    assert keys.key_for_command(tmp_path, ask) == key


def test_the_cost_is_measured_within_bounds_and_kept_with_the_key(tmp_path: Path, vault: Vault, key: bytes) -> None:
    keys.protect(tmp_path, key, WORDS, vault=vault)
    assert f'"cost": {2**10 * wrap.DEAREST}' in (tmp_path / "key.json").read_text()
