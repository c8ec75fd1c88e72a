"""The gateway's own keeping: it survives a restart, may be encrypted, and its tallies are true."""

from __future__ import annotations

from pathlib import Path

import pytest

from fieldapp.clock import FixedClock
from fieldapp.errors import NewerStoreError
from fieldapp.records import Record, fingerprint
from fieldapp.services import Catalogue
from sync.adapters.gateway import GatewayClient
from sync.gateway import GatewayService
from sync.gateway.database import NAME
from sync.gateway.server import GatewayServer
from sync.wire import PullRequest, PushRequest
from tests.support.gateway import CHIEF, CLERK, City, make_service
from tests.support.store import KEY, make_change


def records_at(service: GatewayService) -> list[Record]:
    """All that the supervisor may see."""
    rows = [row for page in service.as_(CHIEF).pull(PullRequest({})).pages for row in page.rows]
    return [Record(row.id, row.service, row.form_version, row.rev, row.fields) for row in rows]


def take_in(service: GatewayService, count: int) -> None:
    """Some records of the clerk's."""
    changes = [make_change(edits={"@ward": f"{n % 3:02d}"}, actor=CLERK.id, principal=CLERK.id) for n in range(count)]
    service.as_(CLERK).push(PushRequest("LT01", tuple(change.payload() for change in changes)))


def test_everything_is_there_after_a_restart(tmp_path: Path, catalogue: Catalogue) -> None:
    service = make_service(tmp_path, catalogue)
    take_in(service, 7)
    token, before = service.give_token(CLERK.id), (records_at(service), service.database.epoch, service.summary())
    service.close()
    again = GatewayService(tmp_path, catalogue, FixedClock())
    assert (records_at(again), again.database.epoch, again.summary()) == before
    assert again.people.signed_in(token) == CLERK
    again.close()


@pytest.mark.parametrize("key", [None, KEY])
def test_with_a_key_the_file_tells_nothing(tmp_path: Path, catalogue: Catalogue, key: bytes | None) -> None:
    service = GatewayService(tmp_path, catalogue, FixedClock(), key=key)
    take_in(service, 1)
    service.close()
    assert (b"bulk-pickup" in (tmp_path / NAME).read_bytes()) is (key is None)


def test_the_tallies_are_the_sums_of_the_rows(near: City) -> None:
    take_in(near.service, 50)
    laptop = near.laptop(CLERK)
    laptop.sync()
    for record in records_at(near.service)[:10]:
        laptop.edit(record.id, {"@title": "changed"})
    laptop.sync()
    rows = records_at(near.service)
    whole = sum(fingerprint(row) for row in rows) % 2**64
    told = near.service.summary()
    assert sum(count for count, _ in told.values()) == len(rows) == 50
    assert sum(int(checksum, 16) for _, checksum in told.values()) % 2**64 == whole


def test_a_newer_database_is_left_alone(tmp_path: Path, catalogue: Catalogue) -> None:
    service = make_service(tmp_path, catalogue)
    with service.database.write() as tx:
        tx.execute("PRAGMA user_version = 99")
    service.close()
    with pytest.raises(NewerStoreError):
        GatewayService(tmp_path, catalogue, FixedClock())


def test_the_feed_is_as_long_as_the_records_however_often_they_change(near: City) -> None:
    laptop = near.laptop(CLERK)
    record = laptop.new()
    for n in range(20):
        laptop.edit(record, {"items/a": str(n + 1)})
        laptop.sync()
    assert near.count("member") == 2  # of its ward, and of whom it is assigned to


def test_a_server_restarts_on_its_port(tmp_path: Path, catalogue: Catalogue) -> None:
    service = make_service(tmp_path, catalogue)
    with GatewayServer(service) as server:
        client, url = GatewayClient(server.url, service.give_token(CLERK.id)), server.url
        assert client.hello().person == CLERK
        server.restart()
        assert server.url == url
        assert client.hello().person == CLERK
        client.close()
    assert not server.running
    service.close()
