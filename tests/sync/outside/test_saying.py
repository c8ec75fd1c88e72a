"""A request as the server is to have it: values, lists, moments, lengths."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pytest

from fieldapp.outside import LONGEST
from fieldapp.services import Catalogue, Service
from fieldapp.services.forwarding import Forward
from sync.gateway.outside import saying

RULE = Forward("x", "007", frozenset({"submit"}), {"description": "about", "address": "where"})


@pytest.fixture(scope="module")
def vaccine() -> Service:
    """A form that has a question of several choices, and one of a day."""
    return Catalogue.load().get("vaccine")


def told(service: Service, answers: Mapping[str, str], **more: object) -> list[tuple[str, str]]:
    rule = replace(RULE, **more)  # type: ignore[arg-type]  # as a test names them
    return saying.parts_of(service, rule, "R-1", answers)


def test_several_choices_are_a_list_in_their_words(vaccine: Service) -> None:
    rule = {"attributes": {"V": "need/vaccines"}, "values": {"V": {"hepb": "HB"}}}
    parts = told(vaccine, {"need/vaccines": "hepb flu"}, **rule)
    assert [part for part in parts if part[0].startswith("attribute")] == [
        ("attribute[V][]", "HB"),
        ("attribute[V][]", "flu"),
    ]


def test_a_day_has_an_offset(vaccine: Service) -> None:
    parts = told(vaccine, {"client/dob": "2026-07-01"}, attributes={"D": "client/dob"})
    assert ("attribute[D]", "2026-07-01T00:00:00-04:00") in parts


def test_a_moment_at_the_end_of_the_calendar_stays_as_it_is(vaccine: Service) -> None:
    parts = told(vaccine, {"client/dob": "0001-01-01T00:00:00Z"}, attributes={"D": "client/dob"})
    assert ("attribute[D]", "0001-01-01T00:00:00Z") in parts


def test_our_number_fits_into_what_a_server_takes(vaccine: Service) -> None:
    parts = dict(told(vaccine, {"about": "x" * 9000}))
    assert len(parts["description"]) == LONGEST
    assert parts["description"].endswith("\n\n[R-1]")


def test_what_has_no_words_of_its_own_is_called_by_the_service(vaccine: Service) -> None:
    assert dict(told(vaccine, {}))["description"] == "Vaccine appointment\n\n[R-1]"


def test_a_request_without_a_place_is_none(vaccine: Service) -> None:
    assert not saying.has_place(told(vaccine, {}))
    assert not saying.has_place(told(vaccine, {"here": "north of here"}, paths={"location": "here"}))
    assert saying.has_place(told(vaccine, {"where": "71 MAIN ST W"}))
    point = told(vaccine, {"here": "43.1 -0.00000012 80 5"}, paths={"location": "here"})
    assert point[-2:] == [("lat", "43.100000"), ("long", "-0.000000")]
