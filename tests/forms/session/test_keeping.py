"""Records out and in again: nothing is lost, nothing is made up."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fieldapp.clock import FixedClock
from fieldapp.forms import FormDefinition, FormSession
from tests.support.forms import make_form

SURVEY = """
type         | name  | label | relevant   | calculation    | default
text         | who   | Who   |            |                |
integer      | n     | N     |            |                | 2
begin_group  | g     | G     | ${n} > 1   |                |
text         | why   | Why   |            |                |
end_group    |       |       |            |                |
begin_repeat | item  | Item  |            |                |
text         | what  | What  |            |                |
integer      | price | Price |            |                |
begin_repeat | part  | Part  |            |                |
text         | p     | P     |            |                |
end_repeat   |       |       |            |                |
end_repeat   |       |       |            |                |
calculate    | total |       |            | sum(${price})  |
"""


@pytest.fixture(scope="module")
def definition(tmp_path_factory: pytest.TempPathFactory) -> FormDefinition:
    return make_form(tmp_path_factory.mktemp("keeping"), SURVEY)


def opened(definition: FormDefinition, fields: dict[str, str] | None = None) -> FormSession:
    return FormSession(definition, fields or {}, clock=FixedClock())


Steps = st.lists(
    st.tuples(st.sampled_from(["who", "n", "why", "what", "price", "p", "item", "part", "remove"]), st.integers(0, 9)),
    max_size=25,
)


def act(session: FormSession, verb: str, number: int) -> None:
    """One step of a person, chosen by chance."""
    if verb in {"item", "part"}:
        repeats = [node for node in session.nodes() if node.kind == "repeat" and node.name == verb]
        session.add(repeats[number % len(repeats)].path) if repeats else None
        return
    instances = [node for node in session.nodes() if node.kind == "instance"]
    if verb == "remove":
        session.remove(instances[number % len(instances)].path) if instances else None
        return
    nodes = [node for node in session.nodes() if node.name == verb]
    if nodes:
        session.set(nodes[number % len(nodes)].path, str(number))


@settings(max_examples=60, deadline=None)
@given(steps=Steps)
def test_what_was_kept_comes_back_whole(definition: FormDefinition, steps: list[tuple[str, int]]) -> None:
    session = opened(definition)
    for step in steps:
        act(session, *step)
    later = opened(definition, session.answers())
    assert later.answers() == session.answers()
    assert later.to_xml() == session.to_xml()
    assert [node.ref for node in later.nodes()] == [node.ref for node in session.nodes()]


@settings(max_examples=60, deadline=None)
@given(steps=Steps)
def test_edits_lead_from_what_was_kept_to_what_is(definition: FormDefinition, steps: list[tuple[str, int]]) -> None:
    session = opened(definition)
    since = {**session.answers(), "@state": "draft"}
    for step in steps:
        act(session, *step)
    edits, was = session.edits(since)
    assert edits.keys() == was.keys()
    merged = {path: value for path, value in {**since, **edits}.items() if value is not None}
    assert merged == {**session.answers(), "@state": "draft"}
    assert all(since.get(path) == value for path, value in was.items())


@settings(max_examples=40, deadline=None)
@given(answers=st.permutations([("who", "ann"), ("n", "5"), ("g/why", "x"), ("item[d1]/price", "7")]))
def test_the_order_of_answers_does_not_matter(definition: FormDefinition, answers: list[tuple[str, str]]) -> None:
    session = opened(definition)
    for path, value in answers:
        session.set(path, value)
    values = {node.path: (node.value, node.relevant) for node in session.nodes() if node.name != "instanceID"}
    assert values["total"] == ("7", True)
    assert values["g/why"] == ("x", True)


def test_instances_carry_their_order(definition: FormDefinition) -> None:
    session = opened(definition)
    second = session.add("item")
    answers = session.answers()
    assert (answers["item[d1]"], answers[second.path]) == ("1", "2")
    swapped = {**answers, "item[d1]": "3"}
    assert [node.path for node in opened(definition, swapped).node("item").children] == [second.path, "item[d1]"]


def test_a_record_whose_instances_were_all_removed_stays_without(definition: FormDefinition) -> None:
    session = opened(definition)
    session.remove("item[d1]")
    assert opened(definition, session.answers()).node("item").children == []


def test_fields_of_an_older_form_are_kept_aside(definition: FormDefinition) -> None:
    old = {"gone": "1", "item[k1]/lost": "2", "nowhere[k2]/x": "3", "item[k1]": "1", "meta/instanceID": "uuid:1"}
    session = opened(definition, old)
    assert session.orphans == {"gone": "1", "item[k1]/lost": "2", "nowhere[k2]/x": "3"}
    edits, _ = session.edits(old)
    assert not set(edits) & set(session.orphans)
    assert session.answers(pruned=True).items() >= session.orphans.items()


def test_record_fields_are_not_answers(definition: FormDefinition) -> None:
    session = opened(definition, {"@state": "draft", "@title": "x"})
    assert session.is_new
    assert session.orphans == {}
    assert not any(path.startswith("@") for path in session.edits({"@state": "draft"})[0])


def test_pruned_answers_leave_out_what_is_not_relevant(definition: FormDefinition) -> None:
    session = opened(definition)
    session.set("g/why", "so")
    session.set("n", "0")
    assert session.answers()["g/why"] == "so"
    assert "g/why" not in session.answers(pruned=True)
    assert "<why>" not in session.to_xml()


def test_xml_carries_id_version_and_relevant_values(tmp_path: Path) -> None:
    survey = "type | name | label\ntext | a | A\ntext | b | B"
    definition = make_form(tmp_path, survey, settings="form_id | version\npermit | 7")
    session = FormSession(definition, {"a": "<&>", "meta/instanceID": "uuid:1"})
    assert session.to_xml() == (
        '<data id="permit" version="7"><a>&lt;&amp;&gt;</a><b/><meta><instanceID>uuid:1</instanceID></meta></data>'
    )
