"""I23: the screen's thread never enters a commit, an fsync or the network, however slow disk and line are."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from fieldapp.actions import start, take
from fieldapp.clock import FixedClock
from fieldapp.services import Catalogue
from sync.adapters.gateway import GatewayClient
from sync.gateway.server import GatewayServer
from sync.gateway.service import GatewayService
from sync.status import SyncState
from sync.worker import Worker
from tests.support import workplaces
from tests.support.proxy import proxy
from tests.support.watchdog import Watchdog, watched
from tests.support.weather import drips, late
from tests.support.workplaces import City, fill
from tests.ui.workplaces import Ways, catalogue, layers_file, town, visited, ways
from ui.counter import CounterPage
from ui.filling import FormPage
from ui.review import ReviewPage
from ui.session import Session

__all__ = ["catalogue", "layers_file", "town", "ways"]


def told(dog: Watchdog) -> str:
    """What was caught, to be read."""
    return "\n".join(dog.caught[:3])


@pytest.fixture
def online(town: City, tmp_path: Path, catalogue: Catalogue) -> Iterator[Session]:
    """The clerk's session with the product's worker, on a slow line to a gateway."""
    session = town.clerk
    service = GatewayService(tmp_path / "gateway", catalogue, FixedClock())
    service.people.keep(session.person)
    with GatewayServer(service) as server, proxy(server.url, lambda _n, _name: late(0.3, drips)) as line:
        client = GatewayClient(line.url, service.give_token(session.person.id))
        worker = Worker(session.store, client, session.person, session.desk.clock, publish=session.bridge.tell)
        made = replace(session, courier=worker)
        worker.start()
        yield made
        worker.stop()
        client.close()
    service.close()


def test_i23_a_resident_is_served_on_a_slow_disk_and_a_slow_line(online: Session, ways: Ways, qtbot: QtBot) -> None:
    with watched() as dog:
        counter = visited(CounterPage(online, ways), qtbot)
        counter.start("bulk-pickup")
        record = ways.last[1]["record"]
        page = visited(FormPage(online, ways), qtbot, record=record, back="counter", fresh="yes")
        assert page.editor is not None
        page.editor.entry.put("person/last_name", "Nowak")
        page.leave()
        assert online.courier is not None
        online.courier.wake()
        qtbot.waitUntil(lambda: dog.requests > 0 and dog.commits > 2, timeout=60_000)
        assert dog.caught == [], told(dog)
    assert online.desk.record(record).get("person/last_name") == "Nowak"


def test_i23_what_arrives_on_a_slow_line_is_shown_without_waiting_for_it(online: Session, qtbot: QtBot) -> None:
    seen: list[SyncState] = []
    online.bridge.status.connect(lambda status: seen.append(status.state))
    with watched() as dog:
        qtbot.waitUntil(lambda: SyncState.IDLE in seen, timeout=60_000)
        assert dog.requests > 0
        assert dog.caught == [], told(dog)


def test_i23_a_decision_is_saved_without_waiting_for_the_disk(town: City, ways: Ways, qtbot: QtBot) -> None:
    permit = workplaces.permits(town, 1)[0]
    made = take(town.clerk.desk, fill_one(town), "submit")
    town.sync()
    page = visited(ReviewPage(town.supervisor, ways), qtbot, record=made.id)
    with watched() as dog:
        page._decide("approve")
        assert dog.commits > 0
        assert dog.caught == [], told(dog)
    assert town.supervisor.desk.record(made.id).state != made.state
    assert permit.id != made.id


def fill_one(town: City) -> str:
    """A complete bulk pick-up that was not handed in."""
    made = start(town.clerk.desk, "bulk-pickup")
    fill(town.clerk.desk, made, workplaces.pickup_answers(town))
    return made.id
