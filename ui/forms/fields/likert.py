"""A scale from one end to the other: a line of circles with the words below, as on paper."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QApplication, QButtonGroup, QHBoxLayout, QRadioButton, QSizePolicy, QWidget

from fieldapp.forms import Choice, Node
from ui import theme
from ui.forms.fields.base import Field
from ui.forms.fields.drawn import Drawn
from ui.forms.sheet import Sheet
from ui.widgets.focus import ring

CIRCLE, ROOM = 20, 10  # px at scale 1: the circle, and the space above and below it
MOST_WIDE = 132  # px of one step
WRAP = int(Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)


class LikertField(Field):
    """Arrow keys move and choose, Delete clears."""

    def __init__(self, sheet: Sheet, node: Node) -> None:
        super().__init__(sheet, node)
        self._choices: Sequence[Choice] = ()
        self._names = ("", "")
        self._group = QButtonGroup(self)
        self.steps: dict[str, Step] = {}
        self._line = QWidget()
        self._hold(self._line)
        self.show_node(node)

    def target(self) -> QWidget:
        """The chosen step, else the first."""
        return self._group.checkedButton() or next(iter(self.steps.values()), self._line)

    def show_node(self, node: Node) -> None:
        """Show the choice; a filter or the language may have changed the steps."""
        choices = self.sheet.session.choices(node)
        if choices != self._choices:
            self._choices = choices
            self._rebuild()
        self._group.setExclusive(False)
        for name, step in self.steps.items():
            step.setChecked(name == node.value)
        self._group.setExclusive(True)

    def retranslate(self) -> None:
        """The choices' words."""
        self.show_node(self.node())

    def name(self, name: str, description: str) -> None:
        """Each step says the question too."""
        self._names = (name, description)
        for step in self.steps.values():
            step.setAccessibleName(f"{name}: {step.text()}" if name else step.text())
            step.setAccessibleDescription(description)

    def mark(self, wrong: bool) -> None:
        """The message below says it."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Delete takes the choice back."""
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.entered.emit("")
        else:
            super().keyPressEvent(event)

    def _rebuild(self) -> None:
        focus = QApplication.focusWidget()
        had_focus = focus is not None and self._line.isAncestorOf(focus)
        old, self._line = self._line, QWidget()
        row = QHBoxLayout(self._line)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        last = len(self._choices) - 1
        self.steps = {}
        for number, item in enumerate(self._choices):
            step = Step(item.label, first=number == 0, last=number == last)
            step.clicked.connect(lambda _on=False, name=item.name: self.entered.emit(name))
            self._group.addButton(step)
            row.addWidget(step, 1)
            self.steps[item.name] = step
        self._line.setMaximumWidth(theme.px(MOST_WIDE) * len(self._choices))
        self._row.replaceWidget(old, self._line)
        self.name(*self._names)
        if had_focus:
            self.target().setFocus()
        old.hide()
        old.deleteLater()


class Step(Drawn, QRadioButton):
    """One step: its circle on the line, its words below."""

    def __init__(self, text: str, *, first: bool, last: bool) -> None:
        super().__init__(text)
        self._first, self._last = first, last
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def sizeHint(self) -> QSize:
        """Wide enough for its longest word."""
        metrics = QFontMetrics(theme.font(theme.SMALL, bold=True))
        longest = max((metrics.horizontalAdvance(word) for word in self.text().split()), default=0)
        wide = min(max(longest + theme.px(8), theme.px(64)), theme.px(MOST_WIDE))
        return QSize(wide, self.heightForWidth(wide))

    def minimumSizeHint(self) -> QSize:
        """Never narrower than its longest word."""
        return self.sizeHint()

    def hasHeightForWidth(self) -> bool:
        """Narrower is higher."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Circle and words."""
        metrics = QFontMetrics(theme.font(theme.SMALL, bold=True))
        room = QRect(0, 0, max(20, width - theme.px(8)), 10_000)
        return theme.px(CIRCLE + 2 * ROOM) + metrics.boundingRect(room, WRAP, self.text()).height() + theme.px(4)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw it."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        radius = theme.px(CIRCLE) / 2
        middle = QPointF(self.width() / 2, theme.px(ROOM) + radius)
        self._paint_line(painter, middle, radius)
        chosen = self.isChecked()
        painter.setPen(QPen(theme.role("pri" if chosen or self.underMouse() else "field"), 2))
        painter.setBrush(theme.role("card"))
        painter.drawEllipse(middle, radius - 1, radius - 1)
        if chosen:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.role("pri"))
            painter.drawEllipse(middle, radius - 5, radius - 5)
        painter.setPen(theme.role("ink" if chosen else "ink2"))
        painter.setFont(theme.font(theme.SMALL, bold=chosen))
        side = theme.px(4)
        words = self.rect().adjusted(side, theme.px(CIRCLE + 2 * ROOM), -side, 0)
        painter.drawText(words, WRAP, self.text())
        if self.hasFocus():
            ring(painter, self.rect(), 7)
        painter.end()

    def _paint_line(self, painter: QPainter, middle: QPointF, radius: float) -> None:
        painter.setPen(QPen(theme.role("line"), 2))
        if not self._first:
            painter.drawLine(QPointF(0, middle.y()), QPointF(middle.x() - radius, middle.y()))
        if not self._last:
            painter.drawLine(QPointF(middle.x() + radius, middle.y()), QPointF(self.width(), middle.y()))
