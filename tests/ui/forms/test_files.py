"""Photos, signatures, files, positions and addresses."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.support.ui_forms import Notebook, Spot, editor, focused, photo, question, show
from tests.support.ui_pictures import taken
from tests.ui.forms.forms import filing
from ui.forms import FormEditor
from ui.forms.fields.acknowledge import AcknowledgeField
from ui.forms.fields.file import FileField
from ui.forms.fields.image import ImageField
from ui.forms.fields.image_data import encoded
from ui.forms.fields.signature import SignatureField


def image_field(made: FormEditor) -> ImageField:
    """The photo's control."""
    field = question(made, "photo").field
    assert isinstance(field, ImageField)
    return field


def test_a_photo_from_a_file_is_kept_as_it_is(qtbot: QtBot, tmp_path: Path) -> None:
    book, data = Notebook(), photo()
    made = show(qtbot, editor(filing(), book))
    (tmp_path / "joist.png").write_bytes(data)
    image_field(made).take_file(tmp_path / "joist.png")
    assert book.blobs[book.fields["photo"]] == data
    assert image_field(made).picture.isVisible()


def test_a_photo_can_be_dropped(qtbot: QtBot, tmp_path: Path) -> None:
    book = Notebook()
    made = show(qtbot, editor(filing(), book))
    (tmp_path / "joist.png").write_bytes(photo())
    dropped = QMimeData()
    dropped.setUrls([QUrl.fromLocalFile(str(tmp_path / "joist.png"))])
    assert image_field(made).take(dropped)
    assert "photo" in book.fields


