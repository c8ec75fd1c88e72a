"""QuestionBox: one question: its label, control, and one line for the hint or for what is wrong."""

from __future__ import annotations

from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from fieldapp.forms import Node
from fieldapp.texts import tr
from ui import theme
from ui.forms.asked import Asked
from ui.forms.fields import KNOWN, Field, fixed, make
from ui.forms.shape import kind_of
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
        self.label = Asked()
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
        self.appear(node is not None and node.relevant)
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
        self.label.say(name, required=node.required and not self._fixed)
        self._say(message or hint or self._aside(node), "bad" if message else "ink2")
        self.field.mark(bool(message))
        reason = self.sheet.reasons.get(self.path, "")
        self.reason.say(tr("Returned: {reason}", reason=reason) if reason else "")
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
        self._column.addWidget(self.reason)
        self._column.addWidget(self.label)
        self._column.addWidget(self.line)
        self._column.addStretch(1)

    def _new_field(self, node: Node) -> None:
        self.field = make(self.sheet, node)
        self.field.entered.connect(self._entered)
        self.field.refused.connect(self._refused)
        self._column.insertWidget(2, self.field)
        self.label.show_quiet(self._fixed)

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

    def _say(self, text: str, tone: str) -> None:
        if text != self.line.text():
            self.line.setText(text)
        if tone != self._tone:
            self._tone = tone
            set_tone(self.line, tone)

    def _aside(self, node: Node) -> str:
        if kind_of(node) in KNOWN or self._fixed:
            return ""
        return tr("This kind of question ({kind}) has no control of its own here: type its value.", kind=kind_of(node))


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
