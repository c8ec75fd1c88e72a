"""Several at once on the screen: by keys, by a drag, with what it does to everybody's work, and the way back."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QDropEvent
from pytestqt.qtbot import QtBot

from fieldapp.actions.bulk import AGREE, RETURN
from fieldapp.records import ASSIGNEE
from tests.support.accessible import faults
from tests.support.workplaces import City
from tests.ui.bulk.test_verbs import OTHER, came, states
from tests.ui.workplaces import Ways, visited
from ui.bulk import BulkPage
from ui.bulk.page import AT_ONCE
from ui.records.page import RecordsPage
from ui.review import ReviewPage

CTRL = Qt.KeyboardModifier.ControlModifier
Undo = Callable[[], None]


@pytest.fixture
def backs(town: City) -> list[Undo | None]:
    """The ways back that toasts offered."""
    found: list[Undo | None] = []
    town.supervisor.toast = lambda _text, undo: found.append(undo)
    return found


def shown(town: City, ways: Ways, qtbot: QtBot, **where: str) -> BulkPage:
    store = town.supervisor.store
    ids = [
        came(store, "r1"),
        came(store, "r2"),
        came(store, "r3", by=town.supervisor.person.id),
        came(store, "r4", by=OTHER),
    ]
    page = visited(BulkPage(town.supervisor, ways), qtbot, records=" ".join(ids), **where)
    qtbot.waitUntil(lambda: len(page.pieces) == len(ids))
    return page


def test_the_keys_are_in_the_list_at_once(town: City, ways: Ways, qtbot: QtBot) -> None:
    assert shown(town, ways, qtbot, deed=AGREE).list.hasFocus()


def holders(town: City) -> list[str]:
    return [town.supervisor.desk.record(f"r{n}").get(ASSIGNEE) for n in range(1, 5)]


def test_work_is_given_by_keys_with_a_preview_and_a_way_back(
    town: City, ways: Ways, qtbot: QtBot, backs: list[Undo | None]
) -> None:
    page = shown(town, ways, qtbot)
    before = holders(town)
    assert faults(page) == []
    assert not page.do.isEnabled()
    qtbot.keyClick(page.list, Qt.Key.Key_Return)  # the first stays where it is
    page.people.choose(OTHER)
    qtbot.keyClick(page.people, Qt.Key.Key_Return)
    row = next(row for row in page.people._model.rows if row.id == OTHER)
    assert (row.trailing, holders(town)) == ("+2 → 3", before)
    qtbot.keyClick(page.list, Qt.Key.Key_Return, CTRL)
    assert holders(town) == ["m.tremblay", OTHER, OTHER, OTHER]
    assert backs[0] is not None
    backs[0]()
    assert holders(town) == before


def test_a_record_is_dragged_onto_a_person(town: City, ways: Ways, qtbot: QtBot) -> None:
    page = shown(town, ways, qtbot)
    page.toggle("r1")
    page.list.choose("r1")
    where = next(n for n, row in enumerate(page.people._model.rows) if row.id == OTHER)
    at = QPointF(page.people.visualRect(page.people._model.index(where)).center())
    action, button = Qt.DropAction.MoveAction, Qt.MouseButton.LeftButton
    burden = page.list.burden()
    page.people.dropEvent(QDropEvent(at, action, burden, button, Qt.KeyboardModifier.NoModifier))
    assert [one.record.id for one in page.wanted()] == ["r1"]


def test_what_is_ones_own_is_named_and_the_others_are_approved(
    town: City, ways: Ways, qtbot: QtBot, backs: list[Undo | None]
) -> None:
    page = shown(town, ways, qtbot, deed=AGREE)
    assert [one.can for one in page.pieces] == [True, True, False, True]
    page.do.click()
    assert states(town, "r1", "r2", "r3", "r4") == ["approved", "approved", "submitted", "approved"]
    assert backs[0] is not None
    backs[0]()
    assert states(town, "r1", "r2", "r3", "r4") == ["submitted"] * 4


def test_nothing_is_returned_without_a_reason(town: City, ways: Ways, qtbot: QtBot) -> None:
    page = shown(town, ways, qtbot, deed=RETURN)
    page.carry_out()
    assert states(town, "r1") == ["submitted"]
    assert page.reason.hasFocus()
    page.reason.setPlainText("Which couch?")
    page.carry_out()
    assert states(town, "r1", "r2") == ["returned", "returned"]


def test_many_show_how_far_it_is_and_are_stopped_or_done(
    town: City, ways: Ways, qtbot: QtBot, backs: list[Undo | None]
) -> None:
    ids = [came(town.supervisor.store, f"r{n}") for n in range(1, AT_ONCE + 2)]
    page = visited(BulkPage(town.supervisor, ways), qtbot, records=" ".join(ids), deed=AGREE)
    qtbot.waitUntil(lambda: len(page.pieces) == len(ids))
    page.do.click()
    assert (page.work.progress.isVisible(), page.do.isEnabled()) == (True, False)
    assert page.work.progress.stop.hasFocus()
    page.carry_out()  # the key does not begin it twice
    qtbot.waitUntil(page.work.progress.isHidden, timeout=60_000)
    assert states(town, *ids) == ["approved"] * len(ids)
    assert page.list.hasFocus()
    assert backs[-1] is not None
    backs[-1]()
    assert states(town, *ids) == ["submitted"] * len(ids)


def test_one_comes_here_from_review_with_nothing_chosen_yet(town: City, ways: Ways, qtbot: QtBot) -> None:
    came(town.supervisor.store, "r1")
    review = visited(ReviewPage(town.supervisor, ways), qtbot)
    review.do_several()
    assert ways.last == ("bulk", {"records": "r1", "deed": AGREE, "back": "review", "none": "yes"})
    page = visited(BulkPage(town.supervisor, ways), qtbot, **ways.last[1])
    qtbot.waitUntil(lambda: len(page.pieces) == 1)
    assert page.wanted() == []
    page.toggle_all()
    assert len(page.wanted()) == 1


def test_one_comes_here_from_records_with_what_is_chosen(town: City, ways: Ways, qtbot: QtBot) -> None:
    for record in ("r1", "r2", "r3"):
        came(town.supervisor.store, record)
    page = visited(RecordsPage(town.supervisor, ways), qtbot)
    page.table.setFocus()
    page.table.mark(0)
    qtbot.keyClick(page.table, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    qtbot.keyClick(page.table, Qt.Key.Key_G, CTRL)
    assert ways.last[0] == "bulk"
    assert len(ways.last[1]["records"].split()) == 2


def test_what_was_not_possible_is_not_in_for_another_deed(town: City, ways: Ways, qtbot: QtBot) -> None:
    page = shown(town, ways, qtbot, deed=AGREE, none="yes")
    assert [one.record.id for one in page.pieces if not one.can] == ["r3"]  # one's own
    page.toggle_all()
    page.deed.setCurrentIndex(page.deed.findData(RETURN))
    page.look_anew()
    qtbot.waitUntil(lambda: all(one.can for one in page.pieces))
    assert [one.record.id for one in page.wanted()] == ["r1", "r2", "r4"]
