"""A city with one service, the dog licence, whose form gets corrected: its gateway and its laptops.

Each machine has the program, and with it the forms, in a folder of its own: an update replaces that folder.
"""

from __future__ import annotations

import shutil
from dataclasses import dataclass, field
from pathlib import Path

from fieldapp.access import COUNTER, SUPERVISOR
from fieldapp.actions import Desk
from fieldapp.clock import FixedClock
from fieldapp.records import Person
from fieldapp.services import Service
from sync.adapters.gateway import GatewayClient
from sync.engine import Engine
from sync.gateway import GatewayService
from sync.gateway.postgres import PostgresDatabase
from sync.gateway.server import GatewayServer
from sync.status import ProofOfSync
from tests.support.services import write_dog_licence
from tests.support.versions import DOGS, Machine, catalogue_of, correct_dog_licence

CLERK = Person("c.ray", "C. Ray", frozenset({COUNTER}))
CHIEF = Person("s.bell", "S. Bell", frozenset({SUPERVISOR}))


@dataclass
class Laptop:
    """One machine with the program that is installed on it."""

    machine: Machine
    program: Path
    client: GatewayClient

    @property
    def desk(self) -> Desk:
        """The desk, with the forms of the program as it is installed now."""
        return self.machine.desk(self.program)

    def sync(self) -> ProofOfSync:
        """One cycle, as the worker does it."""
        desk = self.desk
        return Engine(desk.store, self.client, desk.person, desk.clock, catalogue=desk.catalogue).cycle()

    def update(self) -> None:
        """Install the program that has version 2 of the form."""
        correct_dog_licence(self.program)


@dataclass
class DogCity:
    """The gateway over HTTP, and its laptops."""

    folder: Path
    clock: FixedClock = field(default_factory=FixedClock)
    postgres: str = ""  # the address of the records' database; "" for a file
    laptops: list[Laptop] = field(default_factory=list)
    gateway: GatewayService = field(init=False)
    server: GatewayServer = field(init=False)

    def __post_init__(self) -> None:
        self.program = self.folder / "gateway-program"
        write_dog_licence(self.program)
        self.open(port=0)
        for person in (CLERK, CHIEF):
            self.gateway.people.keep(person)

    def open(self, port: int) -> None:
        """Start the gateway with the program that is installed there now."""
        catalogue = catalogue_of(self.program, self.folder / "gateway-home")
        database = PostgresDatabase(self.postgres) if self.postgres else None
        self.gateway = GatewayService(self.folder / "gateway", catalogue, self.clock, database=database)
        self.server = GatewayServer(self.gateway, port=port)
        self.server.start()

    @property
    def service(self) -> Service:
        """The dog licence as the gateway has it."""
        return self.gateway.catalogue.get(DOGS)

    def update(self) -> None:
        """The gateway gets version 2 of the form: a stop, an update, a start."""
        self.stop()
        correct_dog_licence(self.program)
        self.open(self.server.port)

    def laptop(self, person: Person) -> Laptop:
        """A new laptop with version 1 of the form."""
        name = f"LT{len(self.laptops):02d}"
        program = self.folder / f"{name}-program"
        write_dog_licence(program)
        machine = Machine(self.folder / name, person, name, self.clock)
        made = Laptop(machine, program, GatewayClient(self.server.url, self.gateway.give_token(person.id)))
        self.laptops.append(made)
        return made

    def stop(self) -> None:
        """Take the gateway down."""
        self.server.stop()
        self.gateway.close()

    def close(self) -> None:
        """Bring everything to rest."""
        for laptop in self.laptops:
            laptop.machine.store.close()
            laptop.client.close()
        self.stop()
        shutil.rmtree(self.folder / "gateway", ignore_errors=True)
