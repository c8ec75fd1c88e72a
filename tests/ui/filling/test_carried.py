"""A draft whose form was corrected: what has no place any more stands beside the form, and nothing is lost."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from fieldapp import texts
from fieldapp.actions import catch_up, start
from fieldapp.forms.following import Carried, carried_in
from fieldapp.records import Record
from fieldapp.store import Query, Store
from tests.support.dogs import CLERK
from tests.support.pictures import settle
from tests.support.services import write_dog_licence
from tests.support.session import StillCourier
from tests.support.versions import DOGS, OLD, Machine, answer_all, correct_dog_licence
from tests.ui.workplaces import Ways, visited, words
from ui.filling import FormPage
from ui.forms.carried import CarriedCard
from ui.records.answers import Reader
from ui.session import Session
from ui.widgets import Button


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    """A clerk at a laptop that has version 2 of the form by now."""
    write_dog_licence(tmp_path / "services")
    machine = Machine(tmp_path / "home", CLERK)
    desk = machine.desk(tmp_path / "services")
    answer_all(desk, start(desk, DOGS), OLD)
    correct_dog_licence(tmp_path / "services")
    made = Session(machine.desk(tmp_path / "services"), courier=StillCourier())
    yield made
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    settle()
    made.bridge.close()
    machine.store.close()


@pytest.fixture
def draft(session: Session) -> Record:
    """The draft of version 1."""
    (found,) = session.store.find(Query(service=DOGS))
    return found


@pytest.fixture
def page(session: Session, draft: Record, qtbot: QtBot) -> FormPage:
    return visited(FormPage(session, Ways()), qtbot, record=draft.id, back="counter")


@pytest.fixture
def card(page: FormPage) -> CarriedCard:
    (found,) = page.findChildren(CarriedCard)
    return found


def press(card: CarriedCard, name: str, qtbot: QtBot) -> None:
    """Press the button with this accessible name, by keyboard."""
    button = next(one for one in card.findChildren(Button) if one.accessibleName() == name)
    button.setFocus()
    qtbot.keyClick(button, Qt.Key.Key_Space)
    settle()


def test_moved_answers_stand_in_the_form(page: FormPage) -> None:
    assert page.editor is not None
    assert page.editor.session.node("dog/call_name").value == "Rex"


def test_the_card_names_each_answer_in_the_words_of_its_time(card: CarriedCard) -> None:
    said = words(card)
    assert "From paper, or an earlier form" in said
    assert "Age in years | Answer again | 4" in said
    assert "Spayed or neutered? | No longer asked | Yes" in said


def test_it_is_there_again_when_the_form_is_opened_again(session: Session, draft: Record, qtbot: QtBot) -> None:
    for _ in range(2):
        page = visited(FormPage(session, Ways()), qtbot, record=draft.id, back="counter")
        (card,) = page.findChildren(CarriedCard)
        assert card.isVisibleTo(page)


def test_a_button_leads_to_the_question(page: FormPage, card: CarriedCard, qtbot: QtBot) -> None:
    assert page.editor is not None
    page.editor.show_section("case")
    press(card, "Go to question: Age in years", qtbot)
    assert page.editor.section == "dog"


def test_what_was_answered_again_says_so(page: FormPage, card: CarriedCard, qtbot: QtBot) -> None:
    assert page.editor is not None
    with qtbot.waitSignal(page.editor.saved):
        page.editor.entry.put("dog/age", "grown")
    settle()
    assert "Age in years | Answered again | 4" in words(card)


def test_an_answer_is_copied(card: CarriedCard, qtbot: QtBot) -> None:
    press(card, "Copy: Age in years", qtbot)
    assert QApplication.clipboard().text() == "4"


def test_an_answer_is_dismissed_with_a_way_back(
    session: Session, draft: Record, card: CarriedCard, qtbot: QtBot
) -> None:
    undo: list[Callable[[], None]] = []
    session.toast = lambda _text, back: undo.append(back) if back else None
    press(card, "Dismiss: Age in years", qtbot)
    assert [one.path for one in carried(session.store, draft)] == ["dog/altered"]
    assert "Age in years" not in words(card)
    undo[0]()
    assert [one.path for one in carried(session.store, draft)] == ["dog/age", "dog/altered"]
    assert "Age in years" in words(card)


def test_the_card_goes_with_its_last_answer(card: CarriedCard, page: FormPage, qtbot: QtBot) -> None:
    press(card, "Dismiss: Age in years", qtbot)
    press(card, "Dismiss: Spayed or neutered?", qtbot)
    assert not card.isVisibleTo(page)


def test_it_speaks_french(session: Session, draft: Record, qtbot: QtBot) -> None:
    texts.use("fr")
    try:
        page = visited(FormPage(session, Ways()), qtbot, record=draft.id, back="counter")
        assert "Stérilisé? | N’est plus demandé | Oui" in words(page)
    finally:
        texts.use("en")


def test_a_draft_of_todays_form_has_no_such_card(session: Session, qtbot: QtBot) -> None:
    fresh = start(session.desk, DOGS)
    page = visited(FormPage(session, Ways()), qtbot, record=fresh.id, back="counter")
    assert not page.findChildren(CarriedCard)


def test_a_record_of_a_form_that_is_not_here_yet_can_only_be_read(
    session: Session, draft: Record, qtbot: QtBot
) -> None:
    heard: list[str] = []
    session.toast = lambda text, _undo: heard.append(text)
    session.desk.commit(draft, {"dog/dog_name": "Max"}, form_version="3-00000000")
    page = visited(FormPage(session, Ways()), qtbot, record=draft.id, back="counter")
    assert page.editor is not None
    assert page.editor.sheet.read_only
    assert heard == ["This record was made with a newer form, which comes with the next sync or update."]


def carried(store: Store, record: Record) -> list[Carried]:
    found = store.record(record.id)
    return carried_in(found.fields) if found else []


def test_who_reads_the_record_sees_them_too(session: Session, draft: Record) -> None:
    record = catch_up(session.desk, draft.id)
    sections = {section.title: section.answers for section in Reader(session, record).sections()}
    read = [(answer.label, answer.value) for answer in sections["From paper, or an earlier form"]]
    assert read == [("Age in years", "4"), ("Spayed or neutered?", "Yes")]
