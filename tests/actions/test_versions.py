"""A record and the versions of its form: drafts follow, finished ones stay, and every Change names the right one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from fieldapp.access import COUNTER, SUPERVISOR
from fieldapp.actions import (
    Desk,
    answer,
    carried_forms,
    catch_up,
    dismiss,
    may_edit,
    open_form,
    start,
    take,
)
from fieldapp.errors import AccessError, RefusedError
from fieldapp.forms.following import carried_in
from fieldapp.records import Person, Record
from tests.support.services import write_dog_licence
from tests.support.versions import DOGS, NEW, OLD, Machine, answer_all, correct_dog_licence

CLERK = Person("clara", "Clara", frozenset({COUNTER, SUPERVISOR}))


@pytest.fixture
def services(tmp_path: Path) -> Path:
    write_dog_licence(tmp_path / "services")
    return tmp_path / "services"


@pytest.fixture
def machine(tmp_path: Path) -> Iterator[Machine]:
    made = Machine(tmp_path / "home", CLERK)
    yield made
    made.store.close()


@pytest.fixture
def draft(machine: Machine, services: Path) -> Record:
    """A draft that was answered in version 1."""
    desk = machine.desk(services)
    return answer_all(desk, start(desk, DOGS), OLD)


@pytest.fixture
def updated(machine: Machine, services: Path, draft: Record) -> Desk:
    """The same laptop after the update that brought version 2."""
    correct_dog_licence(services)
    return machine.desk(services)


def test_a_draft_follows_its_form(updated: Desk, draft: Record) -> None:
    now = catch_up(updated, draft.id)
    assert now.form_version == updated.catalogue.get(DOGS).form_version
    assert now.get("dog/call_name") == "Rex"
    assert {one.path: one.value for one in carried_in(now.fields)} == {"dog/age": "4", "dog/altered": "yes"}


def test_following_is_durable_and_happens_once(updated: Desk, draft: Record) -> None:
    now = catch_up(updated, draft.id)
    assert updated.record(draft.id) == now
    assert catch_up(updated, draft.id) == now


def test_what_moved_is_in_the_history(updated: Desk, draft: Record) -> None:
    catch_up(updated, draft.id)
    change = updated.store.history(draft.id)[-1].change
    assert change.edits["dog/dog_name"] is None
    assert change.form_version.startswith("2-")


def test_a_record_opens_in_the_version_that_it_has(updated: Desk, draft: Record) -> None:
    session = open_form(updated, draft)
    assert session.node("dog/dog_name").value == "Rex"
    assert open_form(updated, catch_up(updated, draft.id)).node("dog/call_name").value == "Rex"


def test_an_answer_takes_the_record_along(updated: Desk, draft: Record) -> None:
    now = answer(updated, draft.id, {"dog/dog_name": "Max"})
    assert now.get("dog/call_name") == "Max"
    assert not now.get("dog/dog_name")
    assert now.form_version.startswith("2-")


def test_a_draft_is_judged_by_the_form_as_it_is_now(updated: Desk, draft: Record) -> None:
    with pytest.raises(RefusedError, match=r"2 answers need a look, first “Age”"):
        take(updated, draft.id, "submit")


def test_a_submitted_draft_has_followed_with_all_that_it_carries(updated: Desk, draft: Record) -> None:
    answer_all(updated, draft, NEW)
    done = take(updated, draft.id, "submit")
    assert done.form_version.startswith("2-")
    assert done.get("dog/age") == "grown"
    assert len(carried_in(done.fields)) == 2


def test_a_finished_record_keeps_its_version(machine: Machine, services: Path, draft: Record) -> None:
    take(machine.desk(services), draft.id, "submit")
    correct_dog_licence(services)
    later = machine.desk(services)
    finished = catch_up(later, draft.id)
    assert finished.form_version == draft.form_version
    assert open_form(later, finished).node("dog/dog_name").value == "Rex"


def test_a_step_of_somebody_else_leaves_the_version_alone(machine: Machine, services: Path, draft: Record) -> None:
    take(machine.desk(services), draft.id, "submit")
    correct_dog_licence(services)
    other = replace(machine.desk(services), person=Person("sam", "Sam", frozenset({SUPERVISOR})))
    assert take(other, draft.id, "approve").form_version == draft.form_version


def test_a_record_of_a_newer_form_that_is_here_stays_in_it(machine: Machine, services: Path, draft: Record) -> None:
    correct_dog_licence(services)
    newer = catch_up(machine.desk(services), draft.id)
    write_dog_licence(services)
    back = machine.desk(services)
    assert catch_up(back, draft.id) == newer
    assert answer(back, draft.id, {"dog/call_name": "Max"}).form_version == newer.form_version


def test_a_record_of_a_newer_form_that_is_not_here_cannot_be_changed(updated: Desk, draft: Record) -> None:
    strange = updated.commit(draft, {"dog/dog_name": "Rex "}, form_version="3-00000000")
    assert not may_edit(updated, strange)
    with pytest.raises(RefusedError, match="newer form"):
        answer(updated, draft.id, {"dog/dog_name": "Max"})


def test_a_draft_of_an_older_form_that_is_not_here_follows_by_its_paths(updated: Desk, draft: Record) -> None:
    updated.commit(draft, {"dog/colour": "brown"}, form_version="0-00000000")
    now = catch_up(updated, draft.id)
    assert now.get("dog/colour") == "brown"
    assert {one.path for one in carried_in(now.fields)} == {"dog/age", "dog/altered"}
    assert {one.version for one in carried_in(now.fields)} == {"0-00000000"}
    assert carried_forms(updated, now) == {}


def test_a_carried_answer_is_read_with_the_words_of_its_time(updated: Desk, draft: Record) -> None:
    forms = carried_forms(updated, catch_up(updated, draft.id))
    session = forms[draft.form_version]
    assert session.label(session.node("dog/altered")) == "Spayed or neutered?"
    assert session.node("dog/altered").value == "yes"


def test_a_carried_answer_is_dismissed_into_the_history(updated: Desk, draft: Record) -> None:
    now = catch_up(updated, draft.id)
    field = carried_in(now.fields)[1].field
    assert [one.path for one in carried_in(dismiss(updated, draft.id, field).fields)] == ["dog/age"]


def test_only_carried_answers_are_dismissed(updated: Desk, draft: Record) -> None:
    with pytest.raises(AccessError):
        dismiss(updated, draft.id, "@state")
