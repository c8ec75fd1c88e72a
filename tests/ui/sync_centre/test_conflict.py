"""The page of two versions: base, mine, the City's, who and when; a choice an answer, or one for all; keys alone."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QRadioButton
from pytestqt.qtbot import QtBot

from fieldapp.actions import answer, both, start
from fieldapp.records import Record
from fieldapp.store import Settled
from tests.support.accessible import faults
from tests.support.pictures import settle
from ui.session import Session
from ui.sync_centre.conflict import ConflictPage
from ui.widgets import Button
from ui.window import MainWindow

NOTE, NAME, HOME = "pickup/set_out_spot", "person/last_name", "place/dwelling"
BASE = {NAME: "Roy", HOME: "single", NOTE: "Side gate."}
MINE = {
    NAME: "Ray",
    HOME: "duplex_to_5",
    NOTE: "Behind the house, on the gravel. Ring twice first, since the dog may be loose.",
}
THEIRS = {NAME: "Rey", HOME: "townhouse", NOTE: "At the curb in front of the garage."}
AT = "2026-11-23T14:31:00.000Z"


def clashing(session: Session) -> Record:
    """A record of which three answers were changed here and by R. Kaur, and the City has said so."""
    desk = session.desk
    record = start(desk, "bulk-pickup")
    for rev, status, values in ((1, "applied", BASE), (2, "conflict", MINE)):
        record = desk.commit(answer(desk, record.id, values), {}, seal=True)
        told = THEIRS if status == "conflict" else {}
        authors = dict.fromkeys(told, ("r.kaur", AT))
        [change] = session.store.exchange.pending(session.person.id, 9, 10**6)
        session.store.exchange.settle([Settled(change.id, status, rev, edits=told, server_time=AT, authors=authors)])
    return desk.record(record.id)


@pytest.fixture
def record(session: Session) -> Record:
    """The record in conflict."""
    return clashing(session)


@pytest.fixture
def page(window: MainWindow, record: Record) -> ConflictPage:
    """The page, open."""
    window.navigate("conflict", record=record.id, back="sync")
    settle()
    shown = window.page()
    assert isinstance(shown, ConflictPage)
    return shown


def words(page: ConflictPage) -> set[str]:
    """All labels that can be read."""
    return {one.text() for one in page.findChildren(QLabel) if one.isVisible()}


def chosen(session: Session, record: Record) -> dict[str, str | None]:
    """What the last Change sends of the three answers."""
    edits = session.store.history(record.id)[-1].change.edits
    return {path: edits[path] for path in BASE}


def test_all_three_versions_are_in_the_forms_words_with_who_and_when(page: ConflictPage) -> None:
    assert {"Last name", "Roy", "Ray", "Rey"} <= words(page)
    assert {"R. Kaur · 09:31", "Before", "Yours", "The City's"} <= words(page)


def test_each_answer_has_its_own_choice_and_all_goes_as_one_change(
    page: ConflictPage, session: Session, record: Record
) -> None:
    for card in page.cards:
        card.choices.press({NAME: "mine", HOME: "theirs", NOTE: "both"}[card.clash.path])
    page.save_button.click()
    assert chosen(session, record) == {**MINE, HOME: THEIRS[HOME], NOTE: f"{THEIRS[NOTE]}\n{MINE[NOTE]}"}
    assert [entry.state for entry in session.store.history(record.id)] == ["applied", "replaced", "sealed"]


@pytest.mark.parametrize(("name", "values"), [("Mine everywhere", MINE), ("The City's everywhere", THEIRS)])
def test_one_button_chooses_for_all(
    page: ConflictPage, session: Session, record: Record, name: str, values: dict[str, str]
) -> None:
    next(one for one in page.findChildren(Button) if one.text() == name).click()
    page.save_button.click()
    assert chosen(session, record) == values


def test_the_keyboard_alone_is_enough(page: ConflictPage, session: Session, record: Record, qtbot: QtBot) -> None:
    for key in (Qt.Key.Key_M, Qt.Key.Key_C, Qt.Key.Key_C):
        focus = QApplication.focusWidget()
        assert focus is not None
        qtbot.keyClick(focus, key)
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
        settle()
    assert session.store.counts().attention == 0
    assert len(session.store.history(record.id)) == 3


def test_nothing_is_sent_while_a_choice_is_missing(page: ConflictPage, session: Session) -> None:
    page.cards[0].choices.press("mine")
    page.save_button.click()
    assert session.store.counts().attention == 1
    focus = QApplication.focusWidget()
    assert focus is not None
    assert page.cards[1].choices.isAncestorOf(focus)


def test_only_a_note_keeps_both(page: ConflictPage) -> None:
    offered = {card.clash.path: [part.text() for part in card.findChildren(QRadioButton)] for card in page.cards}
    assert [path for path, texts in offered.items() if "Keep both" in texts] == [NOTE]


def test_choices_outlive_a_change_of_language(page: ConflictPage, window: MainWindow) -> None:
    page.cards[0].choices.press("theirs")
    window.chosen.language("fr")
    settle()
    anew = window.page()
    assert isinstance(anew, ConflictPage)
    assert [card.choice for card in anew.cards] == ["theirs", "", ""]


def test_everything_on_it_has_a_name(page: ConflictPage, window: MainWindow) -> None:
    assert page.cards
    assert faults(window) == []


def test_the_records_own_page_leads_there(window: MainWindow, record: Record) -> None:
    window.navigate("records", record=record.id)
    settle()
    next(one for one in window.page().findChildren(Button) if one.text() == "Compare and choose").click()
    assert window.page_id == "conflict"


def test_a_note_that_holds_the_other_is_not_said_twice() -> None:
    assert both("Side gate. Dog.", "Side gate.") == "Side gate. Dog."
