"""What is there for everybody: look-ups, sync and what belongs to it, help, settings, the palette."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from fieldapp.clock import stamp
from fieldapp.helping import article
from fieldapp.services.loader import load_service
from fieldapp.texts import tr
from sync.practice.people import TREMBLAY
from sync.updates.news import News, keep_news
from tests.support.pictures import settle
from tests.support.services import write_dog_licence
from tests.support.tour.city import Stop, Tour, at
from ui.gallery import GalleryWindow
from ui.help.sheet import HelpSheet
from ui.lookups import LookupsPage
from ui.shell import asked
from ui.shell.cheat_sheet import CheatSheet
from ui.sync_centre.handover import HandOverPage
from ui.sync_centre.page import SyncPage
from ui.trying.window import TrialWindow


def _looked_up(tour: Tour, tab: str) -> QWidget:
    """The first thing that is found in a look-up."""
    window = tour.window(TREMBLAY, "lookups", tab=tab)
    page = window.page()
    assert isinstance(page, LookupsPage)
    pane = page.bus if tab == "bus" else page.places
    pane.search.setText("1")
    pane.take(pane.look_up("1")[0].id)
    return window


def _palette(tour: Tour) -> QWidget:
    window = tour.window(TREMBLAY, "today")
    window.open_palette()
    return window


def _program(tour: Tour) -> QWidget:
    coming = News("0.9.0", 41 << 20, 118 << 20, why="", looked_at=stamp(tour.city.inspector.clock.now()))
    keep_news(tour.city.inspector.store, coming)
    return tour.window(TREMBLAY, "program")


def _handing_over(tour: Tour) -> QWidget:
    """While the file is written."""
    window = tour.window(TREMBLAY, "handover")
    page = window.page()
    assert isinstance(page, HandOverPage)
    page.give.work.progress.show()
    page.give.work.progress.show_far(30, 100, tr("The file is written, and then read back."))
    return window


def _looking(tour: Tour) -> QWidget:
    """While this laptop is looked at."""
    window = tour.window(TREMBLAY, "sync")
    for _round in range(2):
        window.session.bridge.quiet()
        settle()
    page = window.page()
    assert isinstance(page, SyncPage)
    page.ready.forget()
    return window


def _help(tour: Tour) -> QWidget:
    found = article("network-gone")
    assert found is not None
    return tour.alone(HelpSheet(tour.window(TREMBLAY, "today"), found.title, found.text))


def _keys(tour: Tour) -> QWidget:
    window = tour.window(TREMBLAY, "today")
    asked.show_keys(window)
    return tour.above(window, CheatSheet)


def _trial(tour: Tour) -> QWidget:
    return tour.alone(TrialWindow(load_service(write_dog_licence(tour.folder / "trial"))))


def _gallery(tour: Tour) -> QWidget:
    return tour.alone(GalleryWindow())


STOPS = (
    Stop("lookups property", at(TREMBLAY, "lookups", tab="property"), "lookups"),
    Stop("lookups bus", at(TREMBLAY, "lookups", tab="bus"), "lookups"),
    Stop("a property", lambda t: _looked_up(t, "property"), "lookups"),
    Stop("a bus stop", lambda t: _looked_up(t, "bus"), "lookups"),
    Stop("lookups bookings", at(TREMBLAY, "lookups", tab="bookings"), "lookups"),
    Stop("lookups fees", at(TREMBLAY, "lookups", tab="fees"), "lookups"),
    Stop("sync", at(TREMBLAY, "sync"), "sync"),
    Stop("conflict", lambda t: t.window(TREMBLAY, "conflict", record=t.clash.id, back="sync"), "conflict"),
    Stop("network", at(TREMBLAY, "network"), "network"),
    Stop("copies", at(TREMBLAY, "copies"), "copies"),
    Stop("handover", at(TREMBLAY, "handover"), "handover"),
    Stop("handover under way", _handing_over, "handover"),
    Stop("sync while it looks", _looking, "sync"),
    Stop("diagnosis", at(TREMBLAY, "diagnosis"), "diagnosis"),
    Stop("program", _program, "program"),
    Stop("palette", _palette),
    Stop("keys", _keys),
    Stop("settings", at(TREMBLAY, "settings"), "settings"),
    Stop("notices", at(TREMBLAY, "notices"), "notices"),
    Stop("help", _help),
    Stop("trial", _trial),
    Stop("gallery", _gallery),
)
