"""Columns: the outline at the left, the section in the middle, what helps at the right; fewer where it is narrow."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from ui import theme
from ui.forms.outline import Outline
from ui.forms.to_fix import ToFix
from ui.widgets import Card, Scroll

LEFT, LEFT_NARROW, RIGHT = 232, 200, 268  # px at scale 1
GAP = 16
LEAST = 176  # px at scale 1 of the outline, which scrolls below that
ANY = 16_777_215  # Qt's own word for a width without bound
Ways = QBoxLayout.Direction


class Columns(QWidget):
    """`place` moves the right column under the outline and back; without anything in it, it is not there."""

    def __init__(self, outline: Outline, stack: QStackedWidget, to_fix: ToFix, *, helps: bool) -> None:
        super().__init__()
        self._left = QVBoxLayout()
        self._left.setSpacing(GAP)
        self._card = Card(padding=0)
        self._pane = _OutlinePane(outline)
        self._card.body.addWidget(self._pane)
        self._rest = QWidget()
        self._left.addWidget(self._card)
        self._left.addWidget(self._rest, 1)
        self._side = Scroll(spacing=GAP)
        self._side.body.addWidget(to_fix)
        self._side.body.addStretch(1)
        self._row = QBoxLayout(Ways.LeftToRight, self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(GAP)
        self._row.addLayout(self._left)
        self._row.addWidget(stack, 1)
        self.place(narrow=False)  # before it is shown: else it is a window of its own for a moment
        to_fix.setVisible(helps)
        self._side.setVisible(helps)

    def minimumSizeHint(self) -> QSize:
        """As narrow as its section: the columns are stacked then."""
        return QSize(theme.px(LEFT_NARROW), super().minimumSizeHint().height())

    def add(self, card: QWidget) -> None:
        """One more card below what is to fix."""
        self._side.body.insertWidget(self._side.body.count() - 1, card)
        self._side.show()

    def place(self, *, narrow: bool, stacked: bool = False) -> None:
        """Lay out for the room there is: three columns, two, or with large letters one."""
        self._row.removeWidget(self._side)
        self._left.removeWidget(self._side)
        self._rest.setVisible(not narrow and not stacked)
        self._row.setDirection(Ways.TopToBottom if stacked else Ways.LeftToRight)
        self._pane.least = LEAST // 2 if stacked else LEAST
        left = theme.px(LEFT_NARROW if narrow else LEFT)
        for column, wide in ((self._card, left), (self._side, left if narrow else theme.px(RIGHT))):
            column.setMinimumWidth(0 if stacked else wide)
            column.setMaximumWidth(ANY if stacked else wide)
        if narrow and not stacked:
            self._left.addWidget(self._side, 1)
        else:
            self._row.addWidget(self._side)


class _OutlinePane(Scroll):
    """As high as the outline where there is room, else it scrolls."""

    def __init__(self, outline: Outline) -> None:
        super().__init__(spacing=0)
        self.least = LEAST
        self._outline = outline
        self.body.addWidget(outline)
        outline.resized.connect(self.updateGeometry)
        outline.moved.connect(self.ensureWidgetVisible)

    def sizeHint(self) -> QSize:
        return self._outline.sizeHint()

    def minimumSizeHint(self) -> QSize:
        return QSize(0, min(self._outline.sizeHint().height(), theme.px(self.least)))
