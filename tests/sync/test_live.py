"""Live times over HTTP, from a server on a real port: what comes, what else may come, and what is asked."""

from __future__ import annotations

import gzip
import socket
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from fieldapp.clock import FixedClock
from fieldapp.errors import BusyError, GatewayError, OfflineError, ProtocolError, RefusedError, ServiceError
from fieldapp.places.feeds import COLUMNS, TRIPS, feed_address
from sync import live
from sync.live import LiveTimes, fetched
from tests.support.live import Concern, Publisher, alert, feed, publishing, stop, trip

NOW = datetime(2026, 11, 20, 13, tzinfo=UTC)
FILES = {"trip_updates": "trips.pb", "alerts": "alerts.pb"}
FEED = feed(NOW, trip("t1", stop("A", 1, delay=180)))


@pytest.fixture
def publisher() -> Iterator[Publisher]:
    with publishing(Publisher(FEED)) as running:
        yield running


def table(path: Path, *rows: str) -> Path:
    path.write_text("\n".join([",".join(COLUMNS), *rows]) + "\n", "utf-8")
    return path


def test_the_feed_of_the_city_s_own_table_is_fetched(publisher: Publisher, tmp_path: Path) -> None:
    own = table(tmp_path / "live.csv", f"trip_updates,{publisher.url},2026-01-01,,test,verified")
    found = LiveTimes(own, FixedClock()).fetch()
    assert found is not None
    assert found.at == NOW
    assert list(found.trips) == ["t1"]
    assert publisher.asked == ["/GTFS_TripUpdates.pb"]


def test_a_city_without_a_feed_asks_nobody(tmp_path: Path) -> None:
    assert LiveTimes(table(tmp_path / "live.csv"), FixedClock()).fetch() is None


def test_an_address_counts_on_its_days_alone(tmp_path: Path) -> None:
    rows = ("trip_updates,https://old.example/a,2025-01-01,2025-12-31,x,y", "alerts,https://b.example,2025-01-01,,x,y")
    own = table(tmp_path / "live.csv", *rows)
    found = [feed_address(TRIPS, own, datetime(year, 6, 1, tzinfo=UTC).date()) for year in (2025, 2026)]
    assert found == ["https://old.example/a", ""]


def test_the_address_that_ships_is_the_city_s_and_protected(tmp_path: Path) -> None:
    assert feed_address(TRIPS, tmp_path / "none.csv", NOW.date()).startswith("https://opendata.hamilton.ca/")


@pytest.mark.parametrize("address", ["ftp://a.example/x", "https://", "https://me@a.example/x", "https://[a", "x"])
def test_an_address_that_is_none_is_named_with_its_row(tmp_path: Path, address: str) -> None:
    own = table(tmp_path / "live.csv", f"trip_updates,{address},2026-01-01,,x,y")
    with pytest.raises(ServiceError, match="row 2, column address"):
        LiveTimes(own, FixedClock()).fetch()


def test_an_address_where_others_can_write_is_not_asked() -> None:
    with pytest.raises(RefusedError, match="https"):
        fetched("http://transit.example/feed.pb")


def test_a_packed_feed_is_unpacked(publisher: Publisher) -> None:
    publisher.body, publisher.headers = gzip.compress(FEED), {"Content-Encoding": "gzip"}
    assert list(fetched(publisher.url).trips) == ["t1"]


@pytest.mark.parametrize("body", [b"", b"<html><body>Sign in</body></html>", FEED[:-9], b"{}", b"\xff" * 40])
def test_what_is_no_feed_is_refused(publisher: Publisher, body: bytes) -> None:
    publisher.body = body
    with pytest.raises(ProtocolError, match="no live feed"):
        fetched(publisher.url)


def test_badly_packed_bytes_are_refused(publisher: Publisher) -> None:
    publisher.body, publisher.headers = FEED, {"Content-Encoding": "gzip"}
    with pytest.raises(ProtocolError):
        fetched(publisher.url)


@pytest.mark.parametrize("status", [301, 302, 307])
def test_a_redirect_is_not_followed(publisher: Publisher, status: int) -> None:
    publisher.status, publisher.headers = status, {"Location": "/elsewhere"}
    with pytest.raises(ProtocolError, match="moved"):
        fetched(publisher.url)
    assert publisher.asked == ["/GTFS_TripUpdates.pb"]


@pytest.mark.parametrize(("status", "kind"), [(404, GatewayError), (500, OfflineError), (503, BusyError)])
def test_a_refusal_says_what_to_do_next(publisher: Publisher, status: int, kind: type[Exception]) -> None:
    publisher.status, publisher.headers = status, {"Retry-After": "90"}
    with pytest.raises(kind) as caught:
        fetched(publisher.url)
    assert not isinstance(caught.value, BusyError) or caught.value.retry_after == 90


def test_a_feed_that_breaks_off_is_no_answer(publisher: Publisher) -> None:
    publisher.cut = 10
    with pytest.raises(OfflineError):
        fetched(publisher.url)


def test_a_body_without_end_is_dropped(publisher: Publisher, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(live, "LARGEST", 1 << 20)
    publisher.endless = True
    with pytest.raises(ProtocolError):
        fetched(publisher.url)


def test_a_bomb_is_dropped_while_it_is_unpacked(publisher: Publisher) -> None:
    publisher.body, publisher.headers = gzip.compress(bytes(40 << 20)), {"Content-Encoding": "gzip"}
    with pytest.raises(ProtocolError):
        fetched(publisher.url)


def test_without_a_network_nothing_answers() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with pytest.raises(OfflineError):
        fetched(f"http://127.0.0.1:{port}/feed.pb")


def test_notices_come_from_an_address_of_their_own(publisher: Publisher, tmp_path: Path) -> None:
    notices = feed(NOW, alerts=[alert(Concern(agency_id="HSR"), en="Detour")])
    publisher.bodies = {"/alerts.pb": notices}
    rows = [
        f"{name},{publisher.url.rsplit('/', 1)[0]}/{file},2026-01-01,,test,verified" for name, file in FILES.items()
    ]
    found = LiveTimes(table(tmp_path / "live.csv", *rows), FixedClock()).fetch()
    assert found is not None
    assert ([one.words("en") for one in found.alerts], list(found.trips)) == (["Detour"], ["t1"])


def test_without_notices_the_times_are_there_all_the_same(publisher: Publisher, tmp_path: Path) -> None:
    publisher.bodies = {"/alerts.pb": b"<html>"}
    rows = [
        f"{name},{publisher.url.rsplit('/', 1)[0]}/{file},2026-01-01,,test,verified" for name, file in FILES.items()
    ]
    found = LiveTimes(table(tmp_path / "live.csv", *rows), FixedClock()).fetch()
    assert found is not None
    assert (found.alerts, list(found.trips)) == ((), ["t1"])
