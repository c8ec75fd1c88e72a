"""Property look-up: an address as one types it, or a place on the map; ward, roll numbers, stops and records there."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from fieldapp.places import Address, Parcel, Stop
from fieldapp.places.lookups import Property, property_at
from fieldapp.store import Row as Line
from fieldapp.texts import tr
from ui import days
from ui.ask_city import AskCity
from ui.geocoder import CityGeocoder
from ui.lookups.pane import RESULTS, Pane
from ui.map.pins import Pin
from ui.map.projection import Point
from ui.records.words import Words
from ui.session import Navigate, Session
from ui.today.detail import empty
from ui.widgets import Chip, ListCard, Row, Scroll, SearchField, label
from ui.widgets.flow import flowing

if TYPE_CHECKING:
    from sync.arcgis.geocode import Candidate

NEAR, RECORDS = 4, 8
CLOSE = 0.6  # px a metre: some hundred metres around
MONDAY = date(2026, 1, 5)  # any Monday: weekdays are named from it


class PropertyPane(Pane):
    """`stop_asked` tells a stop whose departures are wanted."""

    stop_asked = Signal(object)
    layers = ("addresses", "parcels", "wards", "rural", "collection", "streets")
    needed = ("addresses", "wards")

    def __init__(self, session: Session, navigate: Navigate) -> None:
        search = SearchField(tr("Number and street"), name=tr("Find an address"))
        super().__init__(session, search, tr("Addresses found"), tr("Map; the list beside it says what is there"))
        self._navigate, self._words = navigate, Words(session)
        self._found: dict[str, Address] = {}
        self._asked: dict[str, Candidate] = {}  # what the City's geocoder said, by row
        self.city = AskCity(CityGeocoder(session))
        self.city.found.connect(self._show_asked)
        self._shown = Scroll(margins=(16, 12, 16, 16), spacing=8)
        self._below_search(self.city)
        self.answer.addWidget(self._shown)
        self._shown.hide()
        self.first.say("map-pin", tr("Which address?"), tr("Type a number and a street, or press on the map."))
        self._lay_out("map", tr("No addresses on this laptop yet"))
        self.map.pointed.connect(lambda point: self.show_place(point.lat, point.lon))

    def look_up(self, text: str) -> list[Row]:
        """Addresses as one types them."""
        found = self._session.layers.search_addresses(text, RESULTS)
        self._found, self._asked = {str(one.id): one for one in found}, {}
        return [Row(str(one.id), one.label, trailing=_ward(one.ward)) for one in found]

    def search_for(self, text: str) -> None:
        """Also offer to ask the City's geocoder."""
        super().search_for(text)
        self.city.offer(text)

    def take(self, row_id: str) -> None:
        """Show the address that was found; where none was, ask the City's geocoder."""
        one, asked = self._found.get(row_id), self._asked.get(row_id)
        if one is not None or asked is not None:
            self.results.hide()
            self.city.offer("")
        if one is not None:
            self._go(one)
        elif asked is not None:
            self.show_place(asked.lat, asked.lon, asked.label, _from_geocoder(asked))
        elif not self._found and not self._asked:
            self.city.ask()

    def _show_asked(self, found: list[Candidate]) -> None:
        """What the City's geocoder knows, instead of the list's own; each with its ward, worked out here."""
        self._asked = {f"city {n}": one for n, one in enumerate(found)}
        self._found = {}
        wards = {row: self._session.layers.wards_at(one.lat, one.lon)[0] for row, one in self._asked.items()}
        rows = [
            Row(row, one.label, _score(one), chip=(tr("City's geocoder"), "pri"), trailing=_ward(wards[row]))
            for row, one in self._asked.items()
        ]
        self.show_results(rows)

    def show_place(self, lat: float, lon: float, name: str = "", note: str = "") -> None:
        """What the layers and this laptop's records say of a place; `note` says where it is from."""
        found = property_at(self._session.layers, lat, lon, limit=NEAR)
        title = name or (found.addresses[0].label if found.addresses else _on_street(found))
        self.map.show_pins([Pin("place", "", Point(lat, lon), title)])
        self.map.choose("place")
        self.map.look_at(Point(lat, lon), CLOSE)
        self.first.hide()
        self._shown.show()
        body = self._shown.body
        empty(body)
        body.addWidget(label(title, "heading", wrap=True))
        if note:
            body.addWidget(label(note, "small", wrap=True))
        body.addWidget(_chips(found))
        near = name or (found.addresses[0].label if found.addresses else "")
        self._list(tr("Records here"), self._records(near), lambda row: self._navigate("records", record=row))
        self._near(found)
        body.addStretch(1)

    def _near(self, found: Property) -> None:
        """The lists of what is around; Enter on an address or a stop goes there."""
        addresses = {str(one.id): one for one in found.addresses}
        stops = {str(one.id): one for one in found.stops}
        others = [_address(one) for one in found.addresses if one.metres >= 1]
        self._list(tr("Addresses near"), others, lambda row: self._go(addresses[row]))
        self._list(tr("Parcels near"), [_parcel(one) for one in found.parcels])
        stop_rows = [_stop(one) for one in found.stops]
        self._list(tr("Bus stops near"), stop_rows, lambda row: self.stop_asked.emit(stops[row]))

    def _go(self, one: Address) -> None:
        self.show_place(one.lat, one.lon, one.label)

    def _list(self, title: str, rows: list[Row], opened: Callable[[str], None] | None = None) -> None:
        if not rows:
            return
        made = ListCard(title, rows, flat=True)
        made.fit(RECORDS)
        if opened is not None:
            made.opened.connect(opened)
        self._shown.body.addWidget(label(title, "caption"))
        self._shown.body.addWidget(made)

    def _records(self, address: str) -> list[Row]:
        """This laptop's records at an address. They may leave out the community that the City's list adds."""
        street = address.partition(",")[0]
        lines = self._session.store.search(street, 50) if street else []
        return [self._record(one) for one in lines if one.address.partition(",")[0] == street][:RECORDS]

    def _record(self, line: Line) -> Row:
        service, icon = self._words.service(line.service)
        chip = self._words.state(line.service, line.state)
        return Row(line.id, line.title or service, line.reference, icon=icon, chip=chip)


