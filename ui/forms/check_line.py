"""CheckLine: one line of a checklist: what to look at, Pass or Fail beside it, and below it what was found."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout

from fieldapp.clock import today
from fieldapp.forms import Node
from fieldapp.texts import tr
from ui import theme
from ui.days import in_words
from ui.forms.asked import Asked
from ui.forms.box import QuestionBox
from ui.forms.fields import Field, make
from ui.forms.fields.choice_buttons import ButtonsField
from ui.forms.grid import Grid
from ui.forms.marking import plain
from ui.forms.shape import FAILS
from ui.forms.sheet import Block, Sheet
from ui.widgets import label
from ui.widgets.labels import set_tone
from ui.widgets.sight import bring_into_sight

SIDE = 16
WIDE = 300  # px at scale 1


class CheckLine(Block):
    """`result` is the question that is answered with a letter; `details` follow below while they are relevant."""

    side = SIDE
    starred = False  # whether what must be answered wears a star: in a checklist all must

    def __init__(self, sheet: Sheet, result: Node, details: Sequence[Node]) -> None:
        super().__init__(sheet, result.path)
        self._tone, self._failed = "", False
        self._details = [node.path for node in details]
        self.label = Asked()
        self.line = label("", "small", wrap=True)
        self.field = self._control(result)
        self.field.entered.connect(lambda value: sheet.entry.put(self.path, value))
        if isinstance(self.field, ButtonsField):
            self.field.lettered.connect(self._go_on)
        self.below: Grid | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(self.side, 10, self.side, 11)
        self._column.setSpacing(8)
        self._line = self._top()
        self._column.addLayout(self._line)
        sheet.narrowed.connect(self._fit)
        self._fit()
        sheet.register(self)
        self.refresh()

    def refresh(self) -> None:
        """Show the line as it is now."""
        node = self.sheet.entry.node(self.path)
        self.appear(node is not None and node.relevant)
        if node is None or not node.relevant:
            return
        self.field.show_node(node)
        failed = bool(set(node.value.split()) & FAILS)
        if failed != self._failed:
            self._failed = failed
            self.update()
        self._show_details()
        self.reword()

    def reword(self) -> None:
        """Label, article or message, and what a screen reader says."""
        node = self.sheet.entry.node(self.path)
        if node is None or not node.relevant:
            return
        session, message = self.sheet.session, self.sheet.message(node)
        words, said = session.label(node) or node.question.name, plain(session.hint(node))
        hint = in_words(said, today(self.sheet.host.clock))
        name = plain(words)
        reason = self.sheet.reasons.get(self.path, "")
        reason = tr("Returned: {reason}", reason=reason) if reason else ""
        self.label.say(words, required=node.required and self.starred)
        below, tone = (reason, "warn") if reason else (message or hint, "bad" if message else "ink2")
        if (below, tone) != (self.line.text(), self._tone):
            self._tone = tone
            self.line.setText(below)
            self.line.setVisible(bool(below))
            set_tone(self.line, tone)
        described = (reason, message, hint, tr("Required") if node.required else "")
        self.field.name(name, ". ".join(part for part in described if part))

    def retranslate(self) -> None:
        """Everything in the session's language."""
        self.field.retranslate()
        self._fit()
        self.refresh()

    def focus(self) -> None:
        """Put the focus on the result, where it is seen."""
        self.field.target().setFocus()
        bring_into_sight(self.field)

    def flush(self) -> None:
        """Tell at once what was typed, where the answer is typed."""
        self.field.flush()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Down and Up move to the next and the previous line; a letter has gone on to the next one already."""
        if event.key() == Qt.Key.Key_Down and self.sheet.led_just_now(self.path):
            return
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()), 0)
        if not step or event.modifiers() & Qt.KeyboardModifier.ControlModifier or not self._move(step):
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """A hairline below; a soft red ground when it failed."""
        painter = QPainter(self)
        if self._failed:
            painter.fillRect(self.rect(), theme.role("bad_soft"))
        elif self.path in self.sheet.reasons:
            painter.fillRect(self.rect(), theme.role("warn_soft"))
        painter.fillRect(0, self.height() - 1, self.width(), 1, theme.role("line"))
        painter.end()

    def _control(self, node: Node) -> Field:
        """What answers it."""
        return make(self.sheet, node)

    def _top(self) -> QBoxLayout:
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addStretch(1)
        words.addWidget(self.label)
        words.addWidget(self.line)
        words.addStretch(1)
        top = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        top.setSpacing(16)
        top.addLayout(words, 1)
        top.addWidget(self.field)
        return top

    def _fit(self) -> None:
        """Where there is little room, wide buttons stand below the words."""
        below = self.sheet.narrow and self.field.sizeHint().width() > theme.px(WIDE)
        way = QBoxLayout.Direction
        self._line.setDirection(way.TopToBottom if below else way.LeftToRight)
        self._line.setSpacing(4 if below else 16)
        if isinstance(self.field, ButtonsField):
            self.field.may_stack(below)  # beside the words they keep their line

    def _show_details(self) -> None:
        """The questions below come with the first answer, if any is relevant; they refresh themselves afterwards."""
        nodes = [node for path in self._details if (node := self.sheet.entry.node(path))]
        answered = bool(self.sheet.session.node(self.path).value)
        wanted = answered and any(node.relevant for node in nodes)
        if wanted and self.below is None:
            self.below = Grid(self.sheet, nodes, compact=True)
            self._column.addWidget(self.below)
        if self.below is not None:
            self.below.setVisible(wanted)

    def _go_on(self) -> None:
        """A letter answered: on to what must be said about it, else to the next line."""
        nodes = [node for path in self._details if (node := self.sheet.entry.node(path))]
        asked = next((node.path for node in nodes if node.relevant and node.required and not node.value), "")
        block = self.sheet.block(asked) if asked else None
        if isinstance(block, QuestionBox):
            self.sheet.lead(asked)
            block.focus()
            bring_into_sight(block)
        elif (below := self._line_at(1)) is not None:
            self.sheet.lead(below.path)
            below.focus()

    def _move(self, step: int) -> bool:
        line = self._line_at(step)
        if line is not None:
            line.focus()
        return line is not None

    def _line_at(self, step: int) -> CheckLine | None:
        above = self.parentWidget()
        lines = [line for line in above.findChildren(CheckLine) if line.isVisibleTo(above)] if above else []
        lines.sort(key=lambda line: line.y())
        number = lines.index(self) + step if self in lines else -1
        return lines[number] if 0 <= number < len(lines) else None
