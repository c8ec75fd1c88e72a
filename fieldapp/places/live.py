"""The plan and a live feed put together: which planned departures are late, cancelled or pass by, and which are added.

A delay holds for all later stops of the trip until the feed says something else, as GTFS-realtime has it. A trip that
the feed does not name stays as planned, without a word: nothing is known of it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from fieldapp.clock import CITY_ZONE
from fieldapp.places.found import Call, Departure, Live
from fieldapp.places.realtime import BELIEVED, LiveFeed, Said, StopNews, TripNews
from fieldapp.places.transit import after, day_start

LATEST = timedelta(hours=2)  # so much earlier departures are looked at: a late bus is still to come


@dataclass(frozen=True)
class Here:
    """The stop in question, by the feed's own id, and how the timetable is asked for what a feed names."""

    stop: str
    plan: Callable[[str], Sequence[Call]]  # the stops of a trip
    route: Callable[[str], tuple[str, str, str]]  # a route's short name, its long one, and its colour
    name: Callable[[str], str]  # of another stop


def with_live(planned: Iterable[Departure], feed: LiveFeed, here: Here, when: datetime) -> list[Departure]:
    """What is still to come at `when`, in the order in which it comes; added trips too."""
    told = [_told(one, feed, here.plan) for one in planned]
    told += _added(feed, here)
    # A bus that has left early stays in the list until its planned time: someone may wait for it.
    still = [one for one in told if max(one.at.timestamp(), one.expected.timestamp()) >= when.timestamp()]
    return sorted(still, key=lambda one: one.expected.timestamp())


def _told(one: Departure, feed: LiveFeed, plan: Callable[[str], Sequence[Call]]) -> Departure:
    for news in feed.trips.get(one.trip, ()):
        if news.said is not Said.ADDED and _same_day(one, news, feed):
            return replace(one, live=_live(one, news, plan))
    return one


def _same_day(one: Departure, news: TripNews, feed: LiveFeed) -> bool:
    """A feed that leaves out the day means the trip that runs nearest to its own time."""
    if news.day is not None:
        return news.day == one.day
    return feed.at is not None and abs(one.at - feed.at) <= BELIEVED


def _live(one: Departure, news: TripNews, plan: Callable[[str], Sequence[Call]]) -> Live | None:
    if news.said is Said.CANCELLED:
        return Live(cancelled=True)
    calls = plan(one.trip)
    delay = news.delay
    for stop, call in _placed(news.stops, calls):
        if call.sequence > one.sequence:
            break
        if call.sequence == one.sequence and stop.said is Said.SKIPPED:
            return Live(skipped=True)
        if stop.said is not Said.SKIPPED:
            delay = _delay(stop, call, one)
    if news.said is Said.REPLACED and not _named(news, calls, one):
        return Live(skipped=True)
    return None if delay is None else Live(after(one.at, delay))


def _placed(told: Iterable[StopNews], calls: Sequence[Call]) -> Iterator[tuple[StopNews, Call]]:
    """The stops that a feed names, each with the planned one that it means. A trip may come to a stop twice."""
    start = 0
    for stop in told:
        ahead = range(start, len(calls))
        at = next((n for n in ahead if _is_there(stop, calls[n])), None)
        if at is None:  # feed and timetable count their stops differently: the stop's id tells
            at = next((n for n in ahead if stop.stop == calls[n].stop), None)
        if at is not None:
            start = at + 1
            yield stop, calls[at]


def _is_there(stop: StopNews, call: Call) -> bool:
    return stop.sequence == call.sequence and stop.stop in {"", call.stop}


def _delay(stop: StopNews, call: Call, one: Departure) -> int | None:
    """Seconds; None from where on nothing is known."""
    if stop.at is None:
        return stop.delay
    planned = day_start(one.day).astimezone(UTC) + timedelta(seconds=call.seconds)
    return round((stop.at - planned).total_seconds())


def _named(news: TripNews, calls: Sequence[Call], one: Departure) -> bool:
    return not news.stops or any(call.sequence == one.sequence for _, call in _placed(news.stops, calls))


def _added(feed: LiveFeed, here: Here) -> Iterator[Departure]:
    """Departures of trips that the timetable does not have, where the feed says when."""
    for news in (news for told in feed.trips.values() for news in told if news.said is Said.ADDED):
        for moment in [stop.at for stop in news.stops[:-1] if stop.stop == here.stop and stop.at is not None]:
            at = moment.astimezone(CITY_ZONE)
            headsign = news.headsign or here.name(news.stops[-1].stop)
            short, long, colour = here.route(news.route)
            day = news.day or at.date()
            yield Departure(at, short, long, headsign, news.trip, colour, day, live=Live(at, added=True))
