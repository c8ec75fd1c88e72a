"""What may be typed into each kind of question, and how the record writes it."""

from __future__ import annotations

from pathlib import Path

import pytest

from fieldapp.errors import FormError
from fieldapp.forms import FormSession
from tests.support.forms import make_session

SURVEY = """
type              | name | label | parameters
text              | text | T     |
integer           | int  | I     |
decimal           | dec  | D     |
date              | day  | D     |
time              | hour | H     |
dateTime          | when | W     |
select_one l      | one  | O     |
select_multiple l | many | M     |
rank l            | rank | R     |
geopoint          | geo  | G     |
geotrace          | line | L     |
geoshape          | area | A     |
range             | slide | S    | start=1 end=10 step=0.5
acknowledge       | ack  | A     |
image             | pic  | P     |
barcode           | bar  | B     |
note              | note | N     |
"""
CHOICES = "list_name | name | label\nl | a | A\nl | b | B\nl | c | C"


@pytest.fixture(scope="module")
def session(tmp_path_factory: pytest.TempPathFactory) -> FormSession:
    return make_session(tmp_path_factory.mktemp("types"), SURVEY, CHOICES)


@pytest.mark.parametrize(
    ("name", "typed", "kept"),
    [
        ("text", " as it is\n", " as it is\n"),
        ("text", "no\x00control\x0bsigns", "nocontrolsigns"),
        ("int", " 007 ", "7"),
        ("int", "-3", "-3"),
        ("int", "+5", "5"),
        ("int", "-0", "0"),
        ("int", "2147483647", "2147483647"),
        ("int", "-2147483648", "-2147483648"),
        ("dec", "12.50", "12.5"),
        ("dec", ".5", "0.5"),
        ("dec", "100", "100"),
        ("dec", "5.", "5"),
        ("dec", "-0.0", "0"),
        ("dec", "0.0000001", "0.0000001"),
        ("dec", "12345678901234567.125", "12345678901234567.125"),
        ("day", "2026-11-23", "2026-11-23"),
        ("day", "2026-11-23T10:00", "2026-11-23"),
        ("day", "2026-1-3", "2026-01-03"),
        ("day", "2028-02-29", "2028-02-29"),
        ("hour", "14:30", "14:30:00"),
        ("hour", "14:30:15.250", "14:30:15.250"),
        ("hour", "9:05", "09:05:00"),
        ("hour", "14:30:00.000-05:00", "14:30:00.000-05:00"),
        ("when", "2026-1-3T9:05", "2026-01-03T09:05:00.000-05:00"),
        ("when", "2026-11-23T14:30:15.250-05", "2026-11-23T14:30:15.250-05:00"),
        ("when", "2026-07-01T14:30:00+02:00", "2026-07-01T08:30:00.000-04:00"),
        ("when", "2026-03-08T02:30", "2026-03-08T03:30:00.000-04:00"),
        ("when", "2026-11-23T14:30", "2026-11-23T14:30:00.000-05:00"),
        ("when", "2026-07-01T14:30:00Z", "2026-07-01T10:30:00.000-04:00"),
        ("one", " b ", "b"),
        ("many", "b  a", "b a"),
        ("rank", "c a b", "c a b"),
        ("geo", "43.25610  -79.86920", "43.2561 -79.8692"),
        ("geo", "43.2 -79.8 100 5.5", "43.2 -79.8 100.0 5.5"),
        ("line", "1 2;3 4", "1.0 2.0; 3.0 4.0"),
        ("line", "1 2; 3 4; 1 2", "1.0 2.0; 3.0 4.0; 1.0 2.0"),
        ("area", "0 0; 0 1; 1 1", "0.0 0.0; 0.0 1.0; 1.0 1.0; 0.0 0.0"),
        ("area", "0 0; 0 1; 1 1; 0.0 0", "0.0 0.0; 0.0 1.0; 1.0 1.0; 0.0 0.0"),
        ("geo", "0 0 0 0", "0.0 0.0 0.0 0.0"),
        ("slide", "2.5", "2.5"),
        ("slide", "2.3", "2.3"),  # beside the steps, as the other engines take it
        ("ack", "ok", "OK"),
        ("pic", "photo.jpg", "photo.jpg"),
        ("bar", "12345", "12345"),
        ("bar", " 00 7 ", " 00 7 "),
        ("slide", "10", "10"),
        ("int", "  ", ""),
    ],
)
def test_taken(session: FormSession, name: str, typed: str, kept: str) -> None:
    session.set(name, typed)
    assert session.node(name).value == kept


