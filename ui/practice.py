"""The practice city on the screen: its staff at one machine, or one person at a laptop of the day.

Each person keeps an own store, as in life; a network switch pulls the plug; the window's amber banner never goes away.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING

from fieldapp.clock import Clock
from fieldapp.errors import RefusedError
from fieldapp.paths import Home
from fieldapp.records import Person
from fieldapp.store.keys import practice_key
from fieldapp.texts import tr
from sync.network import NetworkTest, Step
from sync.practice.laid_out import is_laid_out
from sync.practice.people import STAFF
from sync.switch import Switch
from ui.address import Address
from ui.behind import Behind
from ui.bridge import first_window
from ui.opening import Opened, open_laptop
from ui.session import Session

if TYPE_CHECKING:
    from sync.api import RemoteApi
    from sync.gateway.service import GatewayService
    from sync.practice.city import PracticeCity

DEVICES = {person.id: f"TOUGH-{number:02d}" for number, person in enumerate(STAFF, start=7)}


class PracticeScreen:
    """What ui.session.Practice asks for, over an embedded gateway, which comes up behind the window: a laptop shows
    what it has without one. Only the first time all is made before anything is shown."""

    def __init__(self, home: Home, clock: Clock) -> None:
        self._home, self._clock = home, clock
        self._switch = Switch()
        self._opened: dict[str, Opened] = {}
        self._addresses: dict[str, Address] = {}
        self._city = Behind(partial(_city, home, clock), first_window)
        if not is_laid_out(home):
            self._city.now()

    @property
    def people(self) -> Sequence[Person]:
        """Who may be played."""
        return STAFF

    @property
    def plugged(self) -> bool:
        """Whether the pretended network is up."""
        return self._switch.plugged

    @property
    def gateway(self) -> GatewayService:
        """The embedded gateway."""
        return self._city.now().service

    def plug(self, on: bool) -> None:
        """Plug the network in or pull it, for all three."""
        self._switch.plug(on)
        for opened in self._opened.values():
            opened.worker.wake()

    def sign_in(self, person_id: str) -> Session:
        """Become another person; the store stays open behind, and goes on syncing: what the one before did is asked
        for now, as nobody would believe a pause, and nobody takes it back any more."""
        for other, opened in self._opened.items():
            if other != person_id:
                opened.session.store.departures.let_all_go()
                opened.worker.wake()
        if person_id in self._opened:
            self._opened[person_id].worker.wake()
        else:
            self._opened[person_id] = self._open(_staff(person_id))
        return self._opened[person_id].session

    def close(self) -> None:
        """Close every store, then the gateway."""
        for opened in self._opened.values():
            opened.close()
        if (city := self._city.end()) is not None:
            city.close()

    def _open(self, person: Person) -> Opened:
        key = practice_key(self._home.store(person.id))
        connect = switched(self._switch, partial(self._address, person))
        network = _Way(
            lambda: NetworkTest(self._address(person).url, connect, self._clock, plugged=lambda: self.plugged)
        )
        device = DEVICES[person.id]
        return open_laptop(self._home, person, device, connect, key, clock=self._clock, practice=self, network=network)

    def _address(self, person: Person) -> Address:
        """Of the gateway, waited for: not in the screen's thread."""
        if person.id not in self._addresses:
            city = self._city.now()
            self._addresses[person.id] = Address(city.server.url, city.token(person))
        return self._addresses[person.id]


class _Way:
    """The test of the way to a gateway whose address is known when it is up."""

    def __init__(self, make: Callable[[], NetworkTest]) -> None:
        self._make = make
        self.last: list[Step] = []

    def run(self) -> Iterator[Step]:
        test = self._make()
        for step in test.run():
            self.last = test.last
            yield step


class PracticeLaptop:
    """One person at one laptop of the practice city, which talks to its gateway over the network."""

    def __init__(self, home: Home, person_id: str, device: str, address: Address, clock: Clock) -> None:
        self._person = _staff(person_id)
        self._switch = Switch()
        key = practice_key(home.store(person_id))
        connect = switched(self._switch, lambda: address)
        network = NetworkTest(address.url, connect, clock, plugged=lambda: self.plugged)
        self.opened = open_laptop(home, self._person, device, connect, key, clock=clock, practice=self, network=network)

    @property
    def people(self) -> Sequence[Person]:
        """The one who works here."""
        return [self._person]

    @property
    def plugged(self) -> bool:
        """Whether this laptop's network is up."""
        return self._switch.plugged

    def plug(self, on: bool) -> None:
        """Plug this laptop's network in or pull it."""
        self._switch.plug(on)
        self.opened.worker.wake()

    def sign_in(self, person_id: str) -> Session:
        """Nobody else works here."""
        if person_id != self._person.id:
            raise RefusedError(tr("Only {person} works at this laptop.", person=self._person.name))
        return self.opened.session


def switched(switch: Switch, address: Callable[[], Address]) -> Callable[[], RemoteApi]:
    """Connections to a gateway that fail while the switch is off."""
    return lambda: switch.over(address().api())


def _city(home: Home, clock: Clock) -> PracticeCity:
    """The gateway, up. What it needs of libraries takes longer to load than all that a window needs."""
    from sync.practice.city import PracticeCity

    made = PracticeCity(home, clock, waiting=True)
    made.prepare()
    made.start()
    return made


def _staff(person_id: str) -> Person:
    person = next((one for one in STAFF if one.id == person_id), None)
    if person is None:
        raise RefusedError(tr("The practice city has no “{person}”.", person=person_id))
    return person
