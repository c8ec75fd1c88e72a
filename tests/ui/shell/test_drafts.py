"""Text that was begun is there again: after the field was left, after the window was closed, after a kill."""

from __future__ import annotations

import resource
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit
from pytestqt.qtbot import QtBot

from fieldapp.clock import FixedClock
from fieldapp.store import Store
from tests.support.pictures import settle
from tests.support.store import KEY
from ui.drafts import DRAFT, TextDraft
from ui.session import Session


def kept(session: Session, about: str) -> str:
    """What lies in the store, as another process would find it."""
    session.bridge.written()
    return session.store.setting(DRAFT + about)


@pytest.mark.parametrize("kind", [QLineEdit, QPlainTextEdit])
def test_it_is_kept_while_one_types_and_given_back(
    session: Session, qtbot: QtBot, kind: type[QLineEdit | QPlainTextEdit]
) -> None:
    edit = kind()
    qtbot.addWidget(edit)
    draft = TextDraft(session, edit)
    assert not draft.begin("reason/one")
    qtbot.keyClicks(edit, "the plans are")
    qtbot.waitUntil(lambda: kept(session, "reason/one") == "the plans are", timeout=20_000)
    draft.begin("reason/two")
    assert draft._text == ""
    assert draft.begin("reason/one")
    assert draft._text == "the plans are"


def test_who_leaves_the_field_has_it_kept_at_once(session: Session, qtbot: QtBot) -> None:
    edit = QPlainTextEdit()
    qtbot.addWidget(edit)
    draft = TextDraft(session, edit)
    draft.begin("reason/one")
    edit.show()
    edit.setPlainText("half a sentence")
    edit.hide()  # as when its window closes
    assert kept(session, "reason/one") == "half a sentence"


def test_the_next_start_finds_it(session: Session, qtbot: QtBot) -> None:
    edit = QPlainTextEdit()
    qtbot.addWidget(edit)
    draft = TextDraft(session, edit)
    draft.begin("reason/one")
    edit.setPlainText("before the kill")
    draft.keep()
    session.bridge.written()
    folder: Path = session.store.folder
    session.store.close()
    other = Store.open(folder, KEY, clock=FixedClock(), device="LT", guide=None)
    try:
        assert other.setting(DRAFT + "reason/one") == "before the kill"
    finally:
        other.close()


def test_what_was_handed_in_is_not_begun_again(session: Session, qtbot: QtBot) -> None:
    edit = QPlainTextEdit()
    qtbot.addWidget(edit)
    draft = TextDraft(session, edit)
    draft.begin("reason/one")
    edit.setPlainText("done")
    draft.keep()
    draft.done()
    assert kept(session, "reason/one") == ""
    assert not draft.begin("reason/one")


def test_a_closed_screen_takes_nothing_more(session: Session, qtbot: QtBot) -> None:
    edit = QPlainTextEdit()
    qtbot.addWidget(edit)
    draft = TextDraft(session, edit)
    draft.begin("reason/one")
    session.bridge.close()
    edit.setPlainText("too late")
    draft.keep()
    assert session.store.setting(DRAFT + "reason/one") == ""


def test_a_full_disk_is_told_once_and_the_text_is_kept_when_there_is_room(session: Session, qtbot: QtBot) -> None:
    told: list[str] = []
    session.toast = lambda text, _undo: told.append(text)
    edit = QLineEdit()
    qtbot.addWidget(edit)
    draft = TextDraft(session, edit)
    draft.begin("reason/one")
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, limits[1]))
    try:
        for text in ("the plans", "the plans are"):
            edit.setText(text)
            draft.keep()
            session.bridge.quiet()
            settle()
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert (len(told), kept(session, "reason/one")) == (1, "")
    draft.keep()
    assert kept(session, "reason/one") == "the plans are"
