"""The Stand-ins page: who takes whose decisions, naming somebody for oneself, over a real gateway and without one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from fieldapp import texts
from fieldapp.clock import today
from fieldapp.errors import OfflineError
from fieldapp.services import Catalogue
from sync.adapters.gateway import GatewayClient
from sync.api import RemoteApi
from sync.practice.people import KAUR, TREMBLAY
from sync.stand_ins import CityStandIns
from tests.support.accessible import faults
from tests.support.faults import Fails
from tests.support.pictures import settle
from tests.support.real_city import RealCity, found_real_city
from tests.support.stand_ins import heard_of
from tests.support.workplaces import City
from tests.ui.workplaces import Ways, visited
from ui.review import ReviewPage
from ui.session import Session
from ui.stand_ins import StandInsPage
from ui.stand_ins.words import wards_in

Undo = Callable[[], None] | None


@pytest.fixture
def city(tmp_path: Path, catalogue: Catalogue, layers_file: Path) -> Iterator[RealCity]:
    made = found_real_city(tmp_path, catalogue, layers_file)
    made.sync()
    yield made
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    settle()
    made.close()


@pytest.fixture
def toasts(city: RealCity) -> list[tuple[str, Undo]]:
    """What was said to the supervisor, with the way back."""
    heard: list[tuple[str, Undo]] = []
    city.supervisor.toast = lambda text, undo: heard.append((text, undo))
    return heard


def connected(session: Session, connect: Callable[[], RemoteApi]) -> Session:
    session.stand_ins = CityStandIns(session.store, connect)
    return session


def opened(city: RealCity, ways: Ways, qtbot: QtBot) -> StandInsPage:
    token = city.service.give_token(KAUR.id)
    page = visited(StandInsPage(connected(city.supervisor, lambda: GatewayClient(city.server.url, token)), ways), qtbot)
    answered(page, qtbot)
    return page


def answered(page: StandInsPage, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not page._asking, timeout=10_000)


def listed(page: StandInsPage) -> list[tuple[str, str, str]]:
    return [(row.title, row.subtitle, row.trailing) for row in page.list._model.rows]


def fill(page: StandInsPage, wards: str = "") -> None:
    giving, first = page.giving, today(page.session.clock)
    giving.taker.setCurrentIndex(giving.taker.findData(TREMBLAY.id))
    giving.last.setText((first + timedelta(days=11)).isoformat())
    giving.wards.setText(wards)


def give(page: StandInsPage, qtbot: QtBot, wards: str = "") -> None:
    fill(page, wards)
    qtbot.keyClick(page.giving.last, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    answered(page, qtbot)


def take_back(page: StandInsPage, toasts: list[tuple[str, Undo]], qtbot: QtBot) -> None:
    undo = toasts[-1][1]
    assert undo is not None
    undo()
    answered(page, qtbot)


def test_a_supervisor_gives_and_withdraws_by_keys(
    city: RealCity, ways: Ways, qtbot: QtBot, toasts: list[tuple[str, Undo]]
) -> None:
    page = opened(city, ways, qtbot)
    give(page, qtbot, "3, 8")
    assert listed(page) == [
        ("M. Tremblay stands in for R. Kaur", "until the end of 4 Dec · wards 3, 8", "given by you")
    ]
    assert toasts[-1][0].startswith("M. Tremblay stands in for you. M. Tremblay has no reviewing role")
    assert city.service.as_(TREMBLAY).hello().person.stands_in[0].giver == KAUR.id
    qtbot.keyClick(page.list, Qt.Key.Key_Delete)
    answered(page, qtbot)
    assert listed(page) == []
    assert not city.service.as_(TREMBLAY).hello().person.stands_in


def test_both_are_taken_back_from_the_toast(
    city: RealCity, ways: Ways, qtbot: QtBot, toasts: list[tuple[str, Undo]]
) -> None:
    page = opened(city, ways, qtbot)
    give(page, qtbot)
    before = listed(page)
    page.end.click()
    answered(page, qtbot)
    take_back(page, toasts, qtbot)
    assert listed(page) == before
    page.withdraw()
    answered(page, qtbot)
    give(page, qtbot)
    take_back(page, toasts, qtbot)
    assert listed(page) == []


def test_what_is_missing_or_refused_is_said_where_one_stands(city: RealCity, ways: Ways, qtbot: QtBot) -> None:
    page = opened(city, ways, qtbot)
    page.giving.give()
    assert page.giving.fault.text() == "Until which day? Write it as YYYY-MM-DD."
    fill(page, "all")
    page.giving.give()
    assert page.giving.fault.text().startswith("Write the wards as numbers")
    fill(page)
    page.giving.first.setText("2027-01-01")
    page.giving.give()
    assert page.giving.fault.text().startswith("The last day is before the first")
    assert listed(page) == []
    city.service.people.keep(type(KAUR)(KAUR.id, KAUR.name, frozenset({"inspector"})))
    page.giving.begin_anew()
    give(page, qtbot)
    assert page.said.text() == "This is for supervisors. Nothing was changed."


def test_without_a_network_the_last_list_is_read_and_giving_says_what_it_needs(
    town: City, ways: Ways, qtbot: QtBot
) -> None:
    heard_of(town.supervisor)
    cut = Fails(lambda _n, _name: True, lambda: OfflineError("The City does not answer."))
    page = visited(
        StandInsPage(connected(town.supervisor, lambda: cut.over(GatewayClient("http://127.0.0.1:9", "x"))), ways),
        qtbot,
    )
    answered(page, qtbot)
    assert [title for title, _, _ in listed(page)] == [
        "R. Kaur stands in for D. Chen",
        "M. Tremblay stands in for R. Kaur",
    ]
    assert "2 stand-ins · the City told it last at" in page.head.subtitle.text()
    assert page.said.text() == (
        "The City does not answer. What it told last is shown; giving and withdrawing need the network."
    )
    give(page, qtbot)
    assert page.giving.last.day() is not None  # what was filled in stays
    assert len(listed(page)) == 2
    assert not faults(page)


def test_what_another_one_gave_is_not_withdrawn_here(town: City, ways: Ways, qtbot: QtBot, said: list[str]) -> None:
    heard_of(town.supervisor)
    page = visited(StandInsPage(town.supervisor, ways), qtbot, stand_in="s-1")
    assert not page.end.isEnabled()
    page.withdraw()
    assert said == ["D. Chen gave this, and withdraws it."]
    assert page.said.text().startswith("There is no gateway here")
    page.list.choose("s-2")
    assert page.end.isEnabled()


def test_who_has_no_reviewing_role_is_chosen_knowingly(town: City, ways: Ways, qtbot: QtBot) -> None:
    page = visited(StandInsPage(town.supervisor, ways), qtbot)
    fill(page)
    assert page.giving.taker_box.line.text().startswith("Has no reviewing role")


def test_the_end_is_said_in_french(town: City, ways: Ways, qtbot: QtBot) -> None:
    texts.use("fr")
    try:
        heard_of(town.supervisor)
        page = visited(StandInsPage(town.supervisor, ways), qtbot)
        assert listed(page)[1][1].startswith("jusqu’au soir du ")
    finally:
        texts.use("en")


def test_review_leads_there_and_escape_back(town: City, ways: Ways, qtbot: QtBot) -> None:
    review = visited(ReviewPage(town.supervisor, ways), qtbot)
    next(one for one in review.findChildren(QPushButton) if one.accessibleName() == "Stand-ins").click()
    assert ways.last[0] == "stand-ins"
    page = visited(StandInsPage(town.supervisor, ways), qtbot)
    qtbot.keyClick(page, Qt.Key.Key_Escape)
    assert ways.last[0] == "review"


@pytest.mark.parametrize(
    ("text", "wards"),
    [("", ()), ("3, 8", ("03", "08")), ("08 3;8", ("03", "08")), ("ward 3", None), ("123", None)],
)
def test_wards_are_written_as_people_write_them(text: str, wards: tuple[str, ...] | None) -> None:
    assert wards_in(text) == wards
