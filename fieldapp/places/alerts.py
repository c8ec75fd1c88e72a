"""What a transit system tells its riders (GTFS-realtime alerts): detours, closed stops; whom it concerns, and when.

The words are a stranger's: they are shown as they are, on one line, and never longer than a person would read."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from google.transit import gtfs_realtime_pb2 as pb

LONGEST = 400  # letters
ALWAYS, FOREVER = datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC)
MOST = 500  # alerts of one feed


@dataclass(frozen=True)
class Concern:
    """A part of the network, by the feed's ids: a route, a stop, a route at a stop; all of it where both are ""."""

    route: str = ""
    stop: str = ""

    def meets(self, stop: str, routes: Collection[str]) -> bool:
        """Whether it is about this stop, from which these routes leave."""
        return self.stop in {"", stop} and (not self.route or self.route in routes)


@dataclass(frozen=True)
class Alert:
    """One notice, by language ("" where none is said). It counts in its periods, always where there are none."""

    header: Mapping[str, str]
    text: Mapping[str, str]
    concerns: tuple[Concern, ...]
    periods: tuple[tuple[datetime, datetime], ...] = ()

    def counts(self, now: datetime) -> bool:
        """Whether it is for now."""
        return not self.periods or any(first <= now < last for first, last in self.periods)

    def words(self, language: str) -> str:
        """Header and text in a language, else in the one that there is."""
        parts = [_in(language, self.header), _in(language, self.text)]
        told = [part for part in parts if part]
        return " – ".join(dict.fromkeys(told))[:LONGEST]


def alerts_of(message: pb.FeedMessage) -> tuple[Alert, ...]:
    """The alerts of a feed that say something, in its order."""
    found = [_alert(one.alert) for one in message.entity if one.HasField("alert") and not one.is_deleted]
    return tuple(one for one in found if one.words("en") and one.concerns)[:MOST]


def _alert(alert: pb.Alert) -> Alert:
    periods = tuple((_moment(one.start, ALWAYS), _moment(one.end, FOREVER)) for one in alert.active_period)
    concerns = tuple(dict.fromkeys(_concerns(alert)))
    return Alert(_texts(alert.header_text), _texts(alert.description_text), concerns, periods)


def _concerns(alert: pb.Alert) -> Iterator[Concern]:
    for one in alert.informed_entity:
        route, stop, agency = _line(one.route_id), _line(one.stop_id), _line(one.agency_id)
        if one.HasField("trip") and not route:
            route = _line(one.trip.route_id)
        whole = bool(agency) or one.HasField("route_type")
        if route or stop or (whole and not one.HasField("trip")):  # of a single trip, nothing is said at a stop
            yield Concern(route, stop)


def _texts(said: pb.TranslatedString) -> dict[str, str]:
    return {_line(one.language).lower()[:2]: _line(one.text) for one in reversed(said.translation)}


def _in(language: str, texts: Mapping[str, str]) -> str:
    known = (texts.get(key) for key in (language, "", "en", *texts))
    return next((text for text in known if text), "")


def _line(value: str | bytes) -> str:
    """A text of the feed on one line, without signs that cannot be seen; "" for bytes that are no text."""
    if not isinstance(value, str):
        return ""
    return " ".join("".join(sign if sign.isprintable() else " " for sign in value).split())


def _moment(seconds: int, default: datetime) -> datetime:
    """A moment; `default` for none, and for one that no calendar has."""
    try:
        return datetime.fromtimestamp(seconds, UTC) if seconds else default
    except (ValueError, OverflowError, OSError):
        return default
