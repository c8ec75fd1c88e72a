"""Burn permit: the rural boundary, what may not be burned, a ban, and who may issue it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from fieldapp.forms import FormSession
from fieldapp.records import Person
from fieldapp.services import Catalogue, workflow
from tests.support.filling import ANSWERS, fill, messages, open_service, value
from tests.support.places import loaded, wards_file
from tests.support.services import person, record_in

SERVICE = Catalogue.load().get("burn-permit")
INSIDE = "43.25 -79.85 0 0"  # of the rural square, whose eastern side is at -79.8
NEAR_INSIDE, NEAR_OUTSIDE = "43.25 -79.8003 0 0", "43.25 -79.7997 0 0"
OUTSIDE = "43.25 -79.79 0 0"


def filled(folder: Path, where: str = INSIDE, **changed: str) -> FormSession:
    layers, _ = loaded(folder, rural=wards_file(folder, 1))
    session = fill(open_service(SERVICE, layers=layers), {**ANSWERS[SERVICE.id], "place/loc": where})
    return fill(session, {path.replace("__", "/"): text for path, text in changed.items()})


@pytest.mark.parametrize(
    ("where", "state", "may"),
    [
        (INSIDE, "rural", "yes"),
        (NEAR_INSIDE, "border", "no"),
        (NEAR_OUTSIDE, "border", "no"),
        (OUTSIDE, "urban", "refuse"),
    ],
)
def test_fifty_metres_about_the_boundary_are_a_supervisors(tmp_path: Path, where: str, state: str, may: str) -> None:
    session = filled(tmp_path, where)
    assert value(session, "place/rural_state") == state
    assert value(session, "ban/counter_may") == may
    assert ("declaration/rules_ack" in messages(session)) == (state == "urban")


def test_without_a_rural_map_a_supervisor_decides() -> None:
    session = fill(open_service(SERVICE), {**ANSWERS[SERVICE.id], "place/loc": INSIDE})
    assert value(session, "place/rural_state") == "unknown"
    assert value(session, "ban/counter_may") == "no"
    assert messages(session) == {}


@pytest.mark.parametrize("what", ["leaves", "clean_wood garbage"])
def test_leaves_and_garbage_are_refused(tmp_path: Path, what: str) -> None:
    assert "yard waste" in messages(filled(tmp_path, fire__material=what))["fire/material"]


@pytest.mark.parametrize(
    ("state", "checked", "check"),
    [
        ("none", "2026-11-22T09:00:00.000-05:00", "fresh"),  # 24 hours
        ("none", "2026-11-22T08:30:00.000-05:00", "old"),
        ("ban", "2026-11-23T08:30:00.000-05:00", "ban"),
    ],
)
def test_a_ban_is_checked_within_a_day(tmp_path: Path, state: str, checked: str, check: str) -> None:
    session = filled(tmp_path, ban__ban_state=state, ban__ban_checked_at=checked)
    assert value(session, "ban/ban_check") == check
    assert value(session, "ban/counter_may") == {"fresh": "yes", "old": "no", "ban": "ban"}[check]


def offered(who: Person, may: str) -> set[str]:
    record = record_in(SERVICE.id, "applied", author="clara")
    record = replace(record, fields={**record.fields, "ban/counter_may": may})
    return {step.id for step in workflow.offered(SERVICE, record, who)}


def test_who_issues_it() -> None:
    clara, sam, ines = person("clara", "counter"), person("sam", "supervisor"), person("ines", "inspector")
    assert "issue_here" in offered(clara, "yes")
    assert "issue_here" not in offered(clara, "no")
    assert "issue" in offered(sam, "no")
    assert "issue" not in offered(sam, "refuse") | offered(sam, "ban")
    assert offered(ines, "yes") == {"recommend"}


def test_distances_wait_for_the_by_law(tmp_path: Path) -> None:
    session = filled(tmp_path)
    assert session.node("/data/fire/minima_note").relevant
    assert messages(filled(tmp_path, fire__dist_building_m="-1"))["fire/dist_building_m"]
