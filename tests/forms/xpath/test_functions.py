"""The table of functions, and what values do in them. What each function makes is in test_expressions.py."""

from __future__ import annotations

import math
from pathlib import Path

import pytest

from fieldapp.forms import FormSession
from fieldapp.forms.xpath.functions import TABLE, check
from fieldapp.forms.xpath.lexer import XPathError
from fieldapp.forms.xpath.parser import parse
from fieldapp.forms.xpath.tree import Call
from fieldapp.forms.xpath.values import number_text, text_of
from tests.support.forms import evaluate, make_session

SURVEY = """
type            | name  | label
integer         | n     | N
integer         | blank | B
text            | t     | T
date            | d     | D
select_multiple l | m   | M
select_one l    | s     | S
begin_repeat    | r     | R
integer         | x     | X
end_repeat      |       |
"""
CHOICES = """
list_name | name | label  | size
l         | a    | Apple  | 1
l         | b    | Berry  | 2
"""


@pytest.fixture(scope="module")
def session(tmp_path_factory: pytest.TempPathFactory) -> FormSession:
    session = make_session(tmp_path_factory.mktemp("functions"), SURVEY, CHOICES)
    answers = {"n": "7", "t": "hello world", "d": "2026-03-04", "m": "a b", "s": "b", "/data/r[1]/x": "4"}
    for place, value in answers.items():
        session.set(place, value)
    session.add("r")
    session.add("r")
    session.set("/data/r[3]/x", "9")
    return session


def test_every_function_of_odk_is_there() -> None:
    odk = """string concat join substr substring-before substring-after translate string-length normalize-space contains
        starts-with ends-with uuid digest pulldata if coalesce once true false boolean boolean-from-string not regex
        checklist weighted-checklist number random int sum max min round pow log log10 abs sin cos tan asin acos atan
        atan2 sqrt exp exp10 pi count count-non-empty position instance current randomize today now format-date
        format-date-time date decimal-date-time decimal-time selected selected-at count-selected jr:choice-name
        jr:itext indexed-repeat area distance base64-decode"""
    assert set(odk.split()) <= set(TABLE)


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        ("nope(1)", "there is no function nope()"),
        ("if(1, 2)", "if() takes 3 arguments, not 2"),
        ("selected()", "selected() takes 2 arguments, not 0"),
        ("today(1)", "today() takes 0 arguments, not 1"),
        ("sum()", "sum() takes at least 1 argument, not 0"),
        ("round(1, 2, 3)", "round() takes 1 to 2 arguments, not 3"),
    ],
)
def test_wrong_calls_are_named(source: str, reason: str) -> None:
    call = parse(source)
    assert isinstance(call, Call)
    with pytest.raises(XPathError) as error:
        check(call)
    assert str(error.value) == reason


@pytest.mark.parametrize(("number", "text"), [(math.nan, "NaN"), (-math.inf, "-Infinity"), (1e15, "1000000000000000")])
def test_numbers_are_written_without_exponent(number: float, text: str) -> None:
    assert number_text(number) == text


@pytest.mark.parametrize(("sign", "value"), [(" + ", "3000"), (" or ", "true"), (" and ", "true"), (" | ", "7")])
def test_a_chain_of_any_length(session: FormSession, sign: str, value: str) -> None:
    term = "/data/n" if sign == " | " else "1"
    assert text_of(evaluate(session, sign.join([term] * 3000))) == value


def test_logic_stops_where_the_answer_is_known(session: FormSession) -> None:
    assert text_of(evaluate(session, "1 = 2 or 2 = 2 or 3 = 4")) == "true"
    assert text_of(evaluate(session, "1 = 1 and 2 = 3 and 3 = 3")) == "false"


def test_a_path_means_this_instance(tmp_path: Path) -> None:
    survey = """
    type         | name  | label | calculation
    begin_repeat | outer | O     |
    integer      | x     | X     |
    begin_repeat | inner | I     |
    calculate    | y     |       | concat(position(../..), '.', position(..), '=', /data/outer/x)
    end_repeat   |       |       |
    end_repeat   |       |       |
    """
    session = make_session(tmp_path, survey)
    session.set("/data/outer[1]/x", "5")
    second = session.add("outer")
    session.add(f"{second.ref}/inner")
    session.set(f"{second.ref}/x", "6")
    ys = [node.value for node in session.nodes() if node.name == "y"]
    assert ys == ["1.1=5", "2.1=6"]
