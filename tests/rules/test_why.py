"""Why an answer may not stand: the rule in words, with this record's values."""

from __future__ import annotations

from pathlib import Path

import pytest

from fieldapp import texts
from fieldapp.forms import FormSession
from fieldapp.rules import Why, reasons_of, troubles
from tests.support.forms import make_session

HEAD = "| type | name | label | relevant | required | constraint |"
YN = ["| list_name | name | label |", "| yn | yes | Yes |", "| yn | no | No |"]


def session(folder: Path, *rows: str) -> FormSession:
    """A form with a house in it."""
    survey = [HEAD, "| integer | largest | Largest area | | | |", *rows]
    return make_session(folder, "\n".join(survey), "\n".join(YN), functions={"city:business-days-between": _days})


def _days(*_days: object) -> float:
    return 3.0


def only(found: list[Why], kind: str) -> Why:
    return next(one for one in found if one.kind == kind)


def test_a_constraint_is_said_in_words_with_the_values_that_it_reads(tmp_path: Path) -> None:
    form = session(tmp_path, "| integer | area | Area | | | . > 0 and . <= ${largest} |")
    form.set("/data/largest", "40")
    form.set("/data/area", "48")
    (why,) = troubles(form)
    assert why.words == "this answer is more than 0 and this answer is at most “Largest area”"
    assert [(one.label, one.value) for one in why.readings] == [("Largest area", "40"), ("Area", "48")]
    assert not why.met


def test_a_choice_is_called_as_people_read_it(tmp_path: Path) -> None:
    form = session(
        tmp_path,
        "| select_one yn | done | Is it done? | | | |",
        "| text | why | Why not? | ${done} = 'no' | yes | |",
    )
    why = only(reasons_of(form, "why"), "relevant")
    assert (why.words, why.met) == ("“Is it done?” is “No”", False)
    form.set("/data/done", "no")
    assert only(reasons_of(form, "why"), "relevant").readings[0].value == "No"


def test_a_question_is_hidden_by_the_group_around_it(tmp_path: Path) -> None:
    form = session(
        tmp_path,
        "| begin_group | more | More | ${largest} > 10 | | |",
        "| text | note | Note | | | |",
        "| end_group | | | | | |",
    )
    why = only(reasons_of(form, "more/note"), "relevant")
    assert (why.label, why.words) == ("More", "“Largest area” is more than 10")


def test_what_must_always_be_answered_has_no_condition(tmp_path: Path) -> None:
    form = session(tmp_path, "| text | name | Name | | yes | |")
    (why,) = troubles(form)
    assert (why.kind, why.words) == ("required", "")


def test_a_moment_is_read_on_the_citys_clock_and_what_is_none_as_it_stands(tmp_path: Path) -> None:
    form = session(
        tmp_path, "| datetime | seen | Seen | | | |", "| text | note | Note | ${seen} != '' | | ${seen} != 'never' |"
    )
    form.set("/data/seen", "2026-11-23T14:30:00.000Z")
    assert only(reasons_of(form, "note"), "constraint").readings[0].value == "2026-11-23 09:30"
    form.node("seen").value = "0001-01-01T00:00:00Z"
    assert only(reasons_of(form, "note"), "constraint").readings[0].value == "0001-01-01T00:00:00Z"


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        ("${largest} != ''", "“Largest area” is given"),
        ("not(${largest} = 3)", "it is not so that “Largest area” is 3"),
        ("string-length(.) < 5", "the number of letters of this answer is less than 5"),
        (". <= today()", "this answer is not in the future"),
        (". = 1 and (. = 2 or . = 3)", "this answer is 1 and (this answer is 2 or this answer is 3)"),
        (
            "city:business-days-between(${largest}, .) > 2",
            "the business days from “Largest area” to this answer is more than 2",
        ),
        ("selected('a b', .)", "this answer is one of “a”, “b”"),
    ],
)
def test_expressions_in_words(tmp_path: Path, rule: str, said: str) -> None:
    form = session(tmp_path, f"| text | x | X | | | {rule} |")
    assert only(reasons_of(form, "x"), "constraint").words == said


def test_in_french_too(tmp_path: Path) -> None:
    form = session(tmp_path, "| integer | area | Area | | | . <= ${largest} |")
    texts.use("fr")
    try:
        said = only(reasons_of(form, "area"), "constraint").words
        assert said.replace("\u00a0", " ") == "cette réponse est au plus « Largest area »"
    finally:
        texts.use("en")
