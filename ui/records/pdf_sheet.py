"""One page of a paper on the screen: as wide as there is room, and its words for who does not see it."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui import theme
from ui.records.pdf_pages import PdfPage
from ui.widgets.focus import ring

WIDEST = 900  # px: a page is not blown up beyond


class Sheet(QWidget):
    """Shows the page; Tab reaches it, so that its words are read aloud."""

    def __init__(self, page: PdfPage, name: str) -> None:
        super().__init__()
        self.page = page
        self.setAccessibleName(name)
        self.setAccessibleDescription(page.words)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def hasHeightForWidth(self) -> bool:
        """A page keeps its shape."""
        return True

    def heightForWidth(self, width: int) -> int:
        """As high as the page is when it is that wide."""
        size = self.page.picture.size()
        return round(self._wide(width) * size.height() / max(size.width(), 1))

    def sizeHint(self) -> QSize:
        """As wide as it may be."""
        return QSize(theme.px(WIDEST), self.heightForWidth(theme.px(WIDEST)))

    def minimumSizeHint(self) -> QSize:
        """A page may be small."""
        return QSize(theme.px(200), 0)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The page in the middle, smoothly drawn, ringed while it has the focus."""
        wide = self._wide(self.width())
        room = QRect((self.width() - wide) // 2, 0, wide, self.heightForWidth(self.width()))
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(room, self.page.picture)
        if self.hasFocus():
            ring(painter, room)
        painter.end()

    def _wide(self, width: int) -> int:
        return min(width, theme.px(WIDEST))
