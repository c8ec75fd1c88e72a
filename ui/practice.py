"""The practice city on one screen: three people to be, and a network switch. Each keeps an own store, as in life."""

from __future__ import annotations

from collections.abc import Sequence

from fieldapp.clock import Clock
from fieldapp.paths import Home
from fieldapp.records import Person
from fieldapp.store.keys import practice_key
from sync.api import RemoteApi
from sync.practice.city import PracticeCity
from sync.practice.people import STAFF
from sync.switch import Switch
from ui.opening import Address, Opened, open_laptop
from ui.session import Session

DEVICES = {person.id: f"TOUGH-{number:02d}" for number, person in enumerate(STAFF, start=7)}


class PracticeScreen:
    """What ui.session.Practice asks for, over an embedded gateway."""

    def __init__(self, home: Home, clock: Clock) -> None:
        self._home, self._clock = home, clock
        self._city = PracticeCity(home, clock)
        self._city.prepare()
        self._url = self._city.start()
        self._switch = Switch()
        self._opened: dict[str, Opened] = {}

    @property
    def people(self) -> Sequence[Person]:
        """Who may be played."""
        return STAFF

    @property
    def plugged(self) -> bool:
        """Whether the pretended network is up."""
        return self._switch.plugged

    def plug(self, on: bool) -> None:
        """Plug the network in or pull it, for all three."""
        self._switch.plug(on)
        for opened in self._opened.values():
            opened.worker.wake()

    def sign_in(self, person_id: str) -> Session:
        """Become another person; the store stays open behind, and goes on syncing."""
        if person_id not in self._opened:
            self._opened[person_id] = self._open(next(one for one in STAFF if one.id == person_id))
        return self._opened[person_id].session

    def close(self) -> None:
        """Close every store, then the gateway."""
        for opened in self._opened.values():
            opened.close()
        self._city.close()

    def _open(self, person: Person) -> Opened:
        address = Address(self._url, self._city.token(person))

        def connect() -> RemoteApi:
            return self._switch.over(address.api())

        key = practice_key(self._home.store(person.id))
        return open_laptop(self._home, person, DEVICES[person.id], connect, key, clock=self._clock, practice=self)
