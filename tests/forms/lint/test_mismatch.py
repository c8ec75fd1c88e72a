"""Values that do not fit together; and all that looks like it and is in order."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.lint import findings

SURVEY = """
type               | name   | label | relevant | calculation | appearance
integer            | age    | Age   |          |             |
text               | word   | Word  |          |             |
date               | born   | Born  |          |             |
dateTime           | seen   | Seen  |          |             |
select_one colour  | colour | C     |          |             |
select_one rate    | rate   | R     |          |             |
select_multiple colour | many | M   |          |             |
geopoint           | place  | P     |          |             |
image              | photo  | Ph    |          |             |
acknowledge        | ok     | OK    |          |             |
calculate          | grown  |       |          | if(${age} >= 18, 'yes', 'no') |
calculate          | days   |       |          | today() - ${born} |
calculate          | old    |       |          | ${age} > 60 |
begin_repeat       | child  | Child |          |             |
text               | name   | Name  |          |             |
integer            | years  | Years |          |             |
end_repeat         |        |       |          |             |
"""
CHOICES = """
list_name | name | label
colour | red | Red
colour | blue | Blue
rate | 1 | One
rate | 2 | Two
"""


def remarks(folder: Path, expression: str) -> list[tuple[str, str, str]]:
    """(code, message, suggestion) of what is told of a relevance."""
    row = f"text | last | Last | {expression} | |\n"
    found = findings(folder, SURVEY + row, CHOICES)
    here = [item for item in found if item.place.column == "relevant" and item.code != "unreachable"]
    return [(item.code, item.message, item.suggestion) for item in here]


@pytest.mark.parametrize(
    ("expression", "code"),
    [
        ("${age} = 'old'", "type-mismatch"),
        ("${age} > 'old'", "type-mismatch"),
        ("${colour} > 3", "type-mismatch"),
        ("${colour} + 1 = 2", "type-mismatch"),
        ("sum(${colour}) = 2", "type-mismatch"),
        ("-${place} = 2", "type-mismatch"),
        ("${photo} * 2 = 2", "type-mismatch"),
        ("${born} < 2020", "type-mismatch"),
        ("${born} = 'yesterday'", "type-mismatch"),
        ("selected(${many}, 'red') = 'yes'", "type-mismatch"),
        ("${old} = 'yes'", "type-mismatch"),
        ("format-date(${colour}, '%Y') = '2020'", "type-mismatch"),
        ("${born} = ${age}", "type-mismatch"),
        ("${colour} = ${rate}", "no-such-choice"),
        ("${born} > '2020-01-01'", "date-as-text"),
        ("today() - ${word} > 3", "date-as-text"),
        ("selected(${age}, '3')", "not-choices"),
        ("selected(${born}, 'x')", "not-choices"),
        ("jr:choice-name(${age}, '${age}') = 'x'", "not-choices"),
        ("${many} = 'red'", "equals-several"),
        ("${name} = 'Ann'", "many-values"),
        ("${years} + 1 = 2", "many-values"),
        ("string-length(${name}) = 3", "many-values"),
        ("regex(${word}, '[a-')", "bad-pattern"),
    ],
)
def test_what_does_not_fit(tmp_path: Path, expression: str, code: str) -> None:
    assert [found[0] for found in remarks(tmp_path, expression)] == [code]


@pytest.mark.parametrize(
    ("expression", "name", "suggestion"),
    [
        ("${colour} = 'bleu'", "${colour}", "Did you mean “blue”?"),
        ("${colour} != 'green'", "${colour}", ""),
        ("selected(${colour}, 'Red')", "${colour}", "Did you mean “red”?"),
        ("selected(${many}, 'rad')", "${many}", "Did you mean “red”?"),
        ("${many} = 'red blau'", "${many}", "Did you mean “blue”?"),
        ("${rate} = 3", "${rate}", ""),
        ("${grown} = 'yess'", "${grown}", "Did you mean “yes”?"),
        ("${ok} = 'yes'", "${ok}", ""),
    ],
)
def test_a_choice_that_there_is_not(tmp_path: Path, expression: str, name: str, suggestion: str) -> None:
    found = [item for item in remarks(tmp_path, expression) if item[0] == "no-such-choice"]
    assert [(item[1].startswith(name), item[2]) for item in found] == [(True, suggestion)]


@pytest.mark.parametrize(
    "expression",
    [
        "${age} = ''",
        "${age} = '5' or ${age} != 7",
        "${colour} = '' or ${colour} = 'red'",
        "${rate} > 1 and ${rate} + 1 = 2 and ${rate} = 2 and ${rate} = '2'",
        "${born} = today() and ${colour} = ${word} and ${age} = ${rate}",
        "${born} > today() - 30 and ${born} = '2020-01-01' and ${born} > date('2020-01-01')",
        "${days} > 365 and ${days} div 365 > 18",
        "selected(${many}, 'red') = 'true' and selected(${many}, 'red') + selected(${many}, 'blue') > 1",
        "selected(${colour}, 'red') and selected(${word}, 'x') and selected('a b', ${word})",
        "${many} = '' or ${many} = 'red blue' or count-selected(${many}) > 1",
        "${grown} = 'yes'",
        "${old} = true() or ${old} = 'true'",
        "${ok} = 'OK'",
        "${word} > 3 and ${word} + 1 = 3",
        "selected-at(${place}, 0) > 43",
        "sum(${years}) > 3 and count(${child}) = 2 and join(' ', ${name}) = 'a b'",
        "count(${child}[years > 3]) = 2 and ${child}[1]/name = 'x'",
        "indexed-repeat(${name}, ${child}, 1) = 'Ann'",
        "${seen} > now() and ${seen} < today()",
        "format-date(${born}, '%Y') = '2020' and decimal-date-time(${seen}) > 3",
        "regex(${word}, '^[a-z]{2,3}$')",
        "jr:choice-name(${colour}, '${colour}') = 'Red'",
    ],
)
def test_what_fits(tmp_path: Path, expression: str) -> None:
    assert remarks(tmp_path, expression) == []


@pytest.mark.parametrize(
    ("expression", "told"),
    [("${years} > 3", []), ("../years > 3", []), ("../../child/years > 3", ["many-values"])],
)
def test_inside_a_repeat_a_question_is_this_instances(tmp_path: Path, expression: str, told: list[str]) -> None:
    survey = f"""
