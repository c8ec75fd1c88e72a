"""A record that was handed in at another server is taken up again by whoever recorded it, from its own page."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from tests.support.openrosa import OpenRosaDouble, running
from tests.support.openrosa_laptop import FORM_ID, RosaLaptop, house_visit
from tests.support.pictures import settle
from ui.bridge import Bridge
from ui.records.view import RecordView
from ui.session import Session
from ui.widgets import Button


@pytest.fixture
def laptop(tmp_path: Path) -> Iterator[RosaLaptop]:
    """A laptop of an ODK server's."""
    with running(OpenRosaDouble(forms={FORM_ID: house_visit()})) as double:
        made = RosaLaptop(tmp_path, double)
        yield made
        made.close()


@pytest.fixture
def bridge(qtbot: QtBot) -> Iterator[Bridge]:
    made = Bridge()
    yield made
    made.close()


def shown(laptop: RosaLaptop, bridge: Bridge, qtbot: QtBot, record: str) -> tuple[RecordView, list[str]]:
    """The record's page, and where it leads."""
    went: list[str] = []
    view = RecordView(Session(laptop.desk, bridge), lambda page, **_where: went.append(page))
    qtbot.addWidget(view)
    view.resize(700, 600)
    view.show()
    view.show_record(record)
    settle()
    return view, went


def button(view: RecordView, text: str) -> Button | None:
    """The button with that text, if it is to be seen."""
    return next((one for one in view.findChildren(Button) if one.text() == text and one.isVisible()), None)


def test_it_is_taken_up_with_one_button(laptop: RosaLaptop, bridge: Bridge, qtbot: QtBot) -> None:
    record = laptop.visit()
    laptop.sync()
    view, went = shown(laptop, bridge, qtbot, record)
    correct = button(view, "Correct")
    assert correct is not None
    correct.click()
    assert went == ["form"]
    assert laptop.record(record).state == "correcting"


def test_a_draft_is_simply_opened(laptop: RosaLaptop, bridge: Bridge, qtbot: QtBot) -> None:
    view, _went = shown(laptop, bridge, qtbot, laptop.visit(hand_in=False))
    assert button(view, "Correct") is None
    assert button(view, "Open the form") is not None
