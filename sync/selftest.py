"""Whether the program works on this computer, each part on its own: the parts that fail where a library is missing, a
disk is full or a guard stands in the way. All of it in a folder of its own that goes afterwards; no store of a person,
no keyring and no server is touched."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from fieldapp.actions import Desk, start, take
from fieldapp.clock import SystemClock
from fieldapp.documents.blank.composing import paper_of
from fieldapp.documents.blank.making import blank_form
from fieldapp.documents.filled.reading import read_filled
from fieldapp.errors import FieldAppError, LockedStoreError
from fieldapp.paths import Home
from fieldapp.places import Layers
from fieldapp.records import ALIAS
from fieldapp.services import Catalogue
from fieldapp.store import Store, keys
from fieldapp.store.database import NAME as STORE
from fieldapp.texts import LANGUAGES, plural, tr
from sync.adapters.gateway import GatewayClient
from sync.engine import Engine
from sync.gateway import GatewayService, audit
from sync.gateway.server import GatewayServer
from sync.practice import answers, seed, sites
from sync.practice.people import OSEI, residents

DEVICE = "SELFTEST"
SERVICE = "bulk-pickup"
_PLAIN = b"SQLite format 3"  # how a store would begin that is not encrypted


class FailedError(FieldAppError):
    """A part of the program does not do what it should here."""


class _OwnVault:
    """A keyring of this test alone: it leaves no secret in the person's own."""

    def __init__(self) -> None:
        self._kept: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self._kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self._kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        self._kept.pop((service, username), None)


@dataclass
class Room:
    """Where one self-test happens, and what its steps hand on to the next."""

    home: Home
    key: bytes = b""
    records: list[str] = field(default_factory=list)  # handed in by the form's step
    paper: bytes = b""  # a PDF, of the paper's step
    clock: SystemClock = field(default_factory=SystemClock)

    @contextmanager
    def desk(self) -> Iterator[Desk]:
        """The desk of a clerk over the store of this room."""
        with closing(self.store()) as store, closing(Layers(self.home.layers)) as layers:
            yield Desk(OSEI, store, self.catalogue, layers, self.clock, DEVICE, "")

    def store(self) -> Store:
        """The store of this room."""
        folder = self.home.store(OSEI.id)
        return Store.open(folder, self.key, clock=self.clock, device=DEVICE, guide=self.catalogue)

    @property
    def catalogue(self) -> Catalogue:
        """The services that ship with the program."""
        return Catalogue.of(self.home)


@dataclass(frozen=True)
class Step:
    """One part that is tried: what people call it, and the trial, which says what it found or raises."""

    name: str
    trial: Callable[[Room], str]


def key(room: Room) -> str:
    """A key is made, wrapped by a passphrase and got back; says which keyring this computer has."""
    folder, words, vault = room.home.store(OSEI.id), secrets.token_urlsafe(12), _OwnVault()
    room.key = keys.create(folder, OSEI.id, passphrase=words, vault=vault)
    if not room.key == keys.unlock(folder, vault=vault) == keys.unlock(folder, passphrase=words, vault=vault):
        raise FailedError(tr("keyring and passphrase give another key"))
    found = keys.system_vault()
    named = type(found).__module__.rpartition(".")[2] if found is not None else ""
    return tr("keyring {name}", name=named) if named else tr("no keyring here: people are asked for a passphrase")


def store(room: Room) -> str:
    """A store is made, encrypted, and opens by its own key alone."""
    with closing(room.store()) as made:
        made.keep_setting("selftest", DEVICE)
    path = room.home.store(OSEI.id) / STORE
    if path.read_bytes().startswith(_PLAIN):
        raise FailedError(tr("the store is not encrypted"))
    try:
        Store.open(path.parent, bytes(len(room.key)), clock=room.clock, device=DEVICE, guide=room.catalogue).close()
    except LockedStoreError:
        with closing(room.store()) as again:
            if again.setting("selftest") == DEVICE:
                return tr("encrypted")
    raise FailedError(tr("the store opens by a wrong key, or forgets"))


def layers(room: Room) -> str:
    """Wards, parcels, addresses and a timetable are read from files as cities publish them."""
    sites.lay_out(room.home.layers, room.clock, None, lambda _said: None)
    with closing(Layers(room.home.layers)) as made:
        return sites.sites(made, 1, 1)[0].address


def form(room: Room) -> str:
    """A service is begun, its form filled and handed in."""
    with room.desk() as desk:
        site, who = sites.sites(desk.layers, 1, 1)[0], residents(1, 1)[0]
        filled = seed.write(desk, start(desk, SERVICE), answers.pickup(site, who, ["mattress"]))
        done = take(desk, filled.id, "submit")
        room.records.append(done.id)
        return done.get(ALIAS)


def paper(room: Room) -> str:
    """A form is set as a fillable PDF in each language, and its fields are read again."""
    size = 0
    for language in LANGUAGES:
        made = blank_form(paper_of(room.catalogue.get(SERVICE), language))
        if read_filled(made).mark.service != SERVICE:
            raise FailedError(tr("the PDF lost its mark"))
        room.paper, size = made, size + len(made)
    return tr("{n} KB", n=size // 1000)


def sync(room: Room) -> str:
    """What was handed in goes to a gateway of this test over the loopback, and what the City has comes back equal."""
    if not room.records:
        raise FailedError(tr("there is nothing to send: no form was handed in"))
    with closing(GatewayService(room.home.root / "gateway", room.catalogue, room.clock)) as gateway:
        gateway.people.keep(OSEI)
        with GatewayServer(gateway) as server, room.desk() as desk:
            with closing(GatewayClient(server.url, gateway.give_token(OSEI.id))) as client:
                Engine(desk.store, client, OSEI, room.clock, catalogue=desk.catalogue).cycle()
            at_city = {one.id: one.fields for one in audit.records(gateway)}
            if any(at_city.get(id_) != desk.record(id_).fields for id_ in room.records):
                raise FailedError(tr("what the City has is not what was handed in"))
    return plural(len(room.records), "{n} record is at the City", "{n} records are at the City")


def steps() -> tuple[Step, ...]:
    """All parts but the screen, in an order in which each finds what the ones before it made."""
    return (
        Step(tr("key"), key),
        Step(tr("store"), store),
        Step(tr("layers"), layers),
        Step(tr("form"), form),
        Step(tr("paper"), paper),
        Step(tr("sync"), sync),
    )


def run(folder: Path, steps: Sequence[Step], tell: Callable[[str], None]) -> bool:
    """Try each part in `folder`, telling one line of it: "ok" and what was found, or why not. Whether all are good.

    The trials go on behind one that failed: whoever mends this computer sees all that is wrong at once."""
    room, good = Room(Home(folder)), True
    wide = max(len(step.name) for step in steps)
    for step in steps:
        fault, said = _tried(step, room)
        good = good and not fault
        tell(f"{step.name:<{wide}}  {tr('FAILED')}: {fault}" if fault else f"{step.name:<{wide}}  {tr('ok')}: {said}")
    return good


def _tried(step: Step, room: Room) -> tuple[str, str]:
    """Why a part does not work, "" if it does; and what it said."""
    try:
        return "", step.trial(room)
    except FieldAppError as error:
        return str(error), ""
    except Exception as error:  # noqa: BLE001 - whatever is wrong on this computer is what is asked for
        return f"{type(error).__name__}: {error}", ""
