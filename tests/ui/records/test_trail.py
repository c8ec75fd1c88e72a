"""The audit trail: the places of a record's Changes in the chain, and the chain checked before one's eyes."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from fieldapp import actions
from fieldapp.store import ChainReport, Entry
from tests.support.accessible import faults
from tests.support.store import make_change
from tests.ui.workplaces import Ways
from ui.records.trail import at_their_hour, found
from ui.records.view import RecordView
from ui.session import Session


def shown(session: Session, record: str, qtbot: QtBot) -> RecordView:
    view = RecordView(session, Ways())
    qtbot.addWidget(view)
    view.resize(700, 600)
    view.show()
    view.show_record(record)
    view.tabs.show_tab(3)
    return view


def test_the_chain_is_checked_before_ones_eyes(session: Session, qtbot: QtBot) -> None:
    change = make_change()
    session.store.commit(change, seal=True)
    view = shown(session, change.record, qtbot)
    assert view.trail.words.text() == "1 change, at link 1"
    view.trail.check.click()
    qtbot.waitUntil(lambda: view.trail.words.text().startswith("The chain is whole: 1 link holds"))
    assert faults(view) == []


def test_what_was_found_is_said_until_there_is_another_change(session: Session, qtbot: QtBot) -> None:
    change = make_change()
    session.store.commit(change, seal=True)
    view = shown(session, change.record, qtbot)
    view.trail.check.click()
    qtbot.waitUntil(lambda: "whole" in view.trail.words.text())
    view.show_record(change.record)
    assert "whole" in view.trail.words.text()
    session.store.commit(make_change(change.record, {"@title": "Sofa"}, creates=False), seal=True)
    view.show_record(change.record)
    assert view.trail.words.text() == "2 changes, at links 1, 2"


def test_a_draft_has_no_link_to_check(session: Session, qtbot: QtBot) -> None:
    view = shown(session, actions.start(session.desk, "bulk-pickup").id, qtbot)
    assert view.trail.check.isHidden()
    assert "No change of this record was sealed" in view.trail.words.text()


def test_a_fault_says_whether_this_record_lies_before_it() -> None:
    broken = ChainReport(7, "link 8 is missing")
    assert found(broken, (3, 7))[1] == "warn"
    assert found(broken, (3, 9))[1] == "bad"


def test_what_was_given_up_stands_at_its_hour() -> None:
    first, given_up, last = (
        Entry(make_change(at=f"2026-11-23T0{n}:00:00.000Z"), state, "")
        for n, state in enumerate(("applied", "withdrawn", "applied"), start=7)
    )
    assert at_their_hour([first, last], [given_up]) == [first, given_up, last]
