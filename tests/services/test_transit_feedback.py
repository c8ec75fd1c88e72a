"""Transit feedback: an injury is phoned in first, routes come from the timetable, what is lost is given back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from fieldapp.forms import FormSession
from fieldapp.places import Layers
from fieldapp.services import Catalogue, workflow
from fieldapp.services.secrecy import is_secret
from tests.support.filling import ANSWERS, fill, messages, open_service, value
from tests.support.places import feed_file, loaded
from tests.support.services import person, record_in

SERVICE = Catalogue.load().get("transit-feedback")


def filled(changed: Mapping[str, str], layers: Layers | None = None) -> FormSession:
    return fill(fill(open_service(SERVICE, layers=layers), ANSWERS[SERVICE.id]), changed)


def test_an_injury_is_phoned_in_first() -> None:
    session = filled({"what/injury": "yes"})
    assert session.node("/data/what/injury_note").relevant
    assert "Phone first" in messages(session)["what/escalated_to"]


def test_routes_and_stops_are_those_of_the_timetable(tmp_path: Path) -> None:
    layers, _ = loaded(tmp_path, gtfs=feed_file(tmp_path / "feed.zip"))
    session = filled({"trip/stop_code": "1001", "trip/route": "1"}, layers)
    assert [choice.label for choice in session.choices(session.node("/data/trip/route"))] == ["1 King"]
    assert not session.node("/data/trip/route_said").relevant
    assert value(session, "trip/stop_name") == "Main @ King"
    assert messages(session) == {}
    session.set("/data/trip/stop_code", "4711")
    assert "no stop with this number" in messages(session)["trip/stop_code"]


def test_without_a_timetable_the_person_s_words_do() -> None:
    session = filled({"trip/stop_code": "4711"})
    assert messages(session) == {}
    assert SERVICE.derived(session.answers(), "en")["@title"] == "Transit · Complaint · 1 King"


@pytest.mark.parametrize(("number", "fits"), [("1904", True), ("190", False), ("A904", False)])
def test_a_bus_has_four_digits(number: str, fits: bool) -> None:
    assert ("trip/bus_no" not in messages(filled({"trip/bus_no": number}))) == fits


def test_a_darts_trip_names_its_passenger_and_hides_them() -> None:
    wrong = messages(filled({"what/mode": "darts"}))
    assert list(wrong) == ["trip/registrant_no", "trip/pick_up"]
    hidden = ("trip/registrant_no", "trip/pick_up", "trip/more_trip/operator_desc")
    assert all(is_secret(SERVICE, path) for path in hidden)


def test_a_lost_item_needs_somebody_to_give_it_to() -> None:
    lost = {"what/kind": "lost_item", "what/lost_desc": "Blue umbrella"}
    assert list(messages(filled({**lost, "answer/reply_wanted": "no"}))) == ["answer/reply_wanted"]
    assert messages(filled({**lost})) == {}


@pytest.mark.parametrize(("kind", "steps"), [("lost_item", {"found", "not_found"}), ("complaint", {"answer"})])
def test_what_is_lost_is_found_and_a_complaint_answered(kind: str, steps: set[str]) -> None:
    record = record_in(SERVICE.id, "assigned")
    record = replace(record, fields={**record.fields, "what/kind": kind})
    offered = {step.id for step in workflow.offered(SERVICE, record, person("bea", "back_office"))}
    assert offered & {"found", "not_found", "answer"} == steps
