"""Where the live feeds are: a dated table. A city's own table in its home takes the place of the one that ships."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from urllib.parse import urlsplit

from fieldapp.errors import Place, ServiceError
from fieldapp.paths import resources
from fieldapp.services.tables import Table, day_in, read_table
from fieldapp.texts import tr

NAME = "live_feeds.csv"
COLUMNS = ("feed", "address", "valid_from", "valid_to", "source", "mark")
TRIPS, ALERTS = FEEDS = ("trip_updates", "alerts")


def feed_address(feed: str, own: Path, day: date) -> str:
    """The address of `feed` on `day`, by the city's `own` table where it has one; "" where the city has no such feed.

    ServiceError, with file and row, for a table that cannot be used."""
    table = read_table(own if own.is_file() else resources() / "reference" / NAME, COLUMNS)
    for row, cells in enumerate(table.rows):
        first, last = day_in(table, row, "valid_from"), day_in(table, row, "valid_to", default=date.max)
        if cells["feed"] == feed and first <= day <= last:
            return _address(table, row)
    return ""


def _address(table: Table, row: int) -> str:
    address = table.rows[row]["address"]
    try:
        parts = urlsplit(address)
        sound = parts.scheme in {"https", "http"} and bool(parts.hostname) and "@" not in parts.netloc
    except ValueError:
        sound = False
    if not sound:
        place = Place(str(table.path), row=row + 2, column="address")
        raise ServiceError(tr("“{address}” is no address of a live feed", address=address), place)
    return address
