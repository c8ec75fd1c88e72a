"""QuestionBox: one question: its label, control, and one line for the hint or for what is wrong."""

from __future__ import annotations

from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QVBoxLayout

from fieldapp.forms import Node
from fieldapp.texts import tr
from ui import theme
from ui.forms.asked import Asked
from ui.forms.fields import KNOWN, Field, fixed, make
from ui.forms.fields.base import NARROW
from ui.forms.guidance import Guidance
from ui.forms.label_media import LabelMedia
from ui.forms.marking import plain
from ui.forms.reason import Reason
from ui.forms.shape import kind_of
from ui.forms.sheet import Block, Sheet
from ui.widgets import label
from ui.widgets.labels import set_tone


class QuestionBox(Block):
    """The line below the control keeps its place, so that an error moves nothing.

    In a table (`bare`) the label stands above the column, and the line is there only when something is wrong.
    """

    def __init__(self, sheet: Sheet, node: Node, *, bare: bool = False) -> None:
        super().__init__(sheet, node.path)
        self._bare = bare
        self._fixed = fixed(sheet, node)
        self._tone = ""
        self.field: Field | None = None
        self.label = Asked()
        self.line = label("", "small", wrap=True)
        self.line.setMinimumHeight(theme.px(16))
        self.reason: Reason | None = None
        self.media: LabelMedia | None = None
        self.guidance: Guidance | None = None
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
        words, hint = session.label(node) or node.question.name, plain(session.hint(node))
        name = plain(words)
        self.label.say(words, required=node.required and not self._fixed)
        self._accompany(node, name)
        help_text = (hint if not self.sheet.read_only else "") or self._aside(node)
        self._say(" · ".join(part for part in (message, help_text) if part), "bad" if message else "ink2")
        self.line.setVisible(bool(message) if self._bare else not self._fixed or bool(self.line.text()))
        self.field.mark(bool(message))
        described = (self._say_reason(), message, hint, tr("Required") if node.required else "")
        self.field.name(name, ". ".join(part.rstrip(".") for part in described if part))

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
        self._column.addWidget(self.label)
        self.label.setVisible(not self._bare)
        self._column.addWidget(self.line)
        self._column.addStretch(1)

    def _new_field(self, node: Node) -> None:
        self.field = make(self.sheet, node, compact=self._bare)
        self.field.entered.connect(self._entered)
        self.field.refused.connect(self._refused)
        self.field.done.connect(lambda: self.sheet.done.emit(self.path))
        self._column.insertWidget(self._column.indexOf(self.line), self.field)
        if "w1" in node.question.appearance and not self._fixed:  # words that are only read stand at the left
            self.field.target().setMaximumWidth(theme.px(NARROW))
        self.label.show_quiet(self._fixed)

    def _swap(self, node: Node) -> None:
        """A rule made the answer fixed, or free again."""
        self._fixed = fixed(self.sheet, node)
        if self.field is not None:
            self.field.hide()
            self.field.deleteLater()
        self._new_field(node)
        self.sheet.grew.emit()

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
            if tone == "bad":
                QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, text))

    def _say_reason(self) -> str:
        """Why a supervisor gave the answer back, above it; "" for most."""
        reason = self.sheet.reasons.get(self.path, "")
        words = tr("Returned: {reason}", reason=reason) if reason else ""
        if words and self.reason is None:
            self.reason = Reason()
            self._column.insertWidget(0, self.reason)
        if self.reason is not None:
            self.reason.say(words)
        return words

    def _accompany(self, node: Node, name: str) -> None:
        """Pictures and sounds above the control, longer help below it; for most questions there are none."""
        session = self.sheet.session
        media, help_text = session.media(node), "" if self.sheet.read_only else session.guidance(node)
        if media and self.media is None and not self._bare:
            self.media = LabelMedia()
            self._column.insertWidget(self._column.indexOf(self.label) + 1, self.media)
        if self.media is not None:
            self.media.show_media(session, media, name)
        if help_text and self.guidance is None and not self._bare:
            self.guidance = Guidance()
            self._column.insertWidget(self._column.indexOf(self.line) + 1, self.guidance)
        if self.guidance is not None:
            self.guidance.say(help_text)

    def _aside(self, node: Node) -> str:
        if kind_of(node) in KNOWN or self._fixed:
            return ""
        return tr("This kind of question ({kind}) has no control of its own here: type its value.", kind=kind_of(node))
