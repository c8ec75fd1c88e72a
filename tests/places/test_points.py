"""Parcels and addresses: clean, dirty and wrong files."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest

from fieldapp.errors import FieldAppError, LayerError
from fieldapp.places import Layers, Report, import_layer
from tests.support.data import shared_data
from tests.support.places import feature, geojson, loaded, square, text_file, wards_file

GOOD = "parcel_id,lon,lat,dwellings\n1,-79.85,43.25,1\n2,-79.75,43.25,2\n3,-79.65,43.25,3\n"


def parcels(folder: Path, text: str, encoding: str = "utf-8") -> Path:
    return text_file(folder / "parcels.csv", text, encoding)


def test_ward_is_computed_and_every_column_kept(tmp_path: Path) -> None:
    layers, reports = loaded(tmp_path, wards=wards_file(tmp_path), parcels=parcels(tmp_path, GOOD))
    assert reports["parcels"].rows == 3
    assert reports["parcels"].wards_from == "polygons"
    assert layers.value("parcels", "ward", "parcel_id", "2") == "02"
    assert layers.value("parcels", "dwellings", "parcel_id", "3") == "3"


@pytest.mark.soak
def test_the_city_s_parcels_are_counted_without_wards_by_their_own_column(tmp_path: Path) -> None:
    _, reports = loaded(tmp_path, parcels=shared_data("hamilton_parcel_points_2016.csv"))
    report = reports["parcels"]
    assert (report.rows, report.doubled_ids, report.doubled_rows, report.outside_wards) == (139_778, 334, 334, 138)
    assert report.wards_from == "column"
    assert report.doubled_samples[0] == "33528 in rows 7370, 7371"


def test_the_city_s_parcels_are_compared_with_its_wards(tmp_path: Path) -> None:
    files = {"wards": "hamilton_wards.geojson", "rural": "hamilton_rural_boundary.geojson"}
    paths = {kind: shared_data(name) for kind, name in files.items()}
    layers, reports = loaded(tmp_path, **paths, parcels=shared_data("hamilton_parcel_points_2016.csv"))
    report = reports["parcels"]
    assert (report.wards_from, report.outside_wards, report.wards_differ) == ("polygons", 138, 10)
    rural = sum(row["rural"] == "yes" for row in layers.rows("parcels"))
    assert rural == 9414  # as the file's own column says


def test_doubled_ids_are_reported_and_kept(tmp_path: Path) -> None:
    text = "parcel_id,lon,lat\na,-79.85,43.25\nb,-79.85,43.25\na,-79.85,43.26\na,-79.85,43.27\n"
    _, reports = loaded(tmp_path, parcels=parcels(tmp_path, text))
    report = reports["parcels"]
    assert (report.rows, report.doubled_ids, report.doubled_rows) == (4, 1, 2)
    assert report.doubled_samples == ["a in rows 2, 4, 5"]


def test_bad_rows_are_passed_over_with_their_place(tmp_path: Path) -> None:
    text = GOOD + "4,abc,43.2,1\n5,-79.85\n6,0,0,1\n"
    _, reports = loaded(tmp_path, parcels=parcels(tmp_path, text))
    assert (reports["parcels"].rows, reports["parcels"].bad_rows) == (3, 3)
    assert reports["parcels"].bad_samples[0].startswith("row 5: ")


def test_a_file_of_mostly_bad_rows_is_refused(tmp_path: Path) -> None:
    text = "parcel_id,x,y\n" + "".join(f"{n},590000,4790000\n" for n in range(5)) + "9,-79.8,43.2\n"
    with pytest.raises(LayerError, match="metres") as caught:
        loaded(tmp_path, parcels=parcels(tmp_path, text))
    assert caught.value.place.row == 2


def test_metres_are_given_up_early(tmp_path: Path) -> None:
    text = "parcel_id,x,y\n" + "".join(f"{n},590000,4790000\n" for n in range(5000))
    with pytest.raises(LayerError, match="1000 of 1000"):
        loaded(tmp_path, parcels=parcels(tmp_path, text))


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "empty"),
        ("\n\n", "empty"),
        ("parcel_id,lon,lat\n", "no rows"),
        ("name,colour\nx,red\n", "no column"),
        ("parcel_id,lon\n1,2\n", "no column lat"),
        (GOOD + "4,-79.8", "the file is cut"),
        (GOOD + "4,-79.8,43.2,", "the file is cut"),
        (GOOD + '4,"-79.8', "cut"),
        (GOOD + "4,-79.8,43.2,\x00\n", "not a text file"),
        ("parcel_id,lon,lat\n1,-79.85,43.25," + "x" * 2_000_000, "longer than a million"),
        ('{"type": "FeatureCollection", "features": []}', "no features"),
    ],
)
def test_a_wrong_file_is_refused_and_changes_nothing(tmp_path: Path, text: str, reason: str) -> None:
    path = tmp_path / "layers.db"
    import_layer(path, "parcels", parcels(tmp_path, GOOD))
    before = Layers(path).describe()
    with pytest.raises(LayerError, match=reason) as caught:
        import_layer(path, "parcels", text_file(tmp_path / "wrong.csv", text))
    assert caught.value.place.file == "wrong.csv"
    layers = Layers(path)
    assert layers.describe() == before
    assert [row["parcel_id"] for row in layers.rows("parcels")] == ["1", "2", "3"]


def test_a_last_line_without_its_end_is_no_cut_when_it_is_complete(tmp_path: Path) -> None:
    _, reports = loaded(tmp_path, parcels=parcels(tmp_path, GOOD.rstrip("\n")))
    assert reports["parcels"].rows == 3


def test_missing_files_and_folders_are_refused(tmp_path: Path) -> None:
    for path in (tmp_path / "none.csv", tmp_path):
        with pytest.raises(LayerError, match="no such file"):
            import_layer(tmp_path / "layers.db", "parcels", path)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "latin-1"])
def test_accents_survive_every_encoding_that_is_taken(tmp_path: Path, encoding: str) -> None:
    text = "number,street,city,lon,lat\n12,Rue des Érables,Orléans,-79.85,43.25\n"
    layers, reports = loaded(tmp_path, addresses=text_file(tmp_path / "a.csv", text, encoding))
    assert [address.label for address in layers.search_addresses("12 erables")] == ["12 Rue des Érables, Orléans"]
    assert bool(reports["addresses"].notes) == (encoding == "latin-1")


def test_text_in_no_known_encoding_is_refused_with_its_row(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(GOOD.encode() + b"4,-79.8,43.2,\x81\xff\n")
    with pytest.raises(LayerError, match="UTF-8") as caught:
        import_layer(tmp_path / "layers.db", "parcels", path)
    assert caught.value.place.row == 5


def test_wards_that_lie_elsewhere_do_not_overrule_the_file(tmp_path: Path) -> None:
    text = "parcel_id,lon,lat,ward\n1,-75.85,45.25,12\n2,-75.85,45.25,\n"
    layers, reports = loaded(tmp_path, wards=wards_file(tmp_path), parcels=parcels(tmp_path, text))
    report = reports["parcels"]
    assert (report.wards_from, report.outside_wards, report.wards_differ, len(report.notes)) == ("column", 1, 0, 1)
    assert layers.value("parcels", "ward", "parcel_id", "1") == "12"


def test_other_wards_in_the_column_are_reported(tmp_path: Path) -> None:
    text = "parcel_id,lon,lat,ward\n1,-79.85,43.25,1\n2,-79.75,43.25,3\n"
    _, reports = loaded(tmp_path, wards=wards_file(tmp_path), parcels=parcels(tmp_path, text))
    assert reports["parcels"].wards_differ == 1
    assert "row 3" in reports["parcels"].differ_samples[0]


def test_parcel_polygons_get_a_point_inside_and_an_outline(tmp_path: Path) -> None:
    file = geojson(tmp_path / "p.geojson", [feature({"PARCEL_ID": "p7"}, [square(1)])])
    layers, _ = loaded(tmp_path, wards=wards_file(tmp_path), parcels=file)
    found = layers.parcels_near(43.25, -79.75, within=20_000)[0]
    assert (found.parcel, found.ward) == ("p7", "02")
    assert [len(ring) for ring in layers.outlines("parcels", (-79.9, 43.2, -79.5, 43.4))[0].rings] == [10]


def test_hamilton_s_address_fields_are_known(tmp_path: Path) -> None:
    header = "OBJECTID,NUMBER_COMPLETE,FULL_STREET_NAME,UNIT_NUMBER_COMPLETE,MUNICIPALITY,X,Y\n"
    text = header + "1,71,Main Street West,,HAMILTON,-79.87,43.256\n2,12A,King Street East,UNIT 5,DUNDAS,-79.95,43.26\n"
    layers, _ = loaded(tmp_path, addresses=text_file(tmp_path / "a.csv", text))
    labels = [layers.search_addresses(query)[0].label for query in ("71 main", "5-12a king")]
    assert labels == ["71 Main Street West, HAMILTON", "5-12A King Street East, DUNDAS"]


def test_openaddresses_lines_are_known(tmp_path: Path) -> None:
    rows = [
        feature(
            {"hash": f"h{n}", "number": str(n), "street": "Mill St", "unit": "", "city": "Dundas"},
            [-79.9, 43.2],
            "Point",
        )
        for n in range(1, 4)
    ]
    file = text_file(tmp_path / "a.geojson", "\n".join(json.dumps(row) for row in rows))
    layers, reports = loaded(tmp_path, addresses=file)
    assert reports["addresses"].rows == 3
    assert layers.search_addresses("3 mill")[0].label == "3 Mill St, Dundas"


def test_the_same_address_twice_counts_as_doubled_where_there_are_no_ids(tmp_path: Path) -> None:
    text = "number,street,unit,lon,lat\n1,Mill,,-79.8,43.2\n1,Mill,2,-79.8,43.2\n1,Mill,,-79.8,43.2\n2,,,-79.8,43.2\n"
    _, reports = loaded(tmp_path, addresses=text_file(tmp_path / "a.csv", text))
    report = reports["addresses"]
    assert (report.rows, report.doubled_ids, report.bad_rows) == (3, 1, 1)


def test_a_stopped_import_changes_nothing(tmp_path: Path) -> None:
    class StoppedError(FieldAppError):
        pass

    def stop(done: int, size: int) -> None:
        assert 0 < done <= size
        raise StoppedError

    path = tmp_path / "layers.db"
    import_layer(path, "parcels", parcels(tmp_path, GOOD))
    with pytest.raises(StoppedError):
        import_layer(path, "parcels", parcels(tmp_path, GOOD * 2), progress=stop)
    assert len(Layers(path).rows("parcels")) == 3


def test_progress_reaches_the_end(tmp_path: Path) -> None:
    steps: list[tuple[int, int]] = []
    file = parcels(tmp_path, GOOD)
    import_layer(tmp_path / "layers.db", "parcels", file, progress=lambda done, size: steps.append((done, size)))
    assert steps[-1] == (file.stat().st_size, file.stat().st_size)


def test_a_layer_tells_its_source_and_date(tmp_path: Path) -> None:
    about = Report("parcels", "", source="City of X", as_of="2016-01-01", licence="OGL")
    file = parcels(tmp_path, GOOD)
    import_layer(tmp_path / "layers.db", "parcels", file, about=about)
    (layer,) = Layers(tmp_path / "layers.db").describe()
    assert (layer.name, layer.source, layer.as_of, layer.licence, layer.rows) == (
        "parcels",
        "City of X",
        "2016-01-01",
        "OGL",
        3,
    )
    assert layer.sha256 == hashlib.sha256(file.read_bytes()).hexdigest()


def test_a_layer_that_shrinks_is_worth_a_word(tmp_path: Path) -> None:
    import_layer(tmp_path / "layers.db", "parcels", parcels(tmp_path, GOOD))
    report = import_layer(tmp_path / "layers.db", "parcels", parcels(tmp_path, GOOD[: GOOD.index("2,-")]))
    assert any("3 rows before" in note for note in report.notes)


def test_unknown_kinds_and_dates_are_refused(tmp_path: Path) -> None:
    file = parcels(tmp_path, GOOD)
    with pytest.raises(LayerError, match="no layer"):
        import_layer(tmp_path / "layers.db", "trees", file)
    with pytest.raises(LayerError, match="no date"):
        import_layer(tmp_path / "layers.db", "parcels", file, about=Report("parcels", "", as_of="last week"))


def test_a_file_that_is_no_layers_file_is_refused_and_kept(tmp_path: Path) -> None:
    path = text_file(tmp_path / "layers.db", "something else " * 100)
    with pytest.raises(FieldAppError, match="move it away"):
        import_layer(path, "parcels", parcels(tmp_path, GOOD))
    assert path.read_text().startswith("something else")
    assert Layers(path).describe() == []
