"""The Fleet page: what needs attention first, one laptop with all that it told, and what is done about a lost one."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from fieldapp.actions.laptops import on_its_way
from sync.laptops import TOPICS, answers, concerns, in_order, is_older
from sync.leaving import BAD
from tests.support.accessible import faults
from tests.support.fleet import fleet_at, heard_of
from tests.support.pictures import settle
from tests.support.workplaces import City
from tests.ui.workplaces import Ways, visited
from ui.fleet import FleetPage
from ui.made_paper import save_made
from ui.widgets.scroll import Scroll

TREMBLAY = "TOUGH-03/m.tremblay"


@pytest.fixture
def page(town: City, ways: Ways, qtbot: QtBot) -> FleetPage:
    heard_of(town.supervisor)
    return visited(FleetPage(town.supervisor, ways), qtbot)


def listed(page: FleetPage) -> list[str]:
    return [laptop.device for laptop, _ in page._shown]


def test_what_needs_most_comes_first_each_with_a_word(town: City) -> None:
    told = fleet_at(town.clock.now())
    judged = in_order(told.laptops, told.as_of)
    assert [(laptop.device, [one.topic for one in found]) for laptop, found in judged] == [
        ("TOUGH-03", ["silent", "unsent", "unsent"]),
        ("TOUGH-11", ["numbers", "disk"]),
        ("COUNTER-2", ["money", "unsent"]),
        ("TOUGH-05", ["version"]),
        ("TOUGH-09", ["version"]),
        ("OLD-01", ["lost"]),
        ("TOUGH-07", []),
    ]
    assert all(one.words for _, found in judged for one in found)


def test_each_topic_shows_its_own(town: City) -> None:
    told = fleet_at(town.clock.now())
    judged = in_order(told.laptops, told.as_of)
    found = {topic: sum(answers(one, topic) for _, one in judged) for topic in TOPICS}
    assert found == {
        "": 7, "attention": 5, "money": 1, "unsent": 2, "silent": 1, "numbers": 1, "disk": 1, "version": 2, "lost": 1,
    }  # fmt: skip


def test_it_is_judged_by_the_time_at_which_the_city_told(town: City) -> None:
    told = fleet_at(town.clock.now())
    fine = next(one for one in told.laptops if one.device == "TOUGH-07")
    later = fleet_at(town.clock.now() + timedelta(days=5)).as_of
    assert concerns(fine, told.as_of) == []
    assert [one.kind for one in concerns(fine, later)] == [BAD]


def test_versions_are_compared_as_numbers() -> None:
    assert is_older("0.9.0", "0.10.0")
    assert not is_older("0.10.0", "0.9.0")


def test_one_reads_it_by_keys_and_comes_to_the_work(page: FleetPage, ways: Ways, qtbot: QtBot) -> None:
    assert faults(page) == []
    assert page.list.current() == TREMBLAY
    assert "7 laptops · 5 need attention · as of" in page.head.subtitle.text()
    qtbot.keyClick(page.list, Qt.Key.Key_Return)
    assert page.detail.work.hasFocus()
    page.detail.work.click()
    assert ways.last == ("records", {"kind": "open review returned", "person": "m.tremblay"})


def test_a_topic_without_laptops_says_so(page: FleetPage, town: City) -> None:
    told = heard_of(town.supervisor)
    page.go(topic="money")
    assert listed(page) == ["COUNTER-2"]
    assert told.laptops
    assert page.where() == {"topic": "money", "laptop": "COUNTER-2/j.osei"}


def test_before_anything_was_told_it_says_when_it_will_be(town: City, ways: Ways, qtbot: QtBot) -> None:
    page = visited(FleetPage(town.supervisor, ways), qtbot)
    assert not page.list.isVisible()
    assert faults(page) == []


def test_a_lost_laptop_is_withdrawn_and_let_in_again(page: FleetPage, town: City, qtbot: QtBot) -> None:
    back: list[Callable[[], None] | None] = []
    town.supervisor.toast = lambda _text, undo: back.append(undo)
    page.detail.say_lost.click()
    assert page.lost.take.hasFocus()
    qtbot.keyClick(page.lost.take, Qt.Key.Key_Escape)
    assert on_its_way(town.supervisor.desk) == {}
    page.detail.say_lost.click()
    page.lost.erase.setChecked(True)
    page.lost.say.click()
    assert on_its_way(town.supervisor.desk) == {("TOUGH-03", "m.tremblay"): True}
    assert page.detail.say_found.isVisible()
    assert back[0] is not None
    back[0]()
    assert on_its_way(town.supervisor.desk) == {("TOUGH-03", "m.tremblay"): False}
    assert page.detail.say_lost.isVisible()


def test_of_a_laptop_that_told_nothing_nothing_is_promised(page: FleetPage) -> None:
    silent = next(laptop for laptop, _ in page._shown if laptop.state is None)
    page.lost.ask(silent)
    assert "is not known" in page.lost._unsent.text()


def test_nobody_withdraws_their_own(page: FleetPage) -> None:
    page.list.choose("TOUGH-07/r.kaur")
    assert not page.detail.say_lost.isVisible()


def test_it_is_printed_with_what_needs_attention(page: FleetPage, tmp_path: Path) -> None:
    save_made(page.session, page._paper(), tmp_path / "fleet.pdf")
    page.session.bridge.quiet()
    settle()
    assert (tmp_path / "fleet.pdf").read_bytes().startswith(b"%PDF")


def test_another_laptop_is_read_from_its_top(page: FleetPage) -> None:
    page.resize(900, 420)
    settle()
    scroll = page.detail.findChild(Scroll)
    assert scroll is not None
    bar = scroll.verticalScrollBar()
    page.list.choose(TREMBLAY)
    settle()
    bar.setValue(bar.maximum())
    assert bar.value() > 0
    page.list.choose(next(row.id for row in page.list._model.rows if row.id != TREMBLAY))
    assert bar.value() == 0


def test_no_line_of_what_a_laptop_told_is_cut(page: FleetPage, monkeypatch: pytest.MonkeyPatch) -> None:
    """Names of numbers that take two lines were cut in half."""
    long = ("Permit number · Open-air burn permit", "10 in reserve")
    monkeypatch.setattr("ui.fleet.words.facts", lambda *_about: [long] * 8)
    page.detail.show_laptop(page._shown[0][0], [], None)
    for width in (300, 380, 480):
        page.detail.setFixedWidth(width)
        settle()
        wrapped = [one for one in page.detail.findChildren(QLabel) if one.isVisible() and one.wordWrap()]
        assert len(wrapped) > 8
        assert [one.text() for one in wrapped if one.height() < one.heightForWidth(one.width())] == []
