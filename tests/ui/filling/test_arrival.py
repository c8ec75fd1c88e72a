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

STOOD = "visit/more_visit/arr_loc"


@pytest.fixture
def visit(town: City) -> Record:
    return workplaces.visits(town, 1)[0]


def kept(town: City, page: FormPage, visit: Record) -> str:
    """What is noted once the form was left."""
    page.leave()
    now = town.inspector.store.record(visit.id)
    assert now is not None
    return now.get(STOOD)


def test_it_is_noted_where_it_is_known(town: City, ways: Ways, qtbot: QtBot, visit: Record) -> None:
    town.inspector.position.stand_at(point_of("43.25 -79.86"))
    page = visited(FormPage(town.inspector, ways), qtbot)
    page.go(record=visit.id, back="today")
    assert kept(town, page, visit).startswith("43.25 -79.86")


def test_who_comes_back_is_not_noted_again(town: City, ways: Ways, qtbot: QtBot, visit: Record) -> None:
    page = visited(FormPage(town.inspector, ways), qtbot)
    page.go(record=visit.id, back="today")
    assert kept(town, page, visit) == ""
    town.inspector.position.stand_at(point_of("43.25 -79.86"))
    page.go(record=visit.id, back="today")
    assert kept(town, page, visit) == ""
