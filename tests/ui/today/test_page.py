"""The Today page: one selection in list and map; Enter opens the form; the next visit comes by itself."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from fieldapp.actions import decide, start
from fieldapp.records import Record
from fieldapp.store import Touched
from fieldapp.texts import speaking
from tests.support import workplaces
from tests.support.pictures import settle
from tests.support.workplaces import City
from tests.ui.workplaces import Ways, visited, words
from ui.today import TodayPage
from ui.today.visits import kilometres, visits


def opened(town: City, ways: Ways, qtbot: QtBot) -> TodayPage:
    return visited(TodayPage(town.inspector, ways), qtbot)


def test_the_first_visit_is_chosen_and_enter_opens_its_form(town: City, ways: Ways, qtbot: QtBot) -> None:
    planned = workplaces.visits(town, 2)
    page = opened(town, ways, qtbot)
    qtbot.keyClick(page.list, Qt.Key.Key_Return)
    assert ways.last == ("form", {"record": planned[0].id, "back": "today"})


def test_the_button_names_the_visit_that_it_starts(town: City, ways: Ways, qtbot: QtBot) -> None:
    workplaces.visits(town, 2)
    page = opened(town, ways, qtbot)
    assert page.primary.text() == "Start 09:00 visit"
    qtbot.keyClick(page.list, Qt.Key.Key_Down)
    assert page.primary.text() == "Start 10:15 visit"


def test_while_the_first_sync_brings_visits_the_days_first_is_chosen(town: City, ways: Ways, qtbot: QtBot) -> None:
    permits = workplaces.permits(town, 2)
    page = opened(town, ways, qtbot)
    arrives(page, town, permits[0], 13)
    first = arrives(page, town, permits[1], 9)
    assert page.list.current() == page.map.chosen() == first.id
    assert page.primary.text() == "Start 09:00 visit"


@pytest.mark.parametrize("hand", ["key", "click", "pin", "way"])
def test_the_visit_that_one_chose_oneself_stays_chosen(town: City, ways: Ways, qtbot: QtBot, hand: str) -> None:
    permits = workplaces.permits(town, 3)
    page = opened(town, ways, qtbot)
    early = arrives(page, town, permits[0], 11)
    mine = early if hand == "click" else arrives(page, town, permits[1], 13)
    if hand == "key":
        qtbot.keyClick(page.list, Qt.Key.Key_Down)
    elif hand == "click":
        where = page.list.visualRect(page.list.currentIndex()).center()
        qtbot.mouseClick(page.list.viewport(), Qt.MouseButton.LeftButton, pos=where)
    elif hand == "pin":
        page.map.picked.emit(mine.id)
    else:
        page.go(record=mine.id)
    arrives(page, town, permits[2], 9)
    assert page.list.current() == mine.id


def test_a_language_switch_chooses_no_visit(town: City, ways: Ways, qtbot: QtBot) -> None:
    visit = workplaces.visits(town, 2)[1]
    page = opened(town, ways, qtbot)
    assert page.where() == {"record": ""}
    page.list.choose(visit.id)
    assert page.where() == {"record": visit.id}


def test_the_map_follows_the_list_and_the_list_the_map(town: City, ways: Ways, qtbot: QtBot) -> None:
    planned = workplaces.visits(town, 3)
    page = opened(town, ways, qtbot)
    page.list.choose(planned[2].id)
    assert page.map.chosen() == planned[2].id
    page.map.picked.emit(planned[1].id)
    assert page.list.current() == planned[1].id
    assert [pin.number for pin in page.map.pins()] == ["1", "2", "3"]


def test_after_a_visit_is_submitted_the_next_one_is_chosen(town: City, ways: Ways, qtbot: QtBot) -> None:
    planned = workplaces.visits(town, 3)
    page = opened(town, ways, qtbot)
    page.list.choose(planned[1].id)
    workplaces.inspect(town, planned[1])
    page.refresh(Touched(frozenset({planned[1].id}), journal=True))
    assert page.list.current() == planned[2].id


def test_a_returned_visit_shows_the_words_and_opens_at_the_field(town: City, ways: Ways, qtbot: QtBot) -> None:
    visit = workplaces.visits(town, 1)[0]
    workplaces.inspect(town, visit)
    town.sync()
    decide(town.supervisor.desk, visit.id, "return", reason="Measure the guard.", field="outcome/result")
    town.sync()
    page = opened(town, ways, qtbot)
    assert page.primary.text() == "Correct it"
    assert "Measure the guard." in words(page)
    page.primary.click()
    assert ways.last[1]["field"] == "outcome/result"


def test_without_visits_the_page_says_so(town: City, ways: Ways, qtbot: QtBot) -> None:
    page = opened(town, ways, qtbot)
    assert "No visits today" in words(page)
    assert not page.primary.isVisible()


def test_an_inspection_starts_from_a_permit_that_is_typed(town: City, ways: Ways, qtbot: QtBot) -> None:
    permit = workplaces.permits(town, 2)[0]
    page = opened(town, ways, qtbot)
    qtbot.keyClick(page, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClicks(page.unplanned.search, permit.reference)
    qtbot.keyClick(page.unplanned.search, Qt.Key.Key_Return)
    where, about = ways.last
    record = town.inspector.store.record(about["record"])
    assert where == "form"
    assert record is not None
    assert record.get("@parent") == permit.id


def test_escape_gives_the_search_for_a_permit_up(town: City, ways: Ways, qtbot: QtBot) -> None:
    workplaces.visits(town, 1)
    page = opened(town, ways, qtbot)
    page.begin_unplanned()
    qtbot.keyClick(page.unplanned.search, Qt.Key.Key_Escape)
    assert page.detail.isVisible()
    assert not page.unplanned.isVisible()


@pytest.mark.parametrize("size", [(1200, 800), (760, 560)])
def test_list_detail_and_map_fit(town: City, ways: Ways, qtbot: QtBot, size: tuple[int, int]) -> None:
    workplaces.visits(town, 6)
    page = opened(town, ways, qtbot)
    page.resize(*size)
    settle()
    assert page.detail.height() > 100
    assert page.width() == size[0]


def arrives(page: TodayPage, town: City, permit: Record, hour: int) -> Record:
    """Sync brings a visit while one looks."""
    visit = workplaces.visit_at(town, permit, hour)
    page.refresh(Touched(frozenset({visit.id})))
    return visit


def test_who_may_not_finish_a_visit_is_offered_none_to_start(town: City, ways: Ways, qtbot: QtBot) -> None:
    workplaces.permits(town, 1)
    page = visited(TodayPage(town.supervisor, ways), qtbot)
    qtbot.keyClick(page, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    assert not page.unplanned.isVisible()
    assert not page.unplanned_button.isVisible()
    assert "An inspection can start without one" not in words(page)


def zigzag(town: City) -> list[str]:
    """A day whose times lead from one end of the city to the other and back."""
    permits = workplaces.permits(town, 6)
    return [workplaces.visit_at(town, permits[number], 9 + hour).id for hour, number in enumerate((0, 3, 1, 4))]


def test_one_key_orders_the_day_by_route_and_back(town: City, ways: Ways, qtbot: QtBot) -> None:
    planned = zigzag(town)
    page = opened(town, ways, qtbot)
    far = kilometres(visits(town.inspector.desk))
    qtbot.keyClick(page.list, Qt.Key.Key_R, Qt.KeyboardModifier.ControlModifier)
    shown = [pin.id for pin in page.map.pins()]
    assert sorted(shown) == sorted(planned)
    assert shown[:2] == [planned[0], planned[2]]  # the two that stand beside each other
    assert [pin.number for pin in page.map.pins()] == ["1", "2", "3", "4"]
    assert f"about {far} km" not in words(page)
    qtbot.keyClick(page.list, Qt.Key.Key_R, Qt.KeyboardModifier.ControlModifier)
    assert [pin.id for pin in page.map.pins()] == planned


def test_the_order_stays_when_the_page_is_opened_anew(town: City, ways: Ways, qtbot: QtBot) -> None:
    zigzag(town)
    page = opened(town, ways, qtbot)
    page.order_button.click()
    again = opened(town, ways, qtbot)
    assert [pin.id for pin in again.map.pins()] == [pin.id for pin in page.map.pins()]
    assert again.order_button.accessibleName() == "Order by time"


def test_changing_the_order_keeps_the_visit_that_one_chose(town: City, ways: Ways, qtbot: QtBot) -> None:
    mine = zigzag(town)[1]
    page = opened(town, ways, qtbot)
    page.map.picked.emit(mine)
    page.change_order()
    assert page.list.current() == page.map.chosen() == mine


def test_everything_on_a_french_screen_is_in_french(town: City, ways: Ways, qtbot: QtBot) -> None:
    first = workplaces.visits(town, 1)[0]
    workplaces.inspect(town, first)
    permit = first.get("@parent")
    start(town.inspector.desk, "building-inspection", parent=permit)
    with speaking("fr"):
        page = opened(town, ways, qtbot)
        said = words(page)
        page.begin_unplanned()
        rows = [page.unplanned.list.model().index(0, 0).data(Qt.ItemDataRole.UserRole)]
    assert rows[0].title.startswith("Permis de construire · ")
    assert "Dernière visite" in said
    assert "inspection · permit" not in said
    assert "Building permit" not in said
