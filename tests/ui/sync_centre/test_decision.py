"""The supervisor's list and page, and how both authors are told: keys alone, no dialog, nothing without a reason."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from fieldapp.actions import decide_between, outcomes, to_decide
from fieldapp.errors import AccessError
from fieldapp.records import STATE, WHY, Record
from fieldapp.store import Contested, Dispute, Disputes, RemoteRow
from sync.practice.people import KAUR, OSEI, TREMBLAY
from tests.support.accessible import faults
from tests.support.pictures import settle
from tests.support.session import PracticeCity
from ui.records import history
from ui.records.answers import Reader
from ui.records.told import outcome, settled
from ui.session import Session
from ui.sync_centre.decision import DecisionPage
from ui.sync_centre.page import SyncPage
from ui.window import MainWindow

RESULT, AT = "outcome/result", "2026-11-23T14:31:00.000Z"
VISIT = {
    STATE: "planned",
    "@author": TREMBLAY.id,
    "@assignee": TREMBLAY.id,
    "@number": "IN26-200014",
    "@ward": "08",
    "@title": "Framing · permit 26-104233",
    "visit/insp_type": "N03",
    RESULT: "passed",
}


def dispute(**parts: Any) -> Dispute:
    """J. Osei wrote passed, M. Tremblay wrote failed: with two more answers."""
    path = Contested(RESULT, "", "failed", "passed", OSEI.id, kept=parts.pop("kept", ""))
    own = {"mine_at": AT, "others": 2, "referred": True}
    return Dispute("op1", "r1", TREMBLAY.id, AT, (path,), **{**own, **parts})


def came(session: Session, found: Dispute) -> Record:
    """The City's visit, and the dispute, as a sync brings them."""
    version = session.catalogue.get("building-inspection").form_version
    row = RemoteRow("r1", 4, "building-inspection", version, VISIT, at=AT)
    session.store.exchange.apply_page("ward:08", [row], 9)
    session.store.exchange.keep_disputes(Disputes("d1", (found,)))
    return session.desk.record("r1")


@pytest.fixture
def chief(city: PracticeCity, qtbot: QtBot) -> Iterator[MainWindow]:
    """A supervisor's window with a dispute to decide, on the Sync page."""
    session = city.sign_in(KAUR.id)
    came(session, dispute())
    made = MainWindow(session, page="sync")
    qtbot.addWidget(made)
    made.show()
    settle()
    yield made
    made.close()


@pytest.fixture
def page(chief: MainWindow) -> DecisionPage:
    """The decision's page, opened from the list with the keyboard's Enter."""
    sync = chief.page()
    assert isinstance(sync, SyncPage)
    sync.to_decide.list.opened.emit("op1")
    settle()
    shown = chief.page()
    assert isinstance(shown, DecisionPage)
    return shown


def words(window: MainWindow) -> set[str]:
    """All labels that can be read."""
    return {one.text() for one in window.page().findChildren(QLabel) if one.isVisible()}


def test_the_list_says_what_it_is_about_and_whose(chief: MainWindow) -> None:
    sync = chief.page()
    assert isinstance(sync, SyncPage)
    row = sync.to_decide.list.model().index(0, 0).data(Qt.ItemDataRole.UserRole)
    assert row.subtitle == "Two versions of “Result”: J. Osei / M. Tremblay · since 09:31"


def test_both_versions_stand_side_by_side_by_the_order_in_which_they_came(
    page: DecisionPage, chief: MainWindow
) -> None:
    assert {"First, at the City", "Later, waiting", "Passed", "Failed", "J. Osei"} <= words(chief)
    assert page.cards[0].choices.accessibleName() == "Result"
    assert "With the later come 2 other answers. They are taken whatever you choose." in words(chief)
    assert faults(chief) == []


