"""What the universal search finds, in which order, and that it never makes the screen wait."""

from __future__ import annotations

import threading
from datetime import date

import pytest
from pytestqt.qtbot import QtBot

from fieldapp.actions import start
from fieldapp.near import ALIKE, likeness
from fieldapp.records import TITLE
from tests.support.session import PracticeCity
from tests.ui.workplaces import Ways
from ui.search import palette as palette_module
from ui.search.dates import day_in
from ui.search.finds import offered
from ui.search.looking import Hits, look
from ui.session import Session
from ui.window import MainWindow

MONDAY = date(2026, 11, 23)


def captions(window: MainWindow) -> list[str]:
    """The groups that are shown."""
    return [one.row.caption for one in window.palette_box._found if one.row.caption]


def search(window: MainWindow, qtbot: QtBot, text: str) -> None:
    """Open the palette, type, and wait for the answer."""
    window.open_palette()
    palette = window.palette_box
    palette._line.setText(text)
    qtbot.waitUntil(lambda: not palette._pause.isActive() and palette._shown_for == palette._asked, timeout=20_000)


def test_empty_it_shows_ones_own_newest_and_what_can_be_done(window: MainWindow, qtbot: QtBot) -> None:
    search(window, qtbot, "")
    assert captions(window)[-2:] == ["What you can do", "Settings"]


def test_a_number_puts_records_first(window: MainWindow, qtbot: QtBot) -> None:
    search(window, qtbot, "26-100017")
    assert captions(window)[0] == "Records"


def test_a_number_is_found_without_its_hyphen(session: Session) -> None:
    assert [row.id for row in look(session.desk, "26100017").records] == ["record-00000017"]


def test_a_day_finds_what_is_due_on_it(session: Session) -> None:
    due = next(row.due for row in session.store.search("king", 20) if row.due)
    hits = look(session.desk, due)
    assert hits.day == date.fromisoformat(due)
    assert hits.records
    assert {row.due for row in hits.records} == {due}


def test_enter_never_changes_a_setting_that_was_not_named(window: MainWindow, qtbot: QtBot) -> None:
    search(window, qtbot, "away")
    assert not window.palette_box._found[0].explains


def test_a_misspelt_page_is_offered(window: MainWindow, qtbot: QtBot) -> None:
    search(window, qtbot, "recrods")
    assert "Records" in [one.row.title for one in window.palette_box._found]


def test_a_clerk_finds_a_service_in_either_language_with_a_wrong_letter(city: PracticeCity) -> None:
    clerk = city.sign_in("j.osei").desk
    for typed in ("couhc", "matelas", "matlas"):
        assert look(clerk, typed).services[0].id == "bulk-pickup"


def test_words_of_a_record_that_are_no_services_find_the_record_first(city: PracticeCity) -> None:
    clerk = city.sign_in("j.osei")
    made = start(clerk.desk, "burn-permit")
    clerk.desk.commit(made, {TITLE: "Burn permit · Lopez"})
    for typed, trailing in (("burn permit lopez", "Record"), ("burn permit", "Start")):
        found = offered(clerk, Ways(), look(clerk.desk, typed), [])
        assert found[0].row.trailing == trailing


def test_the_last_question_wins_and_the_screen_waits_for_none(
    window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    slow, main = threading.Event(), threading.get_ident()
    threads: list[int] = []

    def looking(desk: object, typed: str) -> Hits:
        threads.append(threading.get_ident())
        if typed == "first":
            slow.wait(20)
        return Hits(typed)

    monkeypatch.setattr(palette_module, "look", looking)
    window.open_palette()
    palette = window.palette_box
    for text in ("first", "second", "syn"):
        palette._line.setText(text)
        palette._find()
    slow.set()
    qtbot.waitUntil(lambda: palette._shown_for == palette._asked, timeout=20_000)
    assert [one.row.id for one in palette._found][:2] == ["page:sync", "wake"]
    assert main not in threads


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("2026-11-05", date(2026, 11, 5)),
        ("5 Nov", date(2026, 11, 5)),
        ("Nov 5", date(2026, 11, 5)),
        ("5 novembre 2025", date(2025, 11, 5)),
        ("1er août", date(2026, 8, 1)),
        ("Jan 4", date(2027, 1, 4)),
        ("hier", date(2026, 11, 22)),
        ("today", MONDAY),
        ("31 Nov", None),
        ("2026-13-01", None),
        ("king", None),
        ("12 King", None),
    ],
)
def test_days_as_people_type_them(typed: str, day: date | None) -> None:
    assert day_in(typed, MONDAY) == day


def test_short_words_are_not_guessed() -> None:
    assert likeness("sin", "sun") < ALIKE
    assert likeness("permitt", "permit") >= ALIKE
