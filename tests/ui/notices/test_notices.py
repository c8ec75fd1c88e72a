"""Notices: what is returned, refused, given or late; read once, told to the system once, and leading to the answer."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from fieldapp.notices import GIVEN, READ, RETURNED, forget_gone, mark_read, notices
from fieldapp.settings import NOTICES
from tests.support.store import make_row
from ui.notices.page import NoticesPage
from ui.notices.watching import NoticeWatch
from ui.session import Session
from ui.window import MainWindow

ME = "m.tremblay"
SERVICE, BUCKET = "building-inspection", "notices"


def state_of(session: Session, kind: str) -> str:
    """A state of that kind."""
    return next(one.id for one in session.catalogue.get(SERVICE).states if one.kind == kind)


def comes(session: Session, n: int, kind: str, *, author: str, assignee: str = "") -> str:
    """A record in a state of that kind comes from the City; its id."""
    buckets = session.store.exchange.buckets()
    cursor = buckets[BUCKET].cursor if BUCKET in buckets else 0
    made = make_row(n, rev=cursor + 1, state=state_of(session, kind), author=author, assignee=assignee)
    session.store.exchange.apply_page(BUCKET, [replace(made, service=SERVICE)], cursor + 1)
    return made.id


@pytest.fixture
def returned(session: Session) -> str:
    """A record of mine that a supervisor returned."""
    return comes(session, 9001, "returned", author=ME)


def kinds(session: Session) -> dict[str, str]:
    """Kind by record, of what is unread."""
    return {one.row.id: one.kind for one in notices(session.desk) if not one.read}


def test_what_is_returned_to_me_is_told_and_what_is_returned_to_others_is_not(session: Session, returned: str) -> None:
    other = comes(session, 9002, "returned", author="j.osei")
    assert kinds(session).get(returned) == RETURNED
    assert other not in kinds(session)


def test_what_i_planned_for_somebody_goes_back_to_them(session: Session) -> None:
    planned = comes(session, 9004, "returned", author=ME, assignee="j.osei")
    assert planned not in kinds(session)


def test_what_others_gave_me_is_told(session: Session) -> None:
    given = comes(session, 9003, "open", author="r.kaur", assignee=ME)
    assert kinds(session).get(given) == GIVEN


def test_what_was_given_before_notices_were_known_is_no_news(session: Session, returned: str) -> None:
    given = comes(session, 9003, "open", author="r.kaur", assignee=ME)
    forget_gone(session.desk, notices(session.desk))
    assert given not in kinds(session)
    assert returned in kinds(session)


def test_read_is_kept_and_a_second_return_is_news_again(session: Session, returned: str) -> None:
    mark_read(session.desk, {f"{RETURNED}:{returned}"})
    assert returned not in kinds(session)
    assert returned in session.store.setting(READ)
    comes(session, 9001, "review", author=ME)
    forget_gone(session.desk, notices(session.desk))
    comes(session, 9001, "returned", author=ME)
    assert kinds(session).get(returned) == RETURNED


@pytest.fixture
def watched(session: Session, qtbot: QtBot) -> Iterator[tuple[NoticeWatch, list[str]]]:
    """A watch, and what it told the system."""
    told: list[str] = []
    watch = NoticeWatch(session, lambda _title, words: told.append(words))
    with qtbot.waitSignal(watch.changed, timeout=20_000):
        watch.look()
    yield watch, told
    watch.deleteLater()


def test_the_system_is_told_once_of_what_comes_and_nothing_that_is_in_it(
    session: Session, watched: tuple[NoticeWatch, list[str]], qtbot: QtBot
) -> None:
    watch, told = watched
    comes(session, 9001, "returned", author=ME)
    for _ in range(2):
        with qtbot.waitSignal(watch.changed, timeout=20_000):
            watch.look()
    assert told == ["1 record was returned to you."]


def test_it_is_silent_for_who_wants_that(
    session: Session, watched: tuple[NoticeWatch, list[str]], qtbot: QtBot
) -> None:
    watch, told = watched
    session.store.keep_setting(NOTICES, "off")
    comes(session, 9001, "returned", author=ME)
    with qtbot.waitSignal(watch.changed, timeout=20_000):
        watch.look()
    assert told == []
    assert watch.unread >= 1


def test_the_bell_counts_and_enter_leads_to_the_form(window: MainWindow, session: Session, qtbot: QtBot) -> None:
    mark_read(session.desk, {one.key for one in notices(session.desk)})
    returned = comes(session, 9001, "returned", author=ME)
    qtbot.waitUntil(lambda: window.top._bell.text() == "1", timeout=20_000)
    qtbot.keyClick(window, Qt.Key.Key_B, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    page = window.page("notices")
    assert isinstance(page, NoticesPage)
    page.list.choose(f"{RETURNED}:{returned}")
    qtbot.keyClick(page.list, Qt.Key.Key_Return)
    assert window.page_id == "form"
    assert window.page("form").where()["record"] == returned
    qtbot.waitUntil(lambda: window.top._bell.text() == "", timeout=20_000)


def test_after_the_last_notice_the_keyboard_is_still_on_the_page(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ui.notices.page.notices", lambda _desk: [])
    window.navigate("notices")
    page = window.page("notices")
    focus = QApplication.focusWidget()
    assert focus is not None
    assert focus is page or page.isAncestorOf(focus)
