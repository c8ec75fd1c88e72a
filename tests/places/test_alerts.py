"""What riders are told: where, when, in which language, and what of it is left out."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from fieldapp.clock import CITY_ZONE
from fieldapp.places import Layers
from fieldapp.places.alerts import LONGEST
from fieldapp.places.lookups import board
from fieldapp.places.realtime import read_feed
from tests.support.live import Alert, Concern, Trip, alert, feed
from tests.support.places import feed_file, loaded

NOW = datetime(2026, 11, 20, 8, tzinfo=CITY_ZONE)
ALL = Concern(agency_id="HSR")


@pytest.fixture(scope="module")
def layers(tmp_path_factory: pytest.TempPathFactory) -> Layers:
    folder: Path = tmp_path_factory.mktemp("alerts")
    return loaded(folder, gtfs=feed_file(folder / "feed.zip"))[0]


def told(layers: Layers, *alerts: Alert, stop: str = "1001", language: str = "en") -> list[str]:
    (where,) = layers.search_stops(stop)
    found = board(layers, where, NOW, feed=read_feed(feed(NOW, alerts=alerts)))
    assert found is not None
    return [one.words(language) for one in found.alerts]


@pytest.mark.parametrize(
    ("concern", "here"),
    [
        (ALL, True),
        (Concern(route_type=3), True),
        (Concern(route_id="r1"), True),
        (Concern(route_id="r2"), False),
        (Concern(stop_id="A"), True),
        (Concern(stop_id="B"), False),
        (Concern(route_id="r1", stop_id="A"), True),
        (Concern(route_id="r1", stop_id="B"), False),
        (Concern(route_id="r2", stop_id="A"), False),
        (Concern(trip=Trip(trip_id="t1")), False),
        (Concern(trip=Trip(trip_id="t1", route_id="r1")), True),
        (Concern(), False),
    ],
)
def test_a_notice_is_told_where_it_concerns_somebody(layers: Layers, concern: Concern, here: bool) -> None:
    assert bool(told(layers, alert(concern, en="Detour"))) is here


def test_a_notice_counts_in_its_time(layers: Layers) -> None:
    hour = timedelta(hours=1)
    times = [(NOW - hour, NOW + hour), (NOW, None), (None, NOW + hour), (NOW + hour, None), (None, NOW - hour)]
    said = [told(layers, alert(ALL, en="Detour", first=first, last=last)) for first, last in times]
    assert [bool(one) for one in said] == [True, True, True, False, False]


def test_a_notice_is_said_in_the_language_that_is_asked_for(layers: Layers) -> None:
    both = alert(ALL, en="Detour", fr="Déviation")
    assert told(layers, both, language="fr") == ["Déviation"]
    assert told(layers, alert(ALL, en="Detour"), language="fr") == ["Detour"]
    assert told(layers, alert(ALL, any="Detour"), language="fr") == ["Detour"]


def test_a_stranger_s_words_stay_on_one_line_and_short(layers: Layers) -> None:
    (line,) = told(layers, alert(ALL, en="A\u202eB\r\nC\x00 D" + "x" * 5000))
    assert line.startswith("A B C D")
    assert len(line) <= LONGEST


def test_a_notice_without_words_is_none(layers: Layers) -> None:
    assert told(layers, alert(ALL), alert(ALL, en="\n")) == []


def test_times_that_no_calendar_has_do_no_harm(layers: Layers) -> None:
    odd = alert(ALL, en="Detour")
    odd.active_period.add(start=1, end=(1 << 63) - 1)
    assert told(layers, odd) == ["Detour"]
