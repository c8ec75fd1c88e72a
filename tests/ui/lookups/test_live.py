"""Live times beside the plan, from a real server: in words, in their order, and gone without one when it is gone."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from fieldapp.places.feeds import COLUMNS
from fieldapp.texts import use
from sync.live import LiveTimes
from sync.practice.live import PracticeLive
from tests.support.live import Concern, Publisher, Trip, alert, feed, publishing, trip
from tests.support.workplaces import City
from tests.ui.workplaces import Ways, visited, words
from ui.lookups import LookupsPage
from ui.session import Session
from ui.widgets import Row

DAY = date(2026, 11, 23)


@pytest.fixture
def publisher() -> Iterator[Publisher]:
    with publishing(Publisher()) as running:
        yield running


@pytest.fixture
def online(town: City, publisher: Publisher, tmp_path: Path) -> Session:
    """A laptop of a city whose live feed is the publisher's."""
    own = tmp_path / "live_feeds.csv"
    own.write_text(f"{','.join(COLUMNS)}\ntrip_updates,{publisher.url},2026-01-01,,test,verified\n", "utf-8")
    session = town.inspector
    session.live = LiveTimes(own, town.clock)
    return session


def opened(session: Session, ways: Ways, qtbot: QtBot) -> LookupsPage:
    """The page at stop 101."""
    page = visited(LookupsPage(session, ways), qtbot)
    page.go(tab="bus")
    qtbot.keyClicks(page.bus.search, "101")
    qtbot.keyClick(page.bus.search, Qt.Key.Key_Return)
    return page


def rows(page: LookupsPage) -> list[Row]:
    model = page.bus.departures.model()
    return [model.index(n, 0).data(Qt.ItemDataRole.UserRole) for n in range(model.rowCount())]


def row_of(page: LookupsPage, planned: str) -> Row:
    return next(row for row in rows(page) if row.lead == planned)


def first_trips(page: LookupsPage) -> list[str]:
    """The trips that leave first, by the feed's id."""
    return [row.id.split()[1] for row in rows(page)]


def await_words(page: LookupsPage, qtbot: QtBot, text: str) -> None:
    qtbot.waitUntil(lambda: text in words(page), timeout=20_000)


def test_live_times_are_said_in_words_and_the_plan_stays(
    online: Session, publisher: Publisher, ways: Ways, qtbot: QtBot, town: City
) -> None:
    now = town.clock.now()
    page = opened(online, ways, qtbot)
    one, other = first_trips(page)[:2]
    publisher.body = feed(now, trip(one, day=DAY, delay=180), trip(other, day=DAY, said=Trip.CANCELED))
    qtbot.waitUntil(lambda: publisher.asked != [], timeout=20_000)
    _again(page, qtbot)
    await_words(page, qtbot, "with live times of 09:00")
    late, cancelled = row_of(page, "09:02"), next(row for row in rows(page) if other in row.id)
    assert "live 09:05" in late.spoken()
    assert (late.chip, late.trailing) == (("3 min late", "warn"), "in 5 min")
    assert cancelled.chip == ("Cancelled", "bad")
    assert "Schedule of" in words(page)


def test_notices_stand_above_the_departures(
    online: Session, publisher: Publisher, ways: Ways, qtbot: QtBot, town: City
) -> None:
    notices = [alert(Concern(agency_id="HSR"), en=f"Detour {n}", fr=f"Déviation {n}") for n in range(5)]
    publisher.body = feed(town.clock.now(), alerts=notices)
    page = opened(online, ways, qtbot)
    await_words(page, qtbot, "Notice: Detour 0")
    assert "and 2 more notices" in words(page)
    use("fr")
    page.bus.live.ticked.emit()
    assert "Avis : Déviation 0" in words(page).replace("\u00a0", " ")


def test_in_french_too(online: Session, publisher: Publisher, ways: Ways, qtbot: QtBot, town: City) -> None:
    publisher.body = feed(town.clock.now(), trip("none", said=Trip.ADDED))
    use("fr")
    page = opened(online, ways, qtbot)
    await_words(page, qtbot, "avec les heures en direct de 09:00")


