"""A printed paper is found again: its code scanned anywhere, or in a picture from a file or the clipboard."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QImage, QKeyEvent
from PySide6.QtWidgets import QApplication, QLineEdit

from fieldapp.actions import start, take
from fieldapp.actions.issuing import paper_bytes
from fieldapp.documents.issued.composing import ACKNOWLEDGEMENT
from fieldapp.records import ALIAS, Record
from tests.support import workplaces
from tests.support.papers import faults
from tests.support.pictures import settle
from tests.support.windows import put_away
from tests.support.workplaces import City, fill
from ui.records.pdf_pages import pages_of
from ui.scanning.codes import codes_in
from ui.window import MainWindow


class Scanner:
    """Sends what it reads as keys to the window that is in front, faster than anybody types."""

    def __init__(self, window: MainWindow, gap: int = 5) -> None:
        self._window, self._gap, self._at = window, gap, 10_000

    def scan(self, code: str) -> None:
        """One code, and Enter."""
        for letter in code:
            self._press(Qt.Key(ord(letter.upper())), letter)
        self._press(Qt.Key.Key_Return, "\r")
        settle()

    def _press(self, key: Qt.Key, text: str) -> None:
        handle = self._window.windowHandle()
        self._at += self._gap
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            event = QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier, text)
            event.setTimestamp(self._at)
            QCoreApplication.sendEvent(handle, event)


@pytest.fixture
def window(town: City) -> Iterator[MainWindow]:
    made = MainWindow(town.clerk, page="counter")
    made.show()
    made.activateWindow()
    settle()
    yield made
    put_away(made)


@pytest.fixture
def request_made(town: City) -> Record:
    desk = town.clerk.desk
    made = start(desk, "bulk-pickup")
    fill(desk, made, workplaces.pickup_answers(town))
    return take(desk, made.id, "submit")


def printed(town: City, record: Record) -> QImage:
    """The acknowledgement as a scanner sees it."""
    return pages_of(paper_bytes(town.clerk.desk, record, ACKNOWLEDGEMENT), 150)[0].picture


def shown(window: MainWindow) -> tuple[str, str]:
    return window.page_id, window.page().where().get("record", "")


def test_the_code_on_a_paper_is_its_reference_and_the_paper_stays_accessible(town: City, request_made: Record) -> None:
    assert [code.text for code in codes_in(printed(town, request_made))] == [request_made.get(ALIAS)]
    assert faults(paper_bytes(town.clerk.desk, request_made, ACKNOWLEDGEMENT)) == []


def test_a_scan_goes_to_the_record_and_the_line_keeps_what_stood_there(
    window: MainWindow, request_made: Record
) -> None:
    line = QApplication.focusWidget()
    assert isinstance(line, QLineEdit)
    line.setText("couch")
    Scanner(window).scan(request_made.get(ALIAS))
    assert shown(window) == ("records", request_made.id)
    assert line.text() == "couch"


def test_a_number_that_nothing_here_has_is_said_and_starts_nothing(window: MainWindow, town: City) -> None:
    said: list[str] = []
    town.clerk.toast = lambda text, _undo: said.append(text)
    Scanner(window).scan("RC26-999999")
    assert window.page_id == "counter"
    assert said == ["Nothing on this laptop has the number RC26-999999."]


def test_in_a_form_it_is_typed(window: MainWindow, town: City) -> None:
    window.navigate("form", record=start(town.clerk.desk, "bulk-pickup").id, back="counter")
    settle()
    line = QLineEdit(window.page())
    line.show()
    line.setFocus()
    Scanner(window).scan("RC26-999999")
    assert line.text() == "RC26-999999"
    assert line.isModified()  # a fast hand typed it, as far as the form can tell: it is an answer to keep


def test_a_person_who_types_the_number_is_no_scanner(window: MainWindow, request_made: Record) -> None:
    Scanner(window, gap=120).scan(request_made.get(ALIAS))
    assert window.page_id == "counter"


def test_a_picture_on_the_clipboard_goes_to_its_record(window: MainWindow, town: City, request_made: Record) -> None:
    QApplication.clipboard().setImage(printed(town, request_made))
    window.paste_code()
    assert shown(window) == ("records", request_made.id)


def test_a_dropped_picture_goes_to_its_record(
    window: MainWindow, town: City, request_made: Record, tmp_path: Path
) -> None:
    picture = tmp_path / "receipt.png"
    printed(town, request_made).save(str(picture))
    window.finder.from_file(picture)
    assert shown(window) == ("records", request_made.id)


def test_a_picture_without_a_code_is_said(window: MainWindow, town: City) -> None:
    said: list[str] = []
    town.clerk.toast = lambda text, _undo: said.append(text)
    blank = QImage(200, 200, QImage.Format.Format_RGB32)
    blank.fill(Qt.GlobalColor.white)
    window.finder.from_image(blank)
    assert said[-1].startswith("No code was found")
