"""The timetable: feeds that are refused, and departures by service days."""

from __future__ import annotations

import zipfile
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from fieldapp.clock import CITY_ZONE
from fieldapp.errors import LayerError
from fieldapp.places import Layers, Stop, import_layer
from fieldapp.places.imports.gtfs import seconds_of
from fieldapp.places.lookups import board
from fieldapp.places.transit import day_start
from tests.support.places import feed_file, loaded, text_file

FRIDAY = datetime(2026, 11, 20, tzinfo=CITY_ZONE)


def times(layers: Layers, stop: Stop, when: datetime, limit: int = 10) -> list[str]:
    return [f"{departure.at:%d %H:%M}" for departure in layers.departures(stop, when, limit=limit)]


@pytest.fixture
def layers(tmp_path: Path) -> Layers:
    return loaded(tmp_path, gtfs=feed_file(tmp_path / "feed.zip"))[0]


def test_the_next_departures_run_past_midnight_and_over_the_weekend(layers: Layers) -> None:
    (stop,) = layers.search_stops("1001")
    assert times(layers, stop, FRIDAY.replace(hour=7), limit=4) == ["20 08:00", "21 01:10", "23 08:00", "24 01:10"]


def test_yesterday_s_late_bus_is_still_to_come(layers: Layers) -> None:
    (stop,) = layers.search_stops("king main")
    assert times(layers, stop, (FRIDAY + timedelta(days=1)).replace(minute=30), limit=1) == ["21 01:10"]


def test_nothing_departs_from_the_last_stop_of_a_trip(layers: Layers) -> None:
    (stop,) = layers.search_stops("mill")
    assert times(layers, stop, FRIDAY) == []


def test_a_route_that_is_not_there_has_no_departures(layers: Layers) -> None:
    (stop,) = layers.search_stops("1001")
    assert layers.routes_at(stop) == ["1"]
    assert layers.departures(stop, FRIDAY, route="99") == []
    assert len(layers.departures(stop, FRIDAY, route="1", limit=3)) == 3


def test_calendar_dates_take_away_and_add(tmp_path: Path) -> None:
    dates = "service_id,date,exception_type\nweek,20261120,2\nweek,20261121,1\n"
    layers, _ = loaded(tmp_path, gtfs=feed_file(tmp_path / "feed.zip", calendar_dates=dates))
    (stop,) = layers.search_stops("1001")
    assert times(layers, stop, FRIDAY.replace(hour=7), limit=2) == ["21 08:00", "22 01:10"]


def test_a_feed_of_calendar_dates_alone_works(tmp_path: Path) -> None:
    dates = "service_id,date,exception_type\nweek,20261120,1\n"
    layers, _ = loaded(tmp_path, gtfs=feed_file(tmp_path / "feed.zip", calendar="", calendar_dates=dates))
    (stop,) = layers.search_stops("1001")
    assert times(layers, stop, FRIDAY, limit=9) == ["20 08:00", "21 01:10"]


def test_outside_the_timetable_nothing_departs_and_the_board_says_so(layers: Layers) -> None:
    (stop,) = layers.search_stops("1001")
    found = board(layers, stop, datetime(2027, 3, 1, 9, tzinfo=CITY_ZONE))
    assert found is not None
    assert (found.departures, found.covered) == ([], False)
    assert found.timetable.last == date(2026, 12, 31)
    assert "2026-12-31" in found.timetable.banner


def test_service_days_begin_twelve_hours_before_noon() -> None:
    assert day_start(date(2026, 11, 20)).hour == 0
    assert day_start(date(2026, 11, 1)).hour == 1  # the clocks go back at two
    assert day_start(date(2026, 3, 8)).hour == 23  # the clocks go forward at two


def test_stops_are_found_near_a_point(layers: Layers) -> None:
    found = layers.stops_near(43.2501, -79.85)
    assert [(stop.code, round(stop.metres)) for stop in found] == [("1001", 11)]


def test_stops_without_a_time_get_theirs_in_between(tmp_path: Path) -> None:
    stops = "stop_id,stop_code,stop_name,stop_lat,stop_lon\n" + "".join(
        f"{n},{n},Stop {n},43.2,-79.8\n" for n in range(5)
    )
    rows = ["t1,08:00:00,08:00:00,0,1", "t1,,,1,2", "t1,,,2,3", "t1,08:30:00,08:30:00,3,4", "t1,08:40:00,08:40:00,4,5"]
    stop_times = "trip_id,arrival_time,departure_time,stop_id,stop_sequence\n" + "\n".join(rows) + "\n"
    layers, _ = loaded(tmp_path, gtfs=feed_file(tmp_path / "feed.zip", stops=stops, stop_times=stop_times))
    shown = [times(layers, layers.search_stops(f"stop {n}")[0], FRIDAY, limit=1) for n in range(4)]
    assert shown == [["20 08:00"], ["20 08:10"], ["20 08:20"], ["20 08:30"]]


