"""The form as a whole: texts that are missing, defaults and repeats that cannot be, names that do not carry."""

from __future__ import annotations

from pathlib import Path

import pytest

from fieldapp.forms.lint.check import check_form
from tests.support.lint import YN, findings, told


def test_a_constraint_without_a_message(tmp_path: Path) -> None:
    survey = (
        "type | name | label | constraint | constraint_message\ninteger | a | A | . > 1 |\ninteger | b | B | . > 1 | No"
    )
    assert told(tmp_path, survey) == [("no-message", 2, "constraint")]


def test_a_text_that_one_language_lacks(tmp_path: Path) -> None:
    survey = "type | name | label::English (en) | label::French (fr)\ntext | a | A | \ntext | b | B | B"
    assert told(tmp_path, survey) == [("missing-translation", 2, "label::French (fr)")]


def test_a_column_that_one_language_lacks_is_told_once(tmp_path: Path) -> None:
    survey = """
type | name | label::English (en) | label::French (fr) | hint::English (en)
text | a    | A                   | A                  | Hint
text | b    | B                   | B                  | Hint
"""
    assert told(tmp_path, survey) == [("missing-translation", 2, "hint::French (fr)")]


def test_a_choice_that_one_language_lacks(tmp_path: Path) -> None:
    survey = (
        "type | name | label::English (en) | label::French (fr)\nselect_one c | a | A | A\nselect_one c | b | B | B"
    )
    choices = "list_name | name | label::English (en) | label::French (fr)\nc | x | X | X\nc | y | Y |"
    (found,) = findings(tmp_path, survey, choices)
    place = found.place
    assert (found.code, place.sheet, place.row, place.column) == (
        "missing-translation",
        "choices",
        3,
        "label::French (fr)",
    )


@pytest.mark.parametrize(
    ("row", "code", "suggestion"),
    [
        ("integer | a | A | many", "bad-default", ""),
        ("date | a | A | 2026-02-30", "bad-default", ""),
        ("select_one yn | a | A | yess", "bad-default", "Did you mean “yes”?"),
        ("select_multiple yn | a | A | yes maybe", "bad-default", ""),
    ],
)
def test_a_default_that_does_not_fit(tmp_path: Path, row: str, code: str, suggestion: str) -> None:
    uses_list = "type | name | label | default\nselect_one yn | used | U | yes\n"
    (found,) = findings(tmp_path, uses_list + row, YN)
    assert (found.code, found.place.row, found.place.column, found.suggestion) == (code, 3, "default", suggestion)


@pytest.mark.parametrize("default", ["5", "", "today() - 3", "once(random())"])
def test_defaults_that_fit(tmp_path: Path, default: str) -> None:
    assert told(tmp_path, f"type | name | label | default\ninteger | a | A | {default}") == []


def test_what_must_be_answered_and_cannot(tmp_path: Path) -> None:
    survey = "type | name | label | required | readonly | calculation | default\n"
    assert told(tmp_path, survey + "text | a | A | yes | yes | |") == [("required-readonly", 2, "required")]
    assert told(tmp_path, survey + "text | a | A | yes | yes | 'x' |") == []
    assert told(tmp_path, survey + "text | a | A | yes | yes | | x") == []
    assert told(tmp_path, survey + "text | a | A | yes | | |") == []


REPEAT = "type | name | label | calculation | repeat_count\n"


@pytest.mark.parametrize(
    ("rows", "column"),
    [
        ("begin_repeat | r | R | | 0\ntext | t | T | |\nend_repeat | | | |", "repeat_count"),
        ("begin_repeat | r | R | |\ncalculate | c | | 1 |\nend_repeat | | | |", "name"),
    ],
)
def test_a_repeat_of_nothing(tmp_path: Path, rows: str, column: str) -> None:
    assert told(tmp_path, REPEAT + rows) == [("dead-repeat", 2, column)]


@pytest.mark.parametrize(
    "rows",
    [
        "begin_repeat | r | R | | 2\ncalculate | c | | 1 |\nend_repeat | | | |",
        "begin_repeat | r | R | | string-length('abc')\ntext | t | T | |\nend_repeat | | | |",
        "begin_repeat | r | R | |\nnote | t | T | |\nend_repeat | | | |",
    ],
)
def test_repeats_that_live(tmp_path: Path, rows: str) -> None:
    assert told(tmp_path, REPEAT + rows) == []


@pytest.mark.parametrize("name", ["first.name", "__proto__", "n" * 64])
def test_a_name_that_does_not_carry(tmp_path: Path, name: str) -> None:
    assert told(tmp_path, f"type | name | label\ntext | {name} | A") == [("name-not-portable", 2, "name")]


def test_names_that_differ_in_capitals_only(tmp_path: Path) -> None:
    assert told(tmp_path, "type | name | label\ntext | unit | A\ntext | Unit | B") == [("name-not-portable", 3, "name")]


def test_an_xform_gets_the_same_advice_by_line(tmp_path: Path) -> None:
    path = tmp_path / "f.xml"
    path.write_text(
        """<h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml"><h:head><model>
<instance><data><a/><b/></data></instance>
<bind nodeset="/data/a" type="int" constraint=". &gt; 5 and . &lt; 3"/>
<bind nodeset="/data/b" relevant="/data/a = 'old'"/>
</model></h:head><h:body><input ref="/data/a"><label>A</label></input>
<input ref="/data/b"/></h:body></h:html>""",
        "utf-8",
    )
    found = [(item.code, item.place.row, item.place.column) for item in check_form(path)]
    assert sorted(found) == [
        ("never-allowed", 3, "constraint"),
        ("no-label", 4, "label"),
        ("no-message", 3, "constraint"),
        ("type-mismatch", 4, "relevant"),
    ]


def test_an_xforms_choice_that_is_there_twice(tmp_path: Path) -> None:
    path = tmp_path / "f.xml"
    path.write_text(
        """<h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml"><h:head><model>
<instance><data><a/><b/></data></instance>
<instance id="c"><root><item><name>x</name><of>1</of></item><item><name>x</name><of>2</of></item>
<item><name>x</name><of>2</of></item></root></instance>
</model></h:head><h:body>
<select1 ref="/data/a"><label>A</label><item><label>X</label><value>x</value></item>
<item><label>X</label><value>x</value></item></select1>
<select1 ref="/data/b"><label>B</label><itemset nodeset="instance('c')/root/item[of = /data/a]"><value ref="name"/>
<label ref="name"/></itemset></select1></h:body></h:html>""",
        "utf-8",
    )
    found = [(item.code, item.place.field) for item in check_form(path)]
    assert found == [("same-choice", "/data/a[2]"), ("same-choice", "c[3]")]


def test_an_action_without_its_target(tmp_path: Path) -> None:
    path = tmp_path / "f.xml"
    path.write_text(
        """<h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml"><h:head><model>
<instance><data><a/></data></instance></model></h:head><h:body><input ref="/data/a"><label>A</label>
<setvalue event="xforms-value-changed" ref="/data/lost"/></input></h:body></h:html>""",
        "utf-8",
    )
    (found,) = check_form(path)
    assert (found.code, found.place.row, found.place.column) == ("no-node", 3, "setvalue")
