"""A form that pyxform refuses is checked to its end all the same: one fault hides no other."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.lint import YN, findings, told

HEAD = "type | name | label::English (en) | label::French (fr) | relevant | constraint | calculation\n"


@pytest.mark.parametrize(
    ("row", "code", "column", "suggestion"),
    [
        ("tekst | a | A", "unknown-type", "type", "Did you mean “text”?"),
        ("number | a | A", "unknown-type", "type", "Did you mean “integer”?"),
        ("numeric | a | A", "unknown-type", "type", "Did you mean “integer”?"),
        ("dropdown yn | a | A", "unknown-type", "type", "Did you mean “select_one yn”? With the appearance “minimal”."),
        ("signature | a | A", "unknown-type", "type", "Did you mean “image”? With the appearance “signature”."),
        ("select_one | a | A", "unknown-type", "type", "A choice list's name belongs behind it: “select_one list”."),
        ("select_one, yn | a | A", "unknown-type", "type", "Did you mean “select_one yn”?"),
        ("begingroup | a | A", "unknown-type", "type", "Did you mean “begin_group”?"),
        ("endgroup | a |", "unknown-type", "type", "Did you mean “end_group”?"),
        ("text | | A", "no-name", "name", ""),
        ("text | a | A ${district", "bad-reference", "label", "Did you mean ${district}?"),
    ],
)
def test_what_pyxform_refuses_in_a_row(tmp_path: Path, row: str, code: str, column: str, suggestion: str) -> None:
    survey = f"type | name | label\ninteger | district | District\nselect_one yn | used | Used\n{row}"
    (error,) = findings(tmp_path, survey, YN)
    assert (error.code, error.place.row, error.place.column) == (code, 4, column)
    assert error.suggestion == suggestion
    assert "{" not in error.message.replace("${", "")


def test_a_row_without_a_type(tmp_path: Path) -> None:
    (error,) = findings(tmp_path, "name | label | type\na | A | text\nb | B |")
    assert (error.code, error.place.row, error.place.column) == ("no-type", 3, "type")
    assert "{" not in error.message


def test_choices_without_names_and_with_blanks_in_them(tmp_path: Path) -> None:
    survey = "type | name | label\nselect_multiple c | a | A"
    choices = "list_name | name | label\nc | | Blue\nc | dark blue | Dark\nc | x | X"
    assert told(tmp_path, survey, choices) == [("no-name", 2, "name"), ("blank-in-choice", 3, "name")]


def test_one_fault_hides_no_other(tmp_path: Path) -> None:
    rows = [
        "tekst | a | A | A",
        "nummer | b | B | B | ${yn} = 'yess'",
        "text | c d | C | C",
        "select_one yn | yn | Y |",
        "select_one ny | e | E | E",
        "calculate | f | | | | | ${g} + 1",
        "calculate | g | | | | | ${f} + 1",
        "text | h | H ${gone} | H",
        "begin_repeat | r | R | R",
        "integer | i | I | I | | . > 1 and nope()",
        "end_group",
        "text | a | Again | Again",
    ]
    choices = "list_name | name | label::English (en) | label::French (fr)\nyn | yes | Yes |\nyn | | No | Non"
    found = findings(tmp_path, HEAD + "\n".join(rows), choices)
    assert [(item.code, item.place.sheet, item.place.row) for item in found] == [
        ("unknown-type", "survey", 2),
        ("unknown-type", "survey", 3),
        ("no-such-choice", "survey", 3),
        ("unreachable", "survey", 3),
        ("bad-name", "survey", 4),
        ("missing-translation", "survey", 5),
        ("unknown-list", "survey", 6),
        ("circle", "survey", 7),
        ("unknown-question", "survey", 9),
        ("not-closed", "survey", 10),
        ("unknown-function", "survey", 11),
        ("no-message", "survey", 11),
        ("not-begun", "survey", 12),
        ("name-taken", "survey", 13),
        ("missing-translation", "choices", 2),
        ("no-name", "choices", 3),
    ]


def test_what_only_pyxform_finds_hides_nothing_either(tmp_path: Path) -> None:
    survey = "type | name | label | parameters | relevant\nrange | a | A | start=10 end=1 step=0 |"
    survey += "\nrange | b | B | begin=1 end=3 |\ninteger | c | | |\ninteger | d | D | | ${c} = 'x'"
    assert told(tmp_path, survey) == [
        ("conversion", 2, "parameters"),
        ("conversion", 3, "parameters"),
        ("conversion", 4, "name"),
        ("type-mismatch", 5, "relevant"),
    ]


def test_a_question_without_label_is_told_once(tmp_path: Path) -> None:
    survey = "type | name | label::English (en) | label::French (fr)\ntext | a | |\ntext | b | B | B"
    (error,) = findings(tmp_path, survey)
    assert (error.code, error.place.row) == ("conversion", 2)
    assert error.message == "the question “a” has neither a label nor a hint"


def test_two_faults_of_one_row_are_both_told(tmp_path: Path) -> None:
    survey = "type | name | label | parameters | relevant\nrange | a | A | begin=1 end=3 | nope()"
    assert told(tmp_path, survey) == [("unknown-function", 2, "relevant"), ("conversion", 2, "parameters")]


def test_a_form_that_is_wrong_in_every_row_is_told_in_time(tmp_path: Path) -> None:
    rows = "\n".join(f"range | a{n} | A | begin=1 end=3" for n in range(2000))
    assert 2 <= len(findings(tmp_path, f"type | name | label | parameters\n{rows}")) <= 20
