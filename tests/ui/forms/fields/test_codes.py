"""Codes: typed, scanned by a keyboard wedge, read from pictures and by the camera."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
import zxingcpp
from PySide6.QtCore import QEvent, QMimeData, Qt
from PySide6.QtGui import QImage, QKeyEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from fieldapp.forms import FormDefinition, FormSession
from tests.support.devices import Equipped
from tests.support.ui_forms import Notebook, editor, form, of_kind, question, show
from tests.support.ui_pictures import code
from ui.forms import FormEditor, Heading
from ui.forms.fields.barcode import BarcodeField
from ui.scanning.codes import codes_in
from ui.scanning.line import ScanLine

KINDS = zxingcpp.BarcodeFormat


def coding() -> FormDefinition:
    """A tag, and a question after it."""
    return form("| type | name | label |\n| barcode | tag | Tag |\n| text | note | Note |")


def field_of(made: FormEditor) -> BarcodeField:
    """The code's control."""
    return of_kind(question(made, "tag").field, BarcodeField)


def send(line: ScanLine, text: str, gap: int, *, start: int = 10_000, end: Qt.Key | None = Qt.Key.Key_Return) -> None:
    """Keys as a scanner or a person sends them, `gap` ms apart."""
    keys = [(Qt.Key(ord(letter.upper())), letter) for letter in text] + ([(end, "\r")] if end else [])
    for number, (key, letter) in enumerate(keys):
        event = QKeyEvent(QEvent.Type.KeyPress, key, Qt.KeyboardModifier.NoModifier, letter)
        event.setTimestamp(start + number * gap)
        QApplication.sendEvent(line, event)


@pytest.mark.parametrize("kind", [KINDS.QRCode, KINDS.Code128, KINDS.DataMatrix, KINDS.PDF417, KINDS.Aztec])
def test_codes_are_read_from_pictures(kind: zxingcpp.BarcodeFormat) -> None:
    assert [found.text for found in codes_in(code("HYD-0042", kind))] == ["HYD-0042"]


def test_a_code_in_a_large_coloured_photo_is_read() -> None:
    photo = QImage(4000, 3000, QImage.Format.Format_RGB32)
    photo.fill("#ffffff")
    from PySide6.QtGui import QPainter

    painter = QPainter(photo)
    painter.drawImage(1200, 900, code("HYD-0042").scaled(1200, 1200))
    painter.end()
    assert [found.text for found in codes_in(photo)] == ["HYD-0042"]


def test_a_picture_without_a_code_has_none() -> None:
    assert codes_in(QImage()) == []
    white = QImage(300, 300, QImage.Format.Format_RGB32)
    white.fill("#ffffff")
    assert codes_in(white) == []


def test_a_code_from_a_picture_is_the_answer(qtbot: QtBot, tmp_path: Path) -> None:
    book = Notebook()
    made = show(qtbot, editor(coding(), book))
    assert code("HYD-0042").save(str(tmp_path / "tag.png"))
    field_of(made).take_file(tmp_path / "tag.png")
    assert book.fields["tag"] == "HYD-0042"
    assert field_of(made).said.text() == "QR Code read"


def test_a_code_is_pasted(qtbot: QtBot) -> None:
    book = Notebook()
    made = show(qtbot, editor(coding(), book))
    pasted = QMimeData()
    pasted.setImageData(code("HYD-0042"))
    assert field_of(made).take(pasted)
    assert book.fields["tag"] == "HYD-0042"


def test_a_picture_without_a_code_is_refused_in_words(qtbot: QtBot, tmp_path: Path) -> None:
    book = Notebook()
    made = show(qtbot, editor(coding(), book))
    (tmp_path / "list.txt").write_text("no picture", "utf-8")
    field_of(made).take_file(tmp_path / "list.txt")
    assert "is no photo" in question(made, "tag").line.text()
    white = QImage(300, 300, QImage.Format.Format_RGB32)
    white.fill("#ffffff")
    field_of(made).take_image(white)
    assert "No code was found" in question(made, "tag").line.text()
    assert "tag" not in book.fields


def test_a_scan_replaces_what_stood_in_the_line(qtbot: QtBot) -> None:
    book = Notebook()
    made = show(qtbot, editor(coding(), book))
    made.entry.put("tag", "OLD-1")
    line = field_of(made).edit
    line.setFocus()
    line.end(False)
    send(line, "hyd0042", gap=8)
    assert book.fields["tag"] == "hyd0042"


def test_what_a_person_types_is_added_as_ever(qtbot: QtBot) -> None:
    book = Notebook()
    made = show(qtbot, editor(coding(), book))
    made.entry.put("tag", "OLD")
    line = field_of(made).edit
    line.setFocus()
    line.end(False)
    send(line, "abcd", gap=150)
    assert book.fields["tag"] == "OLDabcd"


def test_a_second_scan_without_enter_between_stays_a_code_of_its_own(qtbot: QtBot) -> None:
    book = Notebook()
    made = show(qtbot, editor(coding(), book))
    line = field_of(made).edit
    line.setFocus()
    send(line, "hyd0042", gap=8)
    line.setFocus()
    line.end(False)
    send(line, "hyd0043", gap=8, start=90_000)
    assert book.fields["tag"] == "hyd0043"


def test_the_camera_reads_a_code_that_comes_into_sight(qtbot: QtBot) -> None:
    book, devices = Notebook(), Equipped()
    session = FormSession(coding(), {}, clock=book.clock)
    made = FormEditor(session, replace(book.host(), devices=devices), lambda: Heading("Visit"), kept={})
    show(qtbot, made)
    field = field_of(made)
    field.look.click()
    eye = devices.eye
    eye.see(code("HYD-0042"))
    assert book.fields["tag"] == "HYD-0042"
    assert not eye.is_open
