"""Who types without a rest has what is typed kept all the same, and what is half typed is no fault yet."""

from __future__ import annotations

import pytest
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.support.pictures import settle
from tests.support.ui_forms import Notebook, editor, focused, question, show
from tests.ui.forms.forms import small
from ui import typing_pause
from ui.forms.fields import text


@pytest.fixture
def restless(monkeypatch: pytest.MonkeyPatch) -> None:
    """No rest is long enough, and no time without one too short."""
    monkeypatch.setattr(text, "PAUSE", 60_000)
    monkeypatch.setattr(typing_pause, "LONGEST", 0)


@pytest.mark.usefixtures("restless")
@pytest.mark.parametrize("path", ["visit/remarks", "visit/permit"])
def test_what_is_typed_without_a_rest_is_kept(qtbot: QtBot, path: str) -> None:
    book = Notebook()
    made = show(qtbot, editor(small(), book))
    question(made, path)
    QTest.keyClicks(focused(), "26-1")
    settle()
    assert book.fields[path] == "26-1"


@pytest.mark.usefixtures("restless")
def test_half_a_number_is_not_called_a_fault(qtbot: QtBot) -> None:
    made = show(qtbot, editor(small()))
    question(made, "visit/area")
    QTest.keyClicks(focused(), "-")
    settle()
    assert made.entry.refused("visit/area") == ""


def test_what_stays_half_a_number_is_one(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(typing_pause, "LONGEST", 0)
    made = show(qtbot, editor(small()))
    question(made, "visit/area")
    QTest.keyClicks(focused(), "-")
    qtbot.waitUntil(lambda: made.entry.refused("visit/area") != "")
