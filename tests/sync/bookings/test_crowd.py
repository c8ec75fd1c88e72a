"""Many clerks at once on the last place: one has it, all others are offered the next ones."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier
from typing import Any

import pytest

from fieldapp.bookings import Slot, Standing, standing_of
from fieldapp.clock import SystemClock, new_id
from fieldapp.errors import SyncError
from fieldapp.records import AUTHOR, STATE, TITLE, WARD, Change, Person
from fieldapp.services import Catalogue
from sync.adapters.gateway import GatewayClient
from sync.gateway.bookings.file import written
from sync.gateway.postgres import PostgresDatabase
from sync.gateway.server import GatewayServer
from sync.gateway.service import GatewayService
from sync.gateway.verify import verify
from sync.wire import OpResult, PushRequest
from tests.support.bookings import calendar, slot
from tests.support.gateway import City, make_service
from ui.__main__ import main

SERVICE = "vaccine"
CLERKS, FEWER, WORKERS = 50, 16, 2
DAY, NEXT = "2031-12-03", "2031-12-04"  # far ahead: workers have the machine's clock


def clerk(n: int) -> Person:
    return Person(f"clerk.{n}", f"Clerk {n}", frozenset({"counter"}))


def request(n: int) -> PushRequest:
    """A vaccine appointment that is asked for, with its wish, in one op."""
    wish = {"wishes/wish[a]": "1", "wishes/wish[a]/wish_day": DAY, "wishes/wish[a]/wish_site": "city hall"}
    own = {STATE: "requested", AUTHOR: clerk(n).id, TITLE: "Vaccine appointment", WARD: "08", **wish}
    change = Change(
        id=new_id(),
        record=new_id(),
        service=SERVICE,
        form_version="1",
        base_rev=0,
        edits=own,
        was={},
        actor=clerk(n).id,
        principal=clerk(n).id,
        device=f"LT{n:02d}",
        at="2026-11-23T14:00:00.000Z",
        transition="submit",
        creates=True,
    )
    return PushRequest(f"LT{n:02d}", (change.payload(),))


def at_once(lines: Sequence[tuple[str, str]], asked: Sequence[PushRequest], *, cut: int = 0) -> list[OpResult]:
    """All ask at the same moment; of the first `cut` the answer is lost, and they ask again."""
    barrier = Barrier(len(lines))

    def send(n: int) -> OpResult:
        url, token = lines[n]
        client = GatewayClient(url, token)
        client.hello()
        barrier.wait(120)
        result = client.push(asked[n]).results[0]
        if n < cut:
            client.close()
            client = GatewayClient(url, token)
            again = client.push(asked[n]).results[0]
            assert again == result
        client.close()
        return result

    with ThreadPoolExecutor(len(lines)) as pool:
        return list(pool.map(send, range(len(lines))))


def standings(results: Sequence[OpResult]) -> list[Standing]:
    found = [standing_of({k: v for k, v in one.edits.items() if v}, "clinic") for one in results]
    return [one for one in found if one is not None]


def check(results: Sequence[OpResult], taken: int) -> None:
    """One has the last place, and each other one knows where there is room; nobody is lost."""
    assert {one.status for one in results} == {"applied"}
    found = standings(results)
    assert Counter(one.status for one in found) == {"confirmed": 1, "offered": len(results) - 1}
    assert {tuple(slot.id for slot in one.offers) for one in found if one.status == "offered"} == {("E2", "E3")}
    assert taken == 1


CLINIC: dict[str, Any] = {"serves": (SERVICE,), "place": "City Hall clinic", "minutes": 15}
SLOTS = (
    slot("E1", DAY, **CLINIC),
    slot("E2", NEXT, capacity=3, **CLINIC),
    slot("E3", "2031-12-05", capacity=2, **CLINIC),
)


def test_fifty_clerks_on_the_last_place_through_a_real_port(far: City) -> None:
    people = [clerk(n) for n in range(CLERKS)]
    for person in people:
        far.service.people.keep(person)
    calendar(far.service, *SLOTS)
    assert far.server is not None
    lines = [(far.server.url, far.service.give_token(person.id)) for person in people]
    results = at_once(lines, [request(n) for n in range(CLERKS)], cut=5)
    check(results, far.count("booking", "slot = 'E1' AND status = 'confirmed'"))
    assert (far.count("record"), far.count("op")) == (CLERKS, CLERKS)
    assert verify(far.service.database).fault == ""


@pytest.fixture
def workers(tmp_path: Path, address: str) -> Iterator[str]:
    """Where a gateway of several processes on PostgreSQL answers, with a calendar of its own."""
    file, where = tmp_path / "slots.csv", ["--data", str(tmp_path / "city"), "--database", address]
    services = tmp_path / "services"
    lenient(services)
    where += ["--services", str(services)]
    file.write_text(written(SLOTS), "utf-8")
    assert main(["gateway", "slots", "import", str(file), *where]) == 0
    command = [sys.executable, "-m", "ui", "gateway", "serve", "--workers", str(WORKERS), *where]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as running:
        assert running.stdout is not None
        yield running.stdout.readline().split()[-1]
        running.send_signal(signal.SIGTERM)
        assert running.wait(60) == 0


def lenient(folder: Path) -> None:
    """Vaccine appointments as they ship, but for what a complete form takes: these have hardly an answer."""
    import shutil

    from fieldapp.services import shipped

    for name in (SERVICE, "_blocks"):
        shutil.copytree(shipped() / name, folder / name)
    toml = folder / SERVICE / "service.toml"
    toml.write_text(toml.read_text("utf-8").replace("needs_complete_form = true\n", ""), "utf-8")


@pytest.mark.xdist_group("postgres")
def test_sixteen_clerks_on_the_last_place_over_two_gateways_on_postgresql(
    tmp_path: Path, catalogue: Catalogue, address: str
) -> None:
    services = [make_service(tmp_path / str(n), catalogue, database=PostgresDatabase(address)) for n in range(2)]
    calendar(services[0], *SLOTS)
    for n in range(FEWER):
        services[0].people.keep(clerk(n))
    with GatewayServer(services[0]) as one, GatewayServer(services[1]) as other:
        urls = one.url, other.url
        lines = [(urls[n % 2], services[0].give_token(clerk(n).id)) for n in range(FEWER)]
        results = at_once(lines, [request(n) for n in range(FEWER)], cut=2)
    sql = "SELECT count(*) FROM booking WHERE slot = 'E1' AND status = 'confirmed'"
    check(results, services[1].database.read(sql)[0][0])
    assert verify(services[0].database).fault == ""
    for service in services:
        service.close()


@pytest.mark.soak
@pytest.mark.kill
@pytest.mark.xdist_group("postgres")
def test_sixteen_clerks_on_the_last_place_over_two_processes(workers: str, tmp_path: Path, address: str) -> None:
    database = PostgresDatabase(address)
    service = GatewayService(tmp_path / "side", Catalogue.load(), SystemClock(), database=database)
    people = [clerk(n) for n in range(FEWER)]
    for person in people:
        service.people.keep(person)
    lines = [(workers, service.give_token(person.id)) for person in people]
    results = at_once(lines, [request(n) for n in range(FEWER)])
    sql = "SELECT count(*) FROM booking WHERE slot = 'E1' AND status = 'confirmed'"
    check(results, database.read(sql)[0][0])
    assert verify(database).fault == ""
    database.close()


def test_a_line_that_is_cut_in_the_middle_books_once_or_not_at_all(far: City) -> None:
    calendar(far.service, *SLOTS)
    far.service.people.keep(clerk(0))
    assert far.server is not None
    asked, token = request(0), far.service.give_token(clerk(0).id)
    client = GatewayClient(far.server.url, token)
    far.server.stop()
    with pytest.raises(SyncError):
        client.push(asked)
    assert far.count("booking") == 0
    far.server.start()
    first = client.push(asked).results
    far.server.stop()
    far.server.start()
    assert GatewayClient(far.server.url, token).push(asked).results == first
    assert far.count("booking", "status = 'confirmed'") == 1


def test_more_wishes_than_places_in_all_fill_every_place_once(near: City) -> None:
    few: list[Slot] = [slot("E1", DAY, capacity=2, **CLINIC), slot("E2", NEXT, **CLINIC)]
    calendar(near.service, *few)
    results: list[OpResult] = []
    for n in range(5):
        near.service.people.keep(clerk(n))
        results += near.service.as_(clerk(n)).push(request(n)).results
    assert Counter(one.status for one in standings(results)) == {"confirmed": 2, "offered": 3}
