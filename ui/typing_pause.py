"""TypingPause: when what is being typed is kept: at a short rest, and while one goes on without any, every second."""

from __future__ import annotations

from PySide6.QtCore import QElapsedTimer, QObject, QTimer

LONGEST = 1_000  # ms of typing that a crash may take, and no more


class TypingPause(QTimer):
    """Its `timeout` says that it is time. `is_resting` tells then whether that is because of a rest."""

    def __init__(self, parent: QObject, rest: int) -> None:
        """`rest`: ms without typing that are one."""
        super().__init__(parent, singleShot=True)
        self._rest = rest
        self._since = QElapsedTimer()  # the first letter that is not kept yet
        self.is_resting = True

    def typed(self) -> None:
        """A letter came, or went."""
        if not self.isActive():
            self._since.start()
        left = max(0, LONGEST - self._since.elapsed())
        self.is_resting = left >= self._rest
        self.start(min(self._rest, left))

    def wait(self) -> None:
        """What stands there cannot be kept, but may be the half of something: tell it at the next rest."""
        self.is_resting = True
        self.start(self._rest)
