"""Progress: how far long work is, in words and as a bar, how long it will still take, and a way to stop it. It stands
still where nobody knows how much there is: nothing here moves by itself, whatever the system likes."""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from fieldapp.texts import plural, tr
from ui.widgets.button import Button
from ui.widgets.labels import label

EARLY = 3.0  # s before which no time left is told: it would jump


class Pace:
    """How fast work goes. `tick` tells seconds that only grow."""

    def __init__(self, tick: Callable[[], float] = time.monotonic) -> None:
        self._tick = tick
        self.begin(0)

    def begin(self, done: int) -> None:
        """From here on; `done` was there before."""
        self._begun, self._at_begin = self._tick(), done

    def seconds_left(self, done: int, total: int) -> float | None:
        """How many seconds it will still take; None while that is not known."""
        gone, came = self._tick() - self._begun, done - self._at_begin
        if gone < EARLY or came <= 0 or total <= done:
            return None
        return gone / came * (total - done)


class Progress(QWidget):
    """`cancelled` when a person wants it stopped; the key for that is only there with `cancel`."""

    cancelled = Signal()

    def __init__(self, name: str, *, cancel: bool = False, tick: Callable[[], float] = time.monotonic) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self._pace = Pace(tick)
        self.words, self.left = label("", "strong", wrap=True), label("", "small", wrap=True)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(name)
        self.stop = Button(tr("Stop"), "quiet", icon="x", name=tr("Stop: {what}", what=name))
        self.stop.clicked.connect(self.cancelled)
        if not cancel:  # shown before it is in a layout it would be a window of its own, which takes the keys
            self.stop.hide()
        below = QHBoxLayout()
        below.addWidget(self.left, 1)
        below.addStretch()  # at the right end, also where no time is told
        below.addWidget(self.stop)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.words)
        column.addWidget(self.bar)
        column.addLayout(below)
        self.show_far(0, 0)

    def begin(self, done: int = 0) -> None:
        """The time left is reckoned from now on; `done` was there before."""
        self._pace.begin(done)

    def show_far(self, done: int, total: int, words: str = "", *, reckon: bool = True) -> None:
        """`done` of `total` pieces; 0 of them where nobody knows how many: then words alone say what goes on. While it
        stands, there is no time left to `reckon`."""
        self.words.setText(words)
        self.words.setVisible(bool(words))
        self.bar.setVisible(total > 0)
        self.bar.setRange(0, max(total, 1))
        self.bar.setValue(min(done, total))
        self.left.setText(_spoken(self._pace.seconds_left(done, total)) if reckon else "")
        self.left.setVisible(bool(self.left.text()))


def _spoken(seconds: float | None) -> str:
    if seconds is None:
        return ""
    if seconds < 60:
        return tr("Less than a minute left.")
    return plural(round(seconds / 60), "About {n} minute left.", "About {n} minutes left.")
