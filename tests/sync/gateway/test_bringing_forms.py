"""Forms come before the records that were made with them: once each, whole or not at all, and nothing is held up."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace

import pytest

from fieldapp.actions import start, take
from fieldapp.errors import OfflineError
from fieldapp.records import Record
from fieldapp.services.versions import Versions
from sync.api import RemoteApi
from sync.engine import Engine
from sync.forms import Forms
from sync.status import ProofOfSync
from tests.support.dogs import CHIEF, CLERK, DogCity, Laptop
from tests.support.faults import Counting, Fails
from tests.support.store import make_row
from tests.support.versions import DOGS, OLD, answer_all


@pytest.fixture
def finished(dogs: DogCity) -> Record:
    """A record of version 1 that the City has; its gateway has version 2 by now."""
    clerk = dogs.laptop(CLERK)
    record = answer_all(clerk.desk, start(clerk.desk, DOGS), OLD)
    take(clerk.desk, record.id, "submit")
    clerk.sync()
    dogs.update()
    return record


@pytest.fixture
def chief(dogs: DogCity, finished: Record) -> Laptop:
    """A laptop that has version 2 only."""
    made = dogs.laptop(CHIEF)
    made.update()
    return made


def sync(laptop: Laptop, over: Callable[[RemoteApi], RemoteApi]) -> ProofOfSync:
    """One cycle of a program that was just started, over another line."""
    desk = laptop.desk
    return Engine(desk.store, over(laptop.client), desk.person, desk.clock, catalogue=desk.catalogue).cycle()


def has_form(laptop: Laptop, record: Record) -> bool:
    return laptop.desk.catalogue.get(DOGS).has_form(record.form_version)


def test_a_form_that_is_not_here_comes_with_its_records(chief: Laptop, finished: Record) -> None:
    line = Counting()
    sync(chief, line.over)
    assert has_form(chief, finished)
    assert line.requests.count("get_form") == 1


def test_a_form_that_is_here_is_not_asked_for(chief: Laptop, finished: Record) -> None:
    sync(chief, lambda api: api)
    chief.desk.store.exchange.begin_again("ward:none")
    line = Counting()
    assert sync(chief, line.over).received == 1
    assert "get_form" not in line.requests


def test_a_quiet_cycle_asks_for_no_form(chief: Laptop, finished: Record) -> None:
    sync(chief, lambda api: api)
    line = Counting()
    sync(chief, line.over)
    assert line.requests == ["hello", "pull", "report"]  # who begins tells how the laptop stands


def test_a_line_that_breaks_brings_form_and_record_the_next_time(chief: Laptop, finished: Record) -> None:
    with pytest.raises(OfflineError):
        sync(chief, Fails(when=lambda _count, name: name == "get_form").over)
    assert chief.desk.store.record(finished.id) is None
    sync(chief, lambda api: api)
    assert chief.desk.store.record(finished.id) is not None
    assert has_form(chief, finished)


def test_a_form_that_the_city_lost_holds_no_record_up(dogs: DogCity, chief: Laptop, finished: Record) -> None:
    (dogs.folder / "gateway" / "forms" / DOGS / f"{finished.form_version}.zip").unlink()
    chief.sync()
    assert chief.desk.store.record(finished.id) is not None
    assert not has_form(chief, finished)


def test_a_damaged_package_holds_no_record_up(dogs: DogCity, chief: Laptop, finished: Record) -> None:
    package = dogs.folder / "gateway" / "forms" / DOGS / f"{finished.form_version}.zip"
    package.write_bytes(package.read_bytes()[:-30])
    chief.sync()
    assert chief.desk.store.record(finished.id) is not None
    assert not has_form(chief, finished)


def test_a_large_form_comes_in_pieces(dogs: DogCity, chief: Laptop) -> None:
    chance = random.Random(1)
    table = "\n".join(["name,note", *(f"{n},{chance.getrandbits(256):x}" for n in range(60_000))])
    (dogs.program / DOGS / "breeds.csv").write_text(table, "utf-8")
    dogs.stop()
    dogs.open(dogs.server.port)
    version = dogs.service.form_version
    clerk = dogs.laptop(CLERK)
    record = start(clerk.desk, DOGS)
    clerk.desk.commit(record, {"dog/colour": "brown"}, seal=True, form_version=version)
    clerk.sync()
    line = Counting()
    sync(chief, line.over)
    assert line.requests.count("get_form") > 2
    versions = chief.desk.catalogue.versions
    assert isinstance(versions, Versions)
    assert (versions.folder(DOGS, version) / "breeds.csv").read_text("utf-8") == table


def test_a_service_that_is_not_here_brings_no_form(chief: Laptop, finished: Record) -> None:

    line = Counting()
    Forms(chief.desk.catalogue, line.over(chief.client)).bring([replace(make_row(1), service="no-service")])
    assert line.requests == []
