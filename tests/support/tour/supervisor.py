"""What a supervisor has before them: reviewing, giving work, the fleet, rules."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from sync.practice.people import KAUR, TREMBLAY
from tests.support.fleet import heard_of
from tests.support.pictures import settle
from tests.support.stand_ins import heard_of as heard_of_stand_ins
from tests.support.tour.city import Stop, Tour, at
from ui.fleet import FleetPage


def _several(deed: str) -> Callable[[Tour], QWidget]:
    def show(tour: Tour) -> QWidget:
        ids = " ".join([*(visit.id for visit in tour.visits), tour.pickups["en"].id])
        window = tour.window(KAUR, "bulk", records=ids, deed=deed)
        tour.city.supervisor.bridge.quiet()
        settle()
        return window

    return show


def _fleet(tour: Tour) -> QWidget:
    heard_of(tour.city.supervisor)
    return tour.window(KAUR, "fleet")


def _stand_ins(tour: Tour) -> QWidget:
    heard_of_stand_ins(tour.city.supervisor)
    return tour.window(KAUR, "stand-ins")


def _lost(tour: Tour) -> QWidget:
    window = tour.window(KAUR, "fleet")
    page = window.page()
    assert isinstance(page, FleetPage)
    page.list.choose("TOUGH-03/m.tremblay")
    page.detail.say_lost.click()
    return window


STOPS = (
    Stop("review", at(KAUR, "review"), "review"),
    Stop("dashboard", at(KAUR, "dashboard"), "dashboard"),
    Stop("away", at(KAUR, "away"), "away"),
    Stop("several given", _several("assign"), "bulk"),
    Stop("several returned", _several("return"), "bulk"),
    Stop("somebody is away", lambda t: t.window(KAUR, "away", person=TREMBLAY.id), "away"),
    Stop("fleet", _fleet, "fleet"),
    Stop("lost laptop", _lost, "fleet"),
    Stop("stand-ins", _stand_ins, "stand-ins"),
    Stop("rules", lambda t: t.window(KAUR, "rules", service="building-permit", question="project/a_area"), "rules"),
    Stop("decision", at(KAUR, "decision", dispute="op1", back="sync"), "decision"),
    Stop("supervisor's sync", at(KAUR, "sync"), "sync"),
)
