"""The sign-in button of the Sync page: work goes on, the same person only, and what waits is sent at once."""

from __future__ import annotations

from dataclasses import dataclass, field
from threading import Event

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from fieldapp.errors import RefusedError, SignInError
from sync.standing import Standing
from sync.status import SyncState, SyncStatus
from tests.support.pictures import settle
from tests.support.session import StillCourier
from ui.ports import Tell
from ui.session import Session
from ui.sync_centre.page import SyncPage
from ui.sync_centre.sign_in import SignInButton

LEFT = Qt.MouseButton.LeftButton


@dataclass
class Browser:
    """A sign-in that waits until the person has done something in the browser."""

    done: Event = field(default_factory=Event)
    fault: Exception | None = None

    def standing(self) -> Standing:
        """It has ended."""
        return Standing(signed_in=False)

    def again(self, tell: Tell, stop: Event) -> None:
        """Wait for the person."""
        tell("open this address: https://login.example.ca/authorize")
        while not self.done.wait(0.02):
            if stop.is_set():
                raise SignInError("You did not sign in.")
        if self.fault is not None:
            raise self.fault

    def keep_anew(self) -> None:
        """Nothing."""

    def sign_out(self) -> str:
        """Nothing."""
        return ""


@pytest.fixture
def browser(session: Session) -> Browser:
    made = Browser()
    session.sign_in = made
    session.courier = StillCourier(SyncStatus(SyncState.NEEDS_LOGIN))
    return made


@pytest.fixture
def page(session: Session, browser: Browser, qtbot: QtBot) -> SyncPage:
    made = SyncPage(session, lambda *_way, **_where: None)
    qtbot.addWidget(made)
    made.resize(1200, 800)
    made.show()
    settle()
    return made


def button(page: SyncPage) -> SignInButton:
    return page.findChildren(SignInButton)[0]


def test_it_stands_in_the_place_of_try_now_while_a_sign_in_is_needed(page: SyncPage, session: Session) -> None:
    assert button(page).isVisible()
    assert "Try now" not in visible(page)
    session.bridge.status.emit(SyncStatus(SyncState.IDLE))
    assert not button(page).isVisible()
    assert "Try now" in visible(page)


def visible(page: SyncPage) -> list[str]:
    """The words of the buttons that are seen."""
    return [one.text() for one in page.findChildren(type(page._try)) if one.isVisibleTo(page)]


def test_while_one_signs_in_work_goes_on_and_afterwards_it_is_sent(
    page: SyncPage, session: Session, browser: Browser, qtbot: QtBot
) -> None:
    said: list[str] = []
    session.toast = lambda text, _undo: said.append(text)
    qtbot.mouseClick(button(page), LEFT)
    qtbot.waitUntil(lambda: "https://login.example.ca" in page._told.toPlainText())
    session.store.keep_setting("typed", "meanwhile")
    found: list[object] = []
    session.bridge.work(lambda: 1, found.append)
    qtbot.waitUntil(lambda: found == [1])
    browser.done.set()
    qtbot.waitUntil(lambda: bool(said))
    assert said == ["You are signed in. What waits is sent now."]
    assert isinstance(session.courier, StillCourier)
    assert session.courier.woken == 1
    assert not page._told.isVisible()


@pytest.mark.parametrize("fault", [RefusedError("Somebody else signed in than before."), None])
def test_somebody_else_or_a_change_of_mind_changes_nothing(
    page: SyncPage, session: Session, browser: Browser, qtbot: QtBot, fault: Exception | None
) -> None:
    said: list[str] = []
    session.toast = lambda text, _undo: said.append(text)
    browser.fault = fault
    qtbot.mouseClick(button(page), LEFT)
    if fault is None:
        assert button(page).text() == "Not now"
        qtbot.mouseClick(button(page), LEFT)
    else:
        browser.done.set()
    qtbot.waitUntil(lambda: bool(said))
    assert said[0] in {"Somebody else signed in than before.", "You did not sign in."}
    assert button(page).text() == "Sign in"
    assert isinstance(session.courier, StillCourier)
    assert session.courier.woken == 0


def test_a_window_that_is_closed_meanwhile_waits_for_nobody(page: SyncPage, session: Session, qtbot: QtBot) -> None:
    qtbot.mouseClick(button(page), LEFT)
    session.bridge.close()
