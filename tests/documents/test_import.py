"""`fieldapp forms import`: drafts from the command line, refusals with their reason."""

from __future__ import annotations

from pathlib import Path

import pytest

from fieldapp.clock import SystemClock
from fieldapp.paths import Home
from fieldapp.store import Query, Store
from fieldapp.store.keys import practice_key
from sync.practice.people import OSEI
from tests.support.papers import blank, fill
from ui.__main__ import main


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """A laptop whose person the City has introduced."""
    home = Home(tmp_path / "home")
    folder = home.store(OSEI.id)
    folder.mkdir(parents=True)
    store = Store.open(folder, practice_key(folder), clock=SystemClock(), device="LT01")
    store.people.introduce(OSEI, {})
    store.close()
    return home


def test_each_file_is_taken_or_refused_on_its_own(
    home: Home, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    good, bad = tmp_path / "couch.pdf", tmp_path / "holiday.pdf"
    good.write_bytes(fill(blank("bulk-pickup"), {"place/unit": "3", "pickup/wanted_week": "soon"}))
    bad.write_bytes(b"%PDF-1.7 no more")
    assert main(["forms", "import", str(bad), str(good), "--person", OSEI.id, "--home", str(home.root)]) == 1
    said = capsys.readouterr().out
    assert "Refused: holiday.pdf: this PDF is damaged" in said
    assert "couch.pdf: draft HAM-PAPER-" in said
    assert "kept beside: Which week? Any day of it: soon" in said
    folder = home.store(OSEI.id)
    store = Store.open(folder, practice_key(folder), clock=SystemClock(), device="LT01")
    assert [one.get("place/unit") for one in store.find(Query(), 10)] == ["3"]
    store.close()
