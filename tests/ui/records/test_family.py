"""What a record belongs to and what belongs to it, on its page; the next visit begins from there."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from fieldapp import actions
from fieldapp.records import PARENT, STATE
from tests.support.pictures import settle
from ui.records.view import RecordView
from ui.session import Session
from ui.widgets import Button

Gone = list[tuple[str, dict[str, str]]]


@pytest.fixture
def gone() -> Gone:
    """Where the view was left for."""
    return []


@pytest.fixture
def view(session: Session, gone: Gone, qtbot: QtBot) -> RecordView:
    """An empty view, shown."""
    made = RecordView(session, lambda page, **where: gone.append((page, where)))
    qtbot.addWidget(made)
    made.resize(900, 600)
    made.show()
    return made


def complaint(session: Session, state: str = "submitted") -> str:
    """A by-law complaint that was handed in."""
    record = actions.start(session.desk, "bylaw-complaint", lang="en")
    answers = {"place/address": "412 Upper James St", "complaint/complaint_type": "yard_waste"}
    record = actions.answer(session.desk, record.id, answers)
    return session.desk.commit(record, {STATE: state}, seal=True).id


def buttons(view: RecordView) -> dict[str, Button]:
    """The buttons of those around the record, by their words."""
    settle()
    return {one.text(): one for one in view.family.findChildren(Button) if one.isVisible()}


def test_a_visit_begins_from_its_complaint_and_leads_back(view: RecordView, session: Session, gone: Gone) -> None:
    case = complaint(session)
    view.show_record(case)
    assert list(buttons(view)) == ["Property standards inspection", "By-law visit", "Certificate of offence"]
    buttons(view)["By-law visit"].click()
    page, where = gone.pop()
    visit = session.desk.record(where["record"])
    assert (page, visit.service, visit.get(PARENT)) == ("form", "bylaw-visit", case)
    assert visit.get("place/address") == "412 Upper James St"

    view.show_record(case)
    link = next(text for text in buttons(view) if text.startswith(f"By-law visit {visit.reference}"))
    buttons(view)[link].click()
    assert gone.pop() == ("records", {"record": visit.id})

    view.show_record(visit.id)
    buttons(view)[f"Part of {session.desk.record(case).reference}"].click()
    assert gone.pop() == ("records", {"record": case})


def test_nothing_begins_under_a_draft(view: RecordView, session: Session) -> None:
    view.show_record(actions.start(session.desk, "bylaw-complaint", lang="en").id)
    assert buttons(view) == {}
