"""The rows of “Our rules” about filling (fieldapp/forms/README.md): each test names its row in its docstring."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest

from fieldapp.clock import FixedClock
from fieldapp.errors import FormError
from fieldapp.forms import FormSession, load_form
from tests.support.forms import make_session
from tests.support.xforms import asked, repeated, xform_session

README = Path(__file__).resolve().parents[3] / "fieldapp/forms/README.md"


def test_every_row_is_a_test() -> None:
    table = README.read_text("utf-8").partition("### Filling")[2].partition("###")[0]
    points = re.findall(r"^\| (.+?) \|", table, re.MULTILINE)[1:]
    tests = [value for name, value in vars(sys.modules[__name__]).items() if name.startswith("test_")]
    rows = [(test.__doc__ or "").strip() for test in tests]
    assert points
    assert [point for point in points if point not in rows] == []


def values(session: FormSession, name: str) -> list[str]:
    return [node.value for node in session.nodes() if node.name == name]


GATED = """
type      | name | label | relevant | calculation | required | readonly
integer   | n    | N     |          |             |          |
text      | a    | A     | ${n} > 1 |             |          |
calculate | c    |       | ${n} > 1 | ${n} * 2    |          |
calculate | seen |       |          | concat('<', ${a}, ${c}, '>') | |
calculate | big  |       |          | ${n} > 5    |          |
text      | self | Self  |          |             | ${self} = '' | ${self} = 'fixed'
"""


def test_not_relevant(tmp_path: Path) -> None:
    """not relevant"""
    session = make_session(tmp_path, GATED)
    session.set("n", "2")
    session.set("a", "kept")
    session.set("n", "1")
    assert (session.node("seen").value, session.node("a").value) == ("<>", "kept")
    assert "kept" not in session.to_xml()
    session.set("n", "2")
    assert session.node("seen").value == "<kept4>"


def test_out_of_sight_nothing_is_calculated(tmp_path: Path) -> None:
    """calculations of what is not relevant"""
    session = make_session(tmp_path, GATED)
    session.set("n", "3")
    session.set("n", "1")
    assert session.node("c").value == "6"
    session.set("n", "2")
    assert session.node("c").value == "4"


def test_truths(tmp_path: Path) -> None:
    """a calculated truth"""
    session = make_session(tmp_path, GATED)
    assert session.node("big").value == "false"
    session.set("n", "9")
    assert session.node("big").value == "true"


def test_paths_into_the_repeat_around(tmp_path: Path) -> None:
    """a path into the repeat around"""
    model = '<bind nodeset="/data/r/p" type="int"/><bind nodeset="/data/r/own" calculate="sum(/data/r/p)"/>'
    model += (
        '<bind nodeset="/data/r/all" calculate="count(/data/r)"/><bind nodeset="/data/s" calculate="sum(/data/r/p)"/>'
    )
    data = "<r><p>1</p><own/><all/></r><r><p>2</p><own/><all/></r><s/>"
    session = xform_session(tmp_path, data, model, repeated("/data/r", asked("/data/r/p")))
    assert (values(session, "own"), values(session, "all"), values(session, "s")) == (["1", "2"], ["2", "2"], ["3"])


def test_dates_from_numbers(tmp_path: Path) -> None:
    """a number calculated for a date"""
    model = '<bind nodeset="/data/d" type="date" calculate="today() + 7"/>'
    assert xform_session(tmp_path, "<d/>", model).node("d").value == "2026-11-30"


COUNTED = """
type         | name | label | repeat_count | relevant
integer      | n    | N     |              |
begin_repeat | r    | R     | ${n}         | ${n} != 7
text         | t    | T     |              |
end_repeat   |      |       |              |
"""


def test_texts_from_dates(tmp_path: Path) -> None:
    """a day calculated for a text"""
    survey = "type | name | label | calculation\ndate | on | On |\ncalculate | text | | ${on}"
    session = make_session(tmp_path, survey)
    session.set("on", "2026-03-04")
    assert session.node("text").value == "2026-03-04"


def test_instances_beyond_the_count(tmp_path: Path) -> None:
    """instances beyond `jr:count`"""
    session = make_session(tmp_path, COUNTED)
    session.set("n", "2")
    session.set("r[d2]/t", "x")
    session.set("n", "1")
    assert values(session, "t") == [""]
    session.set("n", "2")
    assert values(session, "t") == ["", ""]


def test_unknown_counts(tmp_path: Path) -> None:
    """no number in `jr:count`"""
    session = make_session(tmp_path, COUNTED)
    assert values(session, "t") == []
    session.set("n", "2")
    session.set("n", "")
    assert len(values(session, "t")) == 2


def test_counts_out_of_sight(tmp_path: Path) -> None:
    """`jr:count` out of sight"""
    session = make_session(tmp_path, COUNTED)
    session.set("n", "2")
    session.set("n", "7")
    assert len(values(session, "t")) == 2


def test_no_template(tmp_path: Path) -> None:
    """an added instance without template"""
    body = repeated("/data/r", asked("/data/r/p") + repeated("/data/r/s", asked("/data/r/s/q")))
    session = xform_session(tmp_path, "<r><p>x</p><s><q>y</q></s></r>", "", body)
    session.add("r")
    assert (values(session, "p"), values(session, "q")) == (["x", ""], ["y"])


STREETS = """
type              | name  | label | choice_filter  | calculation
select_one ward   | ward  | Ward  |                |
select_one street | street | Street | ward = ${ward} |
calculate         | seen  |       |                | concat('<', ${street}, '>')
"""
CHOICES = "list_name | name | label | ward\nward | w1 | 1 |\nward | w2 | 2 |\nstreet | king | King | w1"


def test_choices_that_go(tmp_path: Path) -> None:
    """a choice no longer offered"""
    session = make_session(tmp_path, STREETS, CHOICES)
    session.set("ward", "w1")
    session.set("street", "king")
    later = FormSession(session.definition, session.answers())
    for each in (session, later):
        each.set("ward", "w2")
        assert (each.node("street").value, each.node("seen").value) == ("", "<>")
    session.set("ward", "w1")
    assert session.node("street").value == ""


def test_an_external_choice_no_longer_offered(tmp_path: Path) -> None:
    """the same in `select_one_external`"""
    path = tmp_path / "form.md"
    path.write_text(
        "| survey |\n| | type | name | label | choice_filter |\n| | text | state | State | |\n"
        "| | select_one_external cities | city | City | state = ${state} |\n"
        "| external_choices |\n| | list_name | name | label | state |\n| | cities | mtl | Montreal | qc |\n"
        "| | cities | ott | Ottawa | on |\n",
        "utf-8",
    )
    session = FormSession(load_form(path))
    session.set("state", "qc")
    session.set("city", "mtl")
    session.set("state", "on")
    assert session.node("city").value == ""


def test_kept_answers_that_are_wrong_today(tmp_path: Path) -> None:
    """a kept answer that is refused today"""
    kept = {"n": "many", "meta/instanceID": "uuid:1"}
    session = make_session(tmp_path, GATED, fields=kept)
    assert (session.node("n").value, session.node("n").trouble) == ("many", "type")
    streets = make_session(tmp_path, STREETS, CHOICES, fields={"ward": "w9", "meta/instanceID": "uuid:1"})
    assert (streets.node("ward").value, streets.node("ward").trouble) == ("w9", "choice")


FIRST = """<bind nodeset="/data/n" type="int"/><bind nodeset="/data/c" type="int" calculate="/data/n + 1"/>
<setvalue event="odk-instance-first-load" ref="/data/s" value="/data/c * 10"/>"""


def test_values_at_the_first_opening(tmp_path: Path) -> None:
    """values set at the first opening"""
    body = asked("/data/n") + asked("/data/s")
    assert xform_session(tmp_path, "<n>3</n><c/><s/>", FIRST, body).node("s").value == "40"
    assert xform_session(tmp_path, "<n>3</n><c/><s/>", FIRST, body, prefill={"s": "x"}).node("s").value == "x"


def test_values_when_an_answer_changes(tmp_path: Path) -> None:
    """values set when an answer changes"""
    copy = '<setvalue event="xforms-value-changed" ref="/data/c" value="/data/b"/>'
    model = '<bind nodeset="/data/b" calculate="/data/a"/>'
    session = xform_session(tmp_path, "<a/><b/><c/>", model, asked("/data/a") + asked("/data/b", copy))
    session.set("a", "x")
    assert (session.node("b").value, session.node("c").value) == ("x", "")


def test_values_for_several_instances(tmp_path: Path) -> None:
    """a value to be set in several instances"""
    action = '<setvalue event="xforms-value-changed" ref="/data/r/p" value="/data/a"/>'
    body = asked("/data/a", action) + repeated("/data/r", asked("/data/r/p"))
    session = xform_session(tmp_path, "<a/><r><p/></r><r><p/></r>", "", body)
    session.set("a", "x")
    assert values(session, "p") == ["", ""]


def test_triggers(tmp_path: Path) -> None:
    """a trigger's expression"""
    survey = """
    type         | name | label | calculation      | trigger
    begin_repeat | r    | R     |                  |
    text         | src  | Src   |                  |
    begin_group  | g    | G     |                  |
    text         | dst  | Dst   | concat(${src}, '!') | ${src}
    end_group    |      |       |                  |
    end_repeat   |      |       |                  |
    """
    session = make_session(tmp_path, survey)
    second = session.add("r")
    session.set(f"{second.path}/src", "x")
    assert values(session, "dst") == ["", "x!"]


