"""A check finds everything at once, each with sheet, row and column."""

from __future__ import annotations

from pathlib import Path

import pytest

from fieldapp.forms.lint.check import check_form, report
from tests.forms.test_load import write_xlsx
from tests.support.forms import write_form


def found(folder: Path, survey: str, choices: str = "") -> list[tuple[str, int | None, str, str]]:
    """(sheet, row, column, message) of each error."""
    findings = [item for item in check_form(write_form(folder, survey, choices)) if item.severity == "error"]
    return [(item.place.sheet, item.place.row, item.place.column, item.message) for item in findings]


HEAD = "type | name | label | relevant | constraint | calculation | required\n"


@pytest.mark.parametrize(
    ("row", "column", "message"),
    [
        ("text | a | A | foo(1 | | |", "relevant", "the expression ends where “)” is missing"),
        ("text | a | A | | nope(.) | |", "constraint", "there is no function nope()"),
        ("calculate | a | | | | if(1, 2) |", "calculation", "if() takes 3 arguments, not 2"),
        ("text | a | A | ${zz} = 1 | | |", "relevant", "there is no question ${zz}"),
        ("text | a | Hello ${zz} | | | |", "label", "there is no question ${zz}"),
        ("calculate | a | | | | ${a} + 1 |", "calculation", "${a} depends on itself"),
        ("calculate | a | | | | if(${a} = 1, 2, ${a} + 1) |", "calculation", "${a} depends on itself"),
        ("select_one nolist | a | A | | | |", "type", "there is no choice list “nolist”"),
        ("text | 1a | A | | | |", "name", "“1a” is no name"),
    ],
)
def test_one_fault(tmp_path: Path, row: str, column: str, message: str) -> None:
    survey = HEAD + "text | first | First | | | |\n" + row
    choices = "list_name | name | label\nother | x | X"
    (sheet, number, at, text), *more = found(tmp_path, survey, choices)
    assert (sheet, number, at, more) == ("survey", 3, column, [])
    assert message in text


def test_all_faults_at_once(tmp_path: Path) -> None:
    survey = HEAD + "\n".join(
        [
            "text | a | A | nope(1) | | |",
            "text | a | Again | | | |",
            "text | b | B | ${gone} = 1 | foo( | |",
            "begin_group | g | G | | | |",
            "end_repeat | | | | | |",
        ]
    )
    rows = [(row, column) for _, row, column, _ in found(tmp_path, survey)]
    assert rows == [(2, "relevant"), (3, "name"), (4, "relevant"), (4, "constraint"), (5, "type"), (6, "type")]


def test_a_circle_names_all_its_questions(tmp_path: Path) -> None:
    survey = HEAD + "calculate | a | | | | ${b} + 1 |\ncalculate | b | | | | ${c} |\ncalculate | c | | | | ${a} |"
    ((_, row, column, message),) = found(tmp_path, survey)
    assert (row, column) == (2, "calculation")
    assert all(name in message for name in ("${a}", "${b}", "${c}"))


@pytest.mark.parametrize(
    ("survey", "row", "said"),
    [
        ("begin_group | g | G | ${x} = 1 | | |\ninteger | x | X | | | |\nend_group | | | | | |", 2, "what is in it"),
        ("text | a | A | ${a} = '' | | |", 2, "its own answer"),
        ("text | a | A | ${b} = '' | | |\ntext | b | B | ${a} = '' | | |", 2, "${a}, ${b}"),
        ("text | a | A | ${c} = '' | | |\ncalculate | c | | | | ${a} |", 2, "${a}, ${c}"),
    ],
)
def test_relevance_can_close_a_circle(tmp_path: Path, survey: str, row: int, said: str) -> None:
    (finding,) = (item for item in check_form(write_form(tmp_path, HEAD + survey)) if item.code == "asks-itself")
    assert (finding.severity, finding.place.row, finding.place.column) == ("warning", row, "relevant")
    assert said in finding.message


@pytest.mark.parametrize(
    "row",
    [
        "integer | a | A | | . > ${a} - 1 | |",
        "calculate | a | | | | once(random()) |",
        "calculate | a | | | | . |",
        "calculate | a | | | | if(. = '', today(), if(. = 'x', coalesce(., 1), .)) |",
        "text | a | A | | | | . = ''",
    ],
)
def test_what_looks_like_a_circle_and_is_none(tmp_path: Path, row: str) -> None:
    assert found(tmp_path, HEAD + row) == []


