"""QuestionBox: one question: its label, control, and one line for the hint or for what is wrong."""

from __future__ import annotations

from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from fieldapp.forms import Node
from fieldapp.texts import tr
from ui import theme
from ui.forms.fields import KNOWN, Field, fixed, make
from ui.forms.sheet import Block, Sheet
from ui.forms.words import plain
from ui.widgets import Icon, label
from ui.widgets.labels import set_tone


class QuestionBox(Block):
    """The line below the control keeps its place, so that an error moves nothing."""

    def __init__(self, sheet: Sheet, node: Node) -> None:
        super().__init__(sheet, node.path)
        self._fixed = fixed(sheet, node)
        self._tone = ""
        self.field: Field | None = None
        self.label = label("", "strong", wrap=True)
        self.star = label("*", "strong", tone="bad")
        self.line = label("", "small", wrap=True)
        self.line.setMinimumHeight(theme.px(18))
        self.reason = _Reason()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(4)
        self._lay_out()
        self._new_field(node)
        sheet.register(self)
        self.refresh()

    def refresh(self) -> None:
        """Show the node as it is now. A question that is not relevant is not there."""
        node = self.sheet.entry.node(self.path)
        self.setVisible(node is not None and node.relevant)
        if node is None or not node.relevant or self.field is None:
            return
        if fixed(self.sheet, node) != self._fixed:
            self._swap(node)
        else:
            self.field.show_node(node)
        self.reword()

    def reword(self) -> None:
        """Label, hint or message, and what a screen reader says."""
        node = self.sheet.entry.node(self.path)
        if node is None or not node.relevant or self.field is None:
            return
        session, message = self.sheet.session, self.sheet.message(node)
        name, hint = plain(session.label(node)) or node.question.name, session.hint(node)
        self._set(name, node.required and not self._fixed)
        self._say(message or hint or self._aside(node), "bad" if message else "ink2")
        self.field.mark(bool(message))
        self.reason.say(self.sheet.reasons.get(self.path, ""))
        described = (self.reason.text(), message, hint, tr("Required") if node.required else "")
        self.field.name(name, ". ".join(part for part in described if part))

    def retranslate(self) -> None:
        """Everything in the session's language."""
        if self.field is not None:
            self.field.retranslate()
        self.refresh()

    def focus(self) -> None:
        """Put the focus on the control."""
        if self.field is not None:
            self.field.target().setFocus()

    def flush(self) -> None:
        """Tell at once what was typed."""
        if self.field is not None:
            self.field.flush()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(4)
        head.addWidget(self.label, 1)
        head.addWidget(self.star)
        self._column.addWidget(self.reason)
        self._column.addLayout(head)
        self._column.addWidget(self.line)
        self._column.addStretch(1)

    def _new_field(self, node: Node) -> None:
        self.field = make(self.sheet, node)
        self.field.entered.connect(self._entered)
        self.field.refused.connect(self._refused)
        self._column.insertWidget(2, self.field)
        style = "small" if self._fixed else "strong"
        self.label.setFont(theme.font(theme.SMALL) if style == "small" else theme.font(bold=True))
        set_tone(self.label, "ink2" if self._fixed else "ink")

    def _swap(self, node: Node) -> None:
        """A rule made the answer fixed, or free again."""
        self._fixed = fixed(self.sheet, node)
        if self.field is not None:
            self.field.hide()
            self.field.deleteLater()
        self._new_field(node)

    def _entered(self, value: str) -> None:
        node = self.sheet.entry.node(self.path)
        if node is None or node.readonly:
            return
        if value == node.value:
            self.sheet.entry.accept(self.path)
        else:
            self.sheet.entry.put(self.path, value)

    def _refused(self, why: str) -> None:
        self.sheet.entry.refuse(self.path, why)
        self.sheet.leave(self.path)

    def _set(self, name: str, required: bool) -> None:
        if name != self.label.text():
            self.label.setText(name)
        self.star.setVisible(required)

    def _say(self, text: str, tone: str) -> None:
        if text != self.line.text():
            self.line.setText(text)
        if tone != self._tone:
            self._tone = tone
            set_tone(self.line, tone)

    def _aside(self, node: Node) -> str:
        if node.kind in KNOWN or self._fixed:
            return ""
        return tr("This kind of question ({kind}) has no control of its own here: type its value.", kind=node.kind)


class _Reason(QWidget):
    """Why a supervisor gave the record back, above the answer it is about."""

    def __init__(self) -> None:
        super().__init__()
        self.words = label("", "body", tone="warn", wrap=True)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 8, 12, 8)
        row.setSpacing(8)
        row.addWidget(Icon("message-square", "warn", 16))
        row.addWidget(self.words, 1)
        self.hide()

    def say(self, text: str) -> None:
        """Show the words; "" hides it."""
        if text != self.words.text():
            self.words.setText(text)
        self.setVisible(bool(text))

    def text(self) -> str:
        """What it says."""
        return self.words.text()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """A soft ground."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(theme.role("warn_soft"))
        painter.setBrush(theme.role("warn_soft"))
        painter.drawRoundedRect(self.rect(), 7, 7)
        painter.end()
