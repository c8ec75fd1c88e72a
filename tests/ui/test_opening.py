"""Opening a laptop of a real city: its passphrase, and whose store it is."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from fieldapp.errors import OfflineError, RefusedError
from fieldapp.paths import Home
from fieldapp.store import keys, wrap
from ui.opening import Address, open_city_laptop

WORDS = "a bench at bayfront park"
NOWHERE = Address("http://127.0.0.1:1", "token")


@pytest.fixture(autouse=True)
def _no_keyring(monkeypatch: pytest.MonkeyPatch) -> None:
    """A computer without a keyring, and a passphrase that is quick to check."""
    monkeypatch.setattr(keys, "system_vault", lambda: None)
    monkeypatch.setattr(wrap, "COST", 2**10)


def typing(*words: str) -> Callable[[str], str]:
    """A person who types these, one at each question."""
    left = iter(words)
    return lambda _question: next(left)


def test_a_new_passphrase_is_asked_twice(tmp_path: Path) -> None:
    home = Home(tmp_path)
    with pytest.raises(OfflineError):
        open_city_laptop(home, "j.osei", "TOUGH-08", NOWHERE, typing(WORDS, WORDS))
    assert keys.unlock(home.store("j.osei"), passphrase=WORDS)


def test_a_mistyped_new_passphrase_locks_nothing(tmp_path: Path) -> None:
    home = Home(tmp_path)
    with pytest.raises(RefusedError, match="not the same"):
        open_city_laptop(home, "j.osei", "TOUGH-08", NOWHERE, typing(WORDS, WORDS + "s"))
    assert not keys.exists(home.store("j.osei"))


def test_a_person_is_no_way_out_of_the_citys_folder(tmp_path: Path) -> None:
    with pytest.raises(RefusedError, match="is no user id"):
        open_city_laptop(Home(tmp_path / "city"), "../../evil", "TOUGH-08", NOWHERE, typing())
    assert not list(tmp_path.iterdir())