def _on_street(found: Property) -> str:
    """What a place without an address is called."""
    if found.street is None:
        return tr("A place on the map")
    return tr("{street}, {n} m off", street=found.street.name, n=round(found.street.metres))


def _score(one: Candidate) -> str:
    return tr("Score {n} of 100", n=round(one.score))


def _from_geocoder(one: Candidate) -> str:
    n = round(one.score)
    return tr("Place from the City's geocoder, score {n} of 100. Ward and area are of this laptop's layers.", n=n)


def _chips(found: Property) -> QWidget:
    place = found.place
    words = [(_ward(place.ward) or tr("Outside every ward"), "pri" if place.ward else "warn")]
    words.append((tr("Rural"), "ok") if place.rural else (tr("Urban"), "plain"))
    if place.community:
        words.append((place.community, "plain"))
    if found.collection_day:
        words.append((tr("Collection {day}", day=_weekday(found.collection_day)), "plain"))
    return flowing(*(Chip(text, kind) for text, kind in words))


def _weekday(code: str) -> str:
    names = {"mon": 0, "tue": 1, "wed": 2, "thu": 3, "fri": 4, "sat": 5, "sun": 6}
    number = names.get(code[:3].lower())
    return days.spoken(MONDAY + timedelta(days=number), "dddd") if number is not None else code


def _ward(code: str) -> str:
    return tr("Ward {number}", number=code.lstrip("0")) if code else ""


def _metres(metres: float) -> str:
    return tr("{n} m", n=round(metres))


def _address(one: Address) -> Row:
    return Row(str(one.id), one.label, trailing=_metres(one.metres))


def _parcel(one: Parcel) -> Row:
    return Row(str(one.id), tr("Roll number {number}", number=one.parcel), trailing=_metres(one.metres))


def _stop(one: Stop) -> Row:
    return Row(str(one.id), f"{one.code} · {one.name}", trailing=_metres(one.metres))
