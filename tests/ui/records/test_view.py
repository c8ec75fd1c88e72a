"""The record view: answers in words, the proof of safe-keeping, the history."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QLabel, QListView
from pytestqt.qtbot import QtBot

from fieldapp import actions, texts
from fieldapp.store.log import REVEALED
from tests.support.pictures import settle
from tests.support.session import StillCourier, settled
from tests.support.store import make_change
from tests.ui.workplaces import Ways
from ui.filling.compare import Compare
from ui.forms.fields.image_data import png
from ui.records.hidden import Hidden
from ui.records.papers import Papers
from ui.records.proof import ProofStrip, steps
from ui.records.view import RecordView
from ui.session import Session


@pytest.fixture
def view(session: Session, qtbot: QtBot) -> RecordView:
    """An empty view, shown."""

    def stay(page: str, **_where: str) -> None:
        raise AssertionError(page)

    made = RecordView(session, stay)
    qtbot.addWidget(made)
    made.resize(700, 600)
    made.show()
    return made


def words(view: RecordView) -> set[str]:
    """All labels that can be read now."""
    return {label.text() for label in view.findChildren(QLabel) if label.isVisible()}


def started(session: Session, **answers: str) -> str:
    """A bulk pick-up draft with answers."""
    record = actions.start(session.desk, "bulk-pickup")
    return actions.answer(session.desk, record.id, answers).id


def test_answers_carry_the_labels_of_the_form(view: RecordView, session: Session) -> None:
    record = started(session, **{"person/first_name": "Ana", "place/dwelling": "single"})
    view.show_record(record)
    settle()
    assert {"First name", "Ana"} <= words(view)


def test_answers_follow_the_language(view: RecordView, session: Session) -> None:
    record = started(session, **{"person/first_name": "Ana"})
    texts.use("fr")
    view.show_record(record)
    settle()
    assert "Prénom" in words(view)


def test_a_default_that_nobody_kept_is_not_shown_as_an_answer(view: RecordView, session: Session) -> None:
    change = make_change(edits={"@state": "draft"}, service="building-permit")
    session.store.commit(change, seal=False)
    view.show_record(change.record)
    settle()
    assert "No answers yet" in words(view)


def test_a_record_of_an_unknown_service_still_shows_every_answer(view: RecordView, session: Session) -> None:
    change = make_change(edits={"@state": "new", "a/b": "kept"}, service="from-the-future")
    session.store.commit(change, seal=True)
    view.show_record(change.record)
    settle()
    assert {"a/b", "kept"} <= words(view)


def test_a_record_that_is_not_here_says_so(view: RecordView) -> None:
    view.show_record("nowhere")
    settle()
    assert "This record is not here" in words(view)


def test_the_proof_moves_on_from_laptop_to_applied(session: Session) -> None:
    change = make_change(edits={"@state": "submitted"}, actor=session.person.id, principal=session.person.id)
    session.store.commit(change, seal=True)
    waiting = [step.kind for step in steps(session, session.store.proof(change.record))]
    settled(session, "applied", edits={"@number": "26-104233"})
    done = steps(session, session.store.proof(change.record))
    assert waiting == ["ok", "plain", "plain", "plain"]
    assert [step.kind for step in done] == ["ok"] * 4
    assert done[-1].time == "09:31 · 26-104233"


def test_a_refused_change_shows_where_it_stopped(session: Session) -> None:
    change = make_change(edits={"@state": "submitted"}, actor=session.person.id, principal=session.person.id)
    session.store.commit(change, seal=True)
    settled(session, "rejected", message="Too late.")
    assert [step.kind for step in steps(session, session.store.proof(change.record))][-1] == "bad"


def test_history_says_who_did_what(view: RecordView, session: Session) -> None:
    record = started(session, **{"person/first_name": "Ana"})
    view.show_record(record)
    history = view.trail.list
    spoken = str(history.model().index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole))
    assert spoken.startswith("M. Tremblay · Started")
    assert "TOUGH-07" in spoken


def test_photos_come_from_the_encrypted_store(view: RecordView, session: Session, qtbot: QtBot) -> None:
    image = QImage(64, 48, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.darkGreen)
    kept = actions.attach(session.desk, png(image), mime="image/png", name="front.png")
    record = started(session, **{"photos/photo": f"{kept.sha256}.png"})
    view.show_record(record)
    view.tabs.show_tab(1)
    grid = next(one for one in view.findChildren(QListView) if one.accessibleName() == "Photos")
    assert view.tabs.bar.tabText(1) == "Photos 1"

    def painted() -> bool:
        icon = grid.model().index(0, 0).data(Qt.ItemDataRole.DecorationRole)
        return bool(icon.pixmap(40, 30).toImage().pixelColor(20, 15).green() > 100)

    qtbot.waitUntil(painted)


def test_a_photo_is_called_what_was_written_and_enter_shows_it_large(
    view: RecordView, session: Session, qtbot: QtBot
) -> None:
    image = QImage(640, 480, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.darkGreen)
    kept = actions.attach(session.desk, png(image), mime="image/png", name="stair.png")
    record = actions.start(session.desk, "building-inspection", parent=parent_of(session))
    row = "photos/photo[k1]"
    actions.answer(
        session.desk, record.id, {f"{row}/picture": f"{kept.sha256}.png", f"{row}/caption": "Trusses cut\nby the stair"}
    )
    view.show_record(record.id)
    view.tabs.show_tab(1)
    grid = next(one for one in view.findChildren(QListView) if one.accessibleName() == "Photos")
    assert grid.model().index(0, 0).data() == "Trusses cut by the stair"
    grid.setFocus()
    grid.setCurrentIndex(grid.model().index(0, 0))
    qtbot.keyClick(grid, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: view.findChild(Compare) is not None)
    large = view.findChild(Compare)
    assert large is not None
    assert large.windowTitle() == "Photo"
    assert large.minimumSizeHint().width() < 600  # what is known of it is long, and takes lines instead of width
    large.accept()


def test_a_photo_that_only_the_city_has_is_asked_for_once(view: RecordView, session: Session) -> None:
    record = started(session, **{"photos/photo": "ab" * 32 + ".jpg"})
    view.show_record(record)
    view.show_record(record)
    assert isinstance(session.courier, StillCourier)
    assert session.courier.wished == ["ab" * 32 + ".jpg"]


def test_a_sensitive_answer_is_shown_when_somebody_asks_and_that_is_noted(view: RecordView, session: Session) -> None:
    record = actions.start(session.desk, "building-inspection", parent=parent_of(session))
    path = "visit/more_visit/access_note"
    actions.answer(session.desk, record.id, {path: "a large dog"})
    view.show_record(record.id)
    settle()
    assert "a large dog" not in words(view)
    asked = view.findChild(Hidden)
    assert asked is not None
    assert session.store.log.last(REVEALED) == []
    asked.show_it.click()
    settle()
    assert "a large dog" in words(view)
    [noted] = session.store.log.last(REVEALED)
    assert (noted.person, noted.record, noted.detail["path"]) == (session.person.id, record.id, path)


def test_what_was_shown_is_hidden_again_in_the_next_record(view: RecordView, session: Session) -> None:
    parent = parent_of(session)
    path = "visit/more_visit/access_note"
    first, second = (actions.start(session.desk, "building-inspection", parent=parent) for _ in range(2))
    actions.answer(session.desk, first.id, {path: "a large dog"})
    view.show_record(first.id)
    asked = view.findChild(Hidden)
    assert asked is not None
    asked.show_it.click()
    view.show_record(second.id)
    view.show_record(first.id)
    settle()
    assert "a large dog" not in words(view)


def parent_of(session: Session) -> str:
    """A permit that a visit belongs to."""
    change = make_change(edits={"@state": "issued", "@title": "Deck"}, service="building-permit")
    return session.store.commit(change, seal=True).id


def test_the_form_leads_back_to_where_the_record_stands(session: Session, qtbot: QtBot) -> None:
    ways = Ways()
    view = RecordView(session, ways)
    qtbot.addWidget(view)
    record = started(session)
    view.show_record(record)
    view._edit.click()
    assert ways.last == ("form", {"record": record, "back": "records"})


def test_a_paper_has_most_of_the_height(view: RecordView, session: Session) -> None:
    view.resize(1134, 636)
    view.show_record(started(session))
    view.show_paper("none")
    settle()
    assert view.findChildren(Papers)[0].pages.height() > 380
    assert not view.findChildren(ProofStrip)[0].isVisible()
    view.tabs.show_tab(0)
    settle()
    assert view.findChildren(ProofStrip)[0].isVisible()
