"""Toast: what was just done, with Undo. It takes no focus and goes by itself, unless a person wants as little motion as
possible: then it stays until it is closed or the next one comes. Ctrl+Z undoes while it stands, and then what was done
just before it, as long as nothing of that has left either."""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt, QTimer
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QKeySequence
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from fieldapp.texts import tr
from ui import theme
from ui.widgets.acts import act
from ui.widgets.button import Button
from ui.widgets.labels import label

SECONDS = 8
UNDONE_WITHIN = 11  # s that the way back is offered: nothing of it leaves before
EDGE, SPACE = 6, 16  # px: to what is around it, between its parts
MOST_LINES = 2.1  # more only where there is no more width: it would cover what is below
FOOT = 24  # px: below it, where it stands over the bottom


class Toast(QFrame):
    """One message; a new one replaces the old. It stands `instead` of a widget of `over` that can be done without for
    so long, and so covers nothing that one works with; a longer one spreads `until` another, then as far as there is
    room. Without such a widget it stands over the bottom."""

    def __init__(self, over: QWidget, *, instead: QWidget | None = None, until: QWidget | None = None) -> None:
        super().__init__(over)
        self.setObjectName("ToastBox")
        self.setAccessibleName(tr("Message"))
        self._over, self._instead, self._until = over, instead, until
        self._undo: Callable[[], None] | None = None
        self._until_when = 0.0  # until when that is possible
        self._earlier: list[tuple[float, Callable[[], None]]] = []  # what can be taken back besides, the latest last
        self._words = label("", "strong", tone="on_toast", wrap=instead is not None)
        self._button = Button(tr("Undo"), hint="Ctrl Z")
        self._button.clicked.connect(self.undo)
        self._close = Button("", "quiet", icon="x", name=tr("Close the message"))
        self._close.clicked.connect(self.put_away)
        row = QHBoxLayout(self)
        row.setContentsMargins(SPACE, EDGE, EDGE, EDGE)
        row.setSpacing(SPACE)
        row.addWidget(self._words, 1)
        row.addWidget(self._button)
        row.addWidget(self._close)
        undo, whole = QKeySequence.StandardKey.Undo, Qt.ShortcutContext.WindowShortcut
        self._key = act(over, undo, tr("Undo"), self.undo, context=whole)
        self._key.setEnabled(False)
        self._timer = QTimer(self, singleShot=True, interval=SECONDS * 1000)
        self._timer.timeout.connect(self.dismiss)
        self._followed = [one for one in (over, instead, instead and instead.parentWidget()) if one is not None]
        for one in self._followed:
            one.installEventFilter(self)
        self.hide()

    def say(self, text: str, undo: Callable[[], None] | None = None) -> None:
        """Show `text`; with `undo`, offer to take it back. "" takes away what stands there."""
        if not text:
            self._undo, self._earlier = None, []
            self.dismiss()
            return
        self._words.setText(text)
        self.setAccessibleDescription(text)
        self._put_aside()
        self._undo, self._until_when = undo, time.monotonic() + UNDONE_WITHIN
        self._button.setVisible(undo is not None)
        self._key.setEnabled(undo is not None or bool(self._earlier))
        self._button.show_as(tr("Undo"), hint="Ctrl Z")
        self._close.setVisible(theme.is_still())
        self._place()
        self.show()
        self.raise_()
        self._timer.setInterval((SECONDS if undo is None else UNDONE_WITHIN) * 1000)
        self._timer.stop() if theme.is_still() else self._timer.start()
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, text))

    def undo(self) -> None:
        """Take back what was done, once; the next time what was done before it."""
        self._put_aside()
        _until, take_back = self._earlier.pop() if self._earlier else (0.0, None)
        self.dismiss()
        if take_back is not None:
            take_back()

    def _put_aside(self) -> None:
        """What can still be taken back is kept behind what comes now; what has left is forgotten."""
        if self._undo is not None:
            self._earlier.append((self._until_when, self._undo))
        self._undo = None
        now = time.monotonic()
        self._earlier = [(until, undo) for until, undo in self._earlier if until > now]

    def dismiss(self) -> None:
        """Hide it; what was done stays done."""
        if self.underMouse() and self._undo is not None:
            self._timer.start()
            return
        self.put_away()

    def put_away(self) -> None:
        """Hide it now."""
        self._key.setEnabled(False)
        self.hide()

    def text(self) -> str:
        """What it says now."""
        return self._words.text()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep its place when the window changes its size."""
        if watched in self._followed and event.type() in (QEvent.Type.Resize, QEvent.Type.Move):
            self._place()
        return False

    def _place(self) -> None:
        if self._instead is None:
            self.adjustSize()
            self.move((self._over.width() - self.width()) // 2, self._over.height() - self.height() - FOOT)
            return
        place = QRect(self._instead.mapTo(self._over, QPoint()), self._instead.size())
        wide = next((each for each in self._widths(place) if self._lines(each) <= MOST_LINES), self._widths(place)[-1])
        high = max(place.height(), self.heightForWidth(wide))
        self.setGeometry(place.x(), max(EDGE, place.center().y() - high // 2), wide, high)

    def _widths(self, place: QRect) -> list[int]:
        """As narrow as the widget that it stands for; wider, until the next one; at most all there is."""
        until = self._until.mapTo(self._over, QPoint()).x() if self._until else place.right()
        most = self._over.width() - theme.px(2 * EDGE) - place.x()
        return [min(each, most) for each in (place.width(), until - place.x() - theme.px(EDGE), most)]

    def _lines(self, wide: int) -> float:
        """How many lines its words take where it is so wide."""
        metrics = self._words.fontMetrics()
        aside = sum(each.sizeHint().width() + SPACE for each in (self._button, self._close) if not each.isHidden())
        room = max(1, wide - aside - 2 * SPACE)
        words = metrics.boundingRect(0, 0, room, 10_000, Qt.TextFlag.TextWordWrap, self._words.text())
        return words.height() / metrics.lineSpacing() if words.width() <= room else MOST_LINES + 1
