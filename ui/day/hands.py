"""Hands: they answer questions as a person does, with key strokes and clicks on the real controls of the form."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget

from fieldapp.clock import moment_of
from fieldapp.errors import FieldAppError
from ui.forms.fields.acknowledge import AcknowledgeField
from ui.forms.fields.base import Field
from ui.forms.fields.choice_buttons import ButtonsField
from ui.forms.fields.choice_combo import ComboField
from ui.forms.fields.choice_list import RadioField
from ui.forms.fields.choice_search import SearchField
from ui.forms.fields.choices_many import ManyField
from ui.forms.fields.choices_tags import TagsField
from ui.forms.fields.image import ImageField
from ui.forms.fields.likert import LikertField
from ui.forms.fields.moment import MomentField
from ui.forms.fields.signature import SignatureField

NOW = "now"
LEFT = Qt.MouseButton.LeftButton


def settle() -> None:
    """Let the program do what is due, as between two acts of a person."""
    for _ in range(3):
        QApplication.processEvents()


def rest(seconds: float) -> None:
    """Look at the screen for a while."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        settle()
        time.sleep(0.01)


def answer(field: Field, value: str) -> None:
    """Give `value` as the question's answer through its control. FieldAppError when the control did not take it."""
    act = next((act for kind, act in ACTS.items() if isinstance(field, kind)), write)
    act(field, value)
    field.flush()
    field.sheet.entry.flush()
    settle()
    now = field.node().value
    if not now and value:
        raise FieldAppError(f"“{field.path}” did not take “{value}”")


def write(field: Field, value: str) -> None:
    """Type it over what stands there, and leave the field."""
    type_over(field.target(), value)


def type_over(target: QWidget, text: str, *, last: Qt.Key = Qt.Key.Key_Tab) -> None:
    """Replace what stands in a control by `text` and leave it with the key `last`."""
    target.setFocus()
    QTest.keyClick(target, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(target, Qt.Key.Key_Delete)
    key_in(target, text)
    popup = QApplication.activePopupWidget()
    if popup is not None:  # the list of suggestions; the words are whole already
        QTest.keyClick(popup, Qt.Key.Key_Escape)
    QTest.keyClick(target, last)


def key_in(target: QWidget, text: str) -> None:
    """Key strokes for `text`. QTest knows ASCII alone; an accented letter comes as a key with its text."""
    for letter in text:
        if letter.isascii():
            QTest.keyClicks(target, letter)
        else:
            for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                QApplication.sendEvent(target, QKeyEvent(kind, 0, Qt.KeyboardModifier.NoModifier, letter))


def click(field: Field, value: str) -> None:
    """Click the button of each chosen value: parts of a segmented control, radio buttons, check boxes."""
    for name in value.split():
        label = _label(field, name)
        button = next(one for one in field.findChildren(QAbstractButton) if one.text() == label)
        QTest.mouseClick(button, LEFT, pos=QPoint(8, button.height() // 2))


def choose_in_list(field: ComboField, value: str) -> None:
    """Type the choice's words, as in any list that opens."""
    field.combo.setFocus()
    key_in(field.combo, _label(field, value))


def search_in_list(field: SearchField, value: str) -> None:
    """Type the choice's words and press Enter."""
    pick(field.line, _label(field, value))


def add_tags(field: TagsField, value: str) -> None:
    """Type each choice's words and press Enter."""
    for name in value.split():
        pick(field.line, _label(field, name))


def pick(line: QWidget, words: str) -> None:
    """Type the whole words of a choice over what stands in the line; Enter goes to the list where one is open."""
    line.setFocus()
    QTest.keyClick(line, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(line, Qt.Key.Key_Delete)
    key_in(line, words)
    QTest.keyClick(QApplication.activePopupWidget() or line, Qt.Key.Key_Return)


def enter_moment(field: MomentField, value: str) -> None:
    """Press "Now", or type day and time."""
    if value == NOW:
        QTest.mouseClick(field.now, LEFT)
        return
    moment = moment_of(value)
    for line, text in ((field.day, f"{moment:%Y-%m-%d}"), (field.time, f"{moment:%H:%M}")):
        type_over(line, text)


def acknowledge(field: AcknowledgeField, _value: str) -> None:
    """Tick the box."""
    QTest.mouseClick(field.box, LEFT, pos=QPoint(8, field.box.height() // 2))


def drop_photo(field: ImageField, value: str) -> None:
    """Drop the file `value` onto the question."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(Path(value).resolve()))])
    event = QDropEvent(QPointF(8, 8), Qt.DropAction.CopyAction, data, LEFT, Qt.KeyboardModifier.NoModifier)
    field.dropEvent(event)


def sign(field: SignatureField, _value: str) -> None:
    """Draw a stroke on the pad."""
    pad = field.pad
    QTest.mousePress(pad, LEFT, pos=QPoint(20, 40))
    for step in range(1, 12):
        QTest.mouseMove(pad, QPoint(20 + step * 12, 40 + (-1) ** step * 14))
    QTest.mouseRelease(pad, LEFT, pos=QPoint(160, 40))


def _label(field: Field, value: str) -> str:
    return next(choice.label for choice in field.sheet.session.choices(field.node()) if choice.name == value)


ACTS: dict[type[Field], Callable[[Any, str], None]] = {
    ButtonsField: click,
    RadioField: click,
    ManyField: click,
    LikertField: click,
    ComboField: choose_in_list,
    SearchField: search_in_list,
    TagsField: add_tags,
    AcknowledgeField: acknowledge,
    ImageField: drop_photo,
    MomentField: enter_moment,
    SignatureField: sign,
}
