"""HSR stops: the next planned departures, from the timetable on this machine, with the dates between which it holds."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout

from fieldapp.clock import CITY_ZONE, today
from fieldapp.places import Departure, Stop
from fieldapp.places.lookups import board
from fieldapp.texts import tr
from ui import days
from ui.lookups.pane import RESULTS, Pane
from ui.map.pins import Pin
from ui.map.projection import Point
from ui.session import Session
from ui.widgets import Chip, ListCard, Row, SearchField, label

DEPARTURES = 20
CLOSE = 0.35  # px a metre


class BusPane(Pane):
    """A stop by its number or its name, and what leaves from it next."""

    layers = needed = ("gtfs",)

    def __init__(self, session: Session) -> None:
        search = SearchField(tr("Stop number or street"), name=tr("Find a bus stop"))
        super().__init__(session, search, tr("Stops found"), tr("Map of the stop"))
        self._found: dict[str, Stop] = {}
        self.departures = ListCard(tr("Next departures"), flat=True)
        self._title, self._routes = label("", "heading", wrap=True), label("", "small", wrap=True)
        self._warning = Chip()
        self._none = label(tr("Nothing leaves from here in the coming days."), "sub", wrap=True)
        self._warning.hide()
        self._none.hide()
        self._fill()
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
        return " ".join(filter(None, (timetable.banner if timetable else "", super().source())))

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

    def _fill(self) -> None:
        about = QVBoxLayout()
        about.setContentsMargins(16, 8, 16, 8)
        for widget in (self._title, self._routes, self._warning, self._none):
            about.addWidget(widget)
        self.answer.addLayout(about)
        self.answer.addWidget(self.departures, 1)
        self.answer.addStretch(0)