type         | name  | label | relevant
begin_repeat | child | Child |
integer      | years | Years |
text         | note  | Note  | {expression}
end_repeat   |       |       |
"""
    assert [item.code for item in findings(tmp_path, survey)] == told


def test_an_output_of_many_values(tmp_path: Path) -> None:
    survey = SURVEY + "note | all | Names: ${name} | | |\n"
    (found,) = findings(tmp_path, survey, CHOICES)
    assert (found.code, found.place.column) == ("many-values", "label")


def test_choices_out_of_a_file_are_open(tmp_path: Path) -> None:
    (tmp_path / "cities.csv").write_text("name,label\nx,X\n", "utf-8")
    survey = """
type                           | name | label | relevant
select_one_from_file cities.csv | city | City |
text                           | a    | A     | ${city} = 'anything'
"""
    assert findings(tmp_path, survey) == []


def test_what_a_trigger_writes_is_open(tmp_path: Path) -> None:
    survey = """
type      | name | label | calculation | trigger | relevant
text      | t    | T     |             |         |
calculate | c    |       | 'one'       | ${t}    |
text      | a    | A     |             |         | ${c} = 'two'
"""
    assert findings(tmp_path, survey) == []


def test_an_expression_too_deep_for_advice_is_let_be(tmp_path: Path) -> None:
    assert remarks(tmp_path, "'a' > " + " + ".join(["1"] * 2000)) == []
