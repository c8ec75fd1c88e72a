"""Tabs: an underlined row of names over a stack of panes."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QTabBar, QToolButton, QVBoxLayout, QWidget

from ui import theme
from ui.widgets.focus import ring
from ui.widgets.labels import line
from ui.widgets.stack import Stack


class Tabs(QWidget):
    """Panes under tabs. Left and Right change the tab while its bar has the focus."""

    changed = Signal(int)

    def __init__(self, name: str = "", *, side: int = 16) -> None:
        super().__init__()
        self.bar = _Bar()
        self.bar.setAccessibleName(name)
        self._panes = Stack()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        head = QVBoxLayout()
        head.setContentsMargins(side - 8, 4, side - 8, 0)
        head.addWidget(self.bar)
        column.addLayout(head)
        column.addWidget(line())
        column.addWidget(self._panes, 1)
        self.bar.currentChanged.connect(self._show)

    def add(self, pane: QWidget, text: str) -> None:
        """Add a pane under the name `text`."""
        self._panes.addWidget(pane)
        self.bar.addTab(text)

    def insert(self, number: int, pane: QWidget, text: str) -> None:
        """Put a pane before the one that has this number now."""
        self._panes.insertWidget(number, pane)
        self.bar.insertTab(number, text)

    def rename_pane(self, pane: QWidget, text: str) -> None:
        """Change the name of a pane's tab, wherever it stands."""
        self.rename(self._panes.indexOf(pane), text)

    def rename(self, number: int, text: str) -> None:
        """Change a tab's name: `Photos 4`."""
        self.bar.setTabText(number, text)

    def current(self) -> int:
        """Which pane is shown."""
        return self.bar.currentIndex()

    def show_tab(self, number: int) -> None:
        """Show a pane."""
        self.bar.setCurrentIndex(number)

    def shows(self, pane: QWidget) -> bool:
        """Whether this pane is the one that is shown."""
        return self._panes.currentWidget() is pane

    def show_pane(self, pane: QWidget) -> None:
        """Show a pane, wherever it stands."""
        self.show_tab(self._panes.indexOf(pane))

    def _show(self, number: int) -> None:
        self._panes.setCurrentIndex(number)
        self.changed.emit(number)


class _Bar(QTabBar):
    def __init__(self) -> None:
        super().__init__()
        self.setDrawBase(False)
        self.setExpanding(False)
        self.setFont(theme.font(bold=True))
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        for arrow in self.findChildren(QToolButton):  # Left and Right go through the tabs: these are for the mouse
            arrow.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(80), super().minimumSizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.hasFocus() and self.currentIndex() >= 0:
            painter = QPainter(self)
            ring(painter, self.tabRect(self.currentIndex()).adjusted(0, 2, -4, -4), 5)
            painter.end()
