"""Reference layers: of which day each is here, what the City has, and what is on its way."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout

from fieldapp.clock import today
from fieldapp.places.database import KINDS
from fieldapp.reference import CityLayer, city_layers
from fieldapp.texts import language, tr
from sync.layers import known, refusals
from sync.status import LayerComing, SyncStatus
from ui import days, theme
from ui.lookups.sources import COMMAND, names, progress
from ui.session import Session
from ui.widgets import Button, Card, Chip, Progress, label
from ui.widgets.clearing import clear


@dataclass(frozen=True)
class Line:
    """One layer in words: its name, of which day it is here, a chip, and what more there is to say."""

    name: str
    here: str
    chip: tuple[str, str]
    more: str = ""


class LayersCard(Card):
    """A line a layer."""

    def __init__(self, session: Session) -> None:
        super().__init__(tr("Reference layers"))
        self._session = session
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(4)
        self._grid.setColumnStretch(1, 1)
        self.body.addLayout(self._grid)
        self._none = label(tr("No layer on this laptop yet, and none at the City."), "body", wrap=True)
        self.body.addWidget(self._none)
        self.body.addStretch(1)
        self._shown: object = None
        self._coming: LayerComing | None = None
        self._off = False
        self._progress = Progress(tr("Layer that comes from the City"), cancel=True)
        self._progress.cancelled.connect(self._stop)
        self.again = Button(tr("Bring them now"), icon="download")
        self.again.clicked.connect(self._bring)
        self.again.hide()
        self._progress.hide()
        self.body.insertWidget(1, self._progress)
        self.body.insertWidget(2, self.again)

    def follow(self, status: SyncStatus | None) -> None:
        """What comes now shows how far it is."""
        off = status is not None and status.layers_off
        if off != self._off:
            self._off = off
            self.refresh()
        coming = status.layer if status else None
        if coming != self._coming:
            if coming and (self._coming is None or (coming.name, coming.loading) != self._whose()):
                self._progress.begin(coming.done)
                self._progress.stop.setEnabled(True)
            self._coming = coming
            self._show_coming()
            self.refresh()

    def _stop(self) -> None:
        """What came stays, and so does the layer that is here."""
        if self._session.courier is not None:
            self._progress.stop.setEnabled(False)
            self._session.courier.put_layers_off(off=True)

    def _bring(self) -> None:
        if self._session.courier is not None:
            self._session.courier.put_layers_off(off=False)

    def _whose(self) -> tuple[str, bool]:
        return (self._coming.name, self._coming.loading) if self._coming else ("", False)

    def _show_coming(self) -> None:
        one = self._coming
        self._progress.setVisible(one is not None)
        if one is not None:
            self._progress.show_far(one.done, one.size)  # the layer's line says the rest

    def refresh(self) -> None:
        """Read it anew."""
        lines = list(self._lines())
        self.again.setVisible(self._off and any(one.chip[0] == tr("Put off") for one in lines))
        if self._shown == (lines, language()):
            return
        self._shown = (lines, language())
        clear(self._grid)
        at = 0
        for one in lines:
            large = theme.is_large()
            self._grid.addWidget(label(one.name, "body", wrap=large), at, 0)
            self._grid.addWidget(label(one.here, "small", wrap=large), at + large, 0 if large else 1)
            self._grid.addWidget(Chip(*one.chip), at, 2, Qt.AlignmentFlag.AlignRight)
            self._grid.setRowMinimumHeight(at, 28)
            if one.more:
                self._grid.addWidget(label(one.more, "small", wrap=True), at + large + 1, 0, 1, 3)
            at += large + 2
        self._none.setVisible(not lines)

    def _lines(self) -> Iterator[Line]:
        """The City's, then those that are only here."""
        session, called, day = self._session, names(), today(self._session.clock)
        city = city_layers(session.store, session.layers)
        refused = refusals(session.store)
        for one in city:
            said = refused.get(one.name, {})
            why = said.get("why", "") if said.get("sha256") == one.sha256 else ""
            yield self._line(one, called.get(one.name, one.name), why, day)
        told = {one.name for one in city}
        for info in session.layers.describe():
            if info.name not in told:
                yield Line(called.get(info.name, info.name), _as_of(info.as_of, day), (tr("Loaded here"), "plain"))

    def _line(self, one: CityLayer, name: str, why: str, day: date) -> Line:
        here = _as_of(one.here.as_of, day) if one.here else tr("not on this laptop")
        if self._coming is not None and self._coming.name == one.name:
            return Line(name, here, (tr("Coming"), "pri"), progress(self._coming))
        if self._off and not (one.same or why) and known(one):
            stopped = tr("You stopped it. What came of it stays; it goes on at the next start, or when you want it.")
            return Line(name, here, (tr("Put off"), "warn"), stopped)
        return Line(name, here, *_standing(one, why, _day(one.as_of, day)))


def _standing(one: CityLayer, why: str, day: str) -> tuple[tuple[str, str], str]:
    """How a layer stands that is not on its way, as a chip and a sentence."""
    if one.same:
        return (tr("As at the City"), "ok"), ""
    if one.name not in KINDS:
        return (tr("Unknown here"), "warn"), tr("This FieldApp is too old for this layer; please update it.")
    if why:
        stays = tr("What is here stays as it is.") if one.here else ""
        said = tr("The City's, of {day}, was not taken: {why}", day=day, why=why)
        return (tr("Not taken"), "bad"), f"{said} {stays}".strip()
    if known(one):
        return (tr("To come"), "pri"), tr("The City has that of {day}; it comes behind your records.", day=day)
    how = COMMAND.format(layer=one.name)
    chip = tr("Another one") if one.here else tr("Not here")
    return (chip, "warn"), tr("The City has that of {day}. Load it with {command}.", day=day, command=how)


def _as_of(text: str, day: date) -> str:
    return tr("as of {day}", day=_day(text, day))


def _day(text: str, day: date) -> str:
    found = days.day_in(text)
    return days.short(found, day) if found else text
