"""The board of a stop: its name, what riders should know there, and what leaves next, of all routes or of one."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from fieldapp.clock import Clock
from fieldapp.places import Stop
from fieldapp.places.lookups import Board
from fieldapp.texts import tr
from ui.lookups import departures
from ui.lookups.when import WhenField
from ui.widgets import Chip, ListCard, label


class BoardView(QWidget):
    """Shows a Board. `asked` when a person wants another route or another time than before."""

    asked = Signal()

    def __init__(self, clock: Clock) -> None:
        super().__init__()
        self._clock = clock
        self.when = WhenField(clock)
        self.when.changed.connect(self.asked)
        self.departures = ListCard(tr("Next departures"), flat=True)
        self._title, self._routes = label("", "heading", wrap=True), label("", "small", wrap=True)
        self._access, self._warning = Chip(), Chip()
        self._note = label("", "small", wrap=True)
        self._alerts = label("", "body", wrap=True)
        self._none = label(tr("Nothing leaves from here in the coming days."), "sub", wrap=True)
        self._choice = QComboBox()
        self._choice.setAccessibleName(tr("Route"))
        self._choice.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._choice.activated.connect(lambda _index: self.asked.emit())
        self._lay_out()
        self.show_board(None, "")

    @property
    def route(self) -> str:
        """The route that is wanted; "" for all."""
        return str(self._choice.currentData() or "")

    def show_stop(self, stop: Stop) -> None:
        """Another stop, from now on and with all its routes until another wish."""
        self._title.setText(f"{stop.name} · {stop.code}")
        self._choice.clear()
        self.when.now()

    def show_board(self, board: Board | None, note: str) -> None:
        """What leaves now, and why there are no live times, where a person should know."""
        rows = departures.rows(board, self._clock.now()) if board else []
        scrolled = self.departures.verticalScrollBar().value()
        self.departures.show_rows(rows)
        self.departures.verticalScrollBar().setValue(scrolled)
        self.departures.setVisible(bool(rows))
        self._none.setVisible(board is not None and not rows)
        self.when.tick()
        self._show_routes(list(board.routes) if board else [])
        self._show_chips(board)
        _say(self._note, note if board else "")
        _say(self._alerts, departures.alerts(board) if board else "")

    def _show_routes(self, routes: list[str]) -> None:
        _say(self._routes, tr("Routes {routes}", routes=", ".join(routes)) if routes else "")
        if routes != [self._choice.itemData(n) for n in range(1, self._choice.count())]:
            chosen = self.route
            self._choice.clear()
            self._choice.addItem(tr("All routes"), "")
            for route in routes:
                self._choice.addItem(tr("Route {route}", route=route), route)
            self._choice.setCurrentIndex(max(0, self._choice.findData(chosen)))
        self._choice.setVisible(len(routes) > 1)

    def _show_chips(self, board: Board | None) -> None:
        self._warning.setVisible(board is not None and not board.covered)
        self._warning.show_as(tr("The timetable does not cover this day"), "warn")
        known = board.accessible if board else None
        self._access.setVisible(known is not None)
        self._access.show_as(tr("Wheelchair accessible") if known else tr("Not wheelchair accessible"), _kind(known))

    def _lay_out(self) -> None:
        choices = QHBoxLayout()
        choices.addWidget(self.when)
        choices.addStretch(1)
        choices.addWidget(self._choice)
        about = QVBoxLayout()
        about.setContentsMargins(16, 8, 16, 8)
        about.setSpacing(6)
        about.addWidget(self._title)
        about.addWidget(self._routes)
        about.addLayout(choices)
        for widget in (self._access, self._warning, self._note, self._alerts, self._none):
            about.addWidget(widget)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(about)
        whole.addWidget(self.departures, 1)
        whole.addStretch(0)


def _kind(accessible: bool | None) -> str:
    return "ok" if accessible else "warn"


def _say(where: QLabel, text: str) -> None:
    """A line, there only while it says something."""
    where.setText(text)
    where.setVisible(bool(text))
