"""A record's line in words: service and state by their titles, days and times as people say them."""

from __future__ import annotations

from datetime import date

from fieldapp.clock import today
from fieldapp.errors import ServiceError
from fieldapp.money import payment as pay
from fieldapp.store import Place, Row
from fieldapp.texts import language, tr
from ui.days import day_in, due, moment, short
from ui.session import Session
from ui.titles import title_of_row

STATE_CHIPS = {"draft": "plain", "open": "pri", "review": "warn", "returned": "bad", "done": "ok"}
UNDONE = {(pay.SERVICE, pay.VOID): "bad", (pay.SERVICE, pay.REFUNDED): "warn"}  # done with, and nothing to be glad of
PLACE_CHIPS = {Place.CITY: "plain", Place.DRAFT: "plain", Place.WAITING: "warn", Place.ATTENTION: "bad"}

TITLES = 2_000  # kept: more than a table shows


def place_word(place: Place) -> str:
    """Where a record's newest content is."""
    return {
        Place.CITY: tr("With the City"),
        Place.DRAFT: tr("Draft here"),
        Place.WAITING: tr("On this laptop"),
        Place.ATTENTION: tr("Needs you"),
    }[place]


class Words:
    """Words for lines, remembered a service and state at a time, since a table asks for thousands."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._services: dict[str, tuple[str, str]] = {}
        self._states: dict[tuple[str, str], tuple[str, str]] = {}
        self._titles: dict[tuple[str, str], str] = {}  # by record and stored title

    def title(self, row: Row) -> str:
        """A record's title in the language on screen; those that were looked at last are remembered."""
        key = (row.id, row.title)
        if key not in self._titles:
            if len(self._titles) >= TITLES:
                self._titles.clear()
            self._titles[key] = title_of_row(self._session.desk, row)
        return self._titles[key]

    def service(self, service_id: str) -> tuple[str, str]:
        """Title and icon; the bare id for a service that this FieldApp does not know."""
        if service_id not in self._services:
            try:
                service = self._session.catalogue.get(service_id)
                self._services[service_id] = (service.title.text(language()), service.icon)
            except ServiceError:
                self._services[service_id] = (service_id, "file-text")
        return self._services[service_id]

    def state(self, service_id: str, state_id: str) -> tuple[str, str]:
        """A state's title and the kind of its chip."""
        key = (service_id, state_id)
        if key not in self._states:
            try:
                state = self._session.catalogue.get(service_id).state(state_id)
                chip = UNDONE.get(key) or STATE_CHIPS.get(state.kind, "plain")
                self._states[key] = (state.title.text(language()), chip)
            except ServiceError:
                self._states[key] = (state_id, "plain")
        return self._states[key]

    def chip(self, row: Row, column: str) -> tuple[str, str] | None:
        """What a column shows as a chip: (word, kind), or None for plain text."""
        if column == "state" and row.state:
            return self.state(row.service, row.state)
        if column == "place" and row.place is not Place.CITY:
            return place_word(row.place), PLACE_CHIPS[row.place]
        if column == "due":
            found = due(row.due, self.today) if self._counts_down(row) else None
            return found if found and found[1] != "plain" else None
        return None

    def cell(self, row: Row, column: str) -> str:
        """What a column says."""
        shown = self.chip(row, column)
        if shown:
            return shown[0]
        return self.plain(row, column)

    def plain(self, row: Row, column: str) -> str:
        """What a column says that shows no chip."""
        if column in ("title", "reference"):
            return row.reference if column == "reference" else self.title(row) or row.address
        if column == "service":
            return self.service(row.service)[0]
        if column == "with":
            return self._session.name_of(row.assignee) if row.assignee else ""
        if column == "ward":
            return row.ward.lstrip("0")
        if column == "due":
            return self._plain_due(row)
        if column == "updated":
            return moment(row.updated, self.today)
        return place_word(row.place) if column == "place" else ""

    @property
    def today(self) -> date:
        """The City's day."""
        return today(self._session.clock)

    def _counts_down(self, row: Row) -> bool:
        return self.state(row.service, row.state)[1] != STATE_CHIPS["done"]

    def _plain_due(self, row: Row) -> str:
        found = due(row.due, self.today) if self._counts_down(row) else None
        day = day_in(row.due)
        return found[0] if found else short(day, self.today) if day else row.due
