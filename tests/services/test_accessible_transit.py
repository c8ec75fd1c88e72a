"""Accessible transit: what one can do, sizes of chairs, the sealed Part 2, and who decides."""

from __future__ import annotations

import pytest

from fieldapp.forms import FormSession
from fieldapp.services import Catalogue, workflow
from fieldapp.services.secrecy import is_secret
from tests.support.filling import ANSWERS, fill, messages, open_service
from tests.support.services import person, record_in

SERVICE = Catalogue.load().get("accessible-transit")


def filled(**changed: str) -> FormSession:
    session = fill(open_service(SERVICE), ANSWERS[SERVICE.id])
    return fill(session, {path.replace("__", "/"): text for path, text in changed.items()})


@pytest.mark.parametrize(("aids", "asked"), [("walker", False), ("cane power_chair", True), ("scooter", True)])
def test_a_chair_or_scooter_has_its_size(aids: str, asked: bool) -> None:
    assert ("travel/aid_dims" in messages(filled(travel__mobility_aid=aids))) == asked


def test_no_aid_stands_alone() -> None:
    assert "stands alone" in messages(filled(travel__mobility_aid="none walker"))["travel/mobility_aid"]


def test_for_a_time_says_until_when() -> None:
    assert list(messages(filled(travel__lasting="temporary"))) == ["travel/temp_until"]
    session = filled(travel__lasting="temporary", travel__temp_until="2027-03-01")
    assert messages(session) == {}
    assert SERVICE.derived(session.answers(), "en")["@due"] == "2027-03-01"


def test_part_two_is_never_scanned() -> None:
    pictures = {path for path, one in SERVICE.form().questions.items() if one.kind in {"image", "file"}}
    assert pictures == {"part2/hcp_sig"}


def test_who_applies_for_another_names_them() -> None:
    assert list(messages(filled(applicant__role="relative"))) == ["applicant/passenger_name"]


def test_nothing_of_it_is_seen_in_passing() -> None:
    assert SERVICE.derived(filled().answers(), "fr")["@title"] == "Transport adapté"
    hidden = ("applicant/last_name", "applicant/dob", "travel/walk_175m", "part2/hcp_type")
    assert all(is_secret(SERVICE, path) for path in hidden)


@pytest.mark.parametrize("state", ["complete", "assessment", "appeal"])
def test_eligibility_is_a_supervisors_and_not_their_own(state: str) -> None:
    bea, sam = person("bea", "back_office"), person("sam", "supervisor")
    granting = {"grant", "grant_seasonal", "grant_trip", "grant_temporary", "refuse"}
    offered = {step.id for step in workflow.offered(SERVICE, record_in(SERVICE.id, state), sam)}
    assert granting <= offered
    for who, author in ((bea, "clara"), (sam, "sam")):
        own = workflow.offered(SERVICE, record_in(SERVICE.id, state, author=author), who)
        assert granting.isdisjoint({step.id for step in own})
