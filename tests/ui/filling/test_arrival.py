"""Where one stood on arrival is noted when a visit is begun, and never again."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from fieldapp.records import Record
from tests.support import workplaces
from tests.support.workplaces import City
from tests.ui.workplaces import Ways, visited
from ui.filling.page import FormPage
from ui.map.projection import point_of
from ui.today.visits import visits

STOOD = "visit/more_visit/arr_loc"


@pytest.fixture
def visit(town: City) -> Record:
    return workplaces.visits(town, 1)[0]


def kept(town: City, page: FormPage, visit: Record) -> str:
    """What is noted once something was answered and the form was left."""
    assert page.editor is not None
    page.editor.entry.put("visit/entry_basis", "warrant")
    page.leave()
    now = town.inspector.store.record(visit.id)
    assert now is not None
    return now.get(STOOD)


def test_it_is_noted_where_it_is_known(town: City, ways: Ways, qtbot: QtBot, visit: Record) -> None:
    town.inspector.position.stand_at(point_of("43.25 -79.86"))
    page = visited(FormPage(town.inspector, ways), qtbot)
    page.go(record=visit.id, back="today")
    assert kept(town, page, visit).startswith("43.25 -79.86")


def test_a_visit_that_was_only_looked_into_is_not_begun(town: City, ways: Ways, qtbot: QtBot, visit: Record) -> None:
    town.inspector.position.stand_at(point_of("43.25 -79.86"))
    page = visited(FormPage(town.inspector, ways), qtbot)
    before = town.inspector.store.record(visit.id)
    page.go(record=visit.id, back="today")
    page.leave()
    assert [found.started for found in visits(town.inspector.desk)] == [False]
    assert town.inspector.store.record(visit.id) == before


def test_who_comes_back_is_not_noted_again(town: City, ways: Ways, qtbot: QtBot, visit: Record) -> None:
    page = visited(FormPage(town.inspector, ways), qtbot)
    page.go(record=visit.id, back="today")
    assert kept(town, page, visit) == ""
    town.inspector.position.stand_at(point_of("43.25 -79.86"))
    page.go(record=visit.id, back="today")
    assert kept(town, page, visit) == ""
