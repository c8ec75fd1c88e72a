"""From the gateway's own database to open data."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from fieldapp.records import Record
from sync.gateway.publishing import cases as module
from sync.gateway.publishing.cases import cases
from tests.support.gateway import APPROVED, CHIEF, CLERK, City
from ui.__main__ import main


def worked(city: City) -> tuple[str, str]:
    """One request approved, one draft; their ids."""
    clerk, chief = city.laptop(CLERK), city.laptop(CHIEF)
    approved, draft = clerk.new({"items": "1"}, submit=True), clerk.new()
    city.sync()
    chief.step(approved, "approve", APPROVED)
    city.sync()
    return approved, draft


def test_a_case_is_the_record_with_the_steps_that_took_effect(either: City) -> None:
    approved, draft = worked(either)
    found = {case.record.id: case for case in cases(either.service.database)}
    assert found.keys() == {approved, draft}
    assert [(step.state, step.transition, step.actor) for step in found[approved].steps] == [
        ("submitted", "submit", CLERK.id),
        (APPROVED, "approve", CHIEF.id),
    ]
    assert isinstance(found[approved].record, Record)
    assert found[approved].reached(APPROVED) == found[approved].received


def test_many_pages_are_one_list(either: City, monkeypatch: pytest.MonkeyPatch) -> None:
    clerk = either.laptop(CLERK)
    made = sorted(clerk.new() for _ in range(7))
    either.sync()
    monkeypatch.setattr(module, "PAGE", 3)
    assert [case.record.id for case in cases(either.service.database)] == made


def test_a_refused_change_is_no_step(either: City) -> None:
    clerk = either.laptop(CLERK)
    record = clerk.new(submit=True)
    either.sync()
    clerk.step(record, "approve", APPROVED)
    clerk.sync()
    (case,) = cases(either.service.database)
    assert [step.transition for step in case.steps] == ["submit"]


def test_the_command_writes_the_package(near: City, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    worked(near)
    data, out = str(near.folder / "gateway"), tmp_path / "open"
    assert main(["export", "opendata", "--data", data, str(out)]) == 0
    assert "requests: rows 1" in capsys.readouterr().out
    with (out / "requests.csv").open(encoding="utf-8") as file:
        assert [row["status"] for row in csv.DictReader(file)] == ["closed"]


@pytest.mark.parametrize("what", [["dashboard"], ["report"], ["opendata"]])
def test_a_folder_without_a_citys_records_gives_no_report_of_nothing(
    tmp_path: Path, what: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    days = ["--from", "2026-01-01", "--to", "2026-12-31"] if what != ["opendata"] else []
    assert main(["export", *what, "--data", str(tmp_path / "typo"), *days, str(tmp_path / "out")]) == 1
    assert "no records of a City" in capsys.readouterr().err
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("what", ["dashboard", "report"])
def test_a_period_that_ends_before_it_begins_is_refused(
    tmp_path: Path, what: str, capsys: pytest.CaptureFixture[str]
) -> None:
    days = ["--from", "2026-12-31", "--to", "2026-01-01"]
    assert main(["export", what, "--data", str(tmp_path), *days, str(tmp_path / "out")]) == 1
    assert "is before the first one" in capsys.readouterr().err
