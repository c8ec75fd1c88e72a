"""A filled form dropped anywhere on the window opens as a draft; what is no such form is refused in words."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from tests.support import workplaces
from tests.support.papers import blank, fill
from tests.support.pictures import settle
from ui.unlock.cover import Cover
from ui.window import MainWindow


@pytest.fixture
def window(town: workplaces.City, qtbot: QtBot) -> Iterator[MainWindow]:
    made = MainWindow(town.clerk, page="lookups")
    qtbot.addWidget(made)
    made.show()
    settle()
    yield made
    made.close()


@pytest.fixture
def told(window: MainWindow) -> list[str]:
    """What was said in toasts."""
    heard: list[str] = []
    window.session.toast = lambda text, _undo: heard.append(text)
    return heard


def drag(over: QWidget, mime: QMimeData) -> bool:
    """Come over a widget with something, as Qt tells it: from there up to whoever takes it. Whether anybody does."""
    event = QDragEnterEvent(
        QPoint(5, 5), Qt.DropAction.CopyAction, mime, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    )
    event.ignore()
    QCoreApplication.sendEvent(over, event)
    return event.isAccepted()


def drop(over: QWidget, *files: Path) -> bool:
    """Come with files, and let go of them where they are welcome."""
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(file)) for file in files])
    if not drag(over, mime):
        return False
    event = QDropEvent(
        QPointF(5, 5), Qt.DropAction.CopyAction, mime, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    )
    QCoreApplication.sendEvent(over, event)
    return event.isAccepted()


@pytest.mark.parametrize("page", ["lookups", "counter"])
def test_a_form_dropped_on_any_page_opens_as_a_draft(
    window: MainWindow, told: list[str], tmp_path: Path, page: str
) -> None:
    window.navigate(page)
    file = tmp_path / "couch.pdf"
    file.write_bytes(fill(blank("bulk-pickup"), {"place/unit": "3", "pickup/wanted_week": "soon"}))
    assert drop(window.page(page), file)
    assert window.page_id == "form"
    where = window.page().where()
    record = window.session.store.record(where["record"])
    assert record is not None
    assert record.get("place/unit") == "3"
    assert where["back"] == page
    assert told[-1].endswith("1 answer. 1 does not fit and stands beside the form.")


def test_what_is_no_form_is_refused_in_words(window: MainWindow, told: list[str], tmp_path: Path) -> None:
    file = tmp_path / "holiday.pdf"
    file.write_bytes(b"%PDF-1.4 no more")
    assert drop(window.page(), file, tmp_path / "gone.pdf")
    assert window.page_id == "lookups"
    assert told[-1].splitlines()[0] == "holiday.pdf: this PDF is damaged: ask for it once more"
    assert told[-1].splitlines()[1].startswith("gone.pdf: this file cannot be read")


def test_words_dragged_over_the_window_are_not_taken(window: MainWindow) -> None:
    mime = QMimeData()
    mime.setText("12 King Street")
    assert not drag(window.page(), mime)


def test_nothing_falls_through_the_cover_of_a_locked_window(
    window: MainWindow, told: list[str], tmp_path: Path
) -> None:
    over = QWidget()
    cover = Cover(window, over, None)
    assert not drop(over, tmp_path / "couch.pdf")
    cover.lift()
    assert not told
