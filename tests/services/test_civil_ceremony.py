"""Civil ceremonies: wishes on working days within the licence, the fee with its witnesses, an interpreter apart."""

from __future__ import annotations

import pytest

from fieldapp.forms import FormSession
from fieldapp.services import Catalogue
from tests.support.filling import ANSWERS, fill, messages, open_service, value

SERVICE = Catalogue.load().get("civil-ceremony")
WISH = "wishes/wish[1]/wish_on"


def filled(changed: dict[str, str] | None = None) -> FormSession:
    return fill(fill(open_service(SERVICE), ANSWERS["civil-ceremony"]), changed or {})


@pytest.mark.parametrize(
    ("day", "fits"),
    [("2026-12-12", False), ("2026-11-20", False), ("2026-12-11", True), ("2026-12-13", False)],
)
def test_weekends_and_past_days_are_refused(day: str, fits: bool) -> None:
    assert (WISH not in messages(filled({WISH: day}))) == fits


def test_the_wedding_lies_within_ninety_days_of_the_licence() -> None:
    licence = {"ceremony/licence_no": "A123456", "ceremony/licence_issue": "2026-10-01"}
    assert messages(filled({**licence, WISH: "2026-12-30"})) == {}
    assert "90 days" in messages(filled({**licence, WISH: "2026-12-31"}))[WISH]


def test_at_most_three_wishes() -> None:
    session = filled()
    for number in (2, 3, 4):
        session.add("/data/wishes/wish")
        session.set(f"/data/wishes/wish[{number}]/wish_on", "2026-12-15")
        session.set(f"/data/wishes/wish[{number}]/wish_at", "10:00:00.000-05:00")
    assert list(messages(session)) == ["wishes/wish[4]/wish_on"]


@pytest.mark.parametrize(("clock", "fits"), [("08:29", False), ("08:30", True), ("16:00", True), ("16:30", False)])
def test_ceremonies_are_in_office_hours(clock: str, fits: bool) -> None:
    session = filled({"wishes/wish[1]/wish_at": f"{clock}:00.000-05:00"})
    assert (messages(session) == {}) == fits


@pytest.mark.parametrize(
    ("changed", "total", "kept"),
    [
        ({}, 339.0, 113.0),
        ({"ceremony/witness_by_city": "2"}, 395.5, 113.0),
        ({"ceremony/kind": "renewal"}, 56.5, 28.25),
    ],
)
def test_the_fee_and_the_part_that_is_kept(changed: dict[str, str], total: float, kept: float) -> None:
    session = filled(changed)
    assert float(value(session, "fee/fee_total")) == total
    assert float(value(session, "fee/fee_kept")) == kept


def test_an_interpreter_is_no_witness() -> None:
    assert list(messages(filled({"ceremony/interp_there": "yes"}))) == ["ceremony/interpreter_cert"]
