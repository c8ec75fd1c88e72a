"""The commands of the daily copies, as a person gives them."""

from __future__ import annotations

from pathlib import Path

import pytest

from fieldapp.clock import FixedClock
from fieldapp.paths import Home
from fieldapp.store import Store, keys
from tests.support.store import PERSON, make_change
from ui.__main__ import main


def store_of(home: Path) -> Store:
    """A practice store below `home`."""
    folder = Home(home).store(PERSON)
    return Store.open(folder, keys.practice_key(folder), clock=FixedClock(), device="LT01")


def test_the_copies_are_listed_and_one_is_restored(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    store = store_of(tmp_path)
    store.snapshots.daily()
    change = make_change()
    store.commit(change, seal=True)
    whose = ["--person", PERSON, "--home", str(tmp_path)]
    assert main(["snapshots", "restore", *whose]) == 1
    assert "open in another FieldApp" in capsys.readouterr().err
    store.close()
    assert main(["snapshots", "list", *whose]) == 0
    assert "000001-2026-11-23" in capsys.readouterr().out
    assert main(["snapshots", "restore", "000001-2026-11-23", *whose]) == 0
    said = capsys.readouterr().out
    assert "rescued changes: 1, answers of the City: 0, drafts: 0" in said
    assert "replaced-" in said
    store = store_of(tmp_path)
    assert store.record(change.record)
    store.close()


@pytest.mark.parametrize("name", ["", "000009-2026-11-23", "../../store"])
def test_a_copy_that_is_not_there_changes_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    store_of(tmp_path).close()
    assert main(["snapshots", "restore", *filter(None, [name]), "--person", PERSON, "--home", str(tmp_path)]) == 1
    assert "There is no such copy" in capsys.readouterr().err
    assert main(["snapshots", "list", "--person", PERSON, "--home", str(tmp_path)]) == 0
    assert "There is no copy of this store here." in capsys.readouterr().out
