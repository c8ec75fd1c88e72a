"""What a form learns of its device while somebody fills it: where it is, and what was handed in on it before."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from fieldapp.access import COUNTER, SUPERVISOR
from fieldapp.actions import Desk, answer, open_form, start, take
from fieldapp.clock import FixedClock
from fieldapp.places import Layers
from fieldapp.records import Person, Record
from fieldapp.store import Store
from tests.support.services import DOG_COLUMNS, DOG_QUESTIONS, DOG_SETTINGS, sheet, write_dog_licence
from tests.support.store import KEY
from tests.support.versions import DOGS, answer_all, catalogue_of

CLERK = Person("clara", "Clara", frozenset({COUNTER, SUPERVISOR}))
ANSWERS = {"dog/dog_name": "Rex", "dog/age": "4", "dog/altered": "yes"}
HERE = "43.2561 -79.8692 0 10"
NAME = ("text", "dog_name", "Name of the dog", "Nom du chien", "yes", "", "", "", "", "", "${last-saved#dog_name}")


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """With a dog licence that notes where it is filled, and offers the name of the last dog."""
    folder = write_dog_licence(tmp_path / "services")
    questions = (("start-geopoint", "where"), DOG_QUESTIONS[0], NAME, *DOG_QUESTIONS[2:])
    form = sheet("survey", (*DOG_COLUMNS, "default"), *questions) + sheet("settings", *DOG_SETTINGS)
    (folder / "form.md").write_text(form, "utf-8")
    catalogue, clock = catalogue_of(tmp_path / "services", tmp_path), FixedClock()
    store = Store.open(tmp_path / "store", KEY, clock=clock, device="LT01", guide=catalogue)
    yield Desk(CLERK, store, catalogue, Layers(tmp_path / "layers.db"), clock, "LT01")
    store.close()


def finished(desk: Desk, **changed: str) -> Record:
    draft = answer_all(desk, start(desk, DOGS), ANSWERS | {f"dog/{name}": value for name, value in changed.items()})
    return take(desk, draft.id, "submit")


def test_a_form_that_is_filled_notes_where(desk: Desk) -> None:
    form = open_form(desk, start(desk, DOGS), locate=lambda: HERE)
    assert form.node("where").value.startswith("43.2561")


def test_a_form_that_is_only_read_asks_for_no_place(desk: Desk) -> None:
    draft = start(desk, DOGS)
    edits, _ = open_form(desk, draft, locate=lambda: HERE).edits(draft.fields)
    kept = answer(desk, draft.id, edits)
    assert open_form(desk, kept).node("where").value == kept.get("where")


def test_the_next_one_begins_with_what_was_handed_in_last(desk: Desk) -> None:
    finished(desk)
    assert open_form(desk, start(desk, DOGS)).node("dog/dog_name").value == "Rex"


def test_a_draft_is_not_handed_in(desk: Desk) -> None:
    answer_all(desk, start(desk, DOGS), ANSWERS)
    assert open_form(desk, start(desk, DOGS)).node("dog/dog_name").value == ""


def test_the_last_counts_and_never_the_record_itself(desk: Desk) -> None:
    finished(desk)
    last = finished(desk, dog_name="Bella")
    assert open_form(desk, start(desk, DOGS)).node("dog/dog_name").value == "Bella"
    assert open_form(desk, last).node("dog/dog_name").value == "Bella"
