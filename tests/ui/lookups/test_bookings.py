"""The day's appointments, place by place."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from fieldapp.bookings import Slot, Standing
from fieldapp.records import AUTHOR, BOOKING, LANG, NUMBER, STATE, TITLE, WARD
from fieldapp.store import RemoteRow
from tests.support.pictures import settle
from tests.support.workplaces import City
from tests.ui.workplaces import Ways, visited, words
from ui.lookups import LookupsPage
from ui.widgets import ListCard

NINE = Slot("C1", ("vaccine",), "City Hall clinic", "Clinique de l'hôtel de ville", "2026-12-03T09:00", 15, 1)
SLOTS = (
    (replace(NINE, id="C2", starts="2026-12-03T09:15"), "confirmed"),
    (NINE, "attended"),
    (replace(NINE, id="D1", place="Dundas clinic"), "confirmed"),
    (replace(NINE, id="C9", starts="2026-12-04T09:00"), "confirmed"),
    (NINE, "cancelled"),
)


def booked(town: City) -> list[str]:
    """Appointments of two days came with a sync; their records."""
    version = town.clerk.catalogue.get("vaccine").form_version
    rows = []
    for n, (slot, status) in enumerate(SLOTS):
        own = {STATE: "booked", AUTHOR: "j.osei", TITLE: f"Vaccine appointment {n}", WARD: "08", LANG: "en"}
        own |= {NUMBER: f"VA26-{n:06}", BOOKING + "clinic": Standing(status, 1, slot).text()}
        rows.append(RemoteRow(f"0192f0c0-0000-7000-8000-00000000000{n}", 1, "vaccine", version, own))
    town.clerk.store.exchange.apply_page("ward:08", rows, len(rows), epoch="e")
    return [row.id for row in rows]


def opened(town: City, ways: Ways, qtbot: QtBot) -> LookupsPage:
    page = visited(LookupsPage(town.clerk, ways), qtbot, tab="bookings")
    page.bookings.show_day(date(2026, 12, 3))
    return page


def lists(page: LookupsPage) -> dict[str, list[str]]:
    settle()
    found = [one for one in page.bookings.findChildren(ListCard) if not one.isHidden()]
    return {
        one.accessibleName(): [f"{row.lead} {row.trailing or (row.chip or ('',))[0]}" for row in one._model.rows]
        for one in found
    }


def test_a_day_is_listed_place_by_place_in_order_of_time(town: City, ways: Ways, qtbot: QtBot) -> None:
    booked(town)
    page = opened(town, ways, qtbot)
    assert "Thursday, December 3, 2026" in words(page.bookings)
    assert lists(page) == {
        "City Hall clinic · 2 appointments": ["09:00 Came", "09:15 Confirmed"],
        "Dundas clinic · 1 appointment": ["09:00 Confirmed"],
    }


def test_one_place_alone_and_the_day_after(town: City, ways: Ways, qtbot: QtBot) -> None:
    booked(town)
    page = opened(town, ways, qtbot)
    page.bookings.place.setCurrentIndex(page.bookings.place.findData("Dundas clinic"))
    page.bookings.place.activated.emit(page.bookings.place.currentIndex())
    assert list(lists(page)) == ["Dundas clinic · 1 appointment"]
    page.bookings.later.click()
    assert list(lists(page)) == ["City Hall clinic · 1 appointment"]
    page.bookings.later.click()
    assert "Nothing is booked on this day" in words(page.bookings)


def test_an_appointment_opens_its_record(town: City, ways: Ways, qtbot: QtBot) -> None:
    ids = booked(town)
    page = opened(town, ways, qtbot)
    lists(page)
    first = next(one for one in page.bookings.findChildren(ListCard) if not one.isHidden())
    first.choose(first._model.rows[0].id)
    qtbot.keyClick(first, Qt.Key.Key_Return)
    assert ways.last == ("records", {"record": ids[1]})
