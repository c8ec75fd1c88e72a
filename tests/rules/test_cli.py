"""`fieldapp rules try`: on a practice store, as somebody calls it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from fieldapp.paths import Home
from fieldapp.services import Catalogue
from fieldapp.store import RemoteRow, Store
from fieldapp.store.keys import practice_key
from tests.support import workplaces
from tests.support.workplaces import City
from ui.__main__ import main

PERMIT = "building-permit"


@pytest.fixture
def home(tmp_path: Path, town: City, catalogue: Catalogue) -> Home:
    """A practice store with two permits in it."""
    made = Home(tmp_path / "home")
    folder = made.store("r.kaur")
    store = Store.open(folder, practice_key(folder), clock=town.clock, device="OFFICE", guide=catalogue)
    for n, one in enumerate(workplaces.permits(town, 2), start=1):
        store.exchange.apply_page("ward:08", [RemoteRow(one.id, n, one.service, one.form_version, one.fields)], n)
    store.close()
    return made


def run(home: Home, *more: str) -> int:
    return main(["rules", "try", PERMIT, "--person", "r.kaur", "--home", str(home.root), *more])


def test_which_records_would_fail_is_printed_and_written(
    home: Home, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out.csv"
    assert run(home, "--question", "project/a_area", "--as", ". <= 40", "--csv", str(out), "--json") == 0
    said = json.loads(capsys.readouterr().out)
    assert said["summary"].startswith("2 records looked at, 2 would fail that pass now, 0 would pass that fail now.")
    assert all(one["would_fail"] for one in said["records"])
    assert len(out.read_text("utf-8-sig").splitlines()) == 3


def test_a_call_that_names_nothing_to_try_is_refused(home: Home, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(home) == 1
    assert "Name what is to be tried" in capsys.readouterr().err


def test_somebody_without_a_store_is_refused(home: Home, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rules", "try", PERMIT, "--person", "nobody", "--home", str(home.root)]) == 1
    assert "no store of “nobody”" in capsys.readouterr().err


@pytest.mark.parametrize("amount", ["abc", "NaN", "-1.00", "1e30"])
def test_what_is_no_amount_is_refused_before_anything_is_read(capsys: pytest.CaptureFixture[str], amount: str) -> None:
    with pytest.raises(SystemExit):
        main(["rules", "try", PERMIT, "--person", "r.kaur", "--fee", "BP-MIN", f"--amount={amount}"])
    assert "is no amount" in capsys.readouterr().err
