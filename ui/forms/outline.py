"""Outline: the sections at the left, each with how far it is. Up and Down move, Enter goes there."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QVBoxLayout, QWidget

from fieldapp.texts import tr
from ui import theme
from ui.forms.paging import Section
from ui.forms.progress import Progress
from ui.widgets import chip, icons
from ui.widgets.focus import ring


class Outline(QWidget):
    """`chosen` tells the id of the section that a person wants to see."""

    chosen = Signal(str)
    resized = Signal()
    moved = Signal(QWidget)  # the stop of the section that is shown now

    def __init__(self, sections: Sequence[Section]) -> None:
        super().__init__()
        self.setAccessibleName(tr("Sections"))
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 8, 8, 8)
        column.setSpacing(0)
        self._stops = {section.id: _Stop(section.id) for section in sections}
        for stop in self._stops.values():
            stop.clicked.connect(self._clicked)
            column.addWidget(stop)

    def show_titles(self, titles: dict[str, str]) -> None:
        """The sections' names in the session's language."""
        self.setAccessibleName(tr("Sections"))
        for section, title in titles.items():
            self._stops[section].show_title(title)

    def show_progress(self, states: dict[str, Progress], *, loud: bool, quiet: bool = False) -> None:
        """How far each is; `loud` = after an attempt to submit, every problem counts; `quiet` = just their names."""
        for section, state in states.items():
            stop = self._stops[section]
            if stop.isHidden() == state.relevant:
                stop.setVisible(state.relevant)
                self.resized.emit()
            stop.show_state(*(("", "plain", "") if quiet else _said(state, stop.was_seen, loud=loud)))

    def choose(self, section: str) -> None:
        """Mark the section that is shown."""
        for name, stop in self._stops.items():
            stop.setChecked(name == section)
            stop.was_seen = stop.was_seen or name == section
            if name == section:
                self.moved.emit(stop)
            stop.setFocusPolicy(Qt.FocusPolicy.StrongFocus if name == section else Qt.FocusPolicy.ClickFocus)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up and Down move through the sections."""
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()), 0)
        shown = [stop for stop in self._stops.values() if not stop.isHidden()]
        here = next((number for number, stop in enumerate(shown) if stop.hasFocus()), -1)
        if step and here >= 0 and 0 <= here + step < len(shown):
            shown[here + step].setFocus()
        else:
            super().keyPressEvent(event)

    def current(self) -> QWidget | None:
        """The stop of the section that is shown."""
        return next((stop for stop in self._stops.values() if stop.isChecked()), None)

    def states(self) -> dict[str, str]:
        """What each section that is shown says, by its id: for screen readers and tests."""
        return {name: stop.accessibleName() for name, stop in self._stops.items() if not stop.isHidden()}

    def _clicked(self) -> None:
        stop = self.sender()
        if isinstance(stop, _Stop):
            self.chosen.emit(stop.section)


def _said(state: Progress, seen: bool, *, loud: bool) -> tuple[str, str, str]:
    """Chip text ("✓" = the icon), its kind, and the words."""
    if state.wrong:
        count = len(state.wrong) + (len(state.missing) if loud else 0)
        return str(count), "bad", tr("{n} to correct", n=count)
    if state.missing and loud:
        return str(len(state.missing)), "warn", tr("{n} to answer", n=len(state.missing))
    if state.done and state.answered:
        return "✓", "ok", tr("done")
    if state.asked and (state.answered or seen):
        words = tr("{n} of {all}", n=state.answered, all=state.asked)
        return words, "pri" if seen else "plain", tr("{n} of {all} answered", n=state.answered, all=state.asked)
    return "", "plain", ""


class _Stop(QAbstractButton):
    def __init__(self, section: str) -> None:
        super().__init__()
        self.section = section
        self.was_seen = False
        self._chip, self._kind, self._words = "", "plain", ""
        self.setCheckable(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)

    def show_title(self, title: str) -> None:
        self.setText(title)
        self._name()

    def show_state(self, text: str, kind: str, words: str) -> None:
        if (text, kind, words) != (self._chip, self._kind, self._words):
            self._chip, self._kind, self._words = text, kind, words
            self._name()
            self.update()

    def nextCheckState(self) -> None:
        """The editor says which one is shown, not the click."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        elif event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            event.ignore()
        else:
            super().keyPressEvent(event)

    def sizeHint(self) -> QSize:
        return QSize(theme.px(160), theme.px(40))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.isChecked() or self.underMouse():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.role("pri_soft" if self.isChecked() else "hover"))
            painter.drawRoundedRect(QRectF(self.rect()), 8, 8)
        inner = self.rect().adjusted(theme.px(12), 0, -theme.px(8), 0)
        inner.setRight(self._paint_chip(painter, inner))
        painter.setPen(theme.role("pri" if self.isChecked() else "ink"))
        painter.setFont(theme.font(bold=self.isChecked()))
        shown = painter.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, inner.width())
        painter.drawText(inner, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), shown)
        if self.hasFocus():
            ring(painter, self.rect())
        painter.end()

    def _paint_chip(self, painter: QPainter, inner: QRect) -> int:
        if not self._chip:
            return inner.right()
        tick = self._chip == "✓"
        wide, high = theme.px(28) if tick else chip.width_of(self._chip), theme.px(chip.HEIGHT)
        where = QRect(inner.right() - wide + 1, inner.center().y() - high // 2, wide, high)
        quiet = self.isChecked() and self._kind == "pri"  # a soft chip on the same soft ground shows as words alone
        chip.paint(painter, where, "" if tick else self._chip, "pri" if quiet else self._kind)
        if tick:
            size = theme.px(14)
            box = QRect(where.center().x() - size // 2, where.center().y() - size // 2, size, size)
            icons.paint(painter, "check", box, theme.role("ok"))
        return inner.right() - wide - theme.px(8)

    def _name(self) -> None:
        name = f"{self.text()}, {self._words}" if self._words else self.text()
        self.setAccessibleName(name)
        self.setToolTip(name)
