"""The Look-ups page: properties, bus stops, appointments, fees and holidays, from this machine alone."""

from __future__ import annotations

from fieldapp.places import Stop
from fieldapp.store import Touched
from fieldapp.texts import tr
from ui.lookups.bookings_pane import BookingsPane
from ui.lookups.bus_pane import BusPane
from ui.lookups.fees_pane import FeesPane
from ui.lookups.property_pane import PropertyPane
from ui.page import Page
from ui.session import Navigate, Session
from ui.widgets import PageHeader, Tabs

PROPERTY, BUS, BOOKINGS, FEES = 0, 1, 2, 3
TABS = {"property": PROPERTY, "bus": BUS, "bookings": BOOKINGS, "fees": FEES}


class LookupsPage(Page):
    """Answers that need no network, each with its source and date."""

    def __init__(self, session: Session, navigate: Navigate) -> None:
        super().__init__(session, navigate)
        self.places = PropertyPane(session, navigate)
        self.bus = BusPane(session)
        self.tabs = Tabs(tr("Look-ups"), side=0)
        self.tabs.add(self.places, tr("Property"))
        self.tabs.add(self.bus, tr("HSR bus stops"))
        self.bookings = BookingsPane(session, navigate)
        self.tabs.add(self.bookings, tr("Appointments"))
        self.fees = FeesPane(session)
        self.tabs.add(self.fees, tr("Fees and holidays"))
        self.body.addWidget(PageHeader(tr("Look-ups"), tr("From this laptop, with or without a network")))
        self.body.addWidget(self.tabs, 1)
        self.places.stop_asked.connect(self._show_stop)
        self.tabs.changed.connect(lambda _tab: self._focus())

    def refresh(self, touched: Touched) -> None:
        """Layers were imported anew, or records and the calendar changed."""
        if self.tabs.current() == BOOKINGS:
            self.bookings.refresh()
        if touched.layers:
            self.places.show_layers()
            self.bus.show_layers()

    def go(self, **where: str) -> None:
        """`tab` = bus shows the bus stops, bookings the day's appointments, fees what is paid and when the
        City is closed; `address` looks an address up."""
        if where.get("tab"):
            self.tabs.show_tab(TABS.get(where["tab"], PROPERTY))
        if where.get("address"):
            self.places.search.setText(where["address"])
        self._focus()

    def where(self) -> dict[str, str]:
        """The tab, and what is typed."""
        return {
            "tab": next(name for name, n in TABS.items() if n == self.tabs.current()),
            "address": self.places.search.text(),
        }

    def _focus(self) -> None:
        if self.tabs.current() == BOOKINGS:
            self.bookings.refresh()
            self.bookings.now.setFocus()
        elif self.tabs.current() == FEES:
            self.fees.refresh()
            self.fees.search.setFocus()
        else:
            (self.bus if self.tabs.current() == BUS else self.places).search.setFocus()

    def _show_stop(self, stop: Stop) -> None:
        self.tabs.show_tab(BUS)
        self.bus.show_stop(stop)
