"""Opening a laptop: key, store, catalogue, layers, sync worker, and the Session over them; and closing all of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from fieldapp.access import COUNTER, INSPECTOR, check_user_id
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
from sync.adapters.tokens import TokenSource
from sync.api import RemoteApi
from sync.together import Together
from sync.wire import Hello
from sync.worker import Publish, Runner, Worker
from ui.bridge import Bridge
from ui.session import Practice, Session


@dataclass(frozen=True)
class Address:
    """A gateway and the token, or the source of tokens, by which one person speaks with it."""

    url: str
    token: str | TokenSource
    refused: Callable[[], None] = lambda: None  # what to do when it turns out to be somebody else's

    def open(self, _store: Store, _folder: Path, _clock: Clock) -> Address:
        """It is open already."""
        return self

    def api(self) -> RemoteApi:
        """The gateway there. Imported here: `requests` costs 70 ms that the first screen need not wait for."""
        from sync.adapters.gateway import GatewayClient

        return GatewayClient(self.url, self.token)


class Door(Protocol):
    """A way to a gateway: an address, or one where somebody has to sign in first."""

    def open(self, _store: Store, _folder: Path, _clock: Clock, /) -> Address:
        """The address, once the owner of this store is signed in."""
        ...


@dataclass(frozen=True)
class Opened:
    """An open laptop. Close it after its window."""

    session: Session
    worker: Together
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
    connect: Callable[[], RemoteApi] | None,
    key: bytes,
    *,
    clock: Clock | None = None,
    practice: Practice | None = None,
    sign_ins: str = "",
) -> Opened:
    """Open `person`'s store below `home` and start its sync workers. Raises StoreError when it does not open.

    `connect` gives a connection of its own to each thread that asks: the worker, and "Test the network". Without one
    there is no gateway: only services with a server of their own are there. `sign_ins` tells how to sign in at those.
    """
    clock = clock or SystemClock()
    catalogue = Catalogue.of(home, gateway=connect is not None)
    layers = Layers(home.layers)
    store = Store.open(home.store(person.id), key, clock=clock, device=device, guide=catalogue)
    desk = Desk(person, store, catalogue, layers, clock, device, lane(home, person.id))
    return _at(desk, connect, practice, sign_ins)


def _at(desk: Desk, connect: Callable[[], RemoteApi] | None, practice: Practice | None, sign_ins: str) -> Opened:
    """The session over a desk, with its workers started."""
    bridge = Bridge()
    worker = Together(_runners(desk, connect, sign_ins), bridge.tell)
    city = "Practice city" if practice else "City of Hamilton"  # the rail says it in the language of the moment
    session = Session(
        desk, bridge, courier=worker, practice=practice, city=city, probe=_probe(connect) if connect else None
    )
    worker.start()
    return Opened(session, worker, desk.layers)


def _runners(desk: Desk, connect: Callable[[], RemoteApi] | None, sign_ins: str) -> list[Callable[[Publish], Runner]]:
    """The gateway's worker, and that of services with a server of their own: each where it has something to do."""
    runners: list[Callable[[Publish], Runner]] = []
    if connect is not None:
        api = connect()
        runners.append(lambda publish: _worker(desk, api, publish))
    if any(service.target is not None for service in desk.catalogue):
        from sync.openrosa.running import openrosa_runner

        runners.append(openrosa_runner(desk, sign_ins))
    return runners


def _worker(desk: Desk, api: RemoteApi, publish: Publish) -> Worker:
    return Worker(desk.store, api, desk.person, desk.clock, publish=publish, catalogue=desk.catalogue)


def open_city_laptop(
    home: Home,
    person_id: str,
    device: str,
    door: Door | None,
    ask: Callable[[str], str],
    sign_ins: str = "",
) -> Opened:
    """A laptop of a real city. `ask(question)` gets the passphrase where the keyring does not give the key.

    Without `door` the city has no gateway, and its services have servers of their own (an ODK server).

    Raises LockedStoreError when it cannot be unlocked, RefusedError when a new passphrase is mistyped, and a SyncError
    when the first start finds no gateway: only the gateway knows the person's roles.
    """
    folder = home.store(check_user_id(person_id))
    if door is None and not any(Catalogue.of(home, gateway=False)):
        raise RefusedError(tr("There is no form here yet: fetch one with “fieldapp openrosa get”."))
    key = city_key(folder, person_id, ask)
    clock = SystemClock()
    catalogue = Catalogue.of(home, gateway=door is not None)
    store = Store.open(folder, key, clock=clock, device=device, guide=catalogue)
    try:
        address = door.open(store, folder, clock) if door else None
        person = _who(store, address, person_id)
    except BaseException:
        store.close()
        raise
    desk = Desk(person, store, catalogue, Layers(home.layers), clock, device, lane(home, person_id))
    return _at(desk, address.api if address else None, None, sign_ins)


def city_key(folder: Path, person_id: str, ask: Callable[[str], str]) -> bytes:
    """The key of a person's store; made when new. Raises as `open_city_laptop` does."""
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


def _who(store: Store, address: Address | None, person_id: str) -> Person:
    known = store.people.me()
    if known is not None:
        return known
    if address is None:  # nobody but a gateway gives roles; a server of forms lets in whom it knows
        return Person(person_id, person_id, frozenset({INSPECTOR, COUNTER}))
    hello = owner(address, person_id)
    store.people.introduce(hello.person, hello.names)
    return hello.person


def owner(address: Address, person_id: str) -> Hello:
    """Ask the gateway who this is. RefusedError when it is somebody else than `person_id`: then it is not kept."""
    hello = address.api().hello()
    if hello.person.id != person_id:
        address.refused()
        raise RefusedError(tr("This sign-in is {other}'s, not {person}'s.", other=hello.person.id, person=person_id))
    return hello


def _probe(connect: Callable[[], RemoteApi]) -> Callable[[], str]:
    def ask() -> str:
        hello = connect().hello()
        return tr("{city} answers; its clock says {time}.", city=hello.city, time=hello.time)

    return ask
