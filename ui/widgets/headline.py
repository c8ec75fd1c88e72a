"""Headline: words at the left and actions at the right; the actions below, where the words would be cut beside them."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QWidget

from ui.widgets.flow import Flow

GAP = 12
Ways = QBoxLayout.Direction


class Headline(QWidget):
    """`natural` tells how wide the words want to be, px; `turned` is called with whether it is stacked now."""

    def __init__(self, words: QWidget, natural: Callable[[], int], turned: Callable[[bool], None]) -> None:
        super().__init__()
        self._natural, self._turned = natural, turned
        self._row = QBoxLayout(Ways.LeftToRight, self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(GAP)
        self._actions, self._flow = QWidget(), Flow(GAP)
        self._actions.setLayout(self._flow)
        self._row.addWidget(words, 1)
        self._row.addWidget(self._actions, 0, Qt.AlignmentFlag.AlignVCenter)

    def add(self, action: QWidget) -> None:
        """Add an action after the others."""
        self._flow.addWidget(action)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Side by side, or one below the other."""
        super().resizeEvent(event)
        self.arrange()

    def event(self, event: QEvent) -> bool:
        """A button came or went."""
        if event.type() == QEvent.Type.LayoutRequest:
            self.arrange()
        return super().event(event)

    def minimumSizeHint(self) -> QSize:
        """It may be as narrow as its widest button."""
        return QSize(self._flow.minimumSize().width(), super().minimumSizeHint().height())

    def arrange(self) -> None:
        """Look again whether there is room: the words have changed."""
        actions = self._flow.sizeHint().width()
        stacked = self.contentsRect().width() < self._natural() + (actions + GAP if actions else 0)
        wanted = Ways.TopToBottom if stacked else Ways.LeftToRight
        if wanted != self._row.direction():
            self._row.setDirection(wanted)
            self._row.setAlignment(self._actions, Qt.AlignmentFlag(0) if stacked else Qt.AlignmentFlag.AlignVCenter)
            self._turned(stacked)
            self._row.activate()  # at once: a scroll bar that came in the same moment left the title cut
