"""Session: what every page gets. Pages read through `store` and change through the verbs of fieldapp.actions."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Protocol, TypeVar

from fieldapp import texts
from fieldapp.actions import Desk
from fieldapp.clock import Clock
from fieldapp.places import Layers
from fieldapp.records import CITY, Person
from fieldapp.services import Catalogue
from fieldapp.store import Store
from fieldapp.texts import tr
from ui.bridge import Bridge
from ui.ports import CitySignIn, CityStandIns, CityTrails, Courier, Keeper, Live, Practice, ResidentSide, Way
from ui.printing import Printer, SystemPrinter

if TYPE_CHECKING:
    from ui.own_position import OwnPosition

Outcome = TypeVar("Outcome")


class Navigate(Protocol):
    """How a page goes elsewhere: `navigate("records", record=id)`, `navigate("form", record=id)`."""

    def __call__(self, page: str, **where: str) -> None:
        """Show `page` there."""
        ...


@dataclass
class Session:
    """One signed-in person at one window. `toast(text, undo)` is set by the window."""

    desk: Desk
    bridge: Bridge = field(default_factory=Bridge)
    courier: Courier | None = None
    practice: Practice | None = None
    city: str = "City of Hamilton"
    sign_in: CitySignIn | None = None
    keeper: Keeper | None = None
    network: Way | None = None  # the way to the City's gateway, step by step
    live: Live | None = None  # of buses
    printer: Printer = field(default_factory=SystemPrinter)
    facing: ResidentSide | None = None  # set by the window
    choose: Callable[[str, str], None] = lambda _key, _value: None  # a setting's value; set by the window
    trails: CityTrails | None = None  # None where there is no gateway
    stand_ins: CityStandIns | None = None  # None where there is no gateway
    looked_at: str = ""  # the service of the record that was looked at last
    toast: Callable[[str, Callable[[], None] | None], None] = lambda _text, _undo: None

    @cached_property
    def position(self) -> OwnPosition:
        """Where the person is. Made when it is first asked for."""
        from ui.own_position import OwnPosition

        return OwnPosition(self.store, self.clock)

    def saved(self, verb: Callable[[], Outcome]) -> Outcome:
        """Do a verb that saves; its result, or what it raises. The screen never waits for the disk (Bridge.finish)."""
        return self.bridge.finish(verb)

    @property
    def person(self) -> Person:
        """Who is signed in."""
        return self.desk.person

    @property
    def store(self) -> Store:
        """This person's encrypted store; pages only read it."""
        return self.desk.store

    @property
    def catalogue(self) -> Catalogue:
        """The services."""
        return self.desk.catalogue

    @property
    def layers(self) -> Layers:
        """The machine's reference layers."""
        return self.desk.layers

    @property
    def clock(self) -> Clock:
        """The device's clock."""
        return self.desk.clock

    @property
    def language(self) -> str:
        """The language of the screens: en or fr."""
        return texts.language()

    def name_of(self, user_id: str) -> str:
        """A colleague's name, the bare id where it is not known here."""
        known = {person.id: person.name for person in (self.practice.people if self.practice else ())}
        own = {self.person.id: self.person.name, CITY: tr("The City")}
        return {**self.store.people.names(), **known, **own}.get(user_id, user_id)

    def say(self, text: str, undo: Callable[[], None] | None = None) -> None:
        """Tell what was just done, with a way back where there is one."""
        self.toast(text, undo)