def test_what_pyxform_leaves_out_is_no_fault(tmp_path: Path) -> None:
    survey = "type | name | label | relevant | choice_filter | repeat_count\nbegin_group | g | G | | |"
    survey += "\ntext | a | A | | (x | (x\nend_group | | | (x | |"
    assert found(tmp_path, survey) == []


@pytest.mark.parametrize(
    ("call", "tool"),
    [
        ("wq:length(3)", "wq"),
        ("difference-in-months(., today())", "Enketo"),
        ("count-if(${a}, ${a} = 1)", "SurveyCTO"),
        ("pulldata('@geopoint', ${a}, 'x')", "Survey123"),
        ("upper-case(.)", "CommCare"),
    ],
)
def test_functions_of_other_tools_are_told_and_refuse_nothing(tmp_path: Path, call: str, tool: str) -> None:
    (finding,) = (
        item
        for item in check_form(write_form(tmp_path, HEAD + f"text | a | A | | {call} | |"))
        if item.code != "no-message"
    )
    assert (finding.code, finding.severity, finding.place.column) == ("foreign-function", "warning", "constraint")
    assert f"a function of {tool}:" in finding.message


def test_earlier_instances_are_no_circle(tmp_path: Path) -> None:
    calculation = "coalesce(indexed-repeat(${t}, ${r}, position(..) - 1), 0) + 1"
    survey = HEAD + f"begin_repeat | r | R | | | |\ncalculate | t | | | | {calculation} |\nend_repeat | | | | | |"
    assert found(tmp_path, survey) == []


def test_pyxforms_own_errors_have_their_row(tmp_path: Path) -> None:
    ((sheet, row, _, message),) = found(tmp_path, "type | name | label\ntext | a | A\nnonsense | b | B")
    assert (sheet, row) == ("survey", 3)
    assert "[row" not in message


def test_rows_are_counted_as_a_spreadsheet_shows_them(tmp_path: Path) -> None:
    rows = [["type", "name", "label", "relevant"], ["text", "a", "A"], [], [], ["text", "b", "B", "foo("]]
    (finding,) = check_form(write_xlsx(tmp_path / "f.xlsx", {"survey": rows}))
    assert (finding.place.file, finding.place.row, finding.place.column) == ("f.xlsx", 5, "relevant")


def test_an_xforms_binds_and_controls_need_their_nodes(tmp_path: Path) -> None:
    path = tmp_path / "f.xml"
    path.write_text(
        """<h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml"><h:head><model>
<instance><data><a/></data></instance>
<bind nodeset="/data/lost" calculate="1"/>
</model></h:head><h:body><input ref="/data/a"/>
<input ref="/data/gone"/></h:body></h:html>""",
        "utf-8",
    )
    findings = [(item.code, item.place.row, item.place.field) for item in report(path).findings]
    assert findings == [("bind-without-node", 3, "/data/lost"), ("no-node", 5, "/data/gone")]


def test_an_xform_is_checked_by_line(tmp_path: Path) -> None:
    path = tmp_path / "f.xml"
    path.write_text(
        """<h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml"><h:head><model>
<instance><data><a/><b/></data></instance>
<bind nodeset="/data/a" relevant="/data/c = 1"/>
<bind nodeset="/data/b" calculate="nope()"/>
</model></h:head><h:body><input ref="/data/a"><label>A <output value="foo("/></label></input></h:body></h:html>""",
        "utf-8",
    )
    places = [(item.place.row, item.place.column, item.place.field) for item in check_form(path)]
    assert places == [(3, "relevant", "/data/a"), (4, "calculate", "/data/b"), (3, "label", "/data/a")]


@pytest.mark.parametrize(
    ("content", "code"),
    [("", "unreadable"), ("hello", "unreadable"), ("| survey |\n| | type | name |\n| | text | a |", "conversion")],
)
def test_what_is_no_form_is_one_finding(tmp_path: Path, content: str, code: str) -> None:
    path = tmp_path / "f.md"
    path.write_text(content, "utf-8")
    (finding,) = check_form(path)
    assert (finding.code, finding.severity, finding.place.file) == (code, "error", "f.md")
