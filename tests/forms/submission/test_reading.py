"""JSON that is wrong is refused with its place; nothing of it becomes a record."""

from __future__ import annotations

from typing import Any

import pytest

from fieldapp.errors import FormError
from fieldapp.forms import FormDefinition
from fieldapp.forms.submission import fields_of_json
from tests.support.forms import make_form
from tests.support.submission import CHOICES, SETTINGS, SURVEY


@pytest.fixture(scope="module")
def definition(tmp_path_factory: pytest.TempPathFactory) -> FormDefinition:
    return make_form(tmp_path_factory.mktemp("form"), SURVEY, CHOICES, SETTINGS)


@pytest.mark.parametrize(
    ("value", "field", "reason"),
    [
        ([], "/data", "an object is wanted"),
        ({"titel": "T"}, "/data/titel", "Did you mean “title”?"),
        ({"who": "me"}, "/data/who", "an object is wanted here, not “me”"),
        ({"who": {"age": "5"}}, "/data/who/age", "a whole number is wanted here, not “5”"),
        ({"who": {"age": 5.5}}, "/data/who/age", "a whole number"),
        ({"who": {"age": True}}, "/data/who/age", "not “true”"),
        ({"who": {"age": 10**30}}, "/data/who/age", "more than 18 digits"),
        ({"who": {"age": 10**5000}}, "/data/who/age", "more than 18 digits"),
        ({"all": {"amount": float("nan")}}, "/data/all/amount", "a number is wanted"),
        ({"all": {"amount": "12,5"}}, "/data/all/amount", "a number is wanted"),
        ({"title": 5}, "/data/title", "a text is wanted"),
        ({"title": None}, "/data/title", "not null"),
        ({"title": ""}, "/data/title", "left out"),
        ({"all": {"day": "2026-02-30"}}, "/data/all/day", "is not a date"),
        ({"all": {"colour": "pink"}}, "/data/all/colour", "“pink” is not among the choices"),
        ({"all": {"colours": "red"}}, "/data/all/colours", "a list of the names"),
        ({"all": {"colours": ["red", "pink"]}}, "/data/all/colours", "“pink” is not among the choices"),
        ({"all": {"colours": ["red", "red"]}}, "/data/all/colours", "names a choice twice"),
        ({"all": {"ok": False}}, "/data/all/ok", "can only be true"),
        ({"all": {"point": {"latitude": 43}}}, "/data/all/point", "latitude and longitude"),
        ({"all": {"point": {"latitude": 43, "longitude": 1, "accuracy": 4}}}, "/data/all/point", "altitude"),
        ({"all": {"way": [{"latitude": 1, "longitude": 1}]}}, "/data/all/way", "at least 2"),
        ({"all": {"photo": "../x.jpg"}}, "/data/all/photo", "without folders"),
        ({"all": {"item": {}}}, "/data/all/item", "a list is wanted"),
        ({"all": {"item": [5]}}, "/data/all/item[1]", "an object is wanted"),
        ({"all": {"item": [{"$key": "a]b"}]}}, "/data/all/item[1]", "cannot be the key"),
        ({"all": {"item": [{"$key": "a"}, {"$key": "a"}]}}, "/data/all/item[2]", "there twice"),
        ({"all": {"item": [{}, {"part": [{"size": "x"}]}]}}, "/data/all/item[2]/part[1]/size", "a whole number"),
        ({"who": {"$key": "x"}}, "/data/who/$key", "there is no question"),
    ],
)
def test_what_is_refused(definition: FormDefinition, value: Any, field: str, reason: str) -> None:
    with pytest.raises(FormError) as refused:
        fields_of_json(definition, value)
    assert refused.value.place.field == field
    assert reason in str(refused.value)


def test_all_faults_are_counted(definition: FormDefinition) -> None:
    with pytest.raises(FormError, match="2 more errors"):
        fields_of_json(definition, {"title": 1, "who": {"age": "x", "name": 2}})


def test_instances_without_a_key_get_the_same_one_every_time(definition: FormDefinition) -> None:
    value = {"all": {"item": [{"what": "a"}, {"$key": "d1", "what": "b"}, {"what": "c"}]}}
    with pytest.raises(FormError, match="there twice"):
        fields_of_json(definition, value)
    value["all"]["item"][1].pop("$key")
    assert fields_of_json(definition, value) == fields_of_json(definition, value)
    assert fields_of_json(definition, value)["all/item[d2]/what"] == "b"


def test_answers_get_their_one_spelling(definition: FormDefinition) -> None:
    value = {"all": {"amount": 12.50, "point": {"latitude": 43, "longitude": -79.5}}}
    assert fields_of_json(definition, value) == {"all/amount": "12.5", "all/point": "43.0 -79.5"}
