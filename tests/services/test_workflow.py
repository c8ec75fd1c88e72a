"""Who may do what in each state."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from fieldapp.errors import AccessError, RefusedError, ServiceError
from fieldapp.records import Person
from fieldapp.services import Catalogue, Service, workflow
from tests.support.services import person, record_in, write_dog_licence

CATALOGUE = Catalogue.load()
CLARA = person("clara", "counter")
CARL = person("carl", "counter")
INES = person("ines", "inspector")
SAM = person("sam", "supervisor")
BEA = person("bea", "back_office")


def steps(service: str, state: str, who: Person, **fields: str) -> list[str]:
    record = record_in(service, state, **fields)
    return [step.id for step in workflow.offered(CATALOGUE.get(service), record, who)]


@pytest.mark.parametrize(
    ("service", "state", "who", "offered"),
    [
        ("bulk-pickup", "draft", CLARA, ["submit"]),
        ("bulk-pickup", "draft", BEA, []),
        ("bulk-pickup", "submitted", CLARA, ["cancel"]),
        ("bulk-pickup", "submitted", SAM, ["approve", "return", "cancel"]),
        ("bulk-pickup", "returned", CLARA, ["resubmit", "cancel"]),
        ("bulk-pickup", "returned", CARL, ["cancel"]),
        ("bulk-pickup", "approved", BEA, ["schedule", "cancel"]),
        ("bulk-pickup", "scheduled", BEA, ["collect", "not_out", "cancel"]),
        ("bulk-pickup", "not_out", BEA, ["schedule", "close"]),
        ("bulk-pickup", "closed", SAM, []),
        ("building-permit", "draft", CLARA, ["submit"]),
        ("building-permit", "draft", INES, []),
        ("building-permit", "submitted", SAM, ["approve", "return", "review", "ask_documents", "refuse", "withdraw"]),
        ("building-permit", "submitted", BEA, ["return", "review", "ask_documents"]),
        ("building-permit", "incomplete", CLARA, ["resubmit", "withdraw"]),
        ("building-permit", "approved", SAM, ["issue", "withdraw"]),
        ("building-permit", "issued", SAM, ["close"]),
    ],
)
def test_offered(service: str, state: str, who: Person, offered: list[str]) -> None:
    assert steps(service, state, who) == offered


def test_a_planned_visit_is_finished_by_whom_it_is_assigned_to() -> None:
    assert steps("building-inspection", "planned", INES, author="sam", assignee="ines") == ["submit", "no_access"]
    assert steps("building-inspection", "planned", person("ivo", "inspector"), author="sam", assignee="ines") == []


def test_a_supervisor_who_planned_a_visit_may_approve_it() -> None:
    fields = {"author": "sam", "assignee": "ines", "submitted_by": "ines"}
    assert "approve" in steps("building-inspection", "submitted", SAM, **fields)


def test_nobody_approves_their_own() -> None:
    both = person("ines", "inspector", "supervisor")
    record = record_in("building-inspection", "submitted", author="ines", submitted_by="ines")
    with pytest.raises(AccessError, match="second person"):
        workflow.check(CATALOGUE.get("building-inspection"), record, "approve", both)


def test_before_the_city_knows_it_the_holder_counts_as_author() -> None:
    both = person("ines", "inspector", "supervisor")
    assert "approve" not in steps("building-inspection", "submitted", both, author="sam", assignee="ines")


def test_a_returned_record_may_be_corrected_by_whom_it_was_given_to() -> None:
    assert "resubmit" in steps("bulk-pickup", "returned", CARL, submitted_by="clara", assignee="carl")


def test_a_wrong_role_is_an_access_error() -> None:
    service = CATALOGUE.get("bulk-pickup")
    with pytest.raises(AccessError, match="role"):
        workflow.check(service, record_in("bulk-pickup", "submitted"), "approve", CARL)


def test_a_wrong_state_is_refused_in_words() -> None:
    service = CATALOGUE.get("bulk-pickup")
    with pytest.raises(RefusedError, match="“Approve” is not possible now: the record is “Closed”"):
        workflow.check(service, record_in("bulk-pickup", "closed"), "approve", SAM)


def test_an_unknown_step_is_refused() -> None:
    with pytest.raises(RefusedError, match="knows no step"):
        workflow.check(CATALOGUE.get("bulk-pickup"), record_in("bulk-pickup", "draft"), "burn", SAM)


def test_check_gives_the_step() -> None:
    step = workflow.check(CATALOGUE.get("bulk-pickup"), record_in("bulk-pickup", "submitted"), "return", SAM)
    assert (step.to, step.needs_reason) == ("returned", True)


ASKED_FOR = [one for one in CATALOGUE if not one.internal]


@pytest.mark.parametrize("service", ASKED_FOR, ids=lambda service: service.id)
def test_what_the_city_gets_is_whole(service: Service) -> None:
    first = [step for step in service.transitions if service.first_state in step.from_]
    first = [step for step in first if service.state(step.to).kind == "review" and not step.needs_reason]
    assert [step.id for step in first if not step.needs_complete_form] == []


REVIEWED = [one for one in CATALOGUE if {"submitted", "returned"} <= {state.id for state in one.states}]


@pytest.mark.parametrize("service", REVIEWED, ids=lambda service: service.id)
def test_what_is_reviewed_is_decided_by_somebody_else(service: Service) -> None:
    assert all(step.not_author for step in service.transitions if step.id == "approve")
    assert service.transition("return").needs_reason
    assert service.state(service.transition("return").to).editable
    assert service.transition("resubmit").author_only
    assert not any(state.editable for state in service.states if state.id == "approved")


OLD_DOGS = ('to = "approved"\n', 'to = "approved"\nwhen = { question = "dog/age", is = ["12", "13"] }\n')
NOT_OLD_DOGS = ('to = "approved"\n', 'to = "approved"\nwhen = { question = "dog/age", is_not = ["12"] }\n')


def dogs(place: Path, replacing: tuple[str, str]) -> Service:
    write_dog_licence(place, replacing=replacing)
    return Catalogue.load([place]).get("puppy-tag")


@pytest.mark.parametrize(
    ("when", "age", "there"),
    [
        (OLD_DOGS, "12", True),
        (OLD_DOGS, "3", False),
        (OLD_DOGS, "", False),
        (NOT_OLD_DOGS, "12", False),
        (NOT_OLD_DOGS, "3", True),
        (NOT_OLD_DOGS, "", True),
    ],
)
def test_an_answer_decides_about_a_step(tmp_path: Path, when: tuple[str, str], age: str, there: bool) -> None:
    service = dogs(tmp_path, when)
    record = record_in("puppy-tag", "submitted")
    record = replace(record, fields={**record.fields, "dog/age": age})
    assert ("approve" in [step.id for step in workflow.offered(service, record, SAM)]) == there


def test_a_step_that_does_not_fit_the_answers_is_refused_in_words(tmp_path: Path) -> None:
    with pytest.raises(RefusedError, match="does not fit the answers"):
        workflow.check(dogs(tmp_path, OLD_DOGS), record_in("puppy-tag", "submitted"), "approve", SAM)


def test_a_step_depends_on_a_question_that_the_form_has(tmp_path: Path) -> None:
    service = dogs(tmp_path, (OLD_DOGS[0], OLD_DOGS[1].replace("dog/age", "dog/size")))
    with pytest.raises(ServiceError, match="no question “dog/size”"):
        service.form()
