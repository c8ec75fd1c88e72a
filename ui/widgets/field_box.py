"""FieldBox: a question's label, its editor, and one line below for the hint or for what is wrong."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from fieldapp.texts import tr
from ui.widgets.labels import label, set_tone


class FieldBox(QWidget):
    """Label, required mark, editor, hint. The line below keeps its place: an error moves nothing."""

    def __init__(self, text: str, editor: QWidget, *, required: bool = False, hint: str = "") -> None:
        super().__init__()
        self.editor = editor
        self._hint = hint
        self.label = label(text, "strong", wrap=True)
        self.label.setBuddy(editor)
        self._mark = label("*", "strong", tone="bad")
        self._mark.setToolTip(tr("Required"))
        self.line = label(hint, "small", wrap=True)
        self.line.setMinimumHeight(self.line.fontMetrics().height())
        head = QHBoxLayout()
        head.setSpacing(4)
        head.addWidget(self.label, 1)
        head.addWidget(self._mark, 0, Qt.AlignmentFlag.AlignTop)
        head.addStretch()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(head)
        column.addWidget(editor)
        column.addWidget(self.line)
        self.show_required(required)
        self.say(text)

    def say(self, text: str, hint: str | None = None) -> None:
        """Change the label and, where given, the hint."""
        self.label.setText(text)
        self._fit()
        self._hint = self._hint if hint is None else hint
        self.editor.setAccessibleName(text)
        self.show_error("")

    def resizeEvent(self, event: QResizeEvent) -> None:
        """By now the label has the font that it is shown in."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """As wide as one line of it, so that it wraps only where there is no room and its mark stands right behind."""
        wide = self.label.fontMetrics().size(0, self.label.text()).width()
        self.label.setMaximumWidth(wide + 1)

    def show_required(self, required: bool) -> None:
        """Show or hide the required mark."""
        self._mark.setVisible(required)

    def show_error(self, message: str) -> None:
        """Say what is wrong in place of the hint; "" takes it away."""
        self.line.setText(message or self._hint)
        set_tone(self.line, "bad" if message else "ink2")
        self.editor.setAccessibleDescription(message or self._hint)
        self.editor.setProperty("wrong", bool(message))
        self.editor.style().unpolish(self.editor)
        self.editor.style().polish(self.editor)