def test_ranking(tmp_path: Path) -> None:
    """ranking"""
    session = make_session(tmp_path, "type | name | label\nrank ward | k | K", CHOICES)
    with pytest.raises(FormError, match="in order"):
        session.set("k", "w2")
    session.set("k", "w2 w1")
    session.set("k", "")
    assert session.node("k").value == ""


def test_the_end(tmp_path: Path) -> None:
    """`end`"""
    clock = FixedClock()
    session = make_session(tmp_path, "type | name | label\ntext | a | A\nend | end |", clock=clock)
    session.set("a", "x")
    kept = session.answers()
    clock.forward(hours=1)
    assert FormSession(session.definition, kept, clock=clock).answers() == kept


def test_calculated_questions(tmp_path: Path) -> None:
    """questions with a calculation"""
    with pytest.raises(FormError, match="calculated"):
        make_session(tmp_path, GATED).set("c", "1")


def test_asking_itself(tmp_path: Path) -> None:
    """asking itself in `required` or `readonly`"""
    session = make_session(tmp_path, GATED)
    assert session.node("self").required
    session.set("self", "fixed")
    assert (session.node("self").required, session.node("self").readonly) == (False, True)


def test_asking_itself_whether_it_is_asked(tmp_path: Path) -> None:
    """asking itself, or what is in it, in `relevant`"""
    survey = """
    type        | name   | label | relevant                   | default
    begin_group | g      | G     | ./source != 'file'         |
    text        | source | From  |                            | user
    begin_group | h      | H     | ../source != 'x'           |
    text        | b      | B     | . != 'gone'                |
    end_group   |        |       |                            |
    end_group   |        |       |                            |
    """
    session = make_session(tmp_path, survey)
    inner = session.node("g/h/b")
    session.set(inner.ref, "gone")
    assert (inner.relevant, session.node("g/h").relevant) == (False, True)
    session.set("g/source", "file")
    assert (session.node("g").relevant, session.node("g/source").value) == (False, "file")
    session.undo()
    assert session.node("g").relevant


