"""The timetable without a network: departures at a stop, by the service days of GTFS.

A service day may last beyond midnight (25:10 is ten past one of the next morning), so for any moment the days before
are looked at too. Its times count from twelve hours before noon, which is midnight except when the clocks change.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta

from fieldapp.clock import CITY_ZONE
from fieldapp.places.found import Call, Departure, Stop, Timetable
from fieldapp.places.reading import Readers

DAYS_AHEAD = 7  # how far "the next departure" is looked for
_RUNNING = """SELECT service FROM calendar WHERE first <= ?1 AND last >= ?1 AND weekdays & ?2
    EXCEPT SELECT service FROM calendar_dates WHERE date = ?1 AND NOT runs
    UNION SELECT service FROM calendar_dates WHERE date = ?1 AND runs"""
_DEPARTURES = f"""SELECT st.departure, r.short, r.long, t.headsign, t.trip, r.colour, st.sequence
    FROM stop_times st JOIN trips t ON t.id = st.trip JOIN routes r ON r.id = t.route
    WHERE st.stop = ?3 AND st.departure >= ?4 AND st.departure < ?7 AND st.sequence < t.last
    AND (?5 = '' OR r.short = ?5) AND t.service IN ({_RUNNING}) ORDER BY st.departure LIMIT ?6"""

_BEGINNING = f"""SELECT t.trip FROM trips t JOIN stop_times st ON st.trip = t.id WHERE t.service IN ({_RUNNING})
    GROUP BY t.id HAVING min(st.departure) BETWEEN ?3 AND ?4"""


def departures(
    readers: Readers, stop: Stop, when: datetime, limit: int, route: str = "", until: datetime | None = None
) -> list[Departure]:
    """The next `limit` departures at or after `when` (with a zone), in order; of one route if given. They are looked
    for up to `until`, or within a week."""
    longest = readers.rows("SELECT max(departure) FROM stop_times WHERE stop = ?", stop.id)
    if not longest or longest[0][0] is None:
        return []
    when = when.astimezone(CITY_ZONE)
    end = until or when + timedelta(days=DAYS_AHEAD + 2)  # the last day may go on after midnight
    before = longest[0][0] // 86400 + 1
    found: list[Departure] = []
    for day in (when.date() + timedelta(days=ahead) for ahead in range(-before, DAYS_AHEAD + 1)):
        start = day_start(day)
        # What runs past midnight comes before the morning's: two days overlap, but not more than `before` of them.
        if day > when.date() and (start > end or (len(found) >= limit and found[limit - 1].at < start)):
            break
        more = _of_day(readers, stop, day, (when, end), (limit, route))
        found = list(heapq.merge(found, more, key=lambda departure: departure.at.timestamp()))
    return found[:limit]


def day_start(day: date) -> datetime:
    """The moment from which the times of a service day count: twelve hours before its noon."""
    noon = datetime.combine(day, time(12), CITY_ZONE)
    return (noon.astimezone(UTC) - timedelta(hours=12)).astimezone(CITY_ZONE)


def running(readers: Readers, day: date, first: datetime, last: datetime) -> list[str]:
    """The trips of a service day that begin between two moments, by the feed's id."""
    seconds = _seconds(day_start(day), (first, last))
    rows = readers.rows(_BEGINNING, day.isoformat(), 1 << day.weekday(), *seconds)
    return [trip for (trip,) in rows]


def after(start: datetime, seconds: float) -> datetime:
    """So many seconds later, in the City's time; also where the clocks change in between."""
    return (start.astimezone(UTC) + timedelta(seconds=seconds)).astimezone(CITY_ZONE)


def calls(readers: Readers, trip: str) -> list[Call]:
    """The stops of a trip, by the feed's id, in their order; none for a trip that is not in the timetable."""
    rows = readers.rows(
        """SELECT st.sequence, s.stop, st.departure FROM trips t JOIN stop_times st ON st.trip = t.id
           JOIN stops s ON s.id = st.stop WHERE t.trip = ? ORDER BY st.sequence""",
        trip,
    )
    return [Call(*row) for row in rows]


def timetable(readers: Readers) -> Timetable | None:
    """From when to when the loaded timetable holds; None without one."""
    rows = readers.rows(
        """SELECT min(day), max(day) FROM (SELECT first AS day FROM calendar UNION ALL SELECT last FROM calendar
           UNION ALL SELECT date FROM calendar_dates WHERE runs)"""
    )
    about = readers.rows("SELECT as_of, source FROM layers WHERE name = 'gtfs'")
    if not about or not rows or rows[0][0] is None:
        return None
    first, last = (date.fromisoformat(day) for day in rows[0])
    return Timetable(first, last, *about[0])


def _of_day(
    readers: Readers, stop: Stop, day: date, between: tuple[datetime, datetime], wanted: tuple[int, str]
) -> Iterator[Departure]:
    limit, route = wanted
    start = day_start(day)
    first, end = _seconds(start, between)
    rows = readers.rows(_DEPARTURES, day.isoformat(), 1 << day.weekday(), stop.id, first, route, limit, end)
    for seconds, short, long, headsign, trip, colour, sequence in rows:
        yield Departure(after(start, seconds), short, long, headsign, trip, colour, day, sequence)


def _seconds(start: datetime, between: tuple[datetime, datetime]) -> list[float]:
    """Two moments as times of a service day."""
    return [(moment.astimezone(UTC) - start.astimezone(UTC)).total_seconds() for moment in between]
