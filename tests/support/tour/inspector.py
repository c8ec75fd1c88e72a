"""What an inspector has before them: the day, records, a visit."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QWidget

from fieldapp.texts import tr
from sync.practice.people import TREMBLAY
from tests.support.tour.city import Stop, Tour, at
from ui.filling.compare import Compare
from ui.records.page import RecordsPage
from ui.today import TodayPage
from ui.today.own_place import OwnPlace


def _record(tour: Tour) -> QWidget:
    return tour.window(TREMBLAY, "records", record=tour.visits[0].id)


def _record_tab(tour: Tour, tab: str) -> QWidget:
    """A record at its history, or at its rules."""
    window = tour.window(TREMBLAY, "records", record=tour.visits[0].id)
    page = window.page()
    assert isinstance(page, RecordsPage)
    view = page.view
    view.tabs.show_pane(view.trail if tab == "history" else view.rules)
    return window


def _compare(tour: Tour) -> QWidget:
    window = tour.window(TREMBLAY, "today")
    image = QImage(320, 240, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.darkGray)
    Compare("Guards on open sides", [(tr("Then"), image), (tr("Now"), image)], window.page()).open()
    return tour.above(window, Compare)


def _where(tour: Tour) -> QWidget:
    window = tour.window(TREMBLAY, "today")
    page = window.page()
    assert isinstance(page, TodayPage)
    page.say_where()
    return tour.above(window, OwnPlace)


STOPS = (
    Stop("today", at(TREMBLAY, "today"), "today"),
    Stop("where I am", _where),
    Stop("records", at(TREMBLAY, "records"), "records"),
    Stop("record", _record, "records"),
    Stop("history", lambda t: _record_tab(t, "history"), "records"),
    Stop("rules of a record", lambda t: _record_tab(t, "rules"), "records"),
    Stop("visit form", lambda t: t.window(TREMBLAY, "form", record=t.visits[3].id, back="today"), "form"),
    Stop("then and now", _compare),
)
