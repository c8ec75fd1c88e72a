"""Own place: from a receiver over the network, or by one's own word with keys; on the map, in the route, in a form."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from fieldapp.places.position import MANUAL, RECEIVER
from tests.support import workplaces
from tests.support.nmea import gga, receiver
from tests.support.pictures import settle
from tests.support.ui_forms import focused
from tests.support.workplaces import City
from tests.ui.workplaces import Ways, visited
from ui.filling.host import host_of
from ui.map.projection import Point, point_of
from ui.today import TodayPage
from ui.today.own_place import OwnPlace

HERE = (43.2561, -79.8692)


def asked(page: TodayPage, qtbot: QtBot) -> OwnPlace:
    """Ctrl+M opens the dialog, with the keys in the line for a place."""
    qtbot.keyClick(page.list, Qt.Key.Key_M, Qt.KeyboardModifier.ControlModifier)
    settle()
    (dialog,) = page.findChildren(OwnPlace)
    return dialog


def test_one_says_by_keys_that_one_stands_at_the_visit(town: City, ways: Ways, qtbot: QtBot) -> None:
    visit = workplaces.visits(town, 2)[0]
    page = visited(TodayPage(town.inspector, ways), qtbot)
    dialog = asked(page, qtbot)
    dialog.here.setFocus()
    qtbot.keyClick(dialog.here, Qt.Key.Key_Space)
    own, point = page.map.own, point_of(visit.get("@point"))
    assert own is not None
    assert point is not None
    assert (own.lat, own.lon, own.source) == (point.lat, point.lon, MANUAL)
    assert dialog.said.text() == "As you said at 09:00."
    qtbot.keyClick(focused(), Qt.Key.Key_Escape)
    assert not dialog.isVisible()


def test_one_says_by_keys_at_which_address_one_is(town: City, ways: Ways, qtbot: QtBot) -> None:
    page = visited(TodayPage(town.inspector, ways), qtbot)
    dialog = asked(page, qtbot)
    address = town.layers.search_addresses("1", 1)[0]
    qtbot.keyClicks(dialog.place, address.label[:9])
    qtbot.waitUntil(lambda: QApplication.activePopupWidget() is not None)
    popup = QApplication.activePopupWidget()
    assert popup is not None
    qtbot.keyClick(popup, Qt.Key.Key_Return)
    own = page.map.own
    assert own is not None
    assert (own.lat, own.lon, own.source) == (address.lat, address.lon, MANUAL)
    qtbot.keyClick(dialog.place, Qt.Key.Key_Return)
    assert dialog.said.text() == "As you said at 09:00."


def test_one_is_in_sight_where_all_visits_are(town: City, ways: Ways, qtbot: QtBot) -> None:
    workplaces.visits(town, 2)
    page = visited(TodayPage(town.inspector, ways), qtbot)
    assert page.map.is_whole()
    point = page.map.pins()[0].point
    town.inspector.position.stand_at(Point(point.lat + 0.1, point.lon))  # 11 km north of it
    page._look_around()
    own, view = page.map.own, page.map.view()
    assert own is not None
    assert view is not None
    assert page.map.rect().contains(*(int(one) for one in view.to_px(Point(own.lat, own.lon))))


def test_the_number_of_the_visit_at_which_one_stands_is_seen(town: City, ways: Ways, qtbot: QtBot) -> None:
    workplaces.visits(town, 2)
    page = visited(TodayPage(town.inspector, ways), qtbot)
    pin, view = page.map.pins()[1], page.map.view()
    assert view is not None
    x, y = (int(one) for one in view.to_px(pin.point))
    middle = QRect(x - 4, y - 4, 8, 8)
    before = page.map.grab(middle).toImage()
    town.inspector.position.stand_at(pin.point)
    page._look_around()
    assert page.map.own is not None
    assert page.map.grab(middle).toImage() == before


def test_the_own_word_ends_after_half_an_hour(town: City) -> None:
    position = town.inspector.position
    position.stand_at(point_of("43.25 -79.86"))
    town.clock.forward(minutes=31)
    assert position.fix() is None


def test_a_receiver_is_set_by_its_address_and_shown_on_the_map(town: City, ways: Ways, qtbot: QtBot) -> None:
    workplaces.visits(town, 1)
    page = visited(TodayPage(town.inspector, ways), qtbot)
    with receiver(gga(*HERE)) as there:
        dialog = asked(page, qtbot)
        dialog.receiver.setFocus()
        qtbot.keyClicks(dialog.receiver, there.address)
        qtbot.keyClick(dialog.receiver, Qt.Key.Key_Return)
        qtbot.waitUntil(lambda: town.inspector.position.fix() is not None)
        dialog.look()
        dialog.moved.emit()
        assert dialog.isVisible()
        assert dialog.said.text() == "By the receiver, within about 4 m."
        own = page.map.own
        assert own is not None
        assert own.source == RECEIVER
        town.inspector.position.listen_to("")
        assert town.inspector.position.fix() is None


def test_what_is_no_address_is_said_and_not_kept(town: City, ways: Ways, qtbot: QtBot) -> None:
    page = visited(TodayPage(town.inspector, ways), qtbot)
    dialog = asked(page, qtbot)
    dialog.receiver.setText("somewhere")
    qtbot.keyClick(dialog.receiver, Qt.Key.Key_Return)
    assert "is no address of a receiver" in dialog.said.text()
    assert town.inspector.position.address == ""


def test_a_form_takes_the_place_with_its_accuracy(town: City, qtbot: QtBot) -> None:
    with receiver(gga(*HERE, hdop=2.0)) as there:
        session = town.inspector
        session.position.listen_to(there.address)
        locate = host_of(session, "none").locate
        assert locate is not None

        def is_known() -> bool:
            there.heard.clear()
            return bool(locate())

        qtbot.waitUntil(is_known)
        assert locate() == "43.256100 -79.869200 0 10"
        session.position.listen_to("")
        session.position.fix()


def test_the_route_begins_where_one_is(town: City, ways: Ways, qtbot: QtBot) -> None:
    planned = workplaces.visits(town, 4)
    page = visited(TodayPage(town.inspector, ways), qtbot)
    last = point_of(planned[3].get("@point"))
    town.inspector.position.stand_at(last)
    page.change_order()
    assert page.map.pins()[0].id == planned[3].id
