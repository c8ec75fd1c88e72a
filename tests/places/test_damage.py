"""Files damaged at random: every import either works or is refused with a LayerError, and never anything else."""

from __future__ import annotations

import zipfile
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from fieldapp.errors import LayerError
from fieldapp.places import Layers, import_layer
from tests.support.places import feed_file, text_file, wards_file

ADDRESSES = "id,number,street,unit,city,lon,lat,ward\n" + "".join(
    f'{n},{n},"Rue de l’Église",{n % 3},Orléans,-79.8{n},43.25,{n % 4}\n' for n in range(1, 9)
)


def originals(folder: Path) -> dict[str, Path]:
    """One good file of each kind."""
    return {
        "wards": wards_file(folder),
        "addresses": text_file(folder / "addresses.csv", ADDRESSES),
        "gtfs": feed_file(folder / "feed.zip"),
    }


damage = st.lists(st.tuples(st.floats(0, 0.999), st.binary(max_size=4), st.integers(0, 6)), min_size=1, max_size=4)


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(kind=st.sampled_from(["wards", "addresses", "gtfs"]), wounds=damage, part=st.floats(0.5, 1))
@example(kind="gtfs", wounds=[(0.5, b"", 1)], part=1.0)  # a zip's directory that points before the file's beginning
def test_a_damaged_file_is_taken_whole_or_refused_whole(
    kind: str, wounds: list[tuple[float, bytes, int]], part: float
) -> None:
    with TemporaryDirectory() as name:
        folder = Path(name)
        good = originals(folder)[kind]
        import_layer(folder / "layers.db", kind, good)
        layers = Layers(folder / "layers.db")
        before = layers.describe()
        data = good.read_bytes()
        for where, bytes_in, gone in wounds:
            at = int(where * len(data))
            data = data[:at] + bytes_in + data[at + gone :]
        good.write_bytes(data[: int(len(data) * part)])
        refusal = refused(folder, kind, good)
        if refusal:
            assert refusal.place.file == good.name
            assert layers.describe() == before
        layers.close()


@pytest.mark.parametrize("ward", ['"\\ud800"', "9" * 5000, "1e999", "[[[1]]]", "{}", "NaN", "-0"])
def test_odd_values_of_json_are_taken_or_refused(tmp_path: Path, ward: str) -> None:
    text = wards_file(tmp_path).read_text().replace('"ward": 1', f'"ward": {ward}')
    refused(tmp_path, "wards", text_file(tmp_path / "odd.geojson", text))


@pytest.mark.parametrize("sequence", ["9" * 5000, "9" * 20, "-1", "²", "1.0"])
def test_odd_numbers_of_a_feed_are_taken_or_refused(tmp_path: Path, sequence: str) -> None:
    header = "trip_id,arrival_time,departure_time,stop_id,stop_sequence\n"
    rows = f"t1,08:00:00,08:00:00,A,{sequence}\nt1,08:10:00,08:10:00,B,2\n"
    refused(tmp_path, "gtfs", feed_file(tmp_path / "feed.zip", stop_times=header + rows))


@pytest.mark.parametrize("packed", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_a_feed_in_another_packing_is_refused_where_it_is_damaged(tmp_path: Path, packed: int) -> None:
    good, other = feed_file(tmp_path / "good.zip"), tmp_path / "other.zip"
    with zipfile.ZipFile(good) as plain, zipfile.ZipFile(other, "w", packed) as tables:
        for name in plain.namelist():
            tables.writestr(name, plain.read(name))
    assert refused(tmp_path, "gtfs", other) is None
    whole = other.read_bytes()
    start = whole.index(b"stop_times.txt") + len("stop_times.txt")
    other.write_bytes(whole[: start + 12] + b"\xff" * 8 + whole[start + 20 :])
    assert refused(tmp_path, "gtfs", other) is not None


def test_a_table_that_begins_with_no_text_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "feed.zip"
    with zipfile.ZipFile(feed_file(tmp_path / "good.zip")) as good, zipfile.ZipFile(file, "w") as tables:
        for name in good.namelist():
            tables.writestr(name, b"\xff\xfe" * (name == "routes.txt") + good.read(name))
    found = refused(tmp_path, "gtfs", file)
    assert found is not None
    assert (found.place.sheet, "UTF-8" in str(found)) == ("routes.txt", True)


def test_a_zip_of_a_later_version_is_refused(tmp_path: Path) -> None:
    file = feed_file(tmp_path / "feed.zip")
    data = bytearray(file.read_bytes())
    data[data.index(b"PK\x01\x02") + 6] = 135
    file.write_bytes(bytes(data))
    assert refused(tmp_path, "gtfs", file) is not None


def refused(folder: Path, kind: str, file: Path) -> LayerError | None:
    """The refusal of an import, None when the file was taken."""
    try:
        import_layer(folder / "layers.db", kind, file)
    except LayerError as error:
        return error
    return None
