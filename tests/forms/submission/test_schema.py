"""The schema says what a program must know of a form."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from fieldapp.forms import FormDefinition
from fieldapp.forms.submission import schema
from fieldapp.forms.submission.cli import run_schema
from fieldapp.services import Catalogue, Service
from tests.support.forms import make_form, write_form
from tests.support.submission import CHOICES, SETTINGS, SURVEY, faults


@pytest.fixture(scope="module")
def definition(tmp_path_factory: pytest.TempPathFactory) -> FormDefinition:
    return make_form(tmp_path_factory.mktemp("form"), SURVEY, CHOICES, SETTINGS)


@pytest.fixture(scope="module")
def made(definition: FormDefinition) -> dict[str, Any]:
    return schema(definition)


def of(made: dict[str, Any], path: str) -> dict[str, Any]:
    """The schema of one question."""
    for name in path.split("/"):
        made = made.get("items", made)
        made = made["properties"][name]
    return made


def test_it_is_a_schema_and_names_its_form(made: dict[str, Any]) -> None:
    Draft202012Validator.check_schema(made)
    assert (made["$id"], made["title"]) == ("urn:fieldapp:form:every:7", "Everything")
    assert made["x-form"]["languages"] == ["English (en)", "French (fr)"]


def test_a_forms_id_may_be_anything(tmp_path: Path) -> None:
    form = make_form(tmp_path, "type | name | label\ntext | a | A", settings="form_id | version\nMy form! #2 | 1 b")
    assert schema(form)["$id"] == "urn:fieldapp:form:My%20form%21%20%232:1%20b"


def test_texts_come_in_the_default_language_and_in_all(made: dict[str, Any]) -> None:
    title = of(made, "title")
    assert title["title"] == "Title"
    assert title["x-labels"] == {"en": "Title", "fr": "Titre"}


def test_choices_are_an_enumeration_with_labels(made: dict[str, Any]) -> None:
    assert of(made, "all/colour")["enum"] == ["red", "blue", "green"]
    assert of(made, "all/colour")["x-choice-labels"]["fr"] == {"red": "Rouge", "blue": "Bleu", "green": "Vert"}
    assert of(made, "all/colours")["items"]["enum"] == ["red", "blue", "green"]


def test_what_is_always_needed_is_required(made: dict[str, Any]) -> None:
    assert made["required"] == ["title", "who"]  # a group because of what is in it
    assert of(made, "who")["required"] == ["name"]


def test_what_is_needed_only_while_it_is_asked_is_not(made: dict[str, Any]) -> None:
    assert of(made, "all")["required"] == ["day"]  # while the group itself may be left out
    assert of(made, "all")["x-relevant"].replace(" ", "") == "/data/title!=''"


RULED = """
type        | name | label | constraint            | bind::privacy | bind::pdf | hint
begin_group | who  | Who   |                       | P2            |           |
text        | name | Name  |                       |               | Applicant | Whole name
integer     | age  | Age   | . >= 0 and . < 120    | P3            |           |
decimal     | odd  | Odd   | . > -2.5 or . < -9    |               |           |
end_group   |      |       |                       |               |           |
text        | note | Note  | string-length(.) < 40 |               |           |
"""


@pytest.fixture
def ruled(tmp_path: Path) -> dict[str, Any]:
    return schema(make_form(tmp_path, RULED))


def test_plain_bounds_are_the_schemas_own(made: dict[str, Any], ruled: dict[str, Any]) -> None:
    age = of(ruled, "who/age")
    assert (age["minimum"], age["exclusiveMaximum"]) == (0, 120)
    assert not {"minimum", "exclusiveMinimum"} & set(of(ruled, "who/odd"))  # only one of the two need hold
    assert (of(made, "all/rating")["minimum"], of(made, "all/rating")["maximum"]) == (1, 5)


def test_plain_lengths_and_the_size_of_a_rank_too(made: dict[str, Any], ruled: dict[str, Any]) -> None:
    assert (of(ruled, "note")["minLength"], of(ruled, "note")["maxLength"]) == (1, 39)
    assert (of(made, "all/order")["minItems"], of(made, "all/order")["maxItems"]) == (3, 3)


def test_privacy_goes_down_into_groups_until_something_else_is_said(ruled: dict[str, Any]) -> None:
    assert of(ruled, "who/name")["x-privacy"] == "P2"
    assert of(ruled, "who/age")["x-privacy"] == "P3"
    assert "x-privacy" not in of(ruled, "note")


def test_a_hint_and_a_pdfs_field_come_along(ruled: dict[str, Any]) -> None:
    name = of(ruled, "who/name")
    assert (name["description"], name["x-pdf"]) == ("Whole name", "Applicant")


def test_repeats_are_arrays_of_objects_with_keys(made: dict[str, Any]) -> None:
    item = of(made, "all/item")
    assert item["type"] == "array"
    assert list(item["items"]["properties"]) == ["$key", "what", "part"]


def test_calculated_values_are_read_only(made: dict[str, Any]) -> None:
    assert of(made, "all/double")["readOnly"] is True
    assert "/data/who/age" in of(made, "all/double")["x-calculation"]


@pytest.mark.parametrize(
    ("value", "fault"),
    [
        ({"title": "T", "who": {"name": "N"}}, None),
        ({"title": "T"}, "required at $"),
        ({"title": "T", "who": {"name": "N", "age": "5"}}, "type at $.who.age"),
        ({"title": "T", "who": {"name": "N"}, "all": {"day": "2026-02-30"}}, "format at $.all.day"),
        ({"title": "T", "who": {"name": "N"}, "other": 1}, "additionalProperties at $"),
        ({"title": "T", "who": {"name": "N"}, "all": {"day": "2026-02-03", "colour": "pink"}}, "enum at $.all.colour"),
    ],
)
def test_a_validator_finds_what_is_wrong(definition: FormDefinition, value: Any, fault: str | None) -> None:
    assert faults(definition, value) == ([fault] if fault else [])


def test_a_list_out_of_a_file_is_open(tmp_path: Path) -> None:
    (tmp_path / "cities.csv").write_text("name,label\nx,X\n", "utf-8")
    form = make_form(tmp_path, "type | name | label\nselect_one_from_file cities.csv | city | City")
    assert "enum" not in of(schema(form), "city")


def test_a_fixed_count_is_the_arrays_size(tmp_path: Path) -> None:
    survey = "type | name | label | repeat_count\nbegin_repeat | r | R | 3\ntext | t | T |\nend_repeat | | |"
    repeat = of(schema(make_form(tmp_path, survey)), "r")
    assert (repeat["minItems"], repeat["maxItems"]) == (3, 3)


@pytest.mark.parametrize("service", Catalogue.load().all(), ids=lambda service: service.id)
def test_every_service_has_a_schema(service: Service) -> None:
    made = schema(service.form())
    Draft202012Validator.check_schema(made)
    assert made["required"]


def test_the_command_prints_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = write_form(tmp_path, SURVEY, CHOICES, SETTINGS)
    assert run_schema(argparse.Namespace(file=path, blocks=None)) == 0
    assert json.loads(capsys.readouterr().out)["title"] == "Everything"


def test_the_command_says_why_there_is_none(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = write_form(tmp_path, "type | name | label\ntext | a | ${b}")
    assert run_schema(argparse.Namespace(file=path, blocks=None)) == 1
    assert "there is no question ${b}" in capsys.readouterr().err
