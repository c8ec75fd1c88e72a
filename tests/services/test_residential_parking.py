"""Residential parking: which home and vehicle, what it costs, and that only a paid permit is handed over."""

from __future__ import annotations

import pytest

from fieldapp.forms import FormSession
from fieldapp.records import Record
from fieldapp.services import Catalogue, workflow
from tests.support.filling import ANSWERS, fill, messages, open_service, value
from tests.support.services import person, record_in

SERVICE = Catalogue.load().get("residential-parking")


def filled(**changed: str) -> FormSession:
    session = fill(open_service(SERVICE), ANSWERS["residential-parking"])
    return fill(session, {path.replace("__", "/"): text for path, text in changed.items()})


def steps(session: FormSession) -> list[str]:
    fields = {**record_in("residential-parking", "draft").fields, **session.answers()}
    record = Record("r1", "residential-parking", "1", 1, fields)
    return [step.id for step in workflow.offered(SERVICE, record, person("clara", "counter"))]


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("place/in_zone", "no"),
        ("place/dwelling_units", "4"),
        ("place/abuts", "no"),
        ("vehicle/plate", "abc 123"),
        ("vehicle/veh_class", "commercial"),
        ("vehicle/length_ok", "no"),
        ("vehicle/length_m", "6.5"),
        ("vehicle/own_addr_matches", "no"),
    ],
)
def test_what_gets_no_permit(question: str, answer: str) -> None:
    assert list(messages(fill(filled(), {question: answer}))) == [question]


def test_nobody_asks_for_a_vin() -> None:
    assert not [path for path in SERVICE.form().questions if "vin" in path.split("/")[-1]]


def test_it_ends_on_the_first_of_january() -> None:
    assert value(filled(), "vehicle/expires") == "2027-01-01"


def test_the_fee_has_its_hst_and_an_accessible_space_is_free() -> None:
    assert float(value(filled(), "fee/fee_total")) == 91.0  # 80.53 $ and 13 %
    session = filled(vehicle__programme="accessible", vehicle__accessible_permit_no="AP-1")
    assert float(value(session, "fee/fee_total")) == 0
    assert value(filled(vehicle__programme="time_limit"), "fee/fee_base") == ""


def test_a_permit_is_handed_over_once_it_is_paid() -> None:
    assert steps(filled()) == ["submit"]
    session = filled(fee__pay_method="cash", fee__pay_state="received_offline", fee__permit_no="P-004512")
    assert messages(session) == {}
    assert steps(session) == ["sell"]
    assert not filled().node("/data/fee/permit_no").relevant


def test_a_caregiver_shows_no_ownership() -> None:
    session = filled(vehicle__programme="caregiver", vehicle__plate="", vehicle__caregiver_for="Eva Example")
    assert messages(session) == {}
    assert not session.node("/data/vehicle/ownership_seen").relevant
