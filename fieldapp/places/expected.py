"""The next departures of a stop as a live feed has them, over the timetable of this machine."""

from __future__ import annotations

from datetime import datetime

from fieldapp.places.alerts import Alert
from fieldapp.places.columns import column_value
from fieldapp.places.found import Departure, Stop
from fieldapp.places.live import LATEST, Here, with_live
from fieldapp.places.reading import Readers
from fieldapp.places.realtime import LiveFeed, Said
from fieldapp.places.transit import calls, departures

MOST_PAST = 500  # departures of the busiest terminal within LATEST, with room to spare


def expected(readers: Readers, stop: Stop, when: datetime, feed: LiveFeed, limit: int, route: str) -> list[Departure]:
    """The next `limit` departures from `when` on, late ones that are still to come among them; of one route if given.

    Cancelled ones stay in the list: somebody may wait for them."""
    past = departures(readers, stop, when - LATEST, MOST_PAST, route, until=when)
    planned = [one for one in past if one.trip in feed.trips]
    planned += departures(readers, stop, when, limit, route)
    found = with_live(planned, feed, _here(readers, stop), when)
    return [one for one in found if route in {"", one.route}][:limit]


def alerts(readers: Readers, stop: Stop, when: datetime, feed: LiveFeed) -> list[Alert]:
    """What riders at a stop are told for that moment."""
    sql = """SELECT DISTINCT r.route FROM stop_times st JOIN trips t ON t.id = st.trip
             JOIN routes r ON r.id = t.route WHERE st.stop = ?"""
    if not feed.alerts:
        return []
    routes = {route for (route,) in readers.rows(sql, stop.id)}
    key = column_value(readers, "stops", "stop", "id", str(stop.id))
    here = [one for one in feed.alerts if any(concern.meets(key, routes) for concern in one.concerns)]
    return [one for one in here if one.counts(when)]


def fits(readers: Readers, feed: LiveFeed) -> bool:
    """Whether the feed is about this timetable: it names none of its trips where one of the two is out of date."""
    named = {trip for trip, told in feed.trips.items() if any(news.said is not Said.ADDED for news in told)}
    return not named or any(trip in named for (trip,) in readers.rows("SELECT trip FROM trips"))


def _here(readers: Readers, stop: Stop) -> Here:
    def route(key: str) -> tuple[str, str, str]:
        rows = readers.rows("SELECT short, long, colour FROM routes WHERE route = ?", key)
        return rows[0] if rows else (key, "", "")

    return Here(
        column_value(readers, "stops", "stop", "id", str(stop.id)),
        lambda trip: calls(readers, trip),
        route,
        lambda key: column_value(readers, "stops", "name", "stop", key),
    )
