"""The palette: one line to type in and the finds below it, over whatever page is open."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QColor, QKeyEvent
from PySide6.QtWidgets import QApplication, QFrame, QGraphicsDropShadowEffect, QLineEdit, QVBoxLayout, QWidget

from fieldapp.texts import tr
from ui import theme
from ui.search.find import Find
from ui.search.finds import index_of, offered
from ui.search.looking import Hits, look
from ui.session import Navigate, Session
from ui.widgets import EmptyState, ListCard, line

WIDTH, TOP, ROWS = 640, 96, 9
PAUSE = 60  # ms without typing
MOVES = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: 6, Qt.Key.Key_PageUp: -6}


class Palette(QFrame):
    """`open` shows it; Escape, or a click elsewhere, closes it and gives the focus back."""

    def __init__(self, session: Session, navigate: Navigate, over: QWidget) -> None:
        super().__init__(over)
        self.setObjectName("Palette")
        self.actions_offered: Callable[[], list[Find]] = list
        self._session, self._navigate, self._over = session, navigate, over
        self._found: list[Find] = []
        self._before: QWidget | None = None
        self._asked = self._shown_for = 0  # the numbers of the last question, and of the one whose answer is shown
        self._hasty = False
        self._build()
        self._pause = QTimer(self, singleShot=True, interval=PAUSE)
        self._pause.timeout.connect(self._find)
        self._line.textChanged.connect(lambda _text: self._pause.start())
        self._line.installEventFilter(self)
        over.installEventFilter(self)
        self.finds.clicked.connect(lambda _index: self._take())
        self.hide()

    def open(self) -> None:
        """Show it, empty, with the focus in its line."""
        self._before = QApplication.focusWidget()
        self._hasty = False
        self._line.clear()
        actions = self.actions_offered()
        self._show_finds(offered(self._session, self._navigate, Hits(""), actions))
        # What all of it is called is gathered beside the screen, before the first letter asks for it.
        self._session.bridge.work(partial(index_of, self._session, self._navigate, actions), lambda _index: None)
        self._find()
        self._place()
        self.show()
        self.raise_()
        self._line.setFocus()

    def close_up(self) -> None:
        """Hide it and give the focus back."""
        before, self._before = self._before, None
        self.hide()
        if before is not None and before.isVisible():
            before.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keys of the line move in the list; losing the focus closes."""
        if watched is self._over and event.type() == QEvent.Type.Resize:
            self._place()
        if watched is self._line and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return self._key(Qt.Key(event.key()))
        if watched is self._line and event.type() == QEvent.Type.FocusOut and self.isVisible():
            self._before = None
            QTimer.singleShot(0, self, self._close_unless_inside)
        return False

    def _build(self) -> None:
        self._line = QLineEdit()
        self._line.setObjectName("PaletteInput")
        self._line.setPlaceholderText(tr("Search records, places, actions"))
        self._line.setAccessibleName(tr("Search everything"))
        self.finds = ListCard(tr("What was found"), flat=True)
        self.finds.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._none = EmptyState(
            "file-search",
            tr("Nothing found"),
            tr("Try a number, a street, a day, or what it is about in your own words."),
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 0, 1, 8)
        column.setSpacing(0)
        head = QVBoxLayout()
        head.setContentsMargins(12, 0, 12, 0)
        head.addWidget(self._line)
        column.addLayout(head)
        column.addWidget(line())
        column.addWidget(self.finds)
        column.addWidget(self._none)
        shadow = QGraphicsDropShadowEffect(self)
        shadow.setBlurRadius(40)
        shadow.setOffset(0, 8)
        shadow.setColor(QColor(0, 0, 0, 160 if theme.is_dark() else 70))
        self.setGraphicsEffect(shadow)

    def _key(self, key: Qt.Key) -> bool:
        if key == Qt.Key.Key_Escape:
            self.close_up()
        elif key in MOVES:
            row = self.finds.currentIndex().row() + MOVES[key]
            self._mark(max(0, min(len(self._found) - 1, row)))
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._take()
        else:
            return False
        return True

    def _find(self) -> None:
        """Look beside the screen; the last question wins."""
        self._pause.stop()
        self._asked += 1
        typed, number = self._line.text().strip(), self._asked
        self._session.bridge.work(partial(self._look, typed, number), partial(self._came, typed, number))

    def _look(self, typed: str, number: int) -> Hits | None:
        """In another thread; what nobody waits for any more is not looked for."""
        return look(self._session.desk, typed) if number == self._asked else None

    def _came(self, typed: str, number: int, outcome: Hits | BaseException | None) -> None:
        if number != self._asked or outcome is None:
            return
        hits = Hits(typed) if isinstance(outcome, BaseException) else outcome  # what can be done is still offered
        self._shown_for = number
        self._show_finds(offered(self._session, self._navigate, hits, self.actions_offered()))
        if self._hasty and self.isVisible():
            self._take()

    def _show_finds(self, found: list[Find]) -> None:
        self._found = found
        self.finds.show_rows([one.row for one in found])
        self.finds.setVisible(bool(found))
        self._none.setVisible(not found and self._shown_for == self._asked)
        self._mark(0)
        self.finds.fit(max(3, min(ROWS, (self._over.height() - theme.px(TOP + 96)) // theme.px(60))))
        self._place()

    def _mark(self, number: int) -> None:
        if 0 <= number < len(self._found):
            self.finds.choose(self._found[number].row.id)

    def _take(self) -> None:
        if self._pause.isActive():
            self._find()
        self._hasty = self._shown_for != self._asked  # Enter came first: it takes the first that is found
        if self._hasty:
            return
        row_id = self.finds.current()
        chosen = next((one for one in self._found if one.row.id == row_id), None)
        if chosen is not None:
            self.close_up()
            chosen.deed()

    def _place(self) -> None:
        wide = min(theme.px(WIDTH), self._over.width() - 48)
        self.setFixedWidth(wide)
        self.adjustSize()
        self.move((self._over.width() - wide) // 2, theme.px(TOP))

    def _close_unless_inside(self) -> None:
        inside = QApplication.focusWidget()
        if self.isVisible() and (inside is None or not self.isAncestorOf(inside)):
            self.hide()