def test_a_stop_is_accessible_by_itself_or_as_its_station(tmp_path: Path) -> None:
    rows = ("S,1,,1", "A,,S,", "B,2,S,", "C,0,,", "D,1,,")
    stops = "stop_id,stop_name,wheelchair_boarding,parent_station,location_type,stop_lat,stop_lon\n" + "".join(
        f"{key},Stop {key},{own},{station},{kind},43.2,-79.8\n"
        for key, own, station, kind in (row.split(",") for row in rows)
    )
    layers, _ = loaded(tmp_path, gtfs=feed_file(tmp_path / "feed.zip", stops=stops))
    known = {stop.code: layers.accessible(stop) for stop in layers.search_stops("stop")}
    assert known == {"A": True, "B": False, "C": None, "D": True}


def test_rows_that_fit_nothing_are_reported(tmp_path: Path) -> None:
    times_text = (
        "trip_id,arrival_time,departure_time,stop_id,stop_sequence\n"
        "t1,08:00:00,08:00:00,A,1\nt1,08:10:00,08:10:00,B,2\nt2,08:00:00,08:00:00,A,1\n"
        "t9,08:10:00,08:10:00,B,2\nt2,late,late,B,2\n"
    )
    _, reports = loaded(tmp_path, gtfs=feed_file(tmp_path / "feed.zip", stop_times=times_text))
    report = reports["gtfs"]
    assert (report.rows, report.bad_rows) == (3, 2)
    assert report.bad_samples[0].startswith("sheet stop_times.txt, row 5: ")


@pytest.mark.parametrize(
    ("tables", "reason"),
    [
        ({"stop_times": "trip_id,stop_id\nt1,A\n"}, "no column stop_sequence"),
        ({"stops": ""}, "no column stop_id|no stops"),
        ({"stops": "stop_id,stop_lat,stop_lon\nA,4790000,590000\n"}, "metres"),
        ({"stop_times": "trip_id,stop_id,stop_sequence,departure_time\nx,y,1,08:00:00\n"}, "cannot be used"),
        ({"calendar": ""}, "no day"),
        ({"calendar_dates": "service_id,date,exception_type\nweek,tomorrow,1\n"}, "no date"),
    ],
)
def test_a_broken_feed_is_refused(tmp_path: Path, tables: dict[str, str], reason: str) -> None:
    with pytest.raises(LayerError, match=reason):
        loaded(tmp_path, gtfs=feed_file(tmp_path / "feed.zip", **tables))


def test_a_feed_without_a_table_is_refused_by_name(tmp_path: Path) -> None:
    path = tmp_path / "feed.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("stops.txt", "stop_id\n")
    with pytest.raises(LayerError, match=r"no routes\.txt"):
        loaded(tmp_path, gtfs=path)


def test_a_bomb_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    bomb = "stop_id,stop_code,stop_name,stop_lat,stop_lon\n" + "\n" * 20_000_000
    with pytest.raises(LayerError, match="bomb"):
        loaded(tmp_path, gtfs=feed_file(tmp_path / "feed.zip", stops=bomb))


@pytest.mark.parametrize("part", [0.2, 0.6, 0.95])
def test_a_cut_feed_is_refused_and_the_old_one_stays(tmp_path: Path, layers: Layers, part: float) -> None:
    whole = (tmp_path / "feed.zip").read_bytes()
    cut = tmp_path / "cut.zip"
    cut.write_bytes(whole[: int(len(whole) * part)])
    with pytest.raises(LayerError, match="cut"):
        import_layer(tmp_path / "layers.db", "gtfs", cut)
    assert layers.search_stops("1001")


def test_a_damaged_table_is_refused(tmp_path: Path) -> None:
    path = feed_file(
        tmp_path / "feed.zip",
        stops="stop_id,stop_lat,stop_lon\n" + "".join(f"{n},43.{n},-79.{n}\n" for n in range(999)),
    )
    data = bytearray(path.read_bytes())
    data[200] ^= 0xFF
    path.write_bytes(data)
    with pytest.raises(LayerError, match=r"damaged|fit|no "):
        loaded(tmp_path, gtfs=path)


def test_what_is_no_zip_is_refused(tmp_path: Path) -> None:
    with pytest.raises(LayerError, match="no zip"):
        loaded(tmp_path, gtfs=text_file(tmp_path / "feed.zip", "stop_id\n"))


def test_times_go_past_midnight() -> None:
    assert [seconds_of(text) for text in ("08:00:00", "25:10:30", "8:5:00", "", "later")] == [
        28800,
        90630,
        None,
        None,
        None,
    ]
