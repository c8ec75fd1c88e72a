"""HSR stops: the next departures, from the timetable on this machine with the dates between which it holds, and live
times beside them where there is a network."""

from __future__ import annotations

from PySide6.QtGui import QHideEvent, QShowEvent

from fieldapp.clock import today
from fieldapp.places import Stop
from fieldapp.places.lookups import Board, board
from fieldapp.texts import tr
from ui import days
from ui.lookups import departures
from ui.lookups.board import BoardView
from ui.lookups.live import LiveLook
from ui.lookups.pane import RESULTS, Pane
from ui.map.pins import Pin
from ui.map.projection import Point
from ui.session import Session
from ui.widgets import Row, SearchField

DEPARTURES = 20
CLOSE = 0.35  # px a metre


class BusPane(Pane):
    """A stop by its number or its name, and what leaves from it next."""

    layers = needed = ("gtfs",)

    def __init__(self, session: Session) -> None:
        search = SearchField(tr("Stop number or street"), name=tr("Find a bus stop"))
        super().__init__(session, search, tr("Stops found"), tr("Map of the stop"))
        self._found: dict[str, Stop] = {}
        self.board = BoardView(session.clock)
        self.departures = self.board.departures
        self._stop: Stop | None = None
        self._shown: Board | None = None
        self.live = LiveLook(session, self)
        self.live.ticked.connect(self._refresh)
        self.board.asked.connect(self._refresh)
        self.answer.addWidget(self.board, 1)
        self.board.hide()
        self.first.say("bus", tr("Which stop?"), tr("Type its number or a street: its departures are shown here."))
        self._lay_out("bus", tr("No timetable on this laptop yet"))

    def look_up(self, text: str) -> list[Row]:
        """Stops by number or street."""
        found = self._session.layers.search_stops(text, RESULTS)
        self._found = {str(one.id): one for one in found}
        return [Row(str(one.id), one.name, trailing=one.code) for one in found]

    def take(self, row_id: str) -> None:
        """Show the stop that was found."""
        stop = self._found.get(row_id)
        if stop is not None:
            self.show_stop(stop)

    def source(self) -> str:
        """The timetable's own words stand before its source."""
        timetable = self._session.layers.timetable()
        words = departures.banner(self._shown) if self._shown else timetable.banner if timetable else ""
        day = today(self._session.clock)
        return " ".join(filter(None, (days.in_words(words, day), super().source())))

    def show_layers(self) -> None:
        """A timetable that was loaded anew has other departures, and other stops of the same number."""
        self._stop = self._found_again()
        super().show_layers()
        self._refresh()

    def show_stop(self, stop: Stop) -> None:
        """What leaves from a stop from now on."""
        self.results.hide()
        self.first.hide()
        self.map.show_pins([Pin("stop", "", Point(stop.lat, stop.lon), stop.name)])
        self.map.choose("stop")
        self.map.look_at(Point(stop.lat, stop.lon), CLOSE)
        self._stop = stop
        self.board.show_stop(stop)
        self._refresh()
        self._look_live()

    def showEvent(self, event: QShowEvent) -> None:
        """Live times are asked for while they are looked at."""
        super().showEvent(event)
        self._look_live()

    def hideEvent(self, event: QHideEvent) -> None:
        """Nobody looks."""
        super().hideEvent(event)
        self.live.stop()

    def _look_live(self) -> None:
        if self._stop is not None and self.isVisible():
            self.live.start()

    def _found_again(self) -> Stop | None:
        before = self._stop
        if before is None:
            return None
        found = self._session.layers.search_stops(before.code, RESULTS)
        return next((one for one in found if (one.code, one.name) == (before.code, before.name)), None)

    def _refresh(self) -> None:
        """The board as it is now."""
        layers, feed, stop = self._session.layers, self.live.feed, self._stop
        when, route = self.board.when.moment, self.board.route
        self._shown = board(layers, stop, when, route=route, limit=DEPARTURES, feed=feed) if stop else None
        self.board.show_board(self._shown, self.live.note)
        self.board.setVisible(self._shown is not None)
        self._source.setText(self.source())
