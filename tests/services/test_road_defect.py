"""Road defects: the time for repair by size and class, what is not ours, and what the crew's visit may say."""

from __future__ import annotations

from dataclasses import replace

import pytest

from fieldapp.forms import FormSession
from fieldapp.services import Catalogue, carry, workflow
from tests.support.filling import ANSWERS, fill, messages, open_service, value
from tests.support.services import person, record_in

CATALOGUE = Catalogue.load()
REPORT, REPAIR = CATALOGUE.get("road-defect"), CATALOGUE.get("road-repair")


def reported(changed: dict[str, str]) -> FormSession:
    return fill(fill(open_service(REPORT), ANSWERS["road-defect"]), changed)


@pytest.mark.parametrize(
    ("changed", "due", "below"),
    [
        ({}, "2026-11-30", "no"),  # 2000 cm² and 9 cm on a road of class 3: seven days
        ({"defect/road_class": "1"}, "2026-11-27", "no"),
        ({"defect/depth_cm": "8"}, "", "yes"),  # deeper than 8 cm, not 8 cm
        ({"defect/road_class": "6"}, "", "no"),  # no standard
        ({"defect/kind": "sidewalk_trip", "defect/depth_cm": "2.5"}, "2026-12-07", "no"),
        ({"defect/kind": "shoulder_drop", "defect/road_class": "5", "defect/depth_cm": "13"}, "2027-01-22", "no"),
        ({"defect/depth_cm": ""}, "", "no"),  # not measured: nothing is said
    ],
)
def test_the_time_follows_size_and_class(changed: dict[str, str], due: str, below: str) -> None:
    session = reported(changed)
    assert (value(session, "clock/repair_due"), value(session, "defect/below")) == (due, below)


def test_the_clock_starts_when_the_city_became_aware() -> None:
    session = reported({"clock/aware_at": "2026-11-20T08:00:00.000-05:00"})
    assert REPORT.derived(session.answers(), "en")["@due"] == "2026-11-27"


@pytest.mark.parametrize(("owner", "steps"), [("city", {"submit"}), ("unknown", {"submit"}), ("mto", {"refer"})])
def test_a_provincial_highway_is_handed_on(owner: str, steps: set[str]) -> None:
    known = record_in("road-defect", "draft", author="cleo")
    record = replace(known, fields={**known.fields, "place/road_owner": owner})
    assert {step.id for step in workflow.offered(REPORT, record, person("cleo", "counter"))} == steps


def test_the_visit_begins_with_the_report_and_cannot_call_a_deep_hole_small() -> None:
    known = record_in("road-defect", "submitted", number="RD26-100001")
    report = replace(known, fields={**known.fields, **reported({}).answers()})
    session = open_service(REPAIR, carry.prefill(REPAIR, report))
    assert value(session, "visit/report_no") == "RD26-100001"
    assert value(session, "measures/road_class") == "3"
    fill(session, {**ANSWERS["road-repair"], "outcome/result": "below_standard"})
    assert "above the standard" in messages(session)["outcome/result"]
