"""Look-ups: a property and a bus stop, each with its source; what to do where a layer is missing."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QDateTimeEdit
from pytestqt.qtbot import QtBot

from fieldapp.places import Layers
from sync.status import LayerComing, SyncState, SyncStatus
from tests.support import workplaces
from tests.support.places import feed_file, loaded
from tests.support.session import StillCourier
from tests.support.workplaces import City
from tests.ui.workplaces import Ways, visited, words
from ui.lookups import LookupsPage
from ui.map.projection import Point
from ui.widgets import Button, Chip, ListCard


def opened(town: City, ways: Ways, qtbot: QtBot) -> LookupsPage:
    return visited(LookupsPage(town.inspector, ways), qtbot)


def test_an_address_that_is_typed_tells_its_ward(town: City, ways: Ways, qtbot: QtBot) -> None:
    site = workplaces.sites(town, 1)[0]
    page = opened(town, ways, qtbot)
    qtbot.keyClicks(page.places.search, site.address)
    qtbot.keyClick(page.places.search, Qt.Key.Key_Return)
    ward = town.layers.wards_at(site.lat, site.lon)[0].lstrip("0")
    assert f"Ward {ward}" in [chip.text() for chip in page.places.findChildren(Chip)]
    assert site.address in words(page)


def test_a_stop_that_nobody_knows_is_said_and_forgotten_with_the_next_letter(
    town: City, ways: Ways, qtbot: QtBot
) -> None:
    page = opened(town, ways, qtbot)
    page.go(tab="bus")
    qtbot.keyClicks(page.bus.search, "no such stop")
    assert page.bus.nothing.isVisibleTo(page)
    page.bus.search.clear()
    assert not page.bus.nothing.isVisibleTo(page)


def test_a_click_on_the_map_tells_what_is_there(town: City, ways: Ways, qtbot: QtBot) -> None:
    site = workplaces.sites(town, 1)[0]
    page = opened(town, ways, qtbot)
    page.places.map.pointed.emit(Point(site.lat, site.lon))
    assert site.address in words(page)


def test_a_place_without_an_address_is_called_by_its_street(town: City, ways: Ways, qtbot: QtBot) -> None:
    page = opened(town, ways, qtbot)
    line = next(one for one in town.layers.streets((-180, -90, 180, 90)) if one.name == "First Line")
    page.places.map.pointed.emit(Point(line.line[1] + 0.001, line.line[0] + 0.0001))
    assert "First Line, 8 m off" in words(page)


def test_the_records_of_a_property_open(town: City, ways: Ways, qtbot: QtBot) -> None:
    permit = workplaces.permits(town, 1)[0]
    page = opened(town, ways, qtbot)
    qtbot.keyClicks(page.places.search, permit.get("@address"))
    qtbot.keyClick(page.places.search, Qt.Key.Key_Return)
    here = next(one for one in page.findChildren(ListCard) if one.accessibleName() == "Records here")
    here.choose(permit.id)
    qtbot.keyClick(here, Qt.Key.Key_Return)
    assert ways.last == ("records", {"record": permit.id})


def test_answers_name_their_source_and_date(town: City, ways: Ways, qtbot: QtBot) -> None:
    assert "Practice city (made up), as of 23 Nov" in words(opened(town, ways, qtbot))


def test_a_stop_shows_its_next_departures(town: City, ways: Ways, qtbot: QtBot) -> None:
    page = opened(town, ways, qtbot)
    page.go(tab="bus")
    qtbot.keyClicks(page.bus.search, "101")
    qtbot.keyClick(page.bus.search, Qt.Key.Key_Return)
    first = page.bus.departures.model().index(0, 0).data(Qt.ItemDataRole.UserRole)
    assert first.lead == "09:02"
    assert first.trailing == "in 2 min"
    assert "not live" in words(page)


def test_one_route_of_a_stop_is_shown_alone(town: City, ways: Ways, qtbot: QtBot, tmp_path: Path) -> None:
    session = town.inspector
    session.desk = replace(session.desk, layers=two_routes(tmp_path))
    page = opened(town, ways, qtbot)
    page.go(tab="bus")
    qtbot.keyClicks(page.bus.search, "1001")
    qtbot.keyClick(page.bus.search, Qt.Key.Key_Return)
    choice = page.bus.findChild(QComboBox)
    assert isinstance(choice, QComboBox)
    assert [choice.itemText(n) for n in range(choice.count())] == ["All routes", "Route 1", "Route 2"]
    qtbot.keyClick(choice, Qt.Key.Key_End)
    model = page.bus.departures.model()
    shown = {model.index(n, 0).data(Qt.ItemDataRole.UserRole).title for n in range(model.rowCount())}
    assert shown == {"2 Barton"}
    assert "Wheelchair accessible" in [chip.text() for chip in page.bus.findChildren(Chip) if chip.isVisible()]


def test_departures_of_another_time_are_shown_and_then_those_of_now(town: City, ways: Ways, qtbot: QtBot) -> None:
    page = opened(town, ways, qtbot)
    page.go(tab="bus")
    qtbot.keyClicks(page.bus.search, "101")
    qtbot.keyClick(page.bus.search, Qt.Key.Key_Return)
    field = page.bus.findChild(QDateTimeEdit)
    assert isinstance(field, QDateTimeEdit)
    assert field.text() == "2026-11-23 09:00"
    field.setSelectedSection(QDateTimeEdit.Section.HourSection)
    qtbot.keyClick(field, Qt.Key.Key_Up)
    first = page.bus.departures.model().index(0, 0)
    assert first.data(Qt.ItemDataRole.UserRole).lead == "10:02"
    now = next(button for button in page.bus.findChildren(Button) if button.text() == "Now")
    qtbot.mouseClick(now, Qt.MouseButton.LeftButton)
    assert page.bus.departures.model().index(0, 0).data(Qt.ItemDataRole.UserRole).lead == "09:02"
    assert not now.isVisible()


def two_routes(folder: Path) -> Layers:
    """A stop from which two routes leave, where wheelchairs can board."""
    layers, _ = loaded(
        folder,
        gtfs=feed_file(
            folder / "feed.zip",
            stops="stop_id,stop_code,stop_name,stop_lat,stop_lon,wheelchair_boarding\n"
            "A,1001,Main @ King,43.25,-79.85,1\nB,1002,Mill,43.26,-79.85,\n",
            routes="route_id,route_short_name,route_long_name\nr1,1,King\nr2,2,Barton\n",
            trips="route_id,service_id,trip_id,trip_headsign\nr1,week,t1,Mill\nr2,week,t2,Mill\n",
        ),
    )
    return layers


def test_without_layers_the_pages_say_how_to_load_them(town: City, ways: Ways, qtbot: QtBot, tmp_path: Path) -> None:
    session = town.inspector
    session.desk = replace(session.desk, layers=Layers(tmp_path / "none.db"))
    page = opened(town, ways, qtbot)
    assert "fieldapp import addresses FILE" in words(page)
    page.go(tab="bus")
    assert "fieldapp import gtfs FILE" in words(page)


def test_a_layer_on_its_way_says_how_far_it_is(town: City, ways: Ways, qtbot: QtBot, tmp_path: Path) -> None:
    session = town.inspector
    session.desk = replace(session.desk, layers=Layers(tmp_path / "none.db"))
    page = opened(town, ways, qtbot)
    coming = LayerComing("addresses", 3 << 20, 12 << 20)
    courier = StillCourier(SyncStatus(state=SyncState.FILES, layer=coming))
    session.courier = courier
    session.bridge.tell(courier.status)
    qtbot.waitUntil(lambda: "Addresses: 3.0 MB of 12.0 MB are here." in words(page))
