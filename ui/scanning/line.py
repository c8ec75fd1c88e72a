"""ScanLine: a line for a code, typed or sent by a scanner that acts as a keyboard: a burst of keys, then Enter."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit

GAP = 40  # ms between two keys of a scanner at most; nobody types so fast for long
FEWEST = 4  # keys that make a burst
ENDS = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab})


class ScanLine(QLineEdit):
    """`scanned` tells a code that came from a scanner. It replaces what stood in the line: codes are never joined."""

    scanned = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._burst, self._last = "", 0

    def event(self, event: QEvent) -> bool:
        """Tab ends a burst too, but never comes to `keyPressEvent`."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            self._listen(event)
        return super().event(event)

    def _listen(self, event: QKeyEvent) -> None:
        close = event.timestamp() - self._last <= GAP
        self._last = event.timestamp()
        if event.key() in ENDS:
            burst, self._burst = self._burst, ""
            if close and len(burst) >= FEWEST and burst != self.text():
                self.setText(burst)
            if close and len(burst) >= FEWEST:
                self.scanned.emit(burst)
        elif event.text().isprintable() and event.text():
            self._burst = self._burst + event.text() if close else event.text()
        elif event.key() not in (Qt.Key.Key_Shift, Qt.Key.Key_AltGr):
            self._burst = ""  # corrected by hand: no scanner does that
