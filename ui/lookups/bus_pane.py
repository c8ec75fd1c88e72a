"""HSR stops: the next planned departures, from the timetable on this machine, with the dates between which it holds."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from fieldapp.clock import CITY_ZONE, today
from fieldapp.places import Departure, Stop
from fieldapp.places.lookups import board
from fieldapp.texts import tr
from ui import days
from ui.lookups.sources import how_to, loaded, sources
from ui.map.caption import caption
from ui.map.pins import Pin
from ui.map.projection import Point
from ui.map.view import MapView
from ui.session import Session
from ui.widgets import Card, Chip, EmptyState, ListCard, Row, SearchField, label

RESULTS, DEPARTURES = 12, 20
CLOSE = 0.35  # px a metre


class BusPane(QWidget):
    """A stop by its number or its name, and what leaves from it next."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._found: dict[str, Stop] = {}
        self.search = SearchField(tr("Stop number or street"), name=tr("Find a bus stop"))
        self.results = ListCard(tr("Stops found"), flat=True)
        self.departures = ListCard(tr("Next departures"), flat=True)
        self.map = MapView(session.layers, tr("Map of the stop"))
        self._title, self._routes = label("", "heading", wrap=True), label("", "small", wrap=True)
        self._warning, self._source = Chip(), label("", "small", wrap=True)
        self._none = label(tr("Nothing leaves from here in the coming days."), "sub", wrap=True)
        self._lay_out()
        self._connect()
        self.show_layers()

    def show_layers(self) -> None:
        """The timetable is here, or not, or anew."""
        self._stack.setCurrentIndex(0 if loaded(self._session, "gtfs") else 1)
        timetable = self._session.layers.timetable()
        self._source.setText(
            " ".join(filter(None, (timetable.banner if timetable else "", sources(self._session, ("gtfs",)))))
        )
        self.map.say(caption(self._session.layers, today(self._session.clock)))
        self.map.forget_ground()
        self.map.show_all()

    def show_stop(self, stop: Stop) -> None:
        """What leaves from a stop from now on."""
        self.results.hide()
        self.map.show_pins([Pin("stop", "", Point(stop.lat, stop.lon), stop.name)])
        self.map.choose("stop")
        self.map.look_at(Point(stop.lat, stop.lon), CLOSE)
        now = self._session.clock.now()
        found = board(self._session.layers, stop, now, limit=DEPARTURES)
        self._title.setText(f"{stop.name} · {stop.code}")
        self._routes.setText(tr("Routes {routes}", routes=", ".join(found.routes)) if found and found.routes else "")
        rows = [self._row(one, n) for n, one in enumerate(found.departures)] if found else []
        self.departures.show_rows(rows)
        self.departures.setVisible(bool(rows))
        self._none.setVisible(not rows)
        self._warning.setVisible(found is not None and not found.covered)
        self._warning.show_as(tr("The timetable does not cover today"), "warn")

    def _row(self, one: Departure, number: int) -> Row:
        day = today(self._session.clock)
        local = one.at.astimezone(CITY_ZONE)
        minutes = round((one.at - self._session.clock.now()).total_seconds() / 60)
        soon = tr("in {n} min", n=minutes) if minutes < 60 else ""
        later = days.short(local.date(), day) if local.date() != day else ""
        title = f"{one.route} {one.route_name}".strip() if one.route_name != one.route else one.route
        return Row(str(number), title, one.headsign, lead=f"{local:%H:%M}", trailing=soon or later)

    def _lay_out(self) -> None:
        left = Card(padding=0, spacing=0)
        top = QVBoxLayout()
        top.setContentsMargins(16, 16, 16, 8)
        top.addWidget(self.search)
        left.body.addLayout(top)
        left.body.addWidget(self.results)
        about = QVBoxLayout()
        about.setContentsMargins(16, 8, 16, 8)
        for widget in (self._title, self._routes, self._warning, self._none):
            about.addWidget(widget)
        left.body.addLayout(about)
        left.body.addWidget(self.departures, 1)
        left.body.addStretch(0)
        left.foot().addWidget(self._source, 1)
        both = QWidget()
        columns = QHBoxLayout(both)
        columns.setContentsMargins(0, 0, 0, 0)
        columns.setSpacing(16)
        columns.addWidget(left, 1)
        columns.addWidget(self.map, 1)
        nothing = Card()
        nothing.body.addWidget(EmptyState("bus", tr("No timetable on this laptop yet"), how_to("gtfs")))
        self._stack = QStackedWidget()
        self._stack.addWidget(both)
        self._stack.addWidget(nothing)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 16, 0, 0)
        whole.addWidget(self._stack)
        self.results.hide()
        self._warning.hide()
        self._none.hide()

    def _connect(self) -> None:
        self.search.textChanged.connect(self._search)
        self.search.down.connect(self.results.setFocus)
        self.search.returnPressed.connect(lambda: self._take(self.results.current()))
        self.results.opened.connect(self._take)
        self.results.clicked.connect(lambda _index: self._take(self.results.current()))

    def _search(self, text: str) -> None:
        found = self._session.layers.search_stops(text, RESULTS) if text.strip() else []
        self._found = {str(one.id): one for one in found}
        self.results.show_rows([Row(str(one.id), one.name, trailing=one.code) for one in found])
        self.results.fit(6)
        self.results.setVisible(bool(found))
        if found:
            self.results.choose(str(found[0].id))

    def _take(self, row_id: str) -> None:
        stop = self._found.get(row_id)
        if stop is not None:
            self.show_stop(stop)
