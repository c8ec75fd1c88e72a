"""Opening a laptop: key, store, catalogue, layers, sync worker, and the Session over them; and closing all of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from fieldapp.access import check_user_id
from fieldapp.actions import Desk
from fieldapp.clock import Clock, SystemClock
from fieldapp.errors import RefusedError
from fieldapp.lanes import lane
from fieldapp.paths import Home
from fieldapp.places import Layers
from fieldapp.records import Person
from fieldapp.services import Catalogue
from fieldapp.store import Store, keys
from fieldapp.texts import tr
from sync.api import RemoteApi
from sync.worker import Worker
from ui.bridge import Bridge
from ui.session import Practice, Session


@dataclass(frozen=True)
class Address:
    """A gateway and the token by which one person speaks with it."""

    url: str
    token: str

    def api(self) -> RemoteApi:
        """The gateway there. Imported here: `requests` costs 70 ms that the first screen need not wait for."""
        from sync.adapters.gateway import GatewayClient

        return GatewayClient(self.url, self.token)


@dataclass(frozen=True)
class Opened:
    """An open laptop. Close it after its window."""

    session: Session
    worker: Worker
    layers: Layers

    def close(self) -> None:
        """Stop the worker, then close what it used. Everything is saved already."""
        self.worker.stop()
        self.session.bridge.close()
        self.layers.close()
        self.session.store.close()


def open_laptop(
    home: Home,
    person: Person,
    device: str,
    connect: Callable[[], RemoteApi],
    key: bytes,
    *,
    clock: Clock | None = None,
    practice: Practice | None = None,
) -> Opened:
    """Open `person`'s store below `home` and start its sync worker. Raises StoreError when it does not open.

    `connect` gives a connection of its own to each thread that asks: the worker, and "Test the network".
    """
    clock = clock or SystemClock()
    catalogue = Catalogue.of(home)
    layers = Layers(home.layers)
    store = Store.open(home.store(person.id), key, clock=clock, device=device, guide=catalogue)
    desk = Desk(person, store, catalogue, layers, clock, device, lane(home, person.id))
    bridge = Bridge()
    worker = Worker(store, connect(), person, clock, publish=bridge.tell)
    city = "Practice city" if practice else "City of Hamilton"  # the rail says it in the language of the moment
    session = Session(desk, bridge, courier=worker, practice=practice, city=city, probe=_probe(connect))
    worker.start()
    return Opened(session, worker, layers)


def open_city_laptop(home: Home, person_id: str, device: str, address: Address, ask: Callable[[str], str]) -> Opened:
    """A laptop of a real city. `ask(question)` gets the passphrase where the keyring does not give the key.

    Raises LockedStoreError when it cannot be unlocked, RefusedError when a new passphrase is mistyped, and a SyncError
    when the first start finds no gateway: only the gateway knows the person's roles.
    """
    folder = home.store(check_user_id(person_id))
    key = _city_key(folder, person_id, ask)
    clock = SystemClock()
    store = Store.open(folder, key, clock=clock, device=device, guide=None)
    try:
        person = _who(store, address.api(), person_id)
    finally:
        store.close()
    return open_laptop(home, person, device, address.api, key, clock=clock)


def _city_key(folder: Path, person_id: str, ask: Callable[[str], str]) -> bytes:
    vault = keys.system_vault()
    if not keys.exists(folder):
        passphrase = "" if vault else _chosen(ask)
        return keys.create(folder, person_id, passphrase=passphrase, vault=vault)
    needed = keys.needs_passphrase(folder, vault=vault)
    return keys.unlock(folder, passphrase=ask(tr("Passphrase of this laptop's store: ")) if needed else "", vault=vault)


def _chosen(ask: Callable[[str], str]) -> str:
    """A new passphrase, typed twice: nobody could ever open a store under one that was mistyped."""
    passphrase = ask(tr("No keyring here. Choose a passphrase for this laptop's store: "))
    if ask(tr("The same passphrase again: ")) != passphrase:
        raise RefusedError(tr("That was not the same passphrase twice. Nothing was made; please start again."))
    return passphrase


def _who(store: Store, api: RemoteApi, person_id: str) -> Person:
    known = store.people.me()
    if known is not None:
        return known
    hello = api.hello()
    if hello.person.id != person_id:
        raise RefusedError(tr("This token is {other}'s, not {person}'s.", other=hello.person.id, person=person_id))
    store.people.introduce(hello.person, hello.names)
    return hello.person


def _probe(connect: Callable[[], RemoteApi]) -> Callable[[], str]:
    def ask() -> str:
        hello = connect().hello()
        return tr("{city} answers; its clock says {time}.", city=hello.city, time=hello.time)

    return ask
