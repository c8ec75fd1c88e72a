"""What is issued and what came filled in lies with the City under its hash after a sync."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from fieldapp.access import COUNTER
from fieldapp.actions import start, take_form
from fieldapp.actions.issuing import filed, issue, paper_bytes
from tests.support.papers import blank, catalogue, fill
from tests.support.walked import Office, who

CLERK, COLLEAGUE = who(COUNTER, "a"), who(COUNTER, "b")


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    made = Office(tmp_path, catalogue())
    yield made
    made.close()


def at_the_city(office: Office, sha256: str) -> bytes:
    """The file as the gateway holds it."""
    assert office.service.files.status(sha256).complete
    return office.service.files.read(sha256, 0)


def test_the_gateway_holds_the_very_bytes_of_an_issued_paper(office: Office) -> None:
    desk = office.desk(CLERK)
    record = start(desk, "bulk-pickup", prefill={"place/unit": "3"})
    made = paper_bytes(desk, record, "missing")
    issue(desk, record.id, "missing")
    office.sync(CLERK)
    held = at_the_city(office, hashlib.sha256(made).hexdigest())
    assert held == made
    assert any(path.startswith("@papers/missing/") for path in office.row(record.id).fields)


def test_and_of_a_form_that_came_filled_in(office: Office) -> None:
    desk = office.desk(CLERK)
    data = fill(blank("bulk-pickup"), {"place/unit": "3", "pickup/wanted_week": "soon"})
    record = take_form(desk, data).record
    desk.commit(record, {"place/unit": "4"}, seal=True)
    office.sync(CLERK)
    ((paper, sha256),) = filed(desk.record(record.id))
    assert paper == "filled"
    assert at_the_city(office, sha256) == data
    assert "soon" in office.row(record.id).fields.values()
