"""Questions that are never asked: by constants, by choices, by numbers, by the groups around them."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fieldapp.forms import FormSession, load_form
from fieldapp.forms.lint.possible import Conditions
from fieldapp.forms.lint.sorts import Sorts
from fieldapp.forms.xpath.context import scope_of
from fieldapp.forms.xpath.parser import parse
from tests.support.forms import evaluate, write_form
from tests.support.lint import YN, told

SURVEY = """
type          | name | label | relevant | constraint | constraint_message
select_one yn | one  | One   |          |            |
select_one yn | two  | Two   |          |            |
select_multiple yn | any | Any |        |            |
integer       | n    | N     |          |            |
text          | t    | T     |          |            |
"""


def never(folder: Path, rows: str) -> list[tuple[int | None, str]]:
    """(row, code) of what is never asked or never allowed."""
    codes = {"unreachable", "never-allowed"}
    return [(row, code) for code, row, _ in told(folder, SURVEY + rows, YN) if code in codes]


@pytest.mark.parametrize(
    "condition",
    [
        "false()",
        "1 = 2",
        "not(true())",
        "${one} = 'maybe'",
        "${one} = 'yes' and ${one} = 'no'",
        "${one} = 'yes' and not(${one} = 'yes')",
        "not(${one} != 'yes' or ${one} != 'no')",
        "${one} != 'yes' and ${one} != 'no' and ${one} != ''",
        "selected(${one}, 'yes') and selected(${one}, 'no')",
        "selected(${any}, 'maybe')",
        "${n} > 5 and ${n} < 3",
        "${n} > 5 and 5 >= ${n}",
        "${n} = '' and ${n} > 0",
        "${n} = 4 and ${n} > 4",
        "${t} = 'a' and ${t} = 'b'",
        "(${one} = 'maybe' or ${n} > 3) and ${n} < -3",
    ],
)
def test_a_condition_that_never_holds(tmp_path: Path, condition: str) -> None:
    assert never(tmp_path, f"text | x | X | {condition} | |") == [(7, "unreachable")]


@pytest.mark.parametrize(
    "condition",
    [
        "${one} = 'yes' or ${one} = 'no'",
        "${one} = 'yes' and ${two} = 'no'",
        "${one} = ''",
        "selected(${any}, 'yes') and selected(${any}, 'no')",
        "${n} >= 5 and ${n} <= 5",
        "not(${n} > 5) and not(${n} < 5)",
        "${t} != 'a' and ${t} != 'b'",
        "${n} > 5 or ${n} < 3",
        "position(..) = 2",
    ],
)
def test_a_condition_that_may_hold(tmp_path: Path, condition: str) -> None:
    assert never(tmp_path, f"text | x | X | {condition} | |") == []


def test_the_groups_condition_holds_too(tmp_path: Path) -> None:
    rows = """
begin_group | g | G | ${one} = 'yes' | |
text        | x | X | ${one} = 'no'  | |
text        | y | Y | ${two} = 'no'  | |
end_group   |   |   |                | |
"""
    assert never(tmp_path, rows) == [(8, "unreachable")]


def test_only_the_outermost_is_told(tmp_path: Path) -> None:
    rows = "begin_group | g | G | false() | |\ntext | x | X | 1 = 2 | |\nend_group | | | | |"
    assert never(tmp_path, rows) == [(7, "unreachable")]


def test_what_is_never_asked_is_blank_for_others(tmp_path: Path) -> None:
    rows = "text | late | L | ${dead} = 'x' | |\ntext | dead | D | ${one} = 'maybe' | |"
    assert never(tmp_path, rows) == [(7, "unreachable"), (8, "unreachable")]


def test_a_constraint_that_nothing_meets(tmp_path: Path) -> None:
    assert never(tmp_path, "integer | x | X | | . > 10 and . < 5 | No") == [(7, "never-allowed")]
    assert never(tmp_path, "integer | x | X | | . > 5 and . < 10 | No") == []


# Whatever is called impossible never holds: checked against the engine itself, value by value.

_TERMS = st.one_of(
    st.tuples(
        st.sampled_from(["one", "n", "t"]),
        st.sampled_from(["=", "!=", "<", "<=", ">", ">="]),
        st.sampled_from(["'yes'", "'no'", "''", "'1'", "1", "2", "-1"]),
    ).map(lambda term: f"/data/{term[0]} {term[1]} {term[2]}"),
    st.tuples(st.sampled_from(["one", "any"]), st.sampled_from(["yes", "no", "maybe"])).map(
        lambda term: f"selected(/data/{term[0]}, '{term[1]}')"
    ),
    st.sampled_from(["true()", "false()", "/data/n = /data/t"]),
)
_CONDITIONS = st.recursive(
    _TERMS,
    lambda inner: st.one_of(
        st.tuples(inner, st.sampled_from(["and", "or"]), inner).map(lambda parts: "({} {} {})".format(*parts)),
        inner.map(lambda part: f"not({part})"),
    ),
    max_leaves=6,
)
_RECORDS = [
    {"one": one, "any": many, "n": number, "t": text}
    for one in ("", "yes", "no")
    for many in ("", "yes", "yes no")
    for number in ("", "-2", "-1", "0", "1", "2", "3")
    for text in ("", "yes", "1")
]


@pytest.fixture(scope="module")
def session(tmp_path_factory: pytest.TempPathFactory) -> FormSession:
    return FormSession(load_form(write_form(tmp_path_factory.mktemp("form"), SURVEY, YN)))


@settings(max_examples=150, deadline=None)
@given(condition=_CONDITIONS)
def test_what_is_called_impossible_never_holds(session: FormSession, condition: str) -> None:
    conditions = Conditions(Sorts(session.definition), set())
    if conditions.assume(parse(condition), scope_of(session.definition, ""), {}) is None:
        for record in _RECORDS:
            for name, value in record.items():
                if session.node(name).value != value:
                    session.set(name, value)
            assert not evaluate(session, f"boolean({condition})"), record
