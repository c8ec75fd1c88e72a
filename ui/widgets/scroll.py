"""A scroll area without a frame, for whole pages and long cards."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from ui import theme

LEAST = 76  # px at scale 1 that one sees of what scrolls


class Scroll(QScrollArea):
    """Scrolls `body` (a vertical layout) up and down only; scrolls by itself to what gets the focus. One that `opens`
    is seen whole with large letters: the page scrolls then, and nobody scrolls in a slit of it."""

    def __init__(
        self, *, margins: tuple[int, int, int, int] = (0, 0, 0, 0), spacing: int = 16, opens: bool = False
    ) -> None:
        super().__init__()
        self._opens = opens
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        inside = QWidget()
        inside.setObjectName("ScrollBody")
        self.body = QVBoxLayout(inside)
        self.body.setContentsMargins(*margins)
        self.body.setSpacing(spacing)
        self.inside = inside
        self.setWidget(inside)
        self.viewport().setAutoFillBackground(False)
        inside.setAutoFillBackground(False)

    def minimumSizeHint(self) -> QSize:
        """A few lines at the least; its contents may be as narrow as they can."""
        return QSize(self.inside.minimumSizeHint().width(), self._whole() if self._opened() else theme.px(LEAST))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width, another height of what is seen whole."""
        super().resizeEvent(event)
        if self._opened():
            self.updateGeometry()

    def _opened(self) -> bool:
        return self._opens and theme.is_large()

    def _whole(self) -> int:
        wide = self.viewport().width()
        return self.body.totalHeightForWidth(wide) if self.body.hasHeightForWidth() else self.body.sizeHint().height()
