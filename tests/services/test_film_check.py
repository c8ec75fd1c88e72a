"""Check of a film location: the permit's own days, and a result that fits what was found."""

from __future__ import annotations

from fieldapp.forms import FormSession
from fieldapp.services import Catalogue
from tests.support.filling import ANSWERS, fill, messages, open_service

SERVICE = Catalogue.load().get("film-check")


def checked(first: str = "2026-11-20", last: str = "2026-11-24", **changed: str) -> FormSession:
    session = open_service(SERVICE, {"visit/permit_first": first, "visit/permit_last": last})
    fill(session, ANSWERS[SERVICE.id])
    return fill(session, {path.replace("__", "/"): text for path, text in changed.items()})


def test_a_plain_check_complies() -> None:
    session = checked()
    assert messages(session) == {}
    assert session.node("/data/visit/permit_days_note").relevant
    label = session.label(session.node("/data/checklist/check[5]/k_result"))
    assert label == "Road, lane and sidewalk"


def test_what_is_not_as_permitted_does_not_comply() -> None:
    session = checked()
    session.set("/data/checklist/check[5]/k_result", "fail")
    assert set(messages(session)) == {"checklist/check[5]/k_found", "outcome/result"}
    fill(
        session, {"checklist/check[5]/k_found": "A lane was permitted, the road is closed", "outcome/result": "stopped"}
    )
    assert list(messages(session)) == ["outcome/told"]


def test_a_day_that_the_permit_does_not_have_is_seen() -> None:
    session = checked(last="2026-11-22")
    assert session.node("/data/visit/out_of_days_note").relevant
    assert "day is not one of the permit" in messages(session)["outcome/result"]
    assert messages(checked(first="2026-11-23", last="2026-11-23")) == {}
