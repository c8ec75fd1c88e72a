"""The table's model: right by Qt's own tester, and small however many records there are."""

from __future__ import annotations

import pytest
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from fieldapp.store import Query, Touched
from tests.support.pictures import settle
from tests.support.store import fill, make_change
from ui.records.model import PAGE, PAGES, RecordsModel
from ui.records.page import RecordsPage
from ui.records.words import Words
from ui.session import Session
from ui.window import MainWindow


def made(session: Session) -> RecordsModel:
    """A model of everything."""
    model = RecordsModel(session.store, Words(session))
    model.show_all(session.store.ids(Query()))
    return model


def test_the_model_obeys_the_rules_of_qt(session: Session, qtmodeltester: ModelTester) -> None:
    qtmodeltester.check(made(session))


def test_every_row_is_the_record_of_its_place(session: Session) -> None:
    model = made(session)
    order = session.store.rows(session.store.ids(Query()))
    assert [model.line(number) for number in range(model.rowCount())] == order


def test_only_pages_that_are_looked_at_are_kept(session: Session) -> None:
    fill(session.store, PAGE * (PAGES + 4), start=1000)
    model = made(session)
    for number in range(0, model.rowCount(), PAGE):
        model.line(number)
    assert len(model._pages) == PAGES


def test_a_record_that_went_leaves_its_row_empty_until_asked_anew(session: Session) -> None:
    change = make_change(edits={"@state": "draft", "@title": "Gone soon"})
    session.store.commit(change, seal=False)
    model = made(session)
    row = next(number for number in range(model.rowCount()) if model.index(number, 1).data() == "Gone soon")
    session.store.discard_draft(change.record)
    model.forget_lines()
    assert model.line(row) is None
    assert model.index(row, 1).data() is None


def stay(page: str, **_where: str) -> None:
    """Nobody goes anywhere here."""
    raise AssertionError(page)


def test_a_large_store_shows_its_newest_at_once_and_all_a_moment_later(
    session: Session, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(session.store, 300, start=5000)
    monkeypatch.setattr("fieldapp.store.store.LARGE", 100)
    monkeypatch.setattr("ui.records.page.FIRST", 7)
    page = RecordsPage(session, stay)
    qtbot.addWidget(page)
    assert page.model.rowCount() == 7
    qtbot.waitUntil(lambda: page.model.rowCount() == session.store.count(Query()))
    page.filters.text.setText("nothing at all")
    page.filters.text.search_now()
    page.filters.text.setText("26-105007")
    page.filters.text.search_now()  # before the first answer: that one is let go
    qtbot.waitUntil(lambda: page.model.rowCount() == 1)
    settle()
    assert page.model.rowCount() == 1


def test_what_sync_brings_appears_by_itself(window: MainWindow, session: Session) -> None:
    page = window.page("records")
    assert isinstance(page, RecordsPage)
    before = page.model.rowCount()
    fill(session.store, 5, start=5000)
    page.refresh(Touched(frozenset({"record-00005000"})))
    page._follow()  # without waiting for its pause
    settle()
    assert page.model.rowCount() == before + 5
