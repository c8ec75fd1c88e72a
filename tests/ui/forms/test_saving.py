"""Saving beside the screen: who types never waits, saves are in order, and leaving waits for the last one."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

import pytest
from pytestqt.qtbot import QtBot

from fieldapp.forms import FormSession
from fieldapp.records import Edits
from tests.support.ui_forms import Notebook, focused, photo, show
from tests.ui.forms.forms import filing, small
from ui.bridge import Bridge
from ui.forms import FormEditor, Heading


class SlowDisk(Notebook):
    """Lets a save through when it is told to."""

    def __init__(self) -> None:
        super().__init__()
        self.free = threading.Event()

    def save(self, edits: Edits, was: Edits) -> datetime:
        """Wait, then keep."""
        assert self.free.wait(5)
        return super().save(edits, was)


@pytest.fixture
def bridge() -> Iterator[Bridge]:
    """The border that the product uses."""
    made = Bridge()
    yield made
    made.close()


def opened(qtbot: QtBot, book: Notebook, bridge: Bridge, form: str = "small") -> FormEditor:
    """An editor that saves beside the screen."""
    definition = small() if form == "small" else filing()
    session = FormSession(definition, {}, language="en", clock=book.clock)
    return show(qtbot, FormEditor(session, replace(book.host(), writer=bridge), lambda: Heading("Visit"), kept={}))


def test_an_answer_does_not_wait_for_the_disk(qtbot: QtBot, bridge: Bridge) -> None:
    book = SlowDisk()
    made = opened(qtbot, book, bridge)
    made.entry.put("visit/permit", "26-1")  # a disk that takes nothing yet: who waits for it would wait for ever
    assert book.saves == []
    assert made.head.saved.isHidden()
    book.free.set()
    qtbot.waitUntil(made.head.saved.isVisible)
    assert book.fields["visit/permit"] == "26-1"


def test_what_is_answered_while_a_save_is_under_way_goes_with_the_next(qtbot: QtBot, bridge: Bridge) -> None:
    book = SlowDisk()
    made = opened(qtbot, book, bridge)
    for number in range(10):
        made.entry.put("visit/storeys", str(number))
    book.free.set()
    qtbot.waitUntil(lambda: not made.entry.unsaved)
    assert book.fields["visit/storeys"] == "9"
    assert len(book.saves) == 2


def test_leaving_waits_for_the_last_answer(qtbot: QtBot, bridge: Bridge) -> None:
    book = SlowDisk()
    made = opened(qtbot, book, bridge)
    qtbot.keyClicks(focused(), "26-7")
    threading.Timer(0.1, book.free.set).start()
    made.flush()
    assert book.fields["visit/permit"] == "26-7"


def test_a_failed_save_beside_the_screen_is_said_and_tried_again(qtbot: QtBot, bridge: Bridge) -> None:
    book = Notebook(full=True)
    made = opened(qtbot, book, bridge)
    made.entry.put("visit/permit", "26-1")
    qtbot.waitUntil(made.head.banner.isVisible)
    book.full = False
    made.head.banner.retry.click()
    qtbot.waitUntil(made.head.banner.isHidden)
    assert book.fields["visit/permit"] == "26-1"


def test_a_file_is_kept_before_the_form_is_left(qtbot: QtBot, bridge: Bridge) -> None:
    book = Notebook()
    made = opened(qtbot, book, bridge, "filing")
    made.entry.attach("photo", photo, "image/png", "joist.png")
    made.flush()
    assert book.fields["photo"] in book.blobs
