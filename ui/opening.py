"""Opening a laptop: key, store, catalogue, layers, sync worker, and the Session over them; and closing all of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from fieldapp.access import COUNTER, INSPECTOR, check_user_id
from fieldapp.actions import Desk
from fieldapp.clock import Clock, SystemClock
from fieldapp.errors import RefusedError
from fieldapp.lanes import lane
from fieldapp.paths import Home
from fieldapp.places import Layers
from fieldapp.recent import watch
from fieldapp.records import Person
from fieldapp.services import Catalogue
from fieldapp.store import Store, erasing, keys
from fieldapp.texts import tr
from fieldapp.updates.place import Installed, running
from fieldapp.updates.stores import open_store
from sync import citys_name
from sync.later import Later, last_known
from sync.live import LiveTimes, told
from sync.network import NetworkTest
from sync.practice.live import PracticeLive
from sync.stand_ins import CityStandIns
from sync.status import SyncState, SyncStatus
from sync.trails import Trails
from ui.address import Address, Door, owner
from ui.bridge import Bridge, first_window
from ui.ports import Live, Practice, Way
from ui.session import Session

if TYPE_CHECKING:  # what talks to servers is loaded once the window stands
    from sync.api import RemoteApi
    from sync.runner import Publish, Runner
    from sync.together import Together
    from sync.worker import Worker


@dataclass(frozen=True)
class Opened:
    """An open laptop. Close it after its window."""

    session: Session
    worker: Later
    layers: Layers
    address: Address | None = None  # of the gateway, where there is one

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
    network: Way | None = None,
) -> Opened:
    """Open `person`'s store below `home` and start its sync workers. Raises StoreError when it does not open.

    `connect` gives a connection of its own to each thread that asks: the worker, and the network test. Without one
    there is no gateway: only services with a server of their own are there.
    """
    clock = clock or SystemClock()
    finish_erasing(home.store(person.id))
    catalogue = Catalogue.of(home, gateway=connect is not None)
    layers = Layers(home.layers)
    store = open_store(home.store(person.id), key, clock=clock, device=device, guide=catalogue)
    desk = Desk(person, store, catalogue, layers, clock, device, lane(home, person.id))
    live = PracticeLive(home.layers, clock, lambda: practice.plugged) if practice else None
    return _at(desk, connect, practice, "", network=network, live=live)


def _at(
    desk: Desk,
    connect: Callable[[], RemoteApi] | None,
    practice: Practice | None,
    sign_ins: str,
    address: Address | None = None,
    *,
    network: Way | None = None,
    live: Live | None = None,
) -> Opened:
    """The session over a desk, with its workers started."""
    watch()  # from now on the last warnings are remembered, for a diagnosis
    bridge = Bridge()
    first = last_known(desk.store) if connect else SyncStatus(SyncState.PROBING)
    url = address.url if address else ""
    worker = Later(partial(_together, desk, connect, sign_ins, url, bridge.tell), first, first_window, bridge.tell)
    city = "Practice city" if practice else citys_name.of(desk.store)  # the rail says it in the language of the moment
    network = NetworkTest(address.url, address.api, desk.clock) if address else network
    session = Session(desk, bridge, worker, practice, city, network=network, live=live)
    session.sign_in = address.sign_in if address else None
    session.trails = Trails(desk.store, connect) if connect is not None else None
    session.stand_ins = CityStandIns(desk.store, connect) if connect is not None else None
    worker.start()
    return Opened(session, worker, desk.layers, address)


def _together(
    desk: Desk, connect: Callable[[], RemoteApi] | None, sign_ins: str, url: str, publish: Callable[[SyncStatus], None]
) -> Together:
    runners = _runners(desk, connect, sign_ins, url)  # first: a practice city comes up now, and loads what it needs
    from sync.together import Together

    return Together(runners, publish)


def _runners(
    desk: Desk, connect: Callable[[], RemoteApi] | None, sign_ins: str, url: str
) -> list[Callable[[Publish], Runner]]:
    """The gateway's worker, and that of services with a server of their own: each where it has something to do."""
    runners: list[Callable[[Publish], Runner]] = []
    if connect is not None:
        api = connect()
        runners.append(lambda publish: _worker(desk, api, publish, url))
    if any(service.target is not None for service in desk.catalogue):
        from sync.openrosa.running import openrosa_runner

        runners.append(openrosa_runner(desk, sign_ins))
    return runners


