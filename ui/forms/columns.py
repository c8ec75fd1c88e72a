"""Columns: the outline at the left, the section in the middle, what helps at the right; fewer where it is narrow."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from ui import theme
from ui.forms.outline import Outline
from ui.forms.to_fix import ToFix
from ui.widgets import Card, Scroll

LEFT, LEFT_NARROW, RIGHT = 232, 200, 268  # px at scale 1
GAP = 16


class Columns(QWidget):
    """`place` moves the right column under the outline and back; without anything in it, it is not there."""

    def __init__(self, outline: Outline, stack: QStackedWidget, to_fix: ToFix, *, helps: bool) -> None:
        super().__init__()
        self._left = QVBoxLayout()
        self._left.setSpacing(GAP)
        self._card = Card(padding=0)
        self._card.body.addWidget(_OutlinePane(outline))
        self._rest = QWidget()
        self._left.addWidget(self._card)
        self._left.addWidget(self._rest, 1)
        self._side = Scroll(spacing=GAP)
        self._side.body.addWidget(to_fix)
        self._side.body.addStretch(1)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(GAP)
        self._row.addLayout(self._left)
        self._row.addWidget(stack, 1)
        self.place(narrow=False)  # before it is shown: else it is a window of its own for a moment
        to_fix.setVisible(helps)
        self._side.setVisible(helps)

    def add(self, card: QWidget) -> None:
        """One more card below what is to fix."""
        self._side.body.insertWidget(self._side.body.count() - 1, card)
        self._side.show()

    def place(self, *, narrow: bool) -> None:
        """Lay out for the room there is."""
        self._row.removeWidget(self._side)
        self._left.removeWidget(self._side)
        self._rest.setVisible(not narrow)
        left = theme.px(LEFT_NARROW if narrow else LEFT)
        self._card.setFixedWidth(left)
        self._side.setFixedWidth(left if narrow else theme.px(RIGHT))
        if narrow:
            self._left.addWidget(self._side, 1)
        else:
            self._row.addWidget(self._side)


class _OutlinePane(Scroll):
    """As high as the outline where there is room, else it scrolls."""

    def __init__(self, outline: Outline) -> None:
        super().__init__(spacing=0)
        self._outline = outline
        self.body.addWidget(outline)
        outline.resized.connect(self.updateGeometry)
        outline.moved.connect(self.ensureWidgetVisible)

    def sizeHint(self) -> QSize:
        return self._outline.sizeHint()

    def minimumSizeHint(self) -> QSize:
        return QSize(0, min(self._outline.sizeHint().height(), theme.px(176)))