def test_it_is_decided_with_a_reason_by_keys_alone(page: DecisionPage, chief: MainWindow, qtbot: QtBot) -> None:
    qtbot.keyClick(page.cards[0].choices.focusProxy() or QApplication.focusWidget(), Qt.Key.Key_L)
    page.save()
    store = chief.session.store
    assert QApplication.focusWidget() is page.why
    assert store.history("r1") == []
    qtbot.keyClicks(page.why, "I called them both")
    qtbot.keyClick(page.why, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    [entry] = store.history("r1")
    assert (entry.change.edits, entry.change.settles) == ({RESULT: "failed", WHY: "I called them both"}, ("op1",))
    assert chief.page_id == "sync"
    sync = chief.page()
    assert isinstance(sync, SyncPage)
    sync.reload()
    assert not sync.to_decide.isVisible()


def test_what_was_decided_meanwhile_is_not_asked_any_more(page: DecisionPage, chief: MainWindow) -> None:
    chief.session.store.exchange.keep_disputes(Disputes("d2", ()))
    settle()
    assert page.cards == []
    assert "Nothing to decide" in words(chief)


def test_reason_and_choice_outlive_a_change_of_language(page: DecisionPage, chief: MainWindow) -> None:
    page.cards[0].choices.press("mine")
    page.why.setPlainText("Both called")
    chief.chosen.language("fr")
    settle()
    anew = chief.page()
    assert isinstance(anew, DecisionPage)
    assert (anew.cards[0].choice, anew.why.toPlainText()) == ("mine", "Both called")


@pytest.mark.parametrize(("person", "author"), [(KAUR.id, KAUR.id), (TREMBLAY.id, TREMBLAY.id)])
def test_only_a_supervisor_who_wrote_neither_may_decide(city: PracticeCity, person: str, author: str) -> None:
    session = city.sign_in(person)
    found = replace(dispute(), mine_by=author)
    came(session, found)
    assert to_decide(session.desk) == []
    with pytest.raises(AccessError):
        decide_between(session.desk, found, {RESULT: "failed"}, "Mine")
    assert session.store.history("r1") == []


@pytest.mark.parametrize(
    ("kept", "person", "said"),
    [
        ("failed", TREMBLAY.id, "Your answer to “Result” was kept: Failed. J. Osei had given another one."),
        ("passed", TREMBLAY.id, "J. Osei's answer to “Result” is kept now: Passed. Yours stays in the history."),
        ("passed", OSEI.id, "Your answer to “Result” was kept: Passed. M. Tremblay had given another one."),
        ("partial", OSEI.id, "“Result” is now: Partial. Your answer and M. Tremblay's stay in the history."),
    ],
)
def test_each_author_is_told_whose_value_was_kept_by_whom_and_why(
    city: PracticeCity, kept: str, person: str, said: str
) -> None:
    session = city.sign_in(person)
    record = came(session, dispute(kept=kept, settled_by=KAUR.id, settled_at=AT, why="I called them both"))
    [told] = outcomes(session.desk)
    assert outcome(session, record, told) == said
    assert settled(session, told) == "Decided by R. Kaur: I called them both"


def test_the_history_and_the_sync_page_tell_it_and_ask_nothing(window: MainWindow, session: Session) -> None:
    came(session, dispute(kept="failed", settled_by=KAUR.id, settled_at=AT, why="I called them both"))
    window.navigate("sync")
    settle()
    sync = window.page()
    assert isinstance(sync, SyncPage)
    sync.reload()
    assert sync.outcomes.isVisible()
    assert session.store.counts().attention == 0
    record = session.desk.record("r1")
    lines = history.rows(session, record, Reader(session, record), session.store.history("r1"))
    assert lines[0].title.startswith("Your answer to “Result” was kept: Failed.")
    assert QApplication.activeModalWidget() is None


def test_the_record_says_that_a_supervisor_decides(window: MainWindow, session: Session) -> None:
    came(session, dispute())
    window.navigate("records", record="r1")
    settle()
    said = "Two versions of “Result”: J. Osei / M. Tremblay. A supervisor decides between them."
    assert said in words(window)
