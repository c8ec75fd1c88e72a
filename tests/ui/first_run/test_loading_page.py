"""What is told while a new laptop is being loaded."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from pytestqt.qtbot import QtBot

from sync.status import LayerComing, SyncState, SyncStatus
from tests.support.session import StillCourier
from tests.support.store import fill
from ui.first_run.loading_page import LoadingPage
from ui.session import Session

LAST = "2026-11-23T14:31:00.000Z"


@dataclass
class Seconds:
    """A watch that a test sets."""

    now: float = 0.0

    def __call__(self) -> float:
        """What it shows."""
        return self.now


@pytest.fixture
def watch() -> Seconds:
    """The watch by which the page reckons."""
    return Seconds()


@pytest.fixture
def page(session: Session, watch: Seconds, qtbot: QtBot) -> Iterator[LoadingPage]:
    """The page, over a store of 600 records."""
    made = LoadingPage(session, watch)
    qtbot.addWidget(made)
    made.show()
    yield made
    made.close()


def test_it_counts_and_says_how_long_it_will_take(page: LoadingPage, session: Session, watch: Seconds) -> None:
    page.show_status(SyncStatus(SyncState.PULLING, expected=2_400))
    assert page.progress.words.text() == "600 of 2,400 records are here."
    assert not page.progress.left.text()
    fill(session.store, 300, start=600)
    watch.now = 60.0
    page.show_status(SyncStatus(SyncState.PULLING, expected=2_400))
    assert page.progress.left.text() == "About 5 minutes left."
    assert page.progress.bar.value() == 900


def test_a_cut_line_says_what_is_kept_and_can_be_tried_at_once(page: LoadingPage, session: Session) -> None:
    page.show_status(SyncStatus(SyncState.OFFLINE, message="The City does not answer.", expected=2_400))
    assert page.note.text().startswith("The City does not answer. What has come so far is kept")
    courier = session.courier
    assert isinstance(courier, StillCourier)
    page.again.click()
    assert courier.woken == 1


def test_one_may_begin_before_all_is_here(page: LoadingPage, qtbot: QtBot) -> None:
    page.show_status(SyncStatus(SyncState.PULLING, expected=2_400))
    with qtbot.waitSignal(page.ready):
        page.go.click()


def test_layers_are_told_too(page: LoadingPage) -> None:
    page.show_status(SyncStatus(SyncState.FILES, layer=LayerComing("addresses", 25, 100)))
    assert page.progress.words.text() == "The map and the City's addresses are coming: 25 %."


def test_the_end_is_said(page: LoadingPage) -> None:
    page.show_status(SyncStatus(SyncState.IDLE, last_ok=LAST))
    assert page.title.text() == "Everything is here"
    assert page.go.kind == "primary"
    assert not page.progress.bar.isVisible()
