"""One working day, as `./run day` plays it: on the made-up city, and on the City's real wards and parcels."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.support.data import shared_data
from ui.__main__ import main

PICTURES = ("01-today", "04-checklist", "06-after-the-kill", "07-offline-waiting", "09-review", "12-dossiers")


def played(out: Path, *more: str) -> dict[str, Any]:
    assert main(["day", "--out", str(out), *more]) == 0
    report: dict[str, Any] = json.loads((out / "report.json").read_text("utf-8"))
    return report


def assert_a_good_day(report: dict[str, Any]) -> None:
    assert (report["lost"], report["doubled"], report["faults"]) == (0, 0, [])
    assert len({(side["records"], side["checksum"]) for side in report["stores"]}) == 1
    assert len(report["stores"]) == 4
    assert report["kills"] == 1
    assert report["kept_at_kill"] > 0


def test_a_day_in_the_made_up_city(tmp_path: Path) -> None:
    out = tmp_path / "day"
    report = played(out)
    assert_a_good_day(report)
    assert len(report["receipts"]) == len(set(report["receipts"])) == 5
    assert report["photos"] == 4
    assert all((out / f"{name}.png").stat().st_size > 10_000 for name in PICTURES)


@pytest.mark.soak
def test_a_day_on_the_citys_own_wards_and_parcels(tmp_path: Path) -> None:
    data = shared_data("hamilton_parcel_points_2016.csv").parent
    assert_a_good_day(played(tmp_path / "day", "--data", str(data)))


def test_a_day_never_goes_on_in_the_stores_of_another(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "gateway-side").mkdir()
    assert main(["day", "--out", str(tmp_path)]) == 1
    assert "give another --out" in capsys.readouterr().err
