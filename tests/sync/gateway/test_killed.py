"""kill -9 of the gateway, and of what serves it, at random moments while laptops sync (T4): all arrives once."""

from __future__ import annotations

import random
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

import psutil
import psycopg
import pytest

from fieldapp.errors import SyncError
from fieldapp.services import Catalogue
from sync.adapters.gateway import GatewayClient
from sync.gateway import GatewayService
from sync.gateway.postgres import PostgresDatabase
from sync.gateway.server import listening
from tests.support.gateway import CHIEF, CLERK, City, Laptop, make_service, some_bytes
from tests.support.quiet import assert_quiet

KILLS, RECORDS = 3, 40
LONGEST = 0.5  # s between two kills
pytestmark = pytest.mark.kill


class Served:
    """A gateway in a process of its own, which can be killed and started again at the same address."""

    def __init__(self, data: Path, database: str) -> None:
        with listening("127.0.0.1", 0) as probe:
            self.port = probe.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"
        self._more = ["--database", database, "--workers", "2"] if database else []
        self._command = [sys.executable, "-m", "ui", "gateway", "serve", "--data", str(data), "--port", str(self.port)]
        self.process = self._started()

    def kill(self) -> None:
        """End it and its workers at once, and start it again."""
        self.end()
        self.process = self._started()

    def kill_a_worker(self) -> None:
        """End one worker at once; its supervisor replaces it."""
        workers = [one for one in psutil.Process(self.process.pid).children() if _is_worker(one)]
        if workers:  # else the last ones are being replaced
            random.choice(workers).kill()

    def end(self) -> None:
        """End it at once."""
        family = [psutil.Process(self.process.pid), *psutil.Process(self.process.pid).children(recursive=True)]
        for one in family:
            with suppress(psutil.NoSuchProcess):
                one.kill()
        self.process.communicate()

    def _started(self) -> subprocess.Popen[str]:
        process = subprocess.Popen([*self._command, *self._more], stdout=subprocess.PIPE, text=True)
        assert process.stdout is not None
        assert process.stdout.readline(), "the gateway did not start again"
        return process


def _is_worker(process: psutil.Process) -> bool:
    try:
        return "spawn_main" in " ".join(process.cmdline())
    except psutil.Error:  # it died already
        return False


def service_of(data: Path, catalogue: Catalogue, database: str) -> GatewayService:
    """The records that the process writes, from beside it."""
    return make_service(data, catalogue, database=PostgresDatabase(database) if database else None)


@contextmanager
def city_of(tmp_path: Path, catalogue: Catalogue, database: str = "") -> Iterator[tuple[City, Served]]:
    """Two laptops and the process that they sync with; judged when the block ends."""
    data = tmp_path / "gateway"
    service = service_of(data, catalogue, database)
    tokens = {person.id: service.give_token(person.id) for person in (CLERK, CHIEF)}
    service.close()
    served = Served(data, database)
    city = City(tmp_path, service_of(data, catalogue, database))
    try:
        for person in (CLERK, CHIEF):
            client = GatewayClient(served.url, tokens[person.id])
            city.laptop(person, wrap=lambda _api, client=client: client)  # type: ignore[misc]  # bound at once
        yield city, served
        assert_quiet(city)
        assert city.count("record") == RECORDS
        assert all(laptop.store.blobs.queue() == [] for laptop in city.laptops)
    finally:
        city.close()
        served.end()


def work(laptop: Laptop) -> None:
    """Records, edited, some with a photo; synced after each few, however that ends."""
    for number in range(RECORDS):
        record = laptop.new({"items/a": str(number)}, ward=f"{number % 3:02d}")
        laptop.edit(record, {"items/a": "edited"})
        if number % 6 == 0:
            photo = laptop.photo(some_bytes(90_000, number))
            laptop.edit(record, {"photos/one": f"{photo.sha256}.jpg"}, attachments=(photo,))
        if number % 3 == 0:
            with suppress(SyncError):
                laptop.sync()


def while_working(city: City, harm: Sequence[Callable[[], None]], seed: int) -> None:
    """Both laptops at work, and something is killed at random moments meanwhile."""
    chance, done = random.Random(seed), threading.Event()
    clerk, chief = city.laptops

    def both() -> None:
        try:
            work(clerk)
            for _ in range(3):
                with suppress(SyncError):
                    chief.sync()
        finally:
            done.set()

    thread = threading.Thread(target=both)
    thread.start()
    for act in harm:
        done.wait(chance.random() * LONGEST)
        act()
    thread.join()
    for laptop in city.laptops:
        _until_served(laptop)


def _until_served(laptop: Laptop) -> None:
    """Sync until it comes through: what was killed is there again."""
    pause = threading.Event()
    for _ in range(200):
        with suppress(SyncError):
            laptop.sync()
            return
        pause.wait(0.1)
    raise AssertionError("the gateway did not come back")


def test_i03_i04_a_killed_gateway_loses_and_doubles_nothing(tmp_path: Path, catalogue: Catalogue) -> None:
    with city_of(tmp_path, catalogue) as (city, served):
        while_working(city, [served.kill] * KILLS, 1)


@pytest.mark.xdist_group("postgres")
def test_i03_i04_killed_workers_on_postgresql_lose_and_double_nothing(
    tmp_path: Path, catalogue: Catalogue, address: str
) -> None:
    with city_of(tmp_path, catalogue, address) as (city, served):
        while_working(city, [served.kill_a_worker] * KILLS + [served.kill], 2)


@pytest.mark.xdist_group("postgres")
def test_i03_i04_a_database_that_drops_its_lines_loses_and_doubles_nothing(
    tmp_path: Path, catalogue: Catalogue, address: str
) -> None:
    def drop() -> None:
        with psycopg.connect(address, autocommit=True) as connection:
            connection.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid()"
                " AND backend_type = 'client backend' AND state <> 'idle'"
            )

    with city_of(tmp_path, catalogue, address) as (city, _served):
        while_working(city, [drop] * (KILLS * 4), 3)
