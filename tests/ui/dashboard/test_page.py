"""The Dashboard: counted beside the screen; each picture is a table, each line a way to its records."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pytest
from pypdf import PdfReader
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from fieldapp import texts
from fieldapp.reports.board import Panel, panel_of
from fieldapp.reports.board_paper import board_paper
from fieldapp.store import Touched
from tests.support.accessible import faults
from tests.support.papers import faults as paper_faults
from tests.support.pictures import settle
from tests.support.store import fill
from tests.support.workplaces import City
from tests.ui.workplaces import Ways, visited
from ui.dashboard import DashboardPage
from ui.dashboard.saying import Answers
from ui.made_paper import save_made
from ui.records.page import RecordsPage


def counted(town: City, ways: Ways, qtbot: QtBot, panel: str = "") -> DashboardPage:
    fill(town.supervisor.store, 120)
    page = visited(DashboardPage(town.supervisor, ways), qtbot, panel=panel)
    qtbot.waitUntil(lambda: page.found is not None)
    settle()
    return page


def shown(page: DashboardPage) -> list[list[str]]:
    table = page.view.table
    cells = [[table.item(row, column) for column in range(table.columnCount())] for row in range(table.rowCount())]
    return [[cell.text() if cell else "" for cell in row] for row in cells]


def panel(page: DashboardPage, panel_id: str) -> Panel:
    found = panel_of(page._panels, panel_id)
    assert found is not None
    return found


def test_a_panel_is_a_picture_and_the_same_table(town: City, ways: Ways, qtbot: QtBot) -> None:
    page = counted(town, ways, qtbot)
    deadlines = panel(page, "deadlines")
    assert shown(page) == [[line.label, deadlines.told(line.values[0])] for line in deadlines.lines]
    assert page.view.bars.sizeHint().height() > 0


@pytest.mark.parametrize("panel_id", ["deadlines", "services", "wards", "people", "throughput"])
def test_a_line_opens_just_the_records_that_it_counted(town: City, ways: Ways, qtbot: QtBot, panel_id: str) -> None:
    page = counted(town, ways, qtbot, panel_id)
    chosen = panel(page, panel_id)
    number = next(
        n for n, line in enumerate(chosen.lines) if line.where and line.values[-1 if chosen.id == "throughput" else 0]
    )
    page.view.table.setCurrentCell(number, 0)
    qtbot.keyClick(page.view.table, Qt.Key.Key_Return)
    place, where = ways.last
    records = visited(RecordsPage(town.supervisor, ways), qtbot, **where)
    counted_as = chosen.lines[number].values[1 if panel_id == "throughput" else 0]
    assert (place, records.model.rowCount()) == ("records", counted_as)
    qtbot.keyClick(records.table, Qt.Key.Key_Escape)
    assert ways.last == ("dashboard", {"panel": panel_id})


def test_a_limit_that_has_no_box_is_shown_and_taken_away(town: City, ways: Ways, qtbot: QtBot) -> None:
    fill(town.supervisor.store, 30)
    records = visited(RecordsPage(town.supervisor, ways), qtbot, due="0001-01-01..2026-12-05")
    assert records.filters.narrowed.text() == "Due by Sat 5 Dec"
    assert 0 < records.model.rowCount() < 30
    records.filters.narrowed.click()
    assert (records.model.rowCount(), records.filters.narrowed.isVisible()) == (30, False)


def test_it_is_counted_anew_only_when_records_changed(town: City, ways: Ways, qtbot: QtBot) -> None:
    page = counted(town, ways, qtbot)
    before = page.found
    page.refresh(Touched(journal=True))
    page.go()
    settle()
    assert page.found is before
    page.refresh(Touched(frozenset({"record-00000001"})))
    page.go()
    qtbot.waitUntil(lambda: page.found is not before)


def test_the_panel_stays_while_figures_come_anew(town: City, ways: Ways, qtbot: QtBot) -> None:
    page = counted(town, ways, qtbot, "wards")
    page.refresh(Touched(frozenset({"record-00000001"})))
    before = page.found
    page._count()
    qtbot.waitUntil(lambda: page.found is not before)
    assert page.list.current() == "wards"
    assert page.view.map.isVisible()


def test_a_ward_is_picked_on_the_map(town: City, ways: Ways, qtbot: QtBot) -> None:
    page = counted(town, ways, qtbot, "wards")
    page.view.map.ward_picked.emit("03")
    assert shown(page)[page.view.table.currentRow()][0] == "Ward 3"


@pytest.mark.parametrize("language", ["en", "fr"])
def test_it_is_a_tagged_paper_in_both_languages(
    town: City, ways: Ways, qtbot: QtBot, language: str, request: pytest.FixtureRequest
) -> None:
    request.addfinalizer(lambda: texts.use("en"))
    texts.use(language)
    page = counted(town, ways, qtbot)
    assert page.found is not None
    made = board_paper(page.found, page._panels)
    assert paper_faults(made) == []
    text = "\n".join(one.extract_text() for one in PdfReader(io.BytesIO(made)).pages)
    assert ("By ward" if language == "en" else "Par quartier") in text


def test_it_is_saved_where_the_person_says(
    town: City, ways: Ways, said: list[str], qtbot: QtBot, tmp_path: Path
) -> None:
    page = counted(town, ways, qtbot)
    save_made(page.session, page._paper, tmp_path / "dashboard.pdf")
    page.session.bridge.quiet()
    settle()
    assert (tmp_path / "dashboard.pdf").read_bytes().startswith(b"%PDF")
    assert said == ["The paper is being made…", "Saved as dashboard.pdf"]


def test_a_paper_that_one_takes_back_while_it_is_made_is_not_written(
    town: City, ways: Ways, qtbot: QtBot, tmp_path: Path
) -> None:
    page = counted(town, ways, qtbot)
    said: list[str] = []

    def toast(words: str, undo: Callable[[], None] | None = None) -> None:
        said.append(words)
        if undo is not None:
            undo()

    page.session.toast = toast
    save_made(page.session, page._paper, tmp_path / "dashboard.pdf")
    page.session.bridge.quiet()
    settle()
    assert said[-1] == "Stopped, as you wanted. Nothing was changed."
    assert list(tmp_path.glob("*.pdf")) == []


def test_everything_can_be_reached_and_has_a_name(town: City, ways: Ways, qtbot: QtBot) -> None:
    page = counted(town, ways, qtbot, "wards")
    assert faults(page) == []
    qtbot.keyClick(page.list, Qt.Key.Key_Escape)
    assert ways.last == ("review", {})


def test_the_persons_panel_leads_to_sharing_their_work_out(town: City, ways: Ways, qtbot: QtBot) -> None:
    page = counted(town, ways, qtbot, "people")
    number = next(n for n, line in enumerate(panel(page, "people").lines) if line.key)
    page.view.table.setCurrentCell(number, 0)
    page.view.away.click()
    assert ways.last == ("away", {"person": panel(page, "people").lines[number].key})


def test_answers_are_called_as_in_their_form(town: City, request: pytest.FixtureRequest) -> None:
    called = Answers(town.supervisor)
    assert called("building-permit", "project/size", "house") == "House"
    assert called("no-such-service", "project/size", "house") == "house"
    request.addfinalizer(lambda: texts.use("en"))
    texts.use("fr")
    assert Answers(town.supervisor)("building-permit", "project/size", "house") == "Maison"
