"""Records that left this laptop: where one finds them, and the way back."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from fieldapp.records import NUMBER, RECEIVED, STATE, TITLE, WARD
from fieldapp.store import RemoteRow
from tests.support.pictures import settle
from tests.support.session import StillCourier
from ui.records.view import RecordView
from ui.session import Session
from ui.sync_centre.left import Left

LONG_AGO = "2026-01-05T14:00:00.000Z"


def left_one(session: Session) -> str:
    """A closed record whose time is over."""
    fields = {STATE: "approved", NUMBER: "BK26-000001", RECEIVED: LONG_AGO, TITLE: "Couch", WARD: "08"}
    session.store.exchange.apply_page("ward:08", [RemoteRow("r1", 3, "bulk-pickup", "1", fields, at=LONG_AGO)], 7)
    assert session.store.purge(session.person.id, lambda _service: 30) == 1
    return "r1"


def view_of(session: Session, qtbot: QtBot) -> RecordView:
    view = RecordView(session, lambda *_page, **_where: None)
    qtbot.addWidget(view)
    view.show()
    return view


def test_a_record_that_left_is_asked_for_where_one_opens_it(session: Session, qtbot: QtBot) -> None:
    record = left_one(session)
    view = view_of(session, qtbot)
    view.show_record(record)
    settle()
    assert view._none.ask.isVisible()
    view._none.ask.click()
    assert isinstance(session.courier, StillCourier)
    assert session.courier.wished == [record]
    assert not view._none.ask.isEnabled()


def test_what_was_handed_off_is_not_asked_for(session: Session, qtbot: QtBot) -> None:
    fields = {STATE: "purged", NUMBER: "VA26-000001", RECEIVED: LONG_AGO, TITLE: "Vaccine", WARD: "08"}
    session.store.exchange.apply_page("ward:08", [RemoteRow("v1", 3, "vaccine", "1", fields, at=LONG_AGO)], 7)
    assert session.store.let_go(session.person.id, [("vaccine", "purged")]) == 1
    view = view_of(session, qtbot)
    view.show_record("v1")
    settle()
    assert view._none.isVisible()
    assert not view._none.ask.isVisible()
    assert session.store.retention.left() == []


def test_a_record_that_never_was_here_is_not_asked_for(session: Session, qtbot: QtBot) -> None:
    view = view_of(session, qtbot)
    view.show_record("unknown")
    settle()
    assert not view._none.ask.isVisible()


def test_the_sync_page_lists_what_left_by_the_citys_number(session: Session, qtbot: QtBot) -> None:
    card = Left(session)
    qtbot.addWidget(card)
    card.refresh()
    assert card.isHidden()
    left_one(session)
    card.refresh()
    assert not card.isHidden()
    assert "1 closed record" in card.receipt.text()
    assert card.list.model().rowCount() == 1
