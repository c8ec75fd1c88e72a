"""A city whose road defects go on to another city's Open311 server."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from fieldapp.clock import FixedClock
from fieldapp.records import NUMBER, STATE, Record
from fieldapp.services import Catalogue
from fieldapp.services.forwarding import Forward
from sync.adapters.georeport import Given
from sync.adapters.open311 import Open311Client, Parts, Pictures
from sync.gateway import audit
from sync.gateway.outside.running import Outside
from sync.gateway.outside.servers import OutsideServer, add
from tests.support.gateway import CLERK, City, Laptop, steps_alone
from tests.support.open311_server import Elsewhere, elsewhere

ROAD = "road-defect"
ANSWERS = {
    "defect/kind": "pothole",
    "defect/looks": "Deep, at the bus stop",
    "defect/danger": "no",
    "place/lane": "curb_lane",
    "place/address": "71 MAIN ST W",
    "place/loc": "43.2561 -79.8692 0 0",
    "person/phone": "905-555-0100",
}
RULE = Forward(
    server="burlington",
    code="S30",
    submit=frozenset({"submit", "resubmit"}),
    paths={
        "description": "defect/looks",
        "address": "place/address",
        "location": "place/loc",
        "photos": "photos/photo",
    },
    attributes={"kind": "defect/kind", "lane": "place/lane", "danger": "defect/danger"},
    marker="client_ref",
    states={"closed": "repaired", "in_progress": "scheduled"},
    statuses={"cancelled": "cancelled"},
)


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    """One service that goes on, and one that stays."""
    known = {service.id: service for service in steps_alone() if service.id in (ROAD, "bulk-pickup")}
    return Catalogue({**known, ROAD: replace(known[ROAD], forward=RULE)})


@pytest.fixture
def other() -> Iterator[Elsewhere]:
    """The other city's server."""
    with elsewhere() as made:
        yield made


def goes_on(city: City, url: str, **more: object) -> None:
    """The city knows the server."""
    server = OutsideServer("burlington", "Burlington", url, "SECRET-KEY", format="json")
    add(city.service.database, replace(server, **more))  # type: ignore[arg-type]  # settings as a test names them


def hand_in(city: City, laptop: Laptop | None = None) -> str:
    """A clerk reports a pothole; the record's id."""
    laptop = laptop or city.laptop(CLERK)
    record = laptop.new({**ANSWERS, STATE: "submitted"}, submit=True, service=ROAD)
    laptop.sync()
    return record


def the(city: City, record: str) -> Record:
    """The record as the City has it."""
    return next(one for one in audit.records(city.service) if one.id == record)


def rounds(city: City, hours: float = 0.0) -> None:
    """Look every ten minutes for so long, every hour or day where that is long; once where nothing is said."""
    outside, clock = Outside.of(city.service), city.service.clock
    assert isinstance(clock, FixedClock)
    outside.round()
    each = 10 if hours <= 3 else 60 if hours <= 48 else 1440
    for _ in range(round(hours * 60 / each)):
        clock.forward(minutes=each)
        outside.round()


def state_of(city: City, record: str) -> str:
    """How it stands with the handing on."""
    sql = "SELECT state FROM outside_request WHERE record = ?"
    return str(city.service.database.read(sql, (record,))[0][0])


def ref_of(city: City, record: str) -> str:
    """The City's number."""
    return the(city, record).get(NUMBER)


class Cut(Open311Client):
    """The program ends when a request was posted, and before its answer was noted."""

    def post(self, parts: Parts, pictures: Pictures = (), name: str = "") -> Given:
        super().post(parts, pictures, name)
        raise SystemExit


def cut_off(city: City) -> None:
    """A round that ends in the middle."""
    service = city.service
    with pytest.raises(SystemExit):
        Outside(service.database, lambda: service.catalogue, service.files, service.clock, Cut).round()
