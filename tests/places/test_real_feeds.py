"""Two feeds of real cities: loaded whole, and at the hard moments their departures are as their own files have them."""

from __future__ import annotations

from datetime import datetime

import pytest

from fieldapp.clock import CITY_ZONE
from fieldapp.places import Layers, Report, Stop
from tests.support.data import shared_data
from tests.support.places import loaded, wards_file
from tests.support.timetables import OwnFiles

pytestmark = pytest.mark.xdist_group("real feeds")  # what they share is made once

HSR, BURLINGTON = "hsr_gtfs_2026_rebuilt.zip", "burlington_transit_gtfs_2021.zip"
Loaded = tuple[Layers, Report]
LIMIT = 25


@pytest.fixture(scope="module")
def hsr(tmp_path_factory: pytest.TempPathFactory) -> Loaded:
    folder = tmp_path_factory.mktemp("hsr")
    layers, reports = loaded(folder, wards=wards_file(folder), gtfs=shared_data(HSR))
    return layers, reports["gtfs"]


@pytest.fixture(scope="module")
def burlington(tmp_path_factory: pytest.TempPathFactory) -> Loaded:
    layers, reports = loaded(tmp_path_factory.mktemp("burlington"), gtfs=shared_data(BURLINGTON))
    return layers, reports["gtfs"]


def test_the_hsr_feed_loads_whole(hsr: Loaded) -> None:
    _, report = hsr
    assert (report.rows, report.bad_rows) == (424_734, 0)
    assert {key: report.counts[key] for key in ("stops", "routes", "trips")} == {
        "stops": 2350,
        "routes": 39,
        "trips": 9867,
    }


def test_the_untouched_burlington_feed_loads(burlington: Loaded) -> None:
    layers, report = burlington
    assert report.bad_rows == 0
    assert layers.search_stops("maple thorpe")
    assert layers.timetable() is not None


def test_hsr_departures_are_those_of_its_own_files(hsr: Loaded) -> None:
    moments = [
        "2026-06-28 04:00",  # the feed's first day
        "2026-06-30 23:50",  # into Canada Day, which has a service of its own
        "2026-07-02 00:20",  # and out of it again
        "2026-07-03 08:00",
        "2026-07-04 23:59:30",  # Saturday into Sunday
        "2026-07-05 01:05",
        "2026-08-03 00:00",  # the civic holiday
        "2026-09-05 23:45",  # the feed's last night
        "2026-09-07 09:00",  # when it is over
    ]
    _compare(hsr[0], OwnFiles(shared_data(HSR)), moments)


def test_burlington_departures_are_those_of_its_own_files(burlington: Loaded) -> None:
    moments = [
        "2021-03-14 00:30",  # the night in which the clocks go forward
        "2021-03-14 12:00",
        "2021-04-01 23:30",  # into Good Friday: the week's service is taken away, another one runs
        "2021-04-02 09:00",
        "2021-04-03 00:10",
        "2021-05-01 23:30",
    ]
    _compare(burlington[0], OwnFiles(shared_data(BURLINGTON)), moments)


def _compare(layers: Layers, files: OwnFiles, moments: list[str]) -> None:
    seen = 0
    for key in files.busiest(6):
        stop = _stop(layers, key)
        for moment in (datetime.fromisoformat(one).replace(tzinfo=CITY_ZONE) for one in moments):
            wanted = files.departures(key, moment, LIMIT)
            shown = layers.departures(stop, moment, limit=LIMIT)
            seen += len(wanted)
            assert [one.at for one in shown] == [at for at, _ in wanted], (key, moment)
            # Which of those that leave at the same moment as the last one are still shown is nobody's business.
            certain = {trip for at, trip in wanted if at < wanted[-1][0]}
            assert certain <= {one.trip for one in shown}, (key, moment)
            assert all(one.route == files.routes[files.trips[one.trip]["route_id"]] for one in shown)
    assert seen > 500


def _stop(layers: Layers, key: str) -> Stop:
    """A stop by the feed's own id."""
    value = {name: layers.value("stops", name, "stop", key) for name in ("id", "code", "name", "lat", "lon")}
    return Stop(int(value["id"]), value["code"], value["name"], float(value["lat"]), float(value["lon"]), "")
