"""Text fields: one line or several. What is typed is told after a short pause and when the field is left."""

from __future__ import annotations

from PySide6.QtCore import QSizeF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

from fieldapp.forms import Node
from ui import theme
from ui.forms.fields.base import MEDIUM, WIDE, Field
from ui.forms.sheet import Sheet
from ui.typing_pause import TypingPause

MOST_ROWS = 24
GROWN = 10  # rows to which a box grows by itself
PAUSE = 150  # ms without typing until an answer is kept


class TextField(Field):
    """One line of text. Subclasses turn what was typed into an answer with `_answer`."""

    most = WIDE

    def __init__(self, sheet: Sheet, node: Node) -> None:
        super().__init__(sheet, node)
        self.edit = self._line()
        numbers = "numbers" in node.question.appearance
        if "masked" in node.question.appearance or node.question.control == "secret":
            self.edit.setEchoMode(QLineEdit.EchoMode.PasswordEchoOnEdit)
        if numbers:
            self.edit.setInputMethodHints(Qt.InputMethodHint.ImhFormattedNumbersOnly)
        self._capitals = "capitals" in node.question.appearance
        self._pause = TypingPause(self, PAUSE)
        self._pause.timeout.connect(self._keep)
        self.edit.textEdited.connect(self._typed)
        self.edit.editingFinished.connect(self._finished)
        self._hold(self.edit, MEDIUM if numbers else self.most)
        self.show_node(node)

    def target(self) -> QWidget:
        """The line."""
        return self.edit

    def show_node(self, node: Node) -> None:
        """Show the answer, but never over what is being typed, or was refused and is still to be corrected."""
        if self.sheet.entry.refused(self.path):
            return
        text = self._text(node.value)
        busy = self._pause.isActive() or self.edit.hasFocus()
        if text != self.edit.text() and not (busy and self._answer(self.edit.text()) in (node.value, None)):
            self.edit.setText(text)

    def flush(self) -> None:
        """Tell what was typed."""
        self._pause.stop()
        text = self.edit.text().strip()
        answer = self._answer(text)
        if answer is None:
            self.refused.emit(self._complaint())
        else:
            self.entered.emit(answer)

    def _keep(self) -> None:
        """What is half typed is no fault yet."""
        if self._pause.is_resting or self._answer(self.edit.text().strip()) is not None:
            self.flush()
        else:
            self._pause.wait()

    def _line(self) -> QLineEdit:
        """What is typed into."""
        return QLineEdit()

    def _typed(self, text: str) -> None:
        if self._capitals and len(large := text.upper()) == len(text):
            at = self.edit.cursorPosition()
            self.edit.setText(large)
            self.edit.setCursorPosition(at)
        self._pause.typed()

    def _finished(self) -> None:
        if self._pause.isActive():
            self.flush()

    def _text(self, value: str) -> str:
        """An answer as it is shown in the line."""
        return value

    def _answer(self, text: str) -> str | None:
        """What was typed as an answer; None when it is none."""
        return text.strip()

    def _complaint(self) -> str:
        """Why `_answer` gave None."""
        return ""


class LongTextField(Field):
    """Several lines, and more as they fill. Tab moves on, it writes no tab."""

    def __init__(self, sheet: Sheet, node: Node) -> None:
        super().__init__(sheet, node)
        self.edit = _Lines()
        self._least = _least(node)
        self.edit.setFixedHeight(_height(self._least))
        self._pause = TypingPause(self, PAUSE)
        self._pause.timeout.connect(self.flush)
        self._quiet = False
        self.edit.textChanged.connect(self._typed)
        self.edit.left.connect(self._finished)
        self.edit.document().documentLayout().documentSizeChanged.connect(self._fit)
        self._hold(self.edit)
        self.show_node(node)

    def target(self) -> QWidget:
        """The box."""
        return self.edit

    def show_node(self, node: Node) -> None:
        """Show the answer, but never over what is being typed."""
        if not self._pause.isActive() and node.value != self.edit.toPlainText().strip():
            self._quiet = True
            self.edit.setPlainText(node.value)
            self._quiet = False

    def flush(self) -> None:
        """Tell what was typed."""
        self._pause.stop()
        self.entered.emit(self.edit.toPlainText().strip())

    def _fit(self, size: QSizeF) -> None:
        """As high as its lines, wrapped ones too: what was written is read without scrolling."""
        self.edit.setFixedHeight(_height(max(self._least, min(int(size.height()), max(GROWN, self._least)))))

    def _typed(self) -> None:
        if not self._quiet:
            self._pause.typed()

    def _finished(self) -> None:
        if self._pause.isActive():
            self.flush()


def _least(node: Node) -> int:
    """As many lines as the form asks for (`rows=8`), within reason; else four, two in a card of a repeat."""
    rows = node.question.extra.get("rows", "")
    inside = node.parent is not None and node.parent.kind == "instance"
    return min(max(int(rows), 2), MOST_ROWS) if rows.isdecimal() else 2 if inside else 4


def _height(rows: int) -> int:
    return theme.px(20) * rows + theme.px(16)


class _Lines(QPlainTextEdit):
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setTabChangesFocus(True)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.left.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        control = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if control and event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Return):
            event.ignore()  # the form's own keys
        else:
            super().keyPressEvent(event)