def test_without_a_network_the_plan_stands_there_and_nothing_is_said(
    online: Session, publisher: Publisher, ways: Ways, qtbot: QtBot
) -> None:
    publisher.status = 503
    page = opened(online, ways, qtbot)
    qtbot.waitUntil(lambda: len(publisher.asked) == 1, timeout=20_000)
    _settled(page, qtbot)
    assert "not live" in words(page)
    assert rows(page)[0].chip is None
    assert page.bus.live.note == ""


@pytest.mark.parametrize(
    ("body", "said"),
    [(b"<html>Sign in</html>", "no live feed"), (feed(datetime(2026, 11, 23, tzinfo=UTC)), "not shown")],
    ids=["a web page", "a stale feed"],
)
def test_what_cannot_be_used_is_said_beside_the_plan(
    online: Session, publisher: Publisher, ways: Ways, qtbot: QtBot, body: bytes, said: str
) -> None:
    publisher.body = body
    page = opened(online, ways, qtbot)
    await_words(page, qtbot, said)
    assert "not live" in words(page)
    assert rows(page)[0].chip is None


def test_a_feed_about_another_timetable_is_not_shown(
    online: Session, publisher: Publisher, ways: Ways, qtbot: QtBot, town: City
) -> None:
    publisher.body = feed(town.clock.now(), trip("of another year"))
    page = opened(online, ways, qtbot)
    await_words(page, qtbot, "the timetable on this laptop is another one")


def test_live_times_end_when_they_are_old(
    online: Session, publisher: Publisher, ways: Ways, qtbot: QtBot, town: City
) -> None:
    publisher.body = feed(town.clock.now())
    page = opened(online, ways, qtbot)
    await_words(page, qtbot, "with live times")
    publisher.status = 500
    town.clock.forward(minutes=6)
    _again(page, qtbot)
    await_words(page, qtbot, "not live")
    qtbot.waitUntil(lambda: page.bus.live.note == "")  # once the answer is here: old times are shown as such before it


def test_nothing_is_asked_while_nobody_looks(
    online: Session, publisher: Publisher, ways: Ways, qtbot: QtBot, town: City
) -> None:
    publisher.body = feed(town.clock.now())
    page = opened(online, ways, qtbot)
    await_words(page, qtbot, "with live times")
    page.go(tab="fees")
    timer = page.bus.live._timer
    assert not timer.isActive()
    page.go(tab="bus")
    assert timer.isActive()


def test_the_practice_city_has_live_times_of_its_own(town: City, layers_file: Path, ways: Ways, qtbot: QtBot) -> None:
    plugged = [True]
    town.inspector.live = PracticeLive(layers_file, town.clock, lambda: plugged[0])
    page = opened(town.inspector, ways, qtbot)
    await_words(page, qtbot, "with live times of 09:00")
    assert any(row.chip for row in rows(page))
    plugged[0] = False
    town.clock.forward(minutes=6)
    _again(page, qtbot)
    await_words(page, qtbot, "not live")


def test_an_answer_that_takes_long_keeps_nobody_waiting(town: City, ways: Ways, qtbot: QtBot) -> None:
    with publishing(Publisher(endless=True)) as slow:
        own = town.folder / "live_feeds.csv"
        own.write_text(f"{','.join(COLUMNS)}\ntrip_updates,{slow.url},2026-01-01,,test,verified\n", "utf-8")
        town.inspector.live = LiveTimes(own, town.clock)
        page = opened(town.inspector, ways, qtbot)
        assert rows(page)[0].lead == "09:02"
        await_words(page, qtbot, "There are no live times just now")


def _again(page: LookupsPage, qtbot: QtBot) -> None:
    """Half a minute later."""
    _settled(page, qtbot)
    page.bus.live.look()


def _settled(page: LookupsPage, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not page.bus.live._asking, timeout=20_000)
