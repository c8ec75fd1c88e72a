"""Bookings on a record's page: how they stand, in words, and what can be done about them."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog, QLabel
from pytestqt.qtbot import QtBot

from fieldapp.bookings import Slot, Standing, ask_of
from fieldapp.records import AUTHOR, BOOKING, LANG, NUMBER, STATE, TITLE, WARD, WISH
from fieldapp.store import SLOT, RemoteRow
from tests.support.pictures import settle
from tests.support.session import PracticeCity
from ui.records.bookings import Bookings
from ui.session import Session
from ui.widgets import Button

EAST = Slot("E1", ("bulk-pickup",), "East route", "Tournée est", "2026-12-03T07:00", 540, 2, free=0)
WEST = Slot("E2", ("bulk-pickup",), "West route", "Tournée ouest", "2026-12-04T07:00", 540, 2, free=2)
RECORD = "0192f0c0-0000-7000-8000-000000000001"


def came(session: Session, bucket: str, *rows: RemoteRow) -> None:
    """The City's rows came with a sync."""
    known = session.store.exchange.buckets().get(bucket)
    session.store.exchange.apply_page(bucket, rows, (known.cursor if known else 0) + len(rows), epoch="e")


def calendar(session: Session, *slots: Slot) -> None:
    came(
        session,
        "slots",
        *(RemoteRow(f"{SLOT}:{one.id}", 1, fields={"id": one.id, **one.told()}, kind=SLOT) for one in slots),
    )


def stands(session: Session, standing: Standing | None, rev: int = 1) -> str:
    """A pick-up with the City, and what became of its wish."""
    said = {BOOKING + "route": standing.text()} if standing else {}
    own = {STATE: "submitted", AUTHOR: session.person.id, TITLE: "Couch", WARD: "08", LANG: "en", NUMBER: "BK26-100001"}
    version = session.catalogue.get("bulk-pickup").form_version
    came(session, "ward:08", RemoteRow(RECORD, rev, "bulk-pickup", version, {**own, **said}))
    return RECORD


@pytest.fixture
def session(city: PracticeCity) -> Session:
    """A clerk, who books."""
    return city.sign_in("j.osei")


@pytest.fixture
def box(session: Session, qtbot: QtBot) -> Bookings:
    made = Bookings(session)
    qtbot.addWidget(made)
    made.resize(560, 400)
    made.show()
    calendar(session, EAST, WEST)
    return made


def shown(box: Bookings, session: Session) -> str:
    box.show_record(session.desk.record(RECORD))
    settle()
    return " | ".join(one.text() for one in box.findChildren(QLabel) if one.isVisible())


def press(box: Bookings, text: str) -> None:
    next(one for one in box.findChildren(Button) if not one.isHidden() and one.text() == text).click()
    settle()


def test_a_time_is_asked_for_and_is_tentative(session: Session, box: Bookings) -> None:
    stands(session, None)
    assert "No time is asked for yet." in shown(box, session)
    press(box, "Choose a time…")
    assert [row.id for row in box.chooser.list._model.rows] == ["E2", "E1"]
    press(box, "Ask for this time")
    said = shown(box, session)
    assert "Tentative" in said
    assert "somebody else may have the place" in said
    asked = ask_of(session.desk.record(RECORD).get(WISH + "route"))
    assert asked is not None
    assert (asked.act, [one.slot for one in asked.wishes]) == ("book", ["E2"])


def test_a_full_time_is_waited_for(session: Session, box: Bookings) -> None:
    stands(session, Standing("full", 1))
    assert "Nothing is free" in shown(box, session)
    press(box, "Choose another time…")
    box.chooser.list.choose("E1")
    press(box, "Ask for this time")
    assert "Asked for the waiting list" in shown(box, session)


def test_what_is_confirmed_is_said_and_what_comes_instead(session: Session, box: Bookings) -> None:
    stands(session, Standing("confirmed", 1, WEST))
    said = shown(box, session)
    assert "Confirmed" in said
    assert "Friday, December 4, 2026, West route" in said
    stands(session, Standing("offered", 2, offers=(WEST,)), rev=2)
    said = shown(box, session)
    assert "Others are free" in said
    assert "· Friday, December 4, 2026, West route" in said


def test_it_is_given_back(session: Session, box: Bookings) -> None:
    stands(session, Standing("confirmed", 4, WEST))
    shown(box, session)
    press(box, "Cancel it for the resident")
    assert "Given back on this laptop" in shown(box, session)
    asked = ask_of(session.desk.record(RECORD).get(WISH + "route"))
    assert asked is not None
    assert (asked.act, asked.seen, asked.by) == ("cancel", 4, "resident")


def test_the_resident_takes_a_file_along(
    session: Session, box: Bookings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stands(session, Standing("confirmed", 1, WEST))
    shown(box, session)
    file = tmp_path / "appointment.ics"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(file), ""))
    press(box, "For the resident's calendar…")
    assert b"BK26-100001" in file.read_bytes().replace(b"\r\n ", b"")


def test_a_service_without_a_calendar_shows_nothing(session: Session, qtbot: QtBot) -> None:
    made = Bookings(session)
    qtbot.addWidget(made)
    made.show()
    stands(session, None)
    assert shown(made, session) == ""
    assert not made.isVisible()
