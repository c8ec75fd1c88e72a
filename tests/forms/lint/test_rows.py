"""Single cells and rows: each slip has its code, its cell, and a guess at what was meant."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.lint import YN, findings, told

HEAD = "type | name | label | relevant | calculation\ninteger | district | District | |\n"


@pytest.mark.parametrize(
    ("row", "code", "column", "suggestion"),
    [
        ("text | a | A | ${distrct} = 1 |", "unknown-question", "relevant", "Did you mean ${district}?"),
        ("text | a | In ${District} | |", "unknown-question", "label", "Did you mean ${district}?"),
        ("text | a | A | ${zzz} = 1 |", "unknown-question", "relevant", ""),
        ("text | a | A | string-lenght(.) = 1 |", "unknown-function", "relevant", "Did you mean string-length()?"),
        ("calculate | a | | | if(1, 2)", "arguments", "calculation", ""),
        ("calculate | a | | | 1 +", "bad-expression", "calculation", ""),
        ("calculate | a | | | ${a} + 1", "circle", "calculation", ""),
        ("select_one yno | a | A | |", "unknown-list", "type", "Did you mean “yn”?"),
        ("selct_one yn | a | A | |", "unknown-type", "", "Did you mean “select_one yn”?"),
        ("text | my name | A | |", "bad-name", "name", "It could be “my_name”."),
        ("text | 1st | A | |", "bad-name", "name", "It could be “q1st”."),
        ("text | district | Again | |", "name-taken", "name", ""),
        ("begin_group | g | G | |", "not-closed", "type", ""),
        ("end_group | | | |", "not-begun", "type", ""),
    ],
)
def test_a_slip_in_a_row(tmp_path: Path, row: str, code: str, column: str, suggestion: str) -> None:
    uses_list = "select_one yn | used | Used | |\n"
    (error,) = [item for item in findings(tmp_path, HEAD + uses_list + row, YN) if item.severity == "error"]
    assert (error.code, error.place.row, error.suggestion) == (code, 4, suggestion)
    assert error.place.column == column or not column


@pytest.mark.parametrize("path", ["/data/distric", "/data/g/district"])
def test_a_path_to_nothing_is_a_warning_as_other_engines_read_it_as_blank(tmp_path: Path, path: str) -> None:
    (item,) = [
        item for item in findings(tmp_path, f"{HEAD}calculate | a | | | {path}") if item.code == "dead-reference"
    ]
    assert (item.severity, item.place.row, item.place.column) == ("warning", 3, "calculation")
    assert item.suggestion == "Did you mean /data/district?"


@pytest.mark.parametrize(
    ("condition", "suggestion"),
    [
        ("${district} == 1", "Write = instead of ==."),
        ("${district} <> 1", "Write != instead of <>."),
        ("${district} => 1", "Write >= instead of =>."),
        ("${district} =< 1", "Write <= instead of =<."),
        ("${district} = 1 && ${district} = 2", "Write and instead of &&."),
        ("${district} = 1 AND ${district} = 2", "Write and instead of AND."),
        ("${district} = 'AND' Or ${district} = 2", "Write or instead of Or."),
        ("!${district}", "Write not(…) instead of !."),
        ("${district} / 2 = 1", "Write div instead of /."),
        ("${district} = «1»", "Write straight quotation marks: 'text'."),
        ("string(${district}) & 'x' = '1x'", "Write concat() instead of &."),
        ("${district} = (1", ""),
        ("${district} / ${district} = 1", "Write div instead of /."),
        ("if(${district} = 1; 1; 2)", "Write , instead of ;."),
        ("${district} * 13% = 1", "Write div 100 instead of %."),
        ("${district} * 1,13 = 1", "Write 1.13 instead of 1,13."),
        ("{district} = 1", "Write ${district} instead of {district}."),
        ("$district = 1", "Write ${district} instead of $district."),
    ],
)
def test_a_slip_of_the_pen(tmp_path: Path, condition: str, suggestion: str) -> None:
    (error,) = findings(tmp_path, HEAD + f"text | a | A | {condition} |")
    assert (error.code, error.suggestion) == ("bad-expression", suggestion)


def test_quotation_marks_of_word_processors_are_in_order(tmp_path: Path) -> None:
    assert told(tmp_path, HEAD + "text | a | A | ${district} = ‘1’ or ${district} = “2” |") == []


@pytest.mark.parametrize(
    ("name", "code", "suggestion"),
    [
        ("concat(${distrct}, '!')", "unknown-question", "Did you mean ${district}?"),
        ("concatt('a')", "unknown-function", "Did you mean concat()?"),
        ("concat(", "bad-expression", ""),
    ],
)
def test_a_slip_in_the_settings(tmp_path: Path, name: str, code: str, suggestion: str) -> None:
    settings = f"form_title | instance_name\nF | {name}"
    (error,) = findings(tmp_path, HEAD, "", settings)
    place = error.place
    assert (error.code, place.sheet, place.row, place.column) == (code, "settings", 2, "instance_name")
    assert error.suggestion == suggestion


@pytest.mark.parametrize(
    ("header", "suggestion"),
    [
        ("relevent", "Did you mean “relevant”?"),
        ("Constrant", "Did you mean “constraint”?"),
        ("privacy", "Write “bind::privacy”."),
        ("layout", "Write “body::layout”."),
    ],
)
def test_a_column_that_would_be_passed_over(tmp_path: Path, header: str, suggestion: str) -> None:
    (found,) = findings(tmp_path, f"type | name | label | {header}\ntext | a | A | x")
    assert (found.code, found.place.row, found.place.column) == ("unknown-column", 1, header)
    assert found.suggestion == suggestion


@pytest.mark.parametrize("header", ["notes", "comment", "bind::foo", "image::English (en)", "body::rows", "owner"])
def test_columns_of_an_authors_own_are_no_slips(tmp_path: Path, header: str) -> None:
    assert told(tmp_path, f"type | name | label::English (en) | {header}\ntext | a | A |") == []


@pytest.mark.parametrize(
    ("header", "text", "code"),
    [
        ("bind::privacy", "P5", "bad-privacy"),
        ("bind::pdf", "form.name", "bad-pdf-field"),
        ("body::layout", "half quater", "bad-layout"),
        ("bind::was", "old name?", "bad-former-name"),
    ],
)
def test_what_our_own_columns_cannot_hold(tmp_path: Path, header: str, text: str, code: str) -> None:
    assert told(tmp_path, f"type | name | label | {header}\ntext | a | A | {text}") == [(code, 2, header)]


def test_our_own_columns_reach_the_form(tmp_path: Path) -> None:
    from tests.support.forms import make_form

    survey = "type | name | label | bind::privacy | bind::pdf | body::layout\ntext | a | A | P2 | Applicant | half"
    assert make_form(tmp_path, survey).questions["a"].extra == {"privacy": "P2", "pdf": "Applicant", "layout": "half"}


def test_two_questions_cannot_fill_one_field(tmp_path: Path) -> None:
    survey = "type | name | label | bind::pdf\ntext | a | A | Name\ntext | b | B | Name"
    (found,) = findings(tmp_path, survey)
    assert (found.code, found.place.row) == ("bad-pdf-field", 3)
    assert "${a}" in found.message


# Choice lists

ONE = "type | name | label | choice_filter\nselect_one c | q | Q |"


def test_the_same_choice_twice(tmp_path: Path) -> None:
    choices = "list_name | name | label\nc | x | X\nc | x | Again"
    assert told(tmp_path, ONE, choices) == [("duplicate-choice", 3, "name")]


def test_the_same_choice_twice_for_cascades(tmp_path: Path) -> None:
    survey = "type | name | label | choice_filter\ntext | t | T |\nselect_one c | q | Q | of = ${t}"
    choices = "list_name | name | label | of\nc | x | X | one\nc | x | X | two\nc | x | X | two"
    settings = "form_title | allow_choice_duplicates\nF | yes"
    assert told(tmp_path, survey, choices, settings) == [("same-choice", 4, "name")]


def test_choices_that_nobody_can_tell_apart(tmp_path: Path) -> None:
    choices = "list_name | name | label\nc | x | Same\nc | y | Same"
    assert told(tmp_path, ONE, choices) == [("same-label", 3, "label")]


def test_a_list_that_no_question_uses(tmp_path: Path) -> None:
    choices = "list_name | name | label\nc | x | X\nspare | y | Y"
    assert told(tmp_path, ONE, choices) == [("unused-list", 3, "list_name")]


def test_a_list_that_only_an_expression_uses(tmp_path: Path) -> None:
    survey = "type | name | calculation\ncalculate | k | count(instance('spare')/root/item)"
    used = "type | name | label | calculation\nselect_one c | q | Q |\n" + survey.partition("\n")[2].replace(
        "k |", "k | |"
    )
    choices = "list_name | name | label\nc | x | X\nspare | y | Y"
    assert "unused-list" not in {code for code, _, _ in told(tmp_path, used, choices)}


def test_thousands_of_slips_cost_seconds_at_most(tmp_path: Path) -> None:
    rows = "\n".join(f"text | question_{n} | Q | ${{qestion_{n}x}} = 1" for n in range(2000))
    found = findings(tmp_path, f"type | name | label | relevant\n{rows}")
    assert len(found) == 2000
    assert found[0].suggestion
    assert not found[-1].suggestion  # the budget for guesses is spent


# What is said in the author's own words


@pytest.mark.parametrize(
    ("condition", "message"),
    [
        ("${district} / ${district}", "“${district}” at character 15 is not expected there"),
        ("${district} ; 1", "“;” at character 13 does not belong in an expression"),
        ("${district} = 1 'x", "a text in quotes that begins at character 17 is not closed"),
    ],
)
def test_characters_are_counted_in_the_authors_own_text(tmp_path: Path, condition: str, message: str) -> None:
    (error,) = findings(
        tmp_path,
        f"type | name | label | calculation | relevant\ninteger | district | D | |\ntext | a | A | '' | {condition}",
    )
    assert error.message == message


def test_an_expression_is_too_long_with_its_paths_written_out(tmp_path: Path) -> None:
    survey = HEAD + "calculate | a | | | " + " + ".join(["${district}"] * 15_000)
    (error,) = findings(tmp_path, survey)
    assert error.code == "bad-expression"
    assert "with all paths written out" in error.message


@pytest.mark.parametrize(
    ("column", "text", "suggestion"),
    [
        ("relevant", "district = 3", "Did you mean ${district}?"),
        ("relevant", "distrct = 3", "Did you mean ${district}?"),
        ("relevant", "${district} = blue", "A text is written in quotation marks: 'blue'."),
        ("constraint", ". <= today", "Did you mean today()?"),
        ("required", "yess", "Write yes or no."),
        ("calculation", "jr:choice-name(${district}, 'district')", "Did you mean ${district}?"),
    ],
)
def test_a_word_that_is_nothing(tmp_path: Path, column: str, text: str, suggestion: str) -> None:
    survey = f"type | name | label | {column}\ninteger | district | District |\ntext | a | A | {text}"
    (item,) = [item for item in findings(tmp_path, survey) if item.code == "dead-reference"]
    assert (item.place.row, item.place.column, item.suggestion) == (3, column, suggestion)
    assert "/data" not in item.message


def test_a_count_is_told_as_it_was_written(tmp_path: Path) -> None:
    survey = "type | name | label | repeat_count\ninteger | n | N |\nbegin_repeat | r | R | n"
    survey += "\ntext | a | A |\nend_repeat | | |"
    (item,) = findings(tmp_path, survey)
    assert (item.code, item.place.column, item.place.field) == ("dead-reference", "repeat_count", "/data/r")
    assert item.message.startswith("“n” is no question")
    assert item.suggestion == "Did you mean ${n}?"


def test_wrong_arguments_are_no_circle(tmp_path: Path) -> None:
    survey = HEAD + "calculate | a | | | indexed-repeat(${district}, ${district}, 1)\ninteger | b | B | |"
    survey = survey.replace("indexed-repeat(${district}, ${district}, 1)", "indexed-repeat(${district}, ${b}, 1)")
    assert told(tmp_path, survey) == [("arguments", 3, "calculation")]


def test_groups_may_not_be_nested_without_end(tmp_path: Path) -> None:
    rows = [f"begin_group | g{n} | G" for n in range(300)] + ["text | a | A"] + ["end_group | |"] * 300
    (error,) = findings(tmp_path, "type | name | label\n" + "\n".join(rows))
    assert (error.code, error.place.row) == ("too-deep", 202)
    assert "200" in error.message


@pytest.mark.parametrize(
    ("cell", "kind"),
    [("calculation", "calculate"), ("default", "text")],
)
def test_functions_of_survey123_are_warnings_wherever_they_stand(tmp_path: Path, cell: str, kind: str) -> None:
    survey = f"type | name | label | {cell}\n{kind} | a | A | pulldata('@property', 'username')"
    (item,) = findings(tmp_path, survey)
    assert (item.code, item.severity, item.place.column) == ("foreign-function", "warning", cell)


def test_survey123s_mask_has_its_twin(tmp_path: Path) -> None:
    survey = "type | name | label | body::esri:inputMask\ntext | a | A | (999) 999-9999"
    (item,) = findings(tmp_path, survey)
    assert (item.code, item.suggestion) == ("unknown-feature", "Did you mean “body::mask”?")


def test_the_list_of_a_kobo_matrix_is_used(tmp_path: Path) -> None:
    survey = "type | name | label | kobo--matrix_list\nbegin_kobomatrix | m | M | things\ninteger | n | N |"
    survey += "\nend_kobomatrix | | |"
    assert told(tmp_path, survey, "list_name | name | label\nthings | x | X\nthings | y | Y") == []


def test_references_without_an_operator_between_them(tmp_path: Path) -> None:
    survey = HEAD + "integer | b | B | |\ntext | a | A | ${district} ${b} |"
    (item,) = [item for item in findings(tmp_path, survey) if item.code == "dead-reference"]
    assert item.message == "an operator is missing between ${district} and ${b}"
