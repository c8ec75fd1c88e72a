"""Room: what a whole page stands in. Where its least height does not fit, with large letters, the page scrolls."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QFrame, QScrollArea, QStackedWidget, QWidget

from ui.widgets.stack import least_height

TOGETHER = "together"  # property of a widget that is to be seen whole when anything in it has the focus


class Room(QScrollArea):
    """Holds a stack of pages. The one that is shown is as wide as the room, and as high or higher: nothing in it is
    squeezed. It scrolls to what gets the focus, and to all of what is `together` with that."""

    def __init__(self, pages: QStackedWidget) -> None:
        super().__init__()
        self._pages = pages
        self._later = QTimer(self, singleShot=True, interval=0)  # once what is shown has its size
        self._later.timeout.connect(self._reach)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidget(pages)
        pages.installEventFilter(self)
        pages.currentChanged.connect(self._turn)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._follow)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another room, another page."""
        super().resizeEvent(event)
        self.fit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """What a page shows has changed its height."""
        if watched is self._pages and event.type() == QEvent.Type.LayoutRequest:
            self.fit()
        return False

    def fit(self) -> None:
        """Give the page the height it needs, at least the room's."""
        page = self._pages.currentWidget()
        wide, high = self.maximumViewportSize().width(), self.maximumViewportSize().height()
        if page is None or wide <= 0:
            return
        if (needed := least_height(page, wide)) > high:
            wide -= self.verticalScrollBar().sizeHint().width()
            needed = max(least_height(page, wide), high)
        self._pages.resize(wide, max(needed, high))

    def show_top(self) -> None:
        """Another place is shown: from its top, or from what has the focus there."""
        self.verticalScrollBar().setValue(0)
        self._later.start()

    def _turn(self, _number: int) -> None:
        self.show_top()
        self.fit()

    def _reach(self) -> None:
        self._show_place(QApplication.focusWidget())

    def _follow(self, _before: QWidget | None, now: QWidget | None) -> None:
        self._show_place(now)
        self._later.start()  # what was opened only now has its place after the next layout

    def _show_place(self, now: QWidget | None) -> None:
        if now is None or not self.isVisible() or not self._pages.isAncestorOf(now):
            return
        whole: QWidget | None = now
        while whole is not None and not whole.property(TOGETHER):
            whole = whole.parentWidget()
        if whole is not None and self._pages.isAncestorOf(whole):
            self.ensureWidgetVisible(whole, 0, 24)
        self.ensureWidgetVisible(now, 0, 24)
