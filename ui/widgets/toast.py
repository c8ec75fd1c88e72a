"""Toast: what was just done, with Undo. It takes no focus and goes by itself, unless a person wants as little motion as
possible: then it stays until it is closed or the next one comes. Ctrl+Z undoes while it stands."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QKeySequence
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from fieldapp.texts import tr
from ui import theme
from ui.widgets.acts import act
from ui.widgets.button import Button
from ui.widgets.labels import label

SECONDS = 8
UNDONE_WITHIN = 11  # s that the way back is offered: nothing of it leaves before
FOOT = 64  # px at scale 1: above the keys at a card's foot, which it would cover as long as one may undo


class Toast(QFrame):
    """One message over the bottom of `over`; a new message replaces the old one."""

    def __init__(self, over: QWidget) -> None:
        super().__init__(over)
        self.setObjectName("ToastBox")
        self.setAccessibleName(tr("Message"))
        self._over = over
        self._undo: Callable[[], None] | None = None
        self._words = label("", "strong", tone="on_toast")
        self._button = Button(tr("Undo"), hint="Ctrl Z")
        self._button.clicked.connect(self.undo)
        self._close = Button("", "quiet", icon="x", name=tr("Close the message"))
        self._close.clicked.connect(self.put_away)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 8, 8, 8)
        row.setSpacing(16)
        row.addWidget(self._words)
        row.addWidget(self._button)
        row.addWidget(self._close)
        undo, whole = QKeySequence.StandardKey.Undo, Qt.ShortcutContext.WindowShortcut
        self._key = act(over, undo, tr("Undo"), self.undo, context=whole)
        self._key.setEnabled(False)
        self._timer = QTimer(self, singleShot=True, interval=SECONDS * 1000)
        self._timer.timeout.connect(self.dismiss)
        over.installEventFilter(self)
        self.hide()

    def say(self, text: str, undo: Callable[[], None] | None = None) -> None:
        """Show `text`; with `undo`, offer to take it back. "" takes away what stands there."""
        if not text:
            self._undo = None
            self.dismiss()
            return
        self._words.setText(text)
        self.setAccessibleDescription(text)
        self._undo = undo
        self._button.setVisible(undo is not None)
        self._key.setEnabled(undo is not None)
        self._button.show_as(tr("Undo"), hint="Ctrl Z")
        self._close.setVisible(theme.is_still())
        self.adjustSize()
        self._place()
        self.show()
        self.raise_()
        self._timer.setInterval((SECONDS if undo is None else UNDONE_WITHIN) * 1000)
        self._timer.stop() if theme.is_still() else self._timer.start()
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, text))

    def undo(self) -> None:
        """Take back what was done, once."""
        take_back, self._undo = self._undo, None
        self.dismiss()
        if take_back is not None:
            take_back()

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
        if watched is self._over and event.type() == QEvent.Type.Resize:
            self._place()
        return False

    def _place(self) -> None:
        foot = theme.px(FOOT) if self._undo is not None else 0
        self.move((self._over.width() - self.width()) // 2, self._over.height() - self.height() - 24 - foot)
