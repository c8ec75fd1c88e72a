"""Photos: upright, no larger than the form allows, with their EXIF data; from the camera; marked up; drawn."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QPoint, QPointF, QSize, Qt
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from fieldapp.forms import FormDefinition, FormSession
from fieldapp.marked_photo import unpack
from tests.support.devices import Equipped
from tests.support.ui_forms import Notebook, editor, focused, form, of_kind, photo, question, show
from tests.support.ui_pictures import LEFT_DOWN, exif, taken
from ui.forms import FormEditor, Heading
from ui.forms.fields import draw_layer
from ui.forms.fields.annotate import AnnotateField, marked
from ui.forms.fields.draw import DrawField
from ui.forms.fields.draw_canvas import Canvas
from ui.forms.fields.draw_ink import Arrow, Mark, Stroke, Words
from ui.forms.fields.image import ImageField
from ui.forms.fields.image_data import encoded, exif_of, fitted, load


def picturing() -> FormDefinition:
    """A photo of at most 320 px, one to be marked up, and a drawing."""
    return form(
        """
        | type | name | label | appearance | parameters |
        | image | small | Small | | max-pixels=320 |
        | image | marked | Marked | annotate | |
        | image | sketch | Sketch | draw | |
        """
    )


def equipped(qtbot: QtBot, book: Notebook, devices: Equipped) -> FormEditor:
    """An editor on a laptop with a camera."""
    session = FormSession(picturing(), {}, clock=book.clock)
    made = FormEditor(session, replace(book.host(), devices=devices), lambda: Heading("Visit"), kept={})
    return show(qtbot, made)


def kept(book: Notebook, path: str) -> QImage:
    """The picture that was kept as an answer."""
    return QImage.fromData(book.blobs[book.fields[path]])


def test_a_photo_is_shown_upright() -> None:
    held = taken(400, 300, orientation=LEFT_DOWN)
    assert load(held).size() == QSize(300, 400)
    assert load(held, QSize(150, 150)).size() == QSize(112, 150)


def test_what_no_photo_may_be_is_not_even_decoded() -> None:
    held = encoded(QImage.fromData(photo()), b"tiff")
    assert load(held).isNull()
    small, kind = fitted(held, "image/tiff", 4)  # Qt's reader of TIFF is let go before its bytes
    assert (QImage.fromData(small).width(), kind) == (4, "image/png")


def test_a_photo_within_the_bound_is_not_touched() -> None:
    data = taken(300, 200)
    assert fitted(data, "image/jpeg", 320) == (data, "image/jpeg")
    assert fitted(data, "image/jpeg", 0) == (data, "image/jpeg")


def test_a_photo_that_is_made_smaller_keeps_its_kind_and_exif_data() -> None:
    data = taken(1600, 1200, orientation=LEFT_DOWN)
    small, mime = fitted(data, "image/jpeg", 320)
    assert mime == "image/jpeg"
    assert exif_of(small) == exif_of(data) == exif(LEFT_DOWN)
    assert load(small).size() == QSize(240, 320)


def test_what_is_no_jpeg_has_no_exif() -> None:
    assert exif_of(photo()) == b""
    assert exif_of(b"") == b""
    assert exif_of(b"\xff\xd8\xff\xe1") == b""


def test_the_forms_bound_holds_for_what_is_dropped(qtbot: QtBot) -> None:
    book = Notebook()
    made = show(qtbot, editor(picturing(), book))
    of_kind(question(made, "small").field, ImageField).keep_photo(taken(1600, 1200), "image/jpeg", "a.jpg")
    assert kept(book, "small").size() == QSize(320, 240)


def test_the_camera_takes_a_photo(qtbot: QtBot) -> None:
    book, devices = Notebook(), Equipped()
    made = equipped(qtbot, book, devices)
    field = of_kind(question(made, "marked").field, ImageField)
    field.take_photo.click()
    assert field.camera is not None
    assert not field.camera.shutter.isEnabled()
    eye = devices.eye
    eye.see(QImage.fromData(photo(wide=640, high=480)))
    qtbot.keyClick(focused(), Qt.Key.Key_Space)
    assert kept(book, "marked").size() == QSize(640, 480)
    assert not eye.is_open


def test_escape_lets_the_camera_go(qtbot: QtBot) -> None:
    devices = Equipped()
    made = equipped(qtbot, Notebook(), devices)
    field = of_kind(question(made, "marked").field, ImageField)
    field.take_photo.click()
    with qtbot.waitSignal(devices.eye.closed):
        qtbot.keyClick(focused(), Qt.Key.Key_Escape)
    assert field.camera is None


def test_without_a_camera_nothing_offers_one(qtbot: QtBot) -> None:
    made = show(qtbot, editor(picturing()))
    assert of_kind(question(made, "small").field, ImageField).take_photo.isHidden()


def test_a_photo_is_marked_up_with_keys(qtbot: QtBot) -> None:
    book = Notebook()
    made = show(qtbot, editor(picturing(), book))
    field = of_kind(question(made, "marked").field, AnnotateField)
    field.keep_photo(taken(640, 480, colour="#ffffff"), "image/jpeg", "a.jpg")
    as_taken = book.fields["marked"]
    field.mark_up.click()
    assert field.board is not None
    field.board.canvas.setFocus()
    qtbot.keyClick(focused(), Qt.Key.Key_Space)
    for _ in range(8):
        qtbot.keyClick(focused(), Qt.Key.Key_Right)
    qtbot.keyClick(focused(), Qt.Key.Key_Space)
    field.flush()
    assert book.fields["marked"] != as_taken
    assert as_taken in book.blobs
    assert kept(book, "marked").pixelColor(330, 240).red() > kept(book, "marked").pixelColor(330, 240).blue() + 60


def test_words_are_written_on_a_photo(qtbot: QtBot) -> None:
    book = Notebook()
    made = show(qtbot, editor(picturing(), book))
    field = of_kind(question(made, "marked").field, AnnotateField)
    field.keep_photo(taken(640, 480), "image/jpeg", "a.jpg")
    as_taken = book.fields["marked"]
    field.mark_up.click()
    assert field.board is not None
    field.board.words.setFocus()
    qtbot.keyClicks(focused(), "Hanger missing")
    qtbot.keyClick(focused(), Qt.Key.Key_Return)
    field.mark_up.click()
    assert book.fields["marked"] != as_taken
    assert field.board.isHidden()


def test_a_marked_photo_is_upright_and_says_so() -> None:
    held = taken(400, 300, orientation=LEFT_DOWN)
    made = marked(load(held), (Arrow(QPointF(10, 10), QPointF(90, 90), "red"),), held)
    assert exif_of(made) == exif(1)
    assert load(made).size() == QSize(300, 400)


def test_an_arrow_points_where_the_cross_ends(qtbot: QtBot) -> None:
    book = Notebook()
    field = with_photo(qtbot, book)
    assert field.board is not None
    field.board.pens.press("arrow")
    draw_right(qtbot, field.board.canvas)
    (arrow,) = field.board.canvas.marks()
    assert isinstance(arrow, Arrow)
    assert arrow.tip.x() > arrow.tail.x()
    field.flush()
    assert book.blobs[book.fields["marked"]].startswith(b"\xff\xd8")


def test_the_photo_as_taken_goes_along_and_marks_can_be_changed_later(qtbot: QtBot) -> None:
    book = Notebook()
    field = with_photo(qtbot, book)
    as_taken = book.fields["marked"]
    assert field.board is not None
    draw_right(qtbot, field.board.canvas)
    field.flush()
    photo_file = unpack(book.blobs[book.fields["marked"]])
    assert photo_file is not None
    assert photo_file.original == book.blobs[as_taken]
    again = show(qtbot, editor(picturing(), book, answers=dict(book.fields)))
    later = of_kind(question(again, "marked").field, AnnotateField)
    later.mark_up.click()
    assert later.board is not None
    assert len(later.board.canvas.marks()) == 1
    later.board.back.click()
    later.flush()
    assert book.blobs[book.fields["marked"]] == book.blobs[as_taken]


def test_marks_are_read_as_they_were_written_at_any_size() -> None:
    marks: tuple[Mark, ...] = (
        Stroke((QPointF(1, 2), QPointF(3, 4)), "blue"),
        Arrow(QPointF(5, 6), QPointF(7, 8), "red"),
        Words(QPointF(9, 10), "Joist", "black"),
    )
    text = draw_layer.written(marks, QSize(100, 80))
    assert draw_layer.read(text, QSize(100, 80)) == marks
    assert draw_layer.read(text, QSize(200, 160))[1] == Arrow(QPointF(10, 12), QPointF(14, 16), "red")
    assert [draw_layer.read(strange, QSize(10, 10)) for strange in ("", "{}", '{"size": [0, 0], "marks": []}')] == [
        ()
    ] * 3


def with_photo(qtbot: QtBot, book: Notebook) -> AnnotateField:
    """A photo on the board."""
    made = show(qtbot, editor(picturing(), book))
    field = of_kind(question(made, "marked").field, AnnotateField)
    field.keep_photo(taken(640, 480, colour="#ffffff"), "image/jpeg", "a.jpg")
    field.mark_up.click()
    return field


def draw_right(qtbot: QtBot, canvas: Canvas) -> None:
    """By keys: down, eight steps to the right, up."""
    qtbot.keyClick(canvas, Qt.Key.Key_Space)
    for _ in range(8):
        qtbot.keyClick(canvas, Qt.Key.Key_Right)
    qtbot.keyClick(canvas, Qt.Key.Key_Space)


def test_a_drawing_is_kept_after_a_stroke_and_drawn_on_further(qtbot: QtBot) -> None:
    book = Notebook()
    made = show(qtbot, editor(picturing(), book))
    canvas = of_kind(question(made, "sketch").field, DrawField).board.canvas
    qtbot.mousePress(canvas, Qt.MouseButton.LeftButton, pos=QPoint(40, 40))
    qtbot.mouseMove(canvas, QPoint(160, 120))
    qtbot.mouseRelease(canvas, Qt.MouseButton.LeftButton, pos=QPoint(160, 120))
    qtbot.waitUntil(lambda: "sketch" in book.fields)
    assert len(canvas.marks()) == 1
    again = show(qtbot, editor(picturing(), book, answers=dict(book.fields)))
    surface = of_kind(question(again, "sketch").field, DrawField).board.canvas
    assert surface.picture() == kept(book, "sketch").convertToFormat(surface.picture().format())


def test_ctrl_z_on_the_canvas_takes_back_a_stroke(qtbot: QtBot) -> None:
    book = Notebook()
    made = show(qtbot, editor(picturing(), book))
    field = of_kind(question(made, "sketch").field, DrawField)
    for key in (Qt.Key.Key_Space, Qt.Key.Key_Right, Qt.Key.Key_Space):
        qtbot.keyClick(field.board.canvas, key)
    qtbot.waitUntil(lambda: "sketch" in book.fields)
    qtbot.keyClick(field.board.canvas, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert field.board.canvas.marks() == ()
    qtbot.waitUntil(lambda: "sketch" not in book.fields)


def test_a_cleared_drawing_can_be_brought_back(qtbot: QtBot) -> None:
    book = Notebook()
    made = show(qtbot, editor(picturing(), book))
    field = of_kind(question(made, "sketch").field, DrawField)
    field.board.canvas.write("Garage")
    field.flush()
    value = book.fields["sketch"]
    field.board.clear.click()
    assert "sketch" not in book.fields
    made.toast.undo()
    assert book.fields["sketch"] == value
