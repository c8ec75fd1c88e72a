"""A record goes to JSON and back unchanged, and what it becomes in between is what the schema says."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings

from fieldapp.forms import FormDefinition, FormSession
from fieldapp.forms.submission import fields_of_json, json_of_fields, to_json
from tests.support.forms import make_form
from tests.support.submission import CHOICES, RECORDS, SETTINGS, SURVEY, faults, fill, numbered

Record = tuple[dict[str, str], list[tuple[str, list[int]]]]


@pytest.fixture(scope="module")
def definition(tmp_path_factory: pytest.TempPathFactory) -> FormDefinition:
    return make_form(tmp_path_factory.mktemp("form"), SURVEY, CHOICES, SETTINGS)


@pytest.fixture(scope="module")
def new(definition: FormDefinition) -> Callable[[], FormSession]:
    """Makes new records: Hypothesis prints what it is given, and a whole form is long."""
    return lambda: FormSession(definition)


@settings(max_examples=60, deadline=None)
@given(record=RECORDS)
def test_a_record_comes_back_as_it_was(new: Callable[[], FormSession], record: Record) -> None:
    session = new()
    fill(session, record)
    submitted = json.loads(json.dumps(to_json(session)))
    assert fields_of_json(session.definition, submitted) == numbered(session.answers(pruned=True))


@settings(max_examples=40, deadline=None)
@given(record=RECORDS)
def test_a_record_is_what_the_schema_says(new: Callable[[], FormSession], record: Record) -> None:
    session = new()
    fill(session, record)
    wrong = faults(session.definition, to_json(session))
    if session.problems():
        wrong = [fault for fault in wrong if not fault.startswith("required ")]
    assert wrong == []


def test_instances_keep_their_order_and_their_names(definition: FormDefinition) -> None:
    session = FormSession(definition)
    session.set("title", "T")
    first = session.node("all/item").children[0]  # a form begins with one
    second, third = session.add("all/item"), session.add("all/item")
    session.set(f"{third.path}/what", "third")
    session.remove(second.path)
    items = to_json(session)["all"]["item"]
    assert [item["$key"] for item in items] == [first.key, third.key]
    back = FormSession(definition, fields_of_json(definition, to_json(session)))
    assert [node.key for node in back.node("all/item").children] == [first.key, third.key]


def test_only_what_is_asked_is_submitted(definition: FormDefinition) -> None:
    session = FormSession(definition)
    session.set("title", "T")
    session.set("all/amount", "5")
    session.set("title", "")
    assert "all" not in to_json(session)


def test_record_fields_and_orphans_stay_away(definition: FormDefinition) -> None:
    fields = {"@state": "draft", "title": "T", "gone": "x", "all/item[k1]": "1", "all/item[k1]/lost": "y"}
    assert json_of_fields(definition, fields) == {"title": "T", "all": {"item": [{"$key": "k1"}]}}


@pytest.mark.parametrize(
    ("path", "text", "value"),
    [
        ("who/age", "42", 42),
        ("all/amount", "12.5", 12.5),
        ("all/amount", "12", 12),
        ("all/amount", "0.1234567890123456789", "0.1234567890123456789"),
        ("all/amount", "0.0000001", 0.0000001),
        ("all/amount", "9" * 30, "9" * 30),
        ("all/amount", "9" * 5000, "9" * 5000),
        ("all/colours", "red blue", ["red", "blue"]),
        ("all/ok", "OK", True),
        ("all/point", "43.25 -79.5 75 4", {"latitude": 43.25, "longitude": -79.5, "altitude": 75, "accuracy": 4}),
        ("all/point", "43.250 -79.5", {"latitude": "43.250", "longitude": -79.5}),
        ("all/photo", "9f86.jpg", "9f86.jpg"),
        ("all/day", "2026-11-23", "2026-11-23"),
        ("who/age", "not a number", "not a number"),
    ],
)
def test_one_answer(definition: FormDefinition, path: str, text: str, value: object) -> None:
    group, name = path.split("/")
    assert json_of_fields(definition, {path: text})[group] == {name: value}


def test_what_is_not_of_its_kind_is_refused_by_the_schema(definition: FormDefinition) -> None:
    value = json_of_fields(definition, {"title": "T", "who/name": "N", "who/age": "old"})
    assert "type at $.who.age" in faults(definition, value)


def test_a_repeat_in_the_file_of_a_form_without_questions(tmp_path: Path) -> None:
    definition = make_form(tmp_path, "type | name | label\nnote | n | N")
    assert to_json(FormSession(definition)).keys() <= {"meta"}