def _worker(desk: Desk, api: RemoteApi, publish: Publish, url: str) -> Worker:
    from sync.worker import Worker

    made = Worker(desk.store, api, desk.person, desk.clock, publish=publish, catalogue=desk.catalogue)
    made.bring_layers(desk.layers)
    if url and running() is not None:  # from its sources nobody updates it so
        from sync.updates.fetching import Updates

        home = desk.layers.path.parent
        made.bring_updates(Updates(Installed.here(), url, desk.store, desk.clock, home))
    return made


@dataclass(frozen=True)
class Prepared:
    """A laptop whose store is open and whose person is known; made in any thread."""

    desk: Desk
    address: Address | None
    sign_ins: str
    live: Live | None = None

    def start(self) -> Opened:
        """Its session and its workers, in the screen's thread."""
        address = self.address
        return _at(self.desk, address.api if address else None, None, self.sign_ins, address, live=self.live)


def open_city_laptop(
    home: Home,
    person_id: str,
    device: str,
    door: Door | None,
    ask: Callable[[str], str],
    sign_ins: str = "",
) -> Opened:
    """A laptop of a real city. `ask(question)` gets the passphrase where the keyring does not give the key.

    Raises as `prepared` does, LockedStoreError when it cannot be unlocked, and RefusedError when a new passphrase is
    mistyped.
    """
    require_forms(home, door)
    key = city_key(home.store(check_user_id(person_id)), person_id, ask)
    return prepared(home, person_id, device, door, key, sign_ins).start()


def require_forms(home: Home, door: Door | None) -> None:
    """RefusedError where there is nothing to work on: no gateway, and no service with a server of its own."""
    if door is None and not any(Catalogue.of(home, gateway=False)):
        raise RefusedError(tr("There is no form here yet: fetch one with “fieldapp openrosa get”."))


def prepared(
    home: Home,
    person_id: str,
    device: str,
    door: Door | None,
    key: bytes,
    sign_ins: str = "",
    keep: Callable[[Store, Path], object] = lambda _store, _folder: None,
) -> Prepared:
    """Open a person's store, and the door. `keep` puts a sign-in of just now into the store.

    Without `door` the city has no gateway, and its services have servers of their own (an ODK server). Raises a
    StoreError when the store does not open, and a SyncError when the first start finds no gateway: only the gateway
    knows the person's roles."""
    folder, clock = home.store(check_user_id(person_id)), SystemClock()
    catalogue = Catalogue.of(home, gateway=door is not None)
    store = open_store(folder, key, clock=clock, device=device, guide=catalogue)
    try:
        keep(store, folder)
        address = door.open(store, folder, clock) if door else None
        person = _who(store, address, person_id)
    except BaseException:
        store.close()
        raise
    desk = Desk(person, store, catalogue, Layers(home.layers), clock, device, lane(home, person_id))
    return Prepared(desk, address, sign_ins, LiveTimes(home.live_feeds, clock, partial(told, store)))


def city_key(folder: Path, person_id: str, ask: Callable[[str], str]) -> bytes:
    """The key of a person's store; made when new. Raises as `open_city_laptop` does."""
    vault = keys.system_vault()
    finish_erasing(folder)
    if not keys.exists(folder):
        passphrase = "" if vault else _chosen(ask)
        return keys.create(folder, person_id, passphrase=passphrase, vault=vault)
    return keys.key_for_command(folder, ask)


def finish_all_erasing(home: Home) -> str:
    """Finish what the City ordered for any store of this machine before the program was killed; "" or what to say."""
    notes = list(home.store("x").parent.glob(f"*/{erasing.FILE}"))
    finished = [erasing.finish(note.parent, keys.system_vault()) for note in notes]
    return " ".join(_withdrawn(erasure.unsent) for erasure in finished if erasure)


def finish_erasing(folder: Path) -> None:
    """Finish what the City ordered before the program was killed. RefusedError, in words, when anything was begun."""
    if erasing.begun(folder) and (erasure := erasing.finish(folder, keys.system_vault())):
        raise RefusedError(_withdrawn(erasure.unsent))


def _withdrawn(unsent: int) -> str:
    from sync.revoking import words

    return words(unsent)


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
    hello = owner(address, person_id, store.device)
    store.people.introduce(hello.person, hello.names, hello.roles)
    return hello.person
