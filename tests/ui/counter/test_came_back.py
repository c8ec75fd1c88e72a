"""A filled form on the counter: dropped or chosen, it opens as a draft; what is no such form is refused in words."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from pytestqt.qtbot import QtBot

from tests.support import workplaces
from tests.support.papers import blank, fill
from tests.ui.workplaces import Ways
from ui.counter.page import CounterPage


@pytest.fixture
def page(qtbot: QtBot, town: workplaces.City, ways: Ways) -> CounterPage:
    made = CounterPage(town.clerk, ways)
    qtbot.addWidget(made)
    return made


def drop(page: CounterPage, *files: Path) -> None:
    """Let go of files over the page."""
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(file)) for file in files])
    event = QDropEvent(
        QPointF(5, 5), Qt.DropAction.CopyAction, mime, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    )
    page.dropEvent(event)


def test_a_dropped_form_opens_as_a_draft(page: CounterPage, ways: Ways, said: list[str], tmp_path: Path) -> None:
    file = tmp_path / "couch.pdf"
    file.write_bytes(fill(blank("bulk-pickup"), {"place/unit": "3", "pickup/wanted_week": "soon"}))
    drop(page, file)
    where, details = ways.last
    record = page.session.store.record(details["record"])
    assert where == "form"
    assert record is not None
    assert record.get("place/unit") == "3"
    assert said[-1].endswith("1 answer. 1 does not fit and stands beside the form.")


def test_what_is_no_form_is_refused_in_words(page: CounterPage, ways: Ways, said: list[str], tmp_path: Path) -> None:
    file = tmp_path / "holiday.pdf"
    file.write_bytes(b"%PDF-1.4 no more")
    drop(page, file, tmp_path / "gone.pdf")
    assert not ways.taken
    assert said[-1].splitlines()[0] == "holiday.pdf: this PDF is damaged: ask for it once more"
    assert said[-1].splitlines()[1].startswith("gone.pdf: this file cannot be read")
