"""Live times over the plan: late, cancelled, passing by, added; days, damage, and what the feed leaves out."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldapp.clock import CITY_ZONE
from fieldapp.errors import LayerError
from fieldapp.places import Departure, Layers, realtime
from fieldapp.places.lookups import board
from fieldapp.places.realtime import LiveFeed, read_feed
from tests.support.live import Stop, Trip, feed, stop, trip
from tests.support.places import feed_file, loaded

FRIDAY = datetime(2026, 11, 20, tzinfo=CITY_ZONE)
DAY, NOW = FRIDAY.date(), FRIDAY.replace(hour=7, minute=59)
MINUTES = (0, 10, 20, 30)
# One trip by day, from A over B and C to D, and one after midnight; A is passed twice by the round trip t3.
TIMES = "trip_id,arrival_time,departure_time,stop_id,stop_sequence\n" + "".join(
    f"{trip},{at}:00,{at}:00,{stop},{n}\n"
    for trip, at, stop, n in [
        *(("t1", f"08:{minute:02d}", key, n) for n, (key, minute) in enumerate(zip("ABCD", MINUTES, strict=True), 1)),
        *(("t2", f"25:{minute:02d}", key, n) for n, (key, minute) in enumerate(zip("ABCD", MINUTES, strict=True), 1)),
        *(("t3", f"09:{minute:02d}", key, n) for n, (key, minute) in enumerate(zip("ABAD", MINUTES, strict=True), 1)),
    ]
)
TRIP_ROWS = "route_id,service_id,trip_id,trip_headsign\nr1,week,t1,Mill\nr1,week,t2,Night\nr1,week,t3,Loop\n"
STOP_ROWS = "stop_id,stop_code,stop_name,stop_lat,stop_lon\n" + "".join(
    f"{key},{n},Stop {key},43.2,-79.8\n" for n, key in enumerate("ABCD", 1001)
)


@pytest.fixture(scope="module")
def layers(tmp_path_factory: pytest.TempPathFactory) -> Layers:
    folder = tmp_path_factory.mktemp("live")
    path = feed_file(folder / "feed.zip", stop_times=TIMES, trips=TRIP_ROWS, stops=STOP_ROWS)
    return loaded(folder, gtfs=path)[0]


def shown(layers: Layers, at: str, data: bytes, when: datetime = NOW, limit: int = 3) -> list[Departure]:
    (where,) = layers.search_stops(f"stop {at}")
    found = board(layers, where, when, feed=read_feed(data), limit=limit)
    assert found is not None
    return list(found.departures)


def words(departures: list[Departure]) -> list[str]:
    """Each as "planned > live headsign"."""
    return [f"{one.at:%d %H:%M} > {_live(one)} {one.headsign}" for one in departures]


def _live(one: Departure) -> str:
    if one.live is None:
        return "-"
    kinds = {"cancelled": one.live.cancelled, "skipped": one.live.skipped, "added": one.live.added}
    at = f"{one.live.at:%H:%M:%S}" if one.live.at else ""
    return " ".join(filter(None, (at, *(kind for kind, so in kinds.items() if so))))


def first(layers: Layers, at: str, *stops: Stop, delay: int | None = None) -> str:
    return words(shown(layers, at, feed(NOW, trip("t1", *stops, day=DAY, delay=delay))))[0]


def test_a_delay_at_the_stop_itself(layers: Layers) -> None:
    assert first(layers, "A", stop("A", 1, delay=180)) == "20 08:00 > 08:03:00 Mill"


def test_a_moment_counts_like_a_delay(layers: Layers) -> None:
    assert first(layers, "B", stop("B", at=NOW + timedelta(minutes=15))) == "20 08:10 > 08:14:00 Mill"


def test_a_delay_holds_for_all_later_stops(layers: Layers) -> None:
    assert first(layers, "C", stop("A", delay=60), stop("B", delay=120)) == "20 08:20 > 08:22:00 Mill"


def test_a_moment_at_an_earlier_stop_holds_for_later_ones_too(layers: Layers) -> None:
    assert first(layers, "C", stop("A", at=NOW + timedelta(minutes=6))) == "20 08:20 > 08:25:00 Mill"


def test_nothing_is_known_of_stops_before_the_first_that_is_named(layers: Layers) -> None:
    assert first(layers, "A", stop("B", 2, delay=120)) == "20 08:00 > - Mill"


def test_the_whole_trip_s_delay_counts_where_no_stop_says_better(layers: Layers) -> None:
    assert first(layers, "A", stop("B", 2, delay=120), delay=60) == "20 08:00 > 08:01:00 Mill"
    assert first(layers, "B", stop("B", 2, delay=120), delay=60) == "20 08:10 > 08:12:00 Mill"


def test_an_arrival_alone_moves_the_departure(layers: Layers) -> None:
    update = stop("A", 1)
    update.arrival.delay = 240
    assert first(layers, "A", update) == "20 08:00 > 08:04:00 Mill"


def test_a_stop_that_is_skipped_is_said_there_and_nowhere_else(layers: Layers) -> None:
    stops = (stop("A", 1, delay=60), stop("B", 2, said=Stop.SKIPPED))
    assert first(layers, "B", *stops) == "20 08:10 > skipped Mill"
    assert first(layers, "C", *stops) == "20 08:20 > 08:21:00 Mill"


def test_from_a_stop_without_data_on_nothing_is_known(layers: Layers) -> None:
    assert first(layers, "C", stop("A", 1, delay=60), stop("B", 2, said=Stop.NO_DATA)) == "20 08:20 > - Mill"


def test_a_feed_that_counts_the_stops_otherwise_is_understood_by_their_ids(layers: Layers) -> None:
    assert first(layers, "B", stop("A", 10, delay=60), stop("B", 20, delay=300)) == "20 08:10 > 08:15:00 Mill"


def test_a_stop_that_the_trip_does_not_have_changes_nothing(layers: Layers) -> None:
    assert first(layers, "C", stop("A", delay=60), stop("Z", delay=900)) == "20 08:20 > 08:21:00 Mill"


def test_a_trip_that_passes_a_stop_twice_has_two_departures_there(layers: Layers) -> None:
    data = feed(NOW, trip("t3", stop("A", 1, delay=0), stop("A", 3, delay=300), day=DAY))
    assert words(shown(layers, "A", data))[1:] == ["20 09:00 > 09:00:00 Loop", "20 09:20 > 09:25:00 Loop"]


def test_a_cancelled_trip_stays_in_sight(layers: Layers) -> None:
    data = feed(NOW, trip("t1", day=DAY, said=Trip.CANCELED), trip("t3", day=DAY, said=Trip.DELETED))
    assert words(shown(layers, "A", data, limit=2)) == ["20 08:00 > cancelled Mill", "20 09:00 > cancelled Loop"]


def test_a_late_bus_is_still_to_come_after_its_time(layers: Layers) -> None:
    later = FRIDAY.replace(hour=8, minute=5)
    late = feed(later, trip("t1", stop("A", 1, delay=600), day=DAY))
    assert words(shown(layers, "A", late, later))[0] == "20 08:00 > 08:10:00 Mill"
    gone = feed(later, trip("t1", stop("A", 1, delay=240), day=DAY))
    assert words(shown(layers, "A", gone, later))[0] == "20 09:00 > - Loop"


def test_a_bus_that_left_early_is_shown_until_its_time(layers: Layers) -> None:
    early = feed(NOW, trip("t1", stop("A", 1, delay=-120), day=DAY))
    assert words(shown(layers, "A", early))[0] == "20 08:00 > 07:58:00 Mill"


def test_buses_stand_in_the_order_in_which_they_come(layers: Layers) -> None:
    data = feed(NOW, trip("t1", stop("A", 1, delay=3900), day=DAY))
    assert words(shown(layers, "A", data, limit=2)) == ["20 09:00 > - Loop", "20 08:00 > 09:05:00 Mill"]


def test_an_added_trip_stands_among_the_planned_ones(layers: Layers) -> None:
    at = FRIDAY.replace(hour=8, minute=7)
    stops = (stop("A", at=at), stop("B", at=at + timedelta(minutes=9)))
    data = feed(NOW, trip("x1", *stops, day=DAY, said=Trip.ADDED, route="r1"))
    found = shown(layers, "A", data)
    assert words(found)[1] == "20 08:07 > 08:07:00 added Stop B"
    assert (found[1].route, found[1].route_name) == ("1", "King")
    assert words(shown(layers, "B", data))[0] == "20 08:10 > - Mill"  # nobody boards where it ends


def test_an_added_trip_of_an_unknown_route_has_the_feed_s_own_words(layers: Layers) -> None:
    at = FRIDAY.replace(hour=8, minute=7)
    stops = (stop("A", at=at), stop("Q", at=at))
    data = feed(NOW, trip("x1", *stops, said=Trip.NEW, route="51X", headsign="University"))
    assert [(one.route, one.headsign) for one in shown(layers, "A", data)][1] == ("51X", "University")


def test_a_replaced_trip_has_only_the_stops_that_are_named(layers: Layers) -> None:
    data = feed(NOW, trip("t1", stop("A", delay=60), stop("C", delay=120), day=DAY, said=Trip.REPLACEMENT))
    assert [words(shown(layers, at, data))[0] for at in "ABC"] == [
        "20 08:00 > 08:01:00 Mill",
        "20 08:10 > skipped Mill",
        "20 08:20 > 08:22:00 Mill",
    ]


def test_a_trip_that_the_feed_does_not_name_stays_as_planned(layers: Layers) -> None:
    assert words(shown(layers, "A", feed(NOW)))[0] == "20 08:00 > - Mill"


def test_a_day_means_that_day_s_trip_alone(layers: Layers) -> None:
    data = feed(NOW, trip("t1", stop("A", 1, delay=60), day=date(2026, 11, 23)))
    found = words(shown(layers, "A", data, limit=5))
    assert (found[0], found[4]) == ("20 08:00 > - Mill", "23 08:00 > 08:01:00 Mill")


def test_without_a_day_the_trip_nearest_to_the_feed_is_meant(layers: Layers) -> None:
    data = feed(NOW, trip("t1", stop("A", 1, delay=60)))
    found = words(shown(layers, "A", data, limit=5))
    assert (found[0], found[4]) == ("20 08:00 > 08:01:00 Mill", "23 08:00 > - Mill")


@pytest.mark.parametrize("named", [DAY, None])
def test_after_midnight_yesterday_s_service_day_is_meant(layers: Layers, named: date | None) -> None:
    night = datetime(2026, 11, 21, 0, 55, tzinfo=CITY_ZONE)
    data = feed(night, trip("t2", stop("A", 1, delay=420), day=named))
    assert words(shown(layers, "A", data, night, limit=2)) == ["21 01:00 > 01:07:00 Night", "23 08:00 > - Mill"]


def test_on_an_exception_day_the_live_trips_are_those_that_run(tmp_path: Path) -> None:
    dates = "service_id,date,exception_type\nweek,20261120,2\nweek,20261121,1\n"
    path = feed_file(tmp_path / "f.zip", stop_times=TIMES, trips=TRIP_ROWS, stops=STOP_ROWS, calendar_dates=dates)
    layers, _ = loaded(tmp_path, gtfs=path)
    saturday = datetime(2026, 11, 21, 7, 55, tzinfo=CITY_ZONE)
    both = [trip("t1", stop("A", 1, delay=60), day=day) for day in (DAY, saturday.date())]
    assert words(shown(layers, "A", feed(saturday, *both), saturday))[0] == "21 08:00 > 08:01:00 Mill"
    assert words(shown(layers, "A", feed(NOW, *both), NOW))[0] == "21 08:00 > 08:01:00 Mill"


def test_a_delay_is_right_where_the_clocks_go_back(tmp_path: Path) -> None:
    dates = "service_id,date,exception_type\nweek,20261031,1\n"
    path = feed_file(tmp_path / "f.zip", stop_times=TIMES, trips=TRIP_ROWS, stops=STOP_ROWS, calendar_dates=dates)
    layers, _ = loaded(tmp_path, gtfs=path)
    night = datetime(2026, 11, 1, 0, 55, tzinfo=CITY_ZONE)
    data = feed(night, trip("t2", stop("A", 1, delay=3600), day=date(2026, 10, 31)))
    (found,) = shown(layers, "A", data, night, limit=1)
    assert words([found]) == ["01 01:00 > 01:00:00 Night"]
    assert found.expected.timestamp() - found.at.timestamp() == 3600


def test_a_stale_feed_and_one_from_the_future_leave_the_plan_as_it_is(layers: Layers) -> None:
    for minutes in (-6, 6):
        data = feed(NOW + timedelta(minutes=minutes), trip("t1", stop("A", 1, delay=180), day=DAY))
        assert words(shown(layers, "A", data))[0] == "20 08:00 > - Mill"


def test_a_feed_that_does_not_say_of_when_it_is_counts_by_its_newest_trip(layers: Layers) -> None:
    update = trip("t1", stop("A", 1, delay=180), day=DAY)
    assert not read_feed(feed(None, update)).fresh(NOW)
    update.timestamp = int(NOW.timestamp())
    assert read_feed(feed(None, update)).at == NOW.astimezone(UTC)


@pytest.mark.parametrize(
    "update",
    [
        stop("A", 1, at=datetime(2199, 1, 1, tzinfo=UTC)),
        stop("A", 1, delay=86_400 * 30),
        Stop(stop_id="A", departure={"time": -(1 << 62)}),
        Stop(stop_id="A", departure={"time": 1 << 62}),
    ],
)
def test_times_that_cannot_be_are_not_believed(layers: Layers, update: Stop) -> None:
    assert first(layers, "A", update) == "20 08:00 > - Mill"


def test_a_trip_with_a_day_that_is_none_is_passed_over(layers: Layers) -> None:
    data = feed(NOW, trip("t1", stop("A", 1, delay=60), day="tomorrow"), trip("", stop("A", delay=1)))
    assert read_feed(data) == LiveFeed(NOW.astimezone(UTC), {})


def test_what_the_feed_deleted_is_not_read(layers: Layers) -> None:
    from google.transit import gtfs_realtime_pb2 as pb

    message = pb.FeedMessage.FromString(feed(NOW, trip("t1", stop("A", 1, delay=60), day=DAY)))
    message.entity[0].is_deleted = True
    assert not read_feed(message.SerializeToString()).trips


@pytest.mark.parametrize("data", [b"", b"<!doctype html><html></html>", b'{"error": 1}', b"\x0a\x00", bytes(99)])
def test_what_is_no_feed_is_refused(data: bytes) -> None:
    with pytest.raises(LayerError, match="no live feed"):
        read_feed(data)


def test_a_feed_that_is_larger_than_any_network_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(realtime, "MOST_ENTITIES", 2)
    with pytest.raises(LayerError, match="larger"):
        read_feed(feed(NOW, trip("t1"), trip("t2"), trip("t3")))


def test_a_trip_that_is_told_without_end_is_cut() -> None:
    endless = trip("t1", *[stop("A", 1, delay=n) for n in range(2000)], day=DAY)
    (told,) = read_feed(feed(NOW, *[endless] * 20)).trips.values()
    assert len(told) == realtime.MOST_DAYS
    assert len(told[0].stops) == realtime.MOST_STOPS


def test_a_feed_of_changes_alone_is_refused() -> None:
    with pytest.raises(LayerError, match="changes alone"):
        read_feed(b"\x0a\x07\x0a\x032.0\x10\x01")


@given(st.binary(max_size=200), st.integers(0, 60), st.integers(0, 255))
def test_damaged_bytes_are_refused_or_read_but_never_fail(noise: bytes, at: int, value: int) -> None:
    whole = bytearray(feed(NOW, trip("t1", stop("A", 1, delay=180), day=DAY)))
    whole[at % len(whole)] = value
    for data in (noise, bytes(whole), bytes(whole[:at])):
        try:
            read_feed(data)
        except LayerError:
            continue


def test_a_feed_of_another_timetable_is_noticed(layers: Layers) -> None:
    assert layers.fits(read_feed(feed(NOW, trip("t1"), trip("other"))))
    assert layers.fits(read_feed(feed(NOW, trip("x", said=Trip.ADDED))))
    assert not layers.fits(read_feed(feed(NOW, trip("other"))))
