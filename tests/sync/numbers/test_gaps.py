"""The gap report: every number that was handed out is accounted for, also on the command line."""

from __future__ import annotations

from pathlib import Path

import pytest

from fieldapp.actions import Desk, void
from fieldapp.errors import RefusedError
from fieldapp.places import Layers
from sync.gateway.gaps import Gap, reports, retire
from tests.support.gateway import CHIEF, CLERK, City, make_service
from tests.support.numbers import issuing, laptop, order
from ui.__main__ import main


def at_work(city: City) -> None:
    """Two laptops: one used three numbers, the last of them void; the other used one and went away."""
    one, other = laptop(city, CLERK), laptop(city, CHIEF)
    one.sync()
    other.sync()
    records = [order(one) for _ in range(3)]
    desk = Desk(CLERK, one.store, city.service.catalogue, Layers(city.folder / "layers"), one.clock, one.device)
    void(desk, records[-1], "order", "torn", anew=False)
    order(other)
    city.sync()


def test_every_number_has_a_word(city: City) -> None:
    at_work(city)
    with city.service.database.write() as tx:
        assert retire(tx, "LT01", "stolen", "2026-11-24T00:00:00.000Z") == 1
        city.service.as_(CLERK)
        (report,) = reports(tx)
    assert report.handed_out == 20
    assert {fate: n for fate, n in report.fates.items() if n} == {"used": 3, "void": 1, "in hand": 7, "lost": 9}
    assert report.gaps == (
        Gap(3, 3, "void", CLERK.id, "torn"),
        Gap(4, 10, "in hand", f"{CLERK.id} · LT00"),
        Gap(12, 20, "lost", f"{CHIEF.id} · LT01", "stolen"),
    )


def test_work_of_a_retired_device_that_comes_back_is_taken(city: City) -> None:
    one = laptop(city, CLERK)
    one.sync()
    record = order(one)
    with city.service.database.write() as tx:
        retire(tx, one.device, "stolen", "2026-11-24T00:00:00.000Z")
        with pytest.raises(RefusedError):
            retire(tx, one.device, " ", "2026-11-24T00:00:00.000Z")
    one.sync()
    assert one.record(record).rev == 1
    with city.service.database.snapshot() as reader:
        assert reports(reader, "order/2026")[0].fates["used"] == 1


def test_the_command_tells_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    city = City(tmp_path, make_service(tmp_path / "gateway", issuing()))
    at_work(city)
    city.close()
    assert main(["gateway", "numbers", "--data", str(tmp_path / "gateway"), "--gaps"]) == 0
    said = capsys.readouterr().out
    assert "order/2026: 20 handed out: used 3, voided 1, in hand 16" in said
    assert "3  voided  j.osei  torn" in said


def test_before_anything_was_handed_out_it_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["gateway", "numbers", "--data", str(tmp_path)]) == 0
    assert "No official number" in capsys.readouterr().out