@pytest.mark.parametrize(
    ("name", "typed", "reason"),
    [
        ("int", "12.5", "“12.5” is not a whole number."),
        ("int", "1e3", "whole number"),
        ("int", "2147483648", "“2147483648” is too large: a whole number goes up to 2147483647."),
        ("int", "1,000", "whole number"),
        ("int", "9" * 40, "whole number"),
        ("dec", "12,5", "after a point"),
        ("dec", "12x", "“12x” is not a number."),
        ("dec", "NaN", "not a number"),
        ("day", "23/11/2026", "Write year, month and day"),
        ("day", "2026-02-30", "not a date"),
        ("day", "20261123", "not a date"),
        ("day", "2026-11-31", "not a date"),
        ("day", "99999-01-01", "not a date"),
        ("hour", "25:00", "not a time of day"),
        ("hour", "14", "not a time of day"),
        ("hour", "24:00", "not a time of day"),
        ("hour", "14:60", "not a time of day"),
        ("when", "2026-11-23T", "date with a time"),
        ("when", "0001-01-01T00:00Z", "date with a time"),
        ("when", "2026-11-23", "date with a time"),
        ("one", "d", "“d” is not among the choices."),
        ("one", "a b", "“a b” is not among the choices."),
        ("many", "a a", "names a choice twice"),
        ("many", "a zz", "“zz” is not among the choices."),
        ("rank", "a b", "All choices"),
        ("geo", "43.2", "latitude and longitude"),
        ("geo", "91 0", "latitude and longitude"),
        ("geo", "0 181", "latitude and longitude"),
        ("geo", "43.2,-79.8", "latitude and longitude"),
        ("geo", "1e1 2", "latitude and longitude"),
        ("line", "1 2; x y", "latitude and longitude"),
        ("line", "1 2", "at least 2 points"),
        ("area", "1 2;3 4", "at least 3 points"),
        ("area", "0 0; 0 1; 0 0", "at least 3 points"),
        ("slide", "11", "from 1 to 10"),
        ("ack", "no", "acknowledged"),
        ("pic", "../secret.jpg", "without folders"),
        ("note", "x", "read-only"),
    ],
)
def test_refused_with_a_reason(session: FormSession, name: str, typed: str, reason: str) -> None:
    before = session.node(name).value
    with pytest.raises(FormError, match=reason) as error:
        session.set(name, typed)
    assert error.value.place.field == f"/data/{name}"
    assert session.node(name).value == before


def test_what_was_kept_is_never_altered_but_shown_as_wrong(session: FormSession) -> None:
    fields = {"int": "many", "dec": "1.50", "one": "gone", "meta/instanceID": "uuid:1"}
    later = FormSession(session.definition, fields)
    assert later.answers() == fields
    assert {(problem.node.path, problem.kind) for problem in later.problems()} == {("int", "type"), ("one", "choice")}
    assert later.node("one").message == "“gone” is not among the choices."
    later.set("int", "3")
    assert later.node("int").valid


def test_calculated_values_take_their_questions_type(tmp_path: Path) -> None:
    survey = """
    type     | name  | label | calculation              | readonly
    decimal  | n     | N     |                          |
    integer  | whole | W     | ${n} * 2                 | yes
    date     | day   | D     | date('2026-01-01') + ${n} | yes
    dateTime | when  | W     | 0.5                      | yes
    """
    session = make_session(tmp_path, survey)
    session.set("n", "1.7")
    answers = session.answers()
    assert (answers["whole"], answers["day"]) == ("3", "2026-01-02")
    assert answers["when"] == "1970-01-01T07:00:00.000-05:00"
    session.set("n", "")
    assert session.node("whole").value == ""
