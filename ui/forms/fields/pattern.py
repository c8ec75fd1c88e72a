"""A text of a fixed pattern, such as a postal code: separators stand there already, only what fits can be typed."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QFocusEvent, QMouseEvent
from PySide6.QtWidgets import QLineEdit

from fieldapp.forms import Node, Question
from fieldapp.texts import tr
from ui.forms.fields.base import NARROW
from ui.forms.fields.text import TextField
from ui.forms.sheet import Sheet

LONG = 14  # characters from which on the line is wider


def mask_of(question: Question) -> str:
    """The pattern in the column `body::mask`, or in Survey123's `body::esri:inputMask`, "" for none.

    Both are Qt's: A a letter, 9 a digit, X either, > and < upper and lower case, anything else stands as it is.
    """
    return question.extra.get("mask", "") or question.extra.get("inputMask", "")


class PatternField(TextField):
    """What is begun and not complete is refused in words; nothing at all is no answer."""

    most = NARROW

    def __init__(self, sheet: Sheet, node: Node) -> None:
        self._mask = mask_of(node.question)
        self._blank = ""
        super().__init__(sheet, node)
        if len(self._mask.partition(";")[0]) > LONG:
            self.widen(2 * NARROW)

    def _line(self) -> QLineEdit:
        line = _PatternLine()
        line.setInputMask(self._mask if ";" in self._mask else f"{self._mask};_")
        self._blank = line.text()
        return line

    def _answer(self, text: str) -> str | None:
        if self.edit.text() == self._blank:
            return ""
        return text.strip() if self.edit.hasAcceptableInput() else None

    def _complaint(self) -> str:
        return tr("Fill in all of it, as in {pattern}.", pattern=example(self._mask))


class _PatternLine(QLineEdit):
    """A click into the empty pattern begins at its beginning."""

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        self._to_start()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self._to_start()

    def _to_start(self) -> None:
        if not any(letter.isalnum() for letter in self.text()):
            self.setCursorPosition(0)


def example(mask: str) -> str:
    """The pattern as a person reads it: `>A9A 9A9` as A1A 1A1."""
    shown, escaped = [], False
    for letter in mask.partition(";")[0]:
        if letter == "\\" and not escaped:
            escaped = True
        elif escaped or letter not in "><!":
            shown.append(letter if escaped else {"9": "1", "0": "1", "D": "1", "N": "A", "X": "A"}.get(letter, letter))
            escaped = False
    return "".join(shown)