def test_questions_that_hide_each_other(tmp_path: Path) -> None:
    """questions that hide each other"""
    survey = """
    type | name | label | relevant
    text | a    | A     | ${b} = ''
    text | b    | B     | ${a} = ''
    """
    session = make_session(tmp_path, survey)
    session.set("a", "x")
    assert (session.node("a").relevant, session.node("b").relevant) == (True, False)
    session.set("a", "")
    session.set("b", "x")
    assert (session.node("a").relevant, session.node("b").relevant) == (False, True)


def test_a_calculation_that_keeps_its_own_value(tmp_path: Path) -> None:
    """a calculation that keeps its own value"""
    survey = """
    type      | name  | label | calculation
    text      | a     | A     |
    calculate | first |       | if(. = '', ${a}, .)
    """
    session = make_session(tmp_path, survey)
    session.set("a", "x")
    session.set("a", "y")
    assert session.node("first").value == "x"


def test_running_totals(tmp_path: Path) -> None:
    """a running total over earlier instances"""
    before = "coalesce(/data/r[position() = position(current()/..) - 1]/sum, 0)"
    model = (
        f'<bind nodeset="/data/r/p" type="int"/><bind nodeset="/data/r/sum" type="int" calculate="../p + {before}"/>'
    )
    data = "<r><p>1</p><sum/></r><r><p>2</p><sum/></r><r><p>3</p><sum/></r>"
    session = xform_session(tmp_path, data, model, repeated("/data/r", asked("/data/r/p")))
    assert values(session, "sum") == ["1", "3", "6"]
