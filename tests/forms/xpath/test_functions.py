"""The functions, as the ODK XForms specification and (where it leaves room) JavaRosa have them."""

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


TRUE, FALSE = "true", "false"
CASES = [
    # text
    ("string(12.50)", "12.5"),
    ("string(true())", TRUE),
    ("string(/data/n)", "7"),
    ("concat('a', 1, true(), /data/r/x)", "a1true49"),
    ("join('-', 'a', '', 'b')", "a--b"),
    ("contains(/data/t, 'lo w')", TRUE),
    ("starts-with(/data/t, 'hell')", TRUE),
    ("ends-with(/data/t, 'ld')", TRUE),
    ("substring-before('2026-03', '-')", "2026"),
    ("substring-before('2026', '-')", ""),
    ("substring-after('2026-03', '-')", "03"),
    ("substr('abcdef', 1, 3)", "bc"),
    ("substr('abcdef', -3)", "def"),
    ("substr('abcdef', 2, -1)", "cde"),
    ("substr('abc', 9)", ""),
    ("substring('12345', 2, 3)", "234"),
    ("substring('12345', 1.5, 2.6)", "234"),
    ("string-length('é€')", "2"),
    ("normalize-space('  a   b ')", "a b"),
    ("translate('abcabc', 'ab', 'X')", "XcXc"),
    ("regex('A1B 2C3', '[A-Z][0-9][A-Z] [0-9][A-Z][0-9]')", TRUE),
    ("regex('abc1', '[a-z]+')", FALSE),
    ("regex('a', '(')", FALSE),
    ("digest('abc', 'SHA-256', 'hex')", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
    ("digest('abc', 'MD5')", "kAFQmDzST7DWlj99KOF/cg=="),
    ("digest('abc', 'nope')", ""),
    ("base64-decode('aGVsbG8=')", "hello"),
    ("string-length(uuid())", "36"),
    ("string-length(uuid(8))", "8"),
    # choices
    ("selected(/data/m, 'b')", TRUE),
    ("selected('ab', 'a')", FALSE),
    ("selected-at(/data/m, 1)", "b"),
    ("selected-at(/data/m, 5)", ""),
    ("count-selected(/data/m)", "2"),
    ("jr:choice-name(/data/s, '/data/s')", "Berry"),
    ("jr:choice-name('zz', '/data/s')", ""),
    ("instance('l')/root/item[name = /data/s]/size", "2"),
    ("count(instance('l')/root/item)", "2"),
    ("count(instance('missing')/root/item)", "0"),
    # truth
    ("if(/data/n > 5, 'big', 'small')", "big"),
    ("coalesce(/data/blank, '', /data/t)", "hello world"),
    ("not(/data/blank)", TRUE),
    ("boolean('false')", TRUE),
    ("boolean(0)", FALSE),
    ("boolean-from-string('1')", TRUE),
    ("boolean-from-string('yes')", FALSE),
    ("checklist(1, 2, 1 = 1, 2 = 2, 1 = 2)", TRUE),
    ("checklist(-1, 1, 1 = 1, 2 = 2)", FALSE),
    ("weighted-checklist(5, 8, 1 = 2, 3, 1 = 1, 4)", FALSE),
    ("weighted-checklist(5, 8, 1 = 1, 3, 1 = 1, 4)", TRUE),
    # numbers
    ("/data/n + 1", "8"),
    ("/data/n div 2", "3.5"),
    ("/data/n mod 4", "3"),
    ("-7 mod 4", "-3"),
    ("1 div 0", "Infinity"),
    ("0 div 0", "NaN"),
    ("number('1e3')", "NaN"),
    ("number(' 12 ')", "12"),
    ("number(true())", "1"),
    ("int(12.9) + int(-12.9)", "0"),
    ("round(2.5)", "3"),
    ("round(-2.5)", "-2"),
    ("round(7 div 3, 2)", "2.33"),
    ("round(1234, -2)", "1200"),
    ("pow(2, 10)", "1024"),
    ("sqrt(16) + abs(-3) + exp(0) + log10(100)", "10"),
    ("sqrt(-1)", "NaN"),
    ("floor(2.7) + ceiling(2.1)", "5"),
    ("1 div 3000000", "0.00000033333333333333335"),
    ("0.1 + 0.2", "0.30000000000000004"),
    ("max(3, /data/n, 5)", "7"),
    ("min(3, /data/blank, 5)", "3"),
    ("max(/data/blank)", "NaN"),
    ("sum(/data/r/x)", "13"),
    ("count(/data/r)", "3"),
    ("count-non-empty(/data/r/x)", "2"),
    ("sum(/data/r[x > 5]/x)", "9"),
    ("/data/r[3]/x", "9"),
    ("/data/r[last()]/x", "9"),
    ("/data/r[position() = 3]/x", "9"),
    ("indexed-repeat(/data/r/x, /data/r, 3)", "9"),
    ("indexed-repeat(/data/r/x, /data/r, 8)", ""),
    ("position(/data/r[3])", "3"),
    ("random() < 1", TRUE),
    # comparison
    ("/data/blank = ''", TRUE),
    ("/data/blank = 0", FALSE),
    ("/data/blank != 0", TRUE),
    ("/data/blank < 1", FALSE),
    ("/data/n = '7'", TRUE),
    ("/data/n = '07'", TRUE),
    ("'a' = 'a' and 1 = '1'", TRUE),
    ("true() = 'true'", TRUE),
    ("false() = 'false'", TRUE),
    ("/data/r/x = 9", TRUE),
    # time
    ("today()", "2026-11-23"),
    ("now()", "2026-11-23T09:00:00.000-05:00"),
    ("/data/d + 5", "20521"),
    ("date(/data/d + 5)", "2026-03-09"),
    ("date('2026-03-04T13:00:00.000-05:00')", "2026-03-04"),
    ("date('soon')", ""),
    ("/data/d < today()", TRUE),
    ("'2026-03-04' < '2026-03-05'", TRUE),
    ("date('2026-03-04') - date('2026-03-01')", "3"),
    ("decimal-date-time('1970-01-02T12:00:00.000-05:00')", "1.7083333333333333"),
    ("decimal-time('06:00:00.000-05:00')", "0.25"),
    ("date-time(1.5)", "1970-01-02T07:00:00.000-05:00"),
    ("format-date(/data/d, '%e %n %b %Y, %a %y %m %d 100%%')", "4 3 Mar 2026, Wed 26 03 04 100%"),
    ("format-date-time('2026-03-04T13:05:09.120-05:00', '%H:%M:%S.%3')", "13:05:09.120"),
    ("format-date('', '%Y')", ""),
    # places
    ("round(distance('0 0 0 0;0 1 0 0'))", "111319"),
    ("round(area('0 0;0 1;1 1'))", "6195942628"),
    ("area('0 0;0 1')", "0"),
    ("distance('nowhere')", "NaN"),
]


@pytest.mark.parametrize(("expression", "value"), CASES)
def test_function(session: FormSession, expression: str, value: str) -> None:
    assert text_of(evaluate(session, expression)) == value


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


def test_randomize_with_a_seed_is_always_the_same(session: FormSession) -> None:
    expression = "join(' ', randomize(instance('l')/root/item/name, 42))"
    assert text_of(evaluate(session, expression)) == text_of(evaluate(session, expression))


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
