"""`fieldapp import`: what it prints, what it returns, and where it writes."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from pathlib import Path

import pytest

import fieldapp.cli
from fieldapp import texts
from fieldapp.errors import LayerError
from fieldapp.places import Layers
from tests.support.data import shared_data
from tests.support.places import text_file, wards_file


def main(arguments: list[str]) -> int:
    """The program's parser with this layer's commands."""
    parser = ArgumentParser()
    fieldapp.cli.add_commands(parser.add_subparsers())
    options = parser.parse_args(arguments)
    return int(options.run(options))


PARCELS = "parcel_id,lon,lat\n1,-79.85,43.25\n1,-79.85,43.26\n2,-70,43.25\n3,x,43.2\n"


def test_the_report_as_json(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = text_file(tmp_path / "p.csv", PARCELS)
    home = tmp_path / "home"
    assert main(["import", "wards", str(wards_file(tmp_path)), "--home", str(home)]) == 0
    capsys.readouterr()
    arguments = ["--json", "--home", str(home), "--source", "City", "--as-of", "2016-05-01", "--licence", "OGL"]
    assert main(["import", "parcels", str(file), *arguments]) == 0
    report = json.loads(capsys.readouterr().out)
    wanted = {"rows": 3, "doubled_ids": 1, "outside_wards": 1, "bad_rows": 1, "source": "City", "as_of": "2016-05-01"}
    assert {key: report[key] for key in wanted} == wanted
    assert report["seconds"] > 0
    assert [layer.name for layer in Layers(home / "layers.db").describe()] == ["parcels", "wards"]


@pytest.mark.parametrize(
    ("language", "doubled"), [("en", "1 id occurs more than once"), ("fr", "1 identifiant figure")]
)
def test_the_report_in_words(tmp_path: Path, capsys: pytest.CaptureFixture[str], language: str, doubled: str) -> None:
    texts.use(language)
    try:
        main(["import", "parcels", str(text_file(tmp_path / "p.csv", PARCELS)), "--home", str(tmp_path)])
    finally:
        texts.use("en")
    output = capsys.readouterr()
    assert doubled in output.out
    assert "1 in rows 2, 3" in output.out or "lignes 2, 3" in output.out
    assert output.err == ""  # no progress bar where nobody watches


def test_a_refused_file_ends_with_its_place(tmp_path: Path) -> None:
    file = text_file(tmp_path / "p.csv", "parcel_id,lon,lat\n1,-79.8")
    with pytest.raises(LayerError) as caught:
        main(["import", "parcels", str(file), "--home", str(tmp_path)])
    assert str(caught.value).startswith("p.csv, row 2: ")


def test_the_city_s_parcels_by_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = shared_data("hamilton_parcel_points_2016.csv")
    assert main(["import", "parcels", str(file), "--home", str(tmp_path), "--json"]) == 0
    report = json.loads(capsys.readouterr().out)
    assert (report["rows"], report["doubled_ids"], report["outside_wards"]) == (139_778, 334, 138)
    assert report["seconds"] < 20


def test_the_layers_of_a_named_city_lie_in_its_home(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FIELDAPP_HOME", str(tmp_path / "data"))
    assert main(["import", "wards", str(wards_file(tmp_path)), "--city", "city"]) == 0
    assert [layer.name for layer in Layers(tmp_path / "data" / "city" / "layers.db").describe()] == ["wards"]


def test_one_row_is_told_as_one(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = text_file(tmp_path / "p.csv", "parcel_id,lon,lat\n1,-79.85,43.25\n")
    assert main(["import", "parcels", str(file), "--home", str(tmp_path)]) == 0
    assert "  1 row in " in capsys.readouterr().out
