"""Extra garbage: each ground asks for its own, a doctor's letter leaves no trace, an answer ends after a year."""

from __future__ import annotations

import pytest

from fieldapp.forms import FormSession
from fieldapp.services import Catalogue
from fieldapp.services.secrecy import is_secret
from tests.support.filling import ANSWERS, fill, messages, open_service, value

SERVICE = Catalogue.load().get("extra-garbage")
CHILD = "/data/grounds/children/child"


def filled(**changed: str) -> FormSession:
    session = fill(open_service(SERVICE), ANSWERS["extra-garbage"])
    return fill(session, {path.replace("__", "/"): text for path, text in changed.items()})


def with_children(*years: str) -> FormSession:
    session = filled(grounds__ground="two_under_four")
    for number, year in enumerate(years, start=1):
        if number > 1:
            session.add(CHILD)
        session.set(f"{CHILD}[{number}]/birth_year", year)
    return session


def test_two_children_under_four_are_two() -> None:
    assert "Two children" in messages(with_children("2024"))["bags/declare_true"]
    assert messages(with_children("2024", "2025")) == {}


@pytest.mark.parametrize("year", ["2021", "2027"])
def test_who_is_four_or_not_born_is_no_ground(year: str) -> None:
    assert list(messages(with_children("2024", year))) == ["grounds/children/child[2]/birth_year"]


def test_who_turns_four_this_year_is_asked_for() -> None:
    assert list(messages(with_children("2024", "2022"))) == ["grounds/children/child[2]/not_yet_four"]


def test_a_letter_is_seen_by_somebody_and_never_kept() -> None:
    session = filled(grounds__ground="medical", grounds__medical_note="letter_seen")
    assert list(messages(session)) == ["grounds/medical_seen_by"]
    kinds = {question.kind for path, question in SERVICE.form().questions.items() if path.startswith("grounds/")}
    assert not kinds & {"image", "file", "upload"}


def test_it_ends_after_a_year_or_earlier() -> None:
    session = filled()
    assert value(session, "bags/expires") == "2027-11-23"
    fill(session, {"bags/until": "2027-03-01"})
    assert SERVICE.derived(session.answers(), "en")["@due"] == "2027-03-01"
    assert "bags/until" in messages(filled(bags__until="2027-11-24"))


def test_the_ground_is_hidden_and_in_no_title() -> None:
    assert is_secret(SERVICE, "grounds/ground")
    assert is_secret(SERVICE, "grounds/medical_note")
    assert SERVICE.derived(filled().answers(), "en")["@title"] == "Extra garbage · Wójcik"
