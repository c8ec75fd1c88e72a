"""A re-inspection: last time's deficiencies with their photos, beside what is found and photographed now."""

from __future__ import annotations

from dataclasses import replace

from pytestqt.qtbot import QtBot

from fieldapp.actions import Desk, answer, attach, start, take
from fieldapp.records import Record
from fieldapp.store.log import REVEALED
from tests.support import workplaces
from tests.support.ui_pictures import taken
from tests.support.workplaces import City
from tests.ui.workplaces import Ways, visited, words
from ui.filling import FormPage
from ui.filling.compare import Compare
from ui.filling.last_time import LastTime
from ui.filling.shot import ShotButton
from ui.today.last_time import Shot


def photograph(desk: Desk, record: Record, question: str, colour: str) -> None:
    kept = attach(desk, taken(400, 300, colour=colour), mime="image/jpeg", name="photo.jpg")
    answer(desk, record.id, {question: f"{kept.sha256}.jpg"})


def reinspection(town: City) -> Record:
    """A second visit, after one that found hangers missing and photographed it."""
    visit = workplaces.write_visit(town, workplaces.visits(town, 1)[0], failing=True)
    failed = next(path for path, value in visit.fields.items() if path.endswith("/k_result") and value == "fail")
    photograph(town.inspector.desk, visit, failed.replace("k_result", "k_photo"), "#884422")
    take(town.inspector.desk, visit.id, "submit")
    return start(town.inspector.desk, "building-inspection", parent=visit.get("@parent"))


def opened(town: City, ways: Ways, qtbot: QtBot, record: Record) -> tuple[FormPage, LastTime]:
    page = visited(FormPage(town.inspector, ways), qtbot, record=record.id, back="today")
    return page, page.findChildren(LastTime)[0]


def row_of(record: Record) -> str:
    return next(path for path in record.fields if path.startswith("previous/carried[") and path.endswith("]"))


def test_the_photo_of_last_time_is_shown_small_and_large(town: City, ways: Ways, qtbot: QtBot) -> None:
    _page, card = opened(town, ways, qtbot, reinspection(town))
    (button,) = card.blocks[0].then.buttons
    qtbot.waitUntil(lambda: not button.whole().isNull())
    assert "Hangers missing" in words(card)
    button.click()
    (large,) = card.findChildren(Compare)
    assert large.isVisible()
    large.accept()


def test_a_photo_taken_now_stands_beside_the_one_of_then(town: City, ways: Ways, qtbot: QtBot) -> None:
    again = reinspection(town)
    page, card = opened(town, ways, qtbot, again)
    block = card.blocks[0]
    assert (len(block.then.buttons), block.now.isVisible()) == (1, False)
    kept = attach(town.inspector.desk, taken(400, 300, colour="#228844"), mime="image/jpeg", name="now.jpg")
    assert page.editor is not None
    with qtbot.waitSignal(page.editor.saved):
        page.editor.entry.put(f"{row_of(again)}/c_photo", f"{kept.sha256}.jpg")
    assert block.now.isVisible()
    qtbot.waitUntil(lambda: [len(strip.pictures()) for strip in (block.then, block.now)] == [1, 1])


def test_what_is_corrected_now_is_called_so_at_once(town: City, ways: Ways, qtbot: QtBot) -> None:
    again = reinspection(town)
    page, card = opened(town, ways, qtbot, again)
    assert card.blocks[0].chip.text() == "Still open"
    assert page.editor is not None
    with qtbot.waitSignal(page.editor.saved):
        page.editor.entry.put(f"{row_of(again)}/corrected", "yes")
    assert card.blocks[0].chip.text() == "Corrected"


def test_a_photo_that_is_not_on_this_laptop_says_where_it_is(town: City, qtbot: QtBot) -> None:
    visit = workplaces.visits(town, 1)[0]
    button = ShotButton(town.inspector, Shot(visit, "photos/photo", "ab" * 32 + ".jpg"), "Then: porch")
    qtbot.addWidget(button)
    assert "City" in button.accessibleName()
    assert button.whole().isNull()


def test_a_sensitive_photo_is_shown_once_it_is_noted_who_asked(town: City, qtbot: QtBot) -> None:
    visit = workplaces.visits(town, 1)[0]
    photograph(town.inspector.desk, visit, "photos/photo[a]/picture", "#335577")
    ((path, value),) = [one for one in town.inspector.desk.record(visit.id).fields.items() if one[1].endswith(".jpg")]
    button = ShotButton(town.inspector, Shot(replace(visit, service="fire-inspection"), path, value), "Then: alarm")
    qtbot.addWidget(button)
    assert button.whole().isNull()
    assert town.inspector.store.log.last(REVEALED) == []
    button.click()
    qtbot.waitUntil(lambda: not button.whole().isNull())
    assert [one.record for one in town.inspector.store.log.last(REVEALED)] == [visit.id]


def test_a_visit_without_anything_open_has_no_such_card(town: City, ways: Ways, qtbot: QtBot) -> None:
    visit = workplaces.visits(town, 1)[0]
    page = visited(FormPage(town.inspector, ways), qtbot, record=visit.id, back="today")
    assert page.findChildren(LastTime) == []
