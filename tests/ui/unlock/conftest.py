"""A laptop at its entrance, with a keyring and guesses that cost little."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from fieldapp.store import keys, wrap
from tests.support.entrances import Laptop, laptop
from tests.support.vault import Vault


@pytest.fixture
def vault(monkeypatch: pytest.MonkeyPatch) -> Vault:
    """The computer's keyring."""
    made = Vault()
    monkeypatch.setattr(keys, "system_vault", lambda: made)
    monkeypatch.setattr(wrap, "COST", 2**10)
    return made


@pytest.fixture
def machine(tmp_path: Path, qtbot: QtBot, vault: Vault) -> Iterator[Laptop]:
    """One machine of the city."""
    with laptop(tmp_path, qtbot) as made:
        yield made
