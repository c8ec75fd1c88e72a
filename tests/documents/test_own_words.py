"""A paper's texts may say what a record says of itself: its state, a reason, the time and place that are theirs."""

from __future__ import annotations

from pathlib import Path

import pytest

from fieldapp.bookings.slots import Slot
from fieldapp.bookings.standing import CANCELLED, CONFIRMED, Standing
from fieldapp.clock import FixedClock
from fieldapp.documents.issued.answers import Answers
from fieldapp.errors import ServiceError
from fieldapp.forms import FormSession
from fieldapp.records import BOOKING, REASON, STATE
from fieldapp.services.entries import Entries
from fieldapp.services.papers import read_papers
from tests.support.papers import catalogue

CLINIC = Slot(
    id="c1",
    serves=(),
    place="Clinic, room 2",
    place_fr="Clinique, salle 2",
    starts="2026-12-03T09:00",
    minutes=15,
    capacity=1,
    person="",
    wards=(),
    free=0,
)
RULE = """[[papers]]
id = "slip"
kind = "card"
title.en = "Slip"
title.fr = "Fiche"
text.en = ["{PATH}"]
text.fr = ["{PATH}"]
"""


def answers(language: str, status: str = CONFIRMED) -> Answers:
    service, clock = catalogue().get("vaccine"), FixedClock()
    fields = {
        STATE: "booked",
        REASON: "The clinic moved",
        f"{BOOKING}clinic": Standing(status, 1, CLINIC).text(),
        "client/client_first": "Łukasz",
        "client/client_last": "Nowak",
    }
    form = FormSession(
        service.form(),
        fields,
        language=language,
        clock=clock,
        reference=service.reference_data(clock=clock),
        functions=service.functions(),
    )
    return Answers(service, form, fields)


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "Thursday, December 3, 2026, 9:00 a.m. to 9:15 a.m., Clinic, room 2: Booked"),
        ("fr", "le jeudi 3 décembre 2026, de 9 h à 9 h 15, Clinique, salle 2: Réservé"),
    ],
)
def test_the_booked_time_and_the_state_are_said_in_words(language: str, said: str) -> None:
    assert answers(language).fill("{@booking/clinic}: {@state}") == said


def test_a_time_that_was_given_back_is_not_said() -> None:
    assert answers("en", CANCELLED).fill("Your appointment: {@booking/clinic}.") == ""


def test_paths_with_a_space_between_are_one_line() -> None:
    assert answers("en").words(["client/client_first client/client_last"]) == ["Łukasz Nowak"]


def test_what_no_record_says_of_itself_is_refused(tmp_path: Path) -> None:
    (tmp_path / "service.toml").write_text(RULE.replace("PATH", "@colour"), "utf-8")
    entries = Entries.of_file(tmp_path / "service.toml")
    with pytest.raises(ServiceError, match="@colour"):
        read_papers(entries, (), ())
