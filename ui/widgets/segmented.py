"""Segmented: a few exclusive choices side by side. Arrow keys move, letters choose, Delete clears."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPainterPath, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QRadioButton, QSizePolicy, QWidget

from ui import theme
from ui.widgets.focus import ring

Ways = QBoxLayout.Direction
FIXED = QSizePolicy.Policy.Fixed
ROUND = 7  # px of the corners


@dataclass(frozen=True)
class Option:
    """One choice. `bad` colours it as a failure when chosen; `key` is the letter that chooses it,
    else it is chosen by the letters that it begins with."""

    value: str
    text: str
    bad: bool = False
    key: str = ""


class Segmented(QWidget):
    """`chosen` tells the value when a person chooses ("" = cleared), not when `choose` is called; `entered`: Enter was
    pressed, for a page that goes on by it. With `stacks` the choices stand one below the other where there is no room
    beside each other."""

    chosen = Signal(str)
    lettered = Signal()  # a letter was pressed, which only one begins with: it chose that, or had chosen it already
    entered = Signal()

    def __init__(
        self, options: Sequence[Option], *, name: str = "", clearable: bool = True, stacks: bool = False
    ) -> None:
        super().__init__()
        self._clearable, self._stacks = clearable, stacks
        self._letters = ""  # typed so far, while a choice begins with them
        self._row = row = QBoxLayout(Ways.LeftToRight, self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        self._parts: list[_Part] = []
        for number, option in enumerate(options):
            part = _Part(option, first=number == 0, last=number == len(options) - 1)
            part.clicked.connect(self._tell)
            row.addWidget(part)
            self._parts.append(part)
        self.may_stack(stacks)
        if self._parts:
            self._stop_at(self._parts[0])
        self.name(name)

    def may_stack(self, on: bool) -> None:
        """Whether they may stand one below the other where there is no room."""
        self._stacks = on
        self.setSizePolicy(QSizePolicy.Policy.Maximum if on else FIXED, FIXED)
        self.updateGeometry()

    def name(self, name: str) -> None:
        """The question that the choices answer, for screen readers."""
        self.setAccessibleName(name)
        for part in self._parts:
            part.setAccessibleName(f"{name}: {part.text()}" if name else part.text())

    def value(self) -> str:
        """The chosen value, "" for none."""
        return next((part.option.value for part in self._parts if part.isChecked()), "")

    def choose(self, value: str) -> None:
        """Show `value` as chosen; "" or an unknown value clears."""
        self._letters = ""
        if not self._parts:
            return
        for part in self._parts:
            part.setAutoExclusive(False)
        for part in self._parts:
            part.setChecked(part.option.value == value)
        for part in self._parts:
            part.setAutoExclusive(True)
        self._stop_at(next((part for part in self._parts if part.isChecked()), None) or self._parts[0])

    def press(self, value: str) -> None:
        """Choose as a person does: tells `chosen` when it changed."""
        if value != self.value():
            self.choose(value)
            self.chosen.emit(value)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Side by side, or where that is allowed and needed one below the other."""
        super().resizeEvent(event)
        wanted = Ways.TopToBottom if self._stacked(self.width()) else Ways.LeftToRight
        if wanted != self._row.direction():
            self._row.setDirection(wanted)
            self.setFixedHeight(self._high())
            for part in self._parts:
                part.stand(below=wanted == Ways.TopToBottom)

    def sizeHint(self) -> QSize:
        """All side by side."""
        return QSize(self._beside(), theme.px(theme.CONTROL))

    def minimumSizeHint(self) -> QSize:
        """As wide as the longest choice where they may be stacked."""
        least = max((part.sizeHint().width() for part in self._parts), default=0)
        return QSize(least if self._stacks else self._beside(), theme.px(theme.CONTROL))

    def _high(self) -> int:
        """A line for each choice where there is no room beside each other."""
        return theme.px(theme.CONTROL) * (len(self._parts) if self._stacked(self.width()) else 1)

    def _stacked(self, width: int) -> bool:
        return self._stacks and width < self._beside()

    def _beside(self) -> int:
        return sum(part.sizeHint().width() for part in self._parts)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Letters choose, Delete and Backspace clear."""
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace) and self._clearable:
            self.press("")
            return
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self.entered.emit()
        plain = not event.modifiers() & ~(Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier)
        if not (plain and self.type_letter(event.text())):
            super().keyPressEvent(event)

    def type_letter(self, letter: str) -> bool:
        """Choose what begins with the letters typed so far ("c", then "cr"), and stand there; with the same letter once
        more, or where the first is chosen already, the next that begins with it. False where nothing does. Typed anew
        from elsewhere, it begins anew."""
        if self.window().focusWidget() not in self._parts:
            self._letters = ""
        for typed in (self._letters + letter.casefold(), letter.casefold()):
            matching = [part for part in self._parts if typed and part.begins(typed)]
            if matching:
                chosen = not self._letters and matching[0].isChecked()
                again = len(typed) == 1 and (chosen or self._letters == typed)
                found = self._after(matching) if again else matching[0]
                found.setFocus(Qt.FocusReason.ShortcutFocusReason)
                self.press(found.option.value)
                self._letters = typed
                if len(matching) == 1:
                    self.lettered.emit()
                return True
        self._letters = ""
        return False

    def _after(self, parts: list[_Part]) -> _Part:
        """The one of these behind the chosen one, in a circle."""
        chosen = next((number for number, part in enumerate(parts) if part.isChecked()), -1)
        return parts[(chosen + 1) % len(parts)]

    def _stop_at(self, stop: _Part) -> None:
        """Tab stops once: at the chosen part, else at the first."""
        self.setFocusProxy(stop)
        for part in self._parts:
            part.setFocusPolicy(Qt.FocusPolicy.StrongFocus if part is stop else Qt.FocusPolicy.ClickFocus)

    def _tell(self) -> None:
        self._letters = ""
        self.chosen.emit(self.value())


class _Part(QRadioButton):
    def __init__(self, option: Option, *, first: bool, last: bool) -> None:
        super().__init__(option.text)
        self.option = option
        self._first, self._last, self._below = first, last, False
        self.setAutoExclusive(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def stand(self, *, below: bool) -> None:
        """Beside the others, or below them: then Up and Down move too."""
        self._below = below
        self.update()

    def begins(self, typed: str) -> bool:
        return (self.option.key or self.option.text).casefold().startswith(typed)

    def sizeHint(self) -> QSize:
        wide = QFontMetrics(theme.font(bold=True)).horizontalAdvance(self.text())
        return QSize(wide + theme.px(32), theme.px(theme.CONTROL))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def hitButton(self, _pos: object) -> bool:
        return True  # the whole part is the button

    def keyPressEvent(self, event: QKeyEvent) -> None:
        arrows = (Qt.Key.Key_Left, Qt.Key.Key_Right)
        upright = (Qt.Key.Key_Up, Qt.Key.Key_Down) if self._below else ()
        if event.key() in (*arrows, *upright, Qt.Key.Key_Space):
            super().keyPressEvent(event)
        else:
            event.ignore()  # letters and Delete are the group's, Up and Down the page's

    def event(self, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.HoverEnter, QEvent.Type.HoverLeave):
            self.update()
        return super().event(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        chosen, bad = self.isChecked(), self.option.bad
        ground = ("bad" if bad else "pri") if chosen else ("hover" if self.underMouse() else "card")
        painter.setPen(theme.role(ground if chosen else "field"))
        painter.setBrush(theme.role(ground if self.isEnabled() or chosen else "bg"))
        painter.drawPath(self._outline())
        ink = "on_pri" if chosen else "ink" if self.isEnabled() else "ink2"
        painter.setPen(theme.role(ink))
        painter.setFont(theme.font(bold=chosen))
        painter.drawText(self.rect(), int(Qt.AlignmentFlag.AlignCenter), self.text())
        if self.hasFocus():
            ring(painter, self.rect(), 6, "on_pri" if chosen else "pri", 2 if chosen else 1)
        painter.end()

    def _outline(self) -> QPainterPath:
        """Round at the ends of the row or column; the line to the next one is the edge of that, so it is single."""
        wide, high = (0.0, 1.0) if self._below else (1.0, 0.0)
        over = 0.0 if self._last else 1.0
        box = QRectF(self.rect()).adjusted(0.5, 0.5, over * wide - 0.5, over * high - 0.5)
        path, square = QPainterPath(), QPainterPath()
        path.addRoundedRect(box, ROUND, ROUND)
        half = QRectF(0, 0, box.width() if self._below else ROUND + 1, ROUND + 1 if self._below else box.height())
        if not self._first:
            square.addRect(half.translated(box.topLeft()))
        if not self._last:
            half.moveBottomRight(box.bottomRight())
            square.addRect(half)
        return path.united(square)