def test_a_picture_can_be_pasted(qtbot: QtBot) -> None:
    book = Notebook()
    made = show(qtbot, editor(filing(), book))
    QApplication.clipboard().setImage(QImage.fromData(photo()))
    question(made, "photo")
    qtbot.keyClick(focused(), Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert book.fields["photo"].endswith(".png")


def test_what_is_no_photo_is_refused_in_words(qtbot: QtBot, tmp_path: Path) -> None:
    book = Notebook()
    made = show(qtbot, editor(filing(), book))
    (tmp_path / "list.txt").write_text("no photo", "utf-8")
    image_field(made).take_file(tmp_path / "list.txt")
    assert question(made, "photo").line.text() == "“list.txt” is no photo. Choose a JPEG or PNG file."
    assert book.blobs == {}


def test_a_picture_of_a_phone_in_another_form_is_refused_with_what_to_do(qtbot: QtBot, tmp_path: Path) -> None:
    book = Notebook()
    made = show(qtbot, editor(filing(), book))
    (tmp_path / "IMG_0500.HEIC").write_bytes(bytes.fromhex("00000018") + b"ftypheic" + bytes(64))
    image_field(made).take_file(tmp_path / "IMG_0500.HEIC")
    said = question(made, "photo").line.text()
    assert said.startswith("“IMG_0500.HEIC” is a HEIC picture")
    assert "Settings, Camera, Formats, Most Compatible" in said
    assert book.blobs == {}


def test_why_a_file_is_refused_stands_where_it_was_typed(qtbot: QtBot, tmp_path: Path) -> None:
    made = show(qtbot, editor(filing()))
    (tmp_path / "IMG_0500.HEIC").write_bytes(bytes.fromhex("00000018") + b"ftypheic" + bytes(64))
    field = image_field(made)
    field.choose.click()
    assert field.files is not None
    field.files.line.setText(f"'{tmp_path / 'IMG_0500.HEIC'}'")  # as other programs copy a path
    qtbot.keyClick(field.files.line, Qt.Key.Key_Return)
    assert "HEIC" in field.files.said.text()


def test_a_scanned_tiff_is_refused_whatever_its_name(qtbot: QtBot, tmp_path: Path) -> None:
    book = Notebook()
    made = show(qtbot, editor(filing(), book))
    (tmp_path / "plan.jpg").write_bytes(encoded(QImage.fromData(photo()), b"tiff"))
    image_field(made).take_file(tmp_path / "plan.jpg")
    assert question(made, "photo").line.text().startswith("“plan.jpg” is a TIFF picture.")
    assert book.blobs == {}


@pytest.mark.qt_log_ignore("Corrupt JPEG data", extend=True)  # Qt itself says so too
def test_a_photo_that_was_copied_by_half_is_kept_and_said(qtbot: QtBot, tmp_path: Path) -> None:
    book = Notebook()
    made = show(qtbot, editor(filing(), book))
    said: list[str] = []
    made.sheet.toast_wanted.connect(lambda text, *_undo: said.append(text))
    whole = taken(400, 300)
    (tmp_path / "half.jpg").write_bytes(whole[: len(whole) // 2])
    (tmp_path / "whole.jpg").write_bytes(whole)
    image_field(made).take_file(tmp_path / "whole.jpg")
    assert said == []
    image_field(made).take_file(tmp_path / "half.jpg")
    assert "photo" in book.fields
    assert said[0].startswith("“half.jpg” is cut off")


def test_a_removed_photo_can_be_brought_back(qtbot: QtBot, tmp_path: Path) -> None:
    book = Notebook()
    made = show(qtbot, editor(filing(), book))
    (tmp_path / "joist.png").write_bytes(photo())
    image_field(made).take_file(tmp_path / "joist.png")
    value = book.fields["photo"]
    image_field(made).remove.click()
    assert "photo" not in book.fields
    made.toast.undo()
    assert book.fields["photo"] == value


def test_a_photo_that_is_not_on_this_laptop_is_said(qtbot: QtBot) -> None:
    kept = {"photo": "0" * 64 + ".jpg", "meta/instanceID": "uuid:1"}
    made = show(qtbot, editor(filing(), answers=kept))
    assert image_field(made).caption.text() == "The photo is with the City; it is not on this laptop."


def test_a_signature_is_drawn_and_kept(qtbot: QtBot) -> None:
    book = Notebook()
    made = show(qtbot, editor(filing(), book))
    field = question(made, "sign").field
    assert isinstance(field, SignatureField)
    qtbot.mousePress(field.pad, Qt.MouseButton.LeftButton, pos=QPoint(30, 60))
    for step in range(20):
        qtbot.mouseMove(field.pad, QPoint(30 + 8 * step, 60 + step % 7))
    qtbot.mouseRelease(field.pad, Qt.MouseButton.LeftButton, pos=QPoint(190, 66))
    qtbot.waitUntil(lambda: "sign" in book.fields)
    kept = QImage.fromData(book.blobs[book.fields["sign"]])
    assert (kept.width(), kept.height()) == (field.pad.width() * 2, field.pad.height() * 2)


def test_a_name_can_be_typed_instead_of_signing(qtbot: QtBot) -> None:
    book = Notebook()
    made = show(qtbot, editor(filing(), book))
    question(made, "sign")
    qtbot.keyClicks(focused(), "A. Nowak")
    qtbot.keyClick(focused(), Qt.Key.Key_Tab)
    assert not QImage.fromData(book.blobs[book.fields["sign"]]).isNull()


def test_a_cleared_signature_is_gone(qtbot: QtBot) -> None:
    book = Notebook()
    made = show(qtbot, editor(filing(), book))
    field = question(made, "sign").field
    assert isinstance(field, SignatureField)
    qtbot.keyClicks(field.typed, "A. Nowak")
    field.flush()
    field.erase.click()
    assert "sign" not in book.fields
    assert field.typed.text() == ""


def test_a_file_of_any_kind_is_attached(qtbot: QtBot, tmp_path: Path) -> None:
    book = Notebook()
    made = show(qtbot, editor(filing(), book))
    (tmp_path / "plan.pdf").write_bytes(b"%PDF-1.7")
    field = question(made, "plan").field
    assert isinstance(field, FileField)
    field.take_file(tmp_path / "plan.pdf")
    assert book.fields["plan"].endswith(".pdf")
    assert field.caption.text() == "PDF file attached · 1 KB"


@pytest.mark.parametrize("typed", ["43.25, -79.87", "43.25 -79.87", "43.25 N 79.87 W", "43.25° N, 79.87° W"])
def test_a_position_is_typed_or_pasted(qtbot: QtBot, typed: str) -> None:
    made = show(qtbot, editor(filing()))
    field = question(made, "loc").field
    assert field is not None
    qtbot.keyClicks(field.target(), typed)
    field.flush()
    assert [float(part) for part in made.session.node("loc").value.split()[:2]] == [43.25, -79.87]


def test_an_address_is_completed_and_its_position_filled(qtbot: QtBot) -> None:
    book = Notebook(addresses=[Spot("412 Upper James Street", 43.2345, -79.8877)])
    made = show(qtbot, editor(filing(), book))
    question(made, "address")
    qtbot.keyClicks(focused(), "412 up")
    qtbot.waitUntil(lambda: QApplication.activePopupWidget() is not None)
    popup = QApplication.activePopupWidget()
    assert popup is not None
    qtbot.keyClick(popup, Qt.Key.Key_Down)
    qtbot.keyClick(popup, Qt.Key.Key_Return)
    assert book.fields["address"] == "412 Upper James Street"
    assert [float(part) for part in book.fields["loc"].split()[:2]] == [43.2345, -79.8877]


def test_an_acknowledgement_is_ticked_with_space(qtbot: QtBot) -> None:
    book = Notebook()
    made = show(qtbot, editor(filing(), book))
    field = question(made, "told").field
    assert isinstance(field, AcknowledgeField)
    qtbot.keyClick(focused(), Qt.Key.Key_Space)
    assert book.fields["told"] == "OK"
