"""SearchField: a line to search with, its key shown inside while it is empty."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRect, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, Qt
from PySide6.QtWidgets import QLineEdit

from ui import theme
from ui.widgets import icons, keys

PAUSE = 150  # ms without typing before a search starts


class SearchField(QLineEdit):
    """`searched` tells the text once typing pauses; Escape clears; Down asks to move into the results."""

    searched = Signal(str)
    down = Signal()

    def __init__(self, placeholder: str, *, hint: str = "", name: str = "") -> None:
        super().__init__()
        self._hint = hint
        self.setPlaceholderText(placeholder)
        self.setAccessibleName(name or placeholder)
        self.setTextMargins(theme.px(24), 0, 0, 0)
        self._pause = QTimer(self, singleShot=True, interval=PAUSE)
        self._pause.timeout.connect(self._search)
        self.textChanged.connect(self._typed)

    def search_now(self) -> None:
        """Search without waiting for a pause."""
        self._pause.stop()
        self._search()

    def event(self, event: QEvent) -> bool:
        """While something is typed Escape is this line's, and not the page's, which it would leave."""
        asked = isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride and event.key()
        if asked == Qt.Key.Key_Escape and self.text():
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape clears, Down moves on, Enter searches at once."""
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        elif event.key() == Qt.Key.Key_Down:
            self.down.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.search_now()
            super().keyPressEvent(event)  # tells returnPressed
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the line and its key."""
        super().paintEvent(event)
        painter = QPainter(self)
        size = theme.px(16)
        where = QRect(theme.px(11), (self.height() - size) // 2, size, size)
        icons.paint(painter, "search", where, theme.role("ink2"))
        if self._hint and not self.text():
            wide, high = keys.width_of(self._hint), theme.px(keys.HEIGHT)
            keys.paint(painter, QRect(self.width() - wide - 10, (self.height() - high) // 2, wide, high), self._hint)
        painter.end()

    def _typed(self, _text: str) -> None:
        self._pause.start()

    def _search(self) -> None:
        self.searched.emit(self.text().strip())
