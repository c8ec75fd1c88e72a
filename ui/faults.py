"""What nobody foresaw is said to whoever works here, too, not to the log alone: else a key just does nothing."""

from __future__ import annotations

import logging

from PySide6.QtCore import QObject, Signal


class Faults(QObject):
    """`happened` tells that something failed which nobody caught, in any thread, from `watch` until `rest`."""

    happened = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._ear = _Ear(self)

    def watch(self) -> None:
        """Listen to what is logged as uncaught."""
        logging.getLogger("fieldapp").addHandler(self._ear)

    def rest(self) -> None:
        """Before the window goes."""
        logging.getLogger("fieldapp").removeHandler(self._ear)


class _Ear(logging.Handler):
    def __init__(self, faults: Faults) -> None:
        super().__init__(logging.CRITICAL)
        self._faults = faults

    def emit(self, record: logging.LogRecord) -> None:
        if record.name == "fieldapp":
            self._faults.happened.emit()
