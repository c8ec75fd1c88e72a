"""A session: answers in, relevance, requirements, calculations and messages out."""

from __future__ import annotations

from pathlib import Path

import pytest

from fieldapp.clock import FixedClock
from fieldapp.errors import FormError
from fieldapp.forms import FormSession
from tests.support.forms import Tables, make_form, make_session

SURVEY = """
type | name | label::en | label::fr | relevant | required | constraint | calculation | readonly
integer | n | How many? | Combien? | | yes | . > 0 | |
begin_group | more | More | Plus | ${n} > 1 | | | |
text | why | Why ${n}? | Pourquoi ${n}? | | ${n} > 5 | | |
calculate | double | | | | | | ${n} * 2 |
note | total | Twice: ${double} | Deux fois | | | | |
end_group | | | | | | | |
text | closed | Closed | Fermé | | | | | ${n} = 3
calculate | seen | | | | | | concat('[', ${why}, ']') |
"""


@pytest.fixture
def session(tmp_path: Path) -> FormSession:
    return make_session(tmp_path, SURVEY)


def test_a_group_becomes_relevant_with_all_inside(session: FormSession) -> None:
    assert not session.node("more/why").relevant
    changed = session.set("n", "2")
    assert session.node("more/why").relevant
    assert {"n", "more", "more/why", "more/double", "more/total"} <= changed


def test_what_is_not_relevant_reads_as_blank_and_comes_back(session: FormSession) -> None:
    session.set("n", "2")
    session.set("more/why", "because")
    session.set("n", "1")
    assert session.node("seen").value == "[]"
    session.set("n", "2")
    assert session.node("seen").value == "[because]"


def test_calculations_follow_and_cannot_be_set(session: FormSession) -> None:
    session.set("n", "4")
    assert session.node("/data/more/double").value == "8"
    with pytest.raises(FormError, match="calculated by the form"):
        session.set("more/double", "9")


def test_only_what_depends_is_reported(session: FormSession) -> None:
    session.set("n", "2")
    assert session.set("more/why", "x") == {"more/why", "seen"}
    assert session.set("more/why", "x") == frozenset()


def test_a_required_answer_is_missed_until_it_is_there(session: FormSession) -> None:
    assert [(problem.node.path, problem.kind) for problem in session.problems()] == [("n", "required")]
    session.set("n", "6")
    assert [problem.node.path for problem in session.problems()] == ["more/why"]
    session.set("more/why", "so")
    assert session.problems() == []


def test_a_failed_constraint_keeps_the_answer_and_says_why(session: FormSession) -> None:
    session.set("n", "0")
    node = session.node("n")
    assert (node.value, node.valid, node.message) == ("0", False, "This answer is not allowed here.")


def test_a_form_says_itself_why_an_answer_is_wrong(tmp_path: Path) -> None:
    survey = """
    type|name|label::en|constraint|constraint_message::en|constraint_message::fr|required|required_message::en
    integer | n | N | . > 0 | More than ${m} | Plus que ${m} | yes | How many?
    integer | m | M | | | | |
    """
    session = make_session(tmp_path, survey)
    node = session.node("n")
    assert node.message == "How many?"
    session.set("m", "0")
    session.set("n", "0")
    assert node.message == "More than 0"
    session.language = "fr"
    assert node.message == "Plus que 0"


def test_readonly_follows_its_expression(session: FormSession) -> None:
    session.set("closed", "open")
    session.set("n", "3")
    with pytest.raises(FormError, match="read-only"):
        session.set("closed", "x")
    assert session.node("closed").value == "open"


def test_labels_follow_language_and_values(session: FormSession) -> None:
    session.set("n", "2")
    why, total = session.node("more/why"), session.node("more/total")
    assert session.label(why) == "Why 2?"
    assert session.label(total) == "Twice: 4"
    assert "more/total" in session.set("n", "3")
    session.language = "fr"
    assert session.label(why) == "Pourquoi 3?"


@pytest.mark.parametrize("place", ["/data/nope", "nope", "/other/n", "n[2]", "/data/n[x]", "", "more//why"])
def test_places_that_are_not_there_are_refused(session: FormSession, place: str) -> None:
    with pytest.raises(FormError):
        session.set(place, "1")


def test_groups_take_no_answer(session: FormSession) -> None:
    with pytest.raises(FormError, match="group"):
        session.set("more", "1")


def test_a_refused_answer_changes_nothing(session: FormSession) -> None:
    session.set("n", "2")
    before = session.answers()
    with pytest.raises(FormError, match="whole number"):
        session.set("n", "two")
    assert session.answers() == before


DEFAULTS = """
type      | name  | label | default        | calculation | trigger | bind::jr:preload | bind::jr:preloadParams
text      | plain | P     | hello          |             |         |                  |
date      | day   | D     | today()        |             |         |                  |
integer   | sum   | S     | 2 + 3          |             |         |                  |
username  | who   |       |                |             |         |                  |
start     | began |       |                |             |         |                  |
hidden    | case  |       |                |             |         | property         | case_ref
calculate | id    |       |                | once(uuid()) |        |                  |
text      | src   | Src   |                |             |         |                  |
calculate | dst   |       |                | concat('<', ${src}, '>') | ${src} |  |
"""


def test_defaults_and_preloads_come_once(tmp_path: Path) -> None:
    definition = make_form(tmp_path, DEFAULTS)
    clock = FixedClock()
    context = {"username": "ann", "case_ref": "B-12"}
    session = FormSession(definition, clock=clock, context=context)
    first = session.answers()
    assert (first["plain"], first["day"], first["sum"]) == ("hello", "2026-11-23", "5")
    assert (first["who"], first["case"]) == ("ann", "B-12")
    assert first["began"] == "2026-11-23T09:00:00.000-05:00"
    clock.forward(days=1)
    kept = {**first, "plain": ""}
    later = FormSession(definition, kept, clock=clock, context={"username": "bob"}).answers()
    assert later == {path: value for path, value in first.items() if path != "plain"}


def test_a_prefilled_answer_stands_before_the_default(tmp_path: Path) -> None:
    session = make_session(tmp_path, DEFAULTS, prefill={"plain": "given", "day": "2026-01-01"})
    assert (session.node("plain").value, session.node("day").value) == ("given", "2026-01-01")


def test_a_trigger_sets_its_value_when_the_answer_changes(tmp_path: Path) -> None:
    session = make_session(tmp_path, DEFAULTS)
    assert session.node("dst").value == ""
    assert "dst" in session.set("src", "x")
    assert session.node("dst").value == "<x>"


def test_a_trigger_outside_the_group_of_its_target(tmp_path: Path) -> None:
    survey = """
    type         | name | label | calculation             | trigger
    text         | who  | Who   |                         |
    begin_repeat | r    | R     |                         |
    text         | src  | Src   |                         |
    begin_group  | g    | G     |                         |
    text         | dst  | Dst   | concat(${src}, ${who})  | ${src}
    end_group    |      |       |                         |
    end_repeat   |      |       |                         |
    """
    session = make_session(tmp_path, survey)
    session.set("who", "!")
    second = session.add("r")
    session.set(f"{second.path}/src", "x")
    assert session.node(f"{second.path}/g/dst").value == "x!"
    assert session.node("r[d1]/g/dst").value == ""


def test_reference_data_and_host_functions(tmp_path: Path) -> None:
    survey = """
    type      | name | label | calculation
    text      | code | Code  |
    calculate | fee  |       | pulldata('fees', 'amount', 'code', ${code})
    calculate | due  |       | city:add-days(today(), 2)
    calculate | none |       | city:unknown()
    calculate | rows |       | count(instance('fees')/root/item)
    """
    fees = Tables({"fees": [{"code": "A", "amount": "12.50"}, {"code": "B", "amount": "3"}]})
    functions = {"city:add-days": lambda day, days: f"{day}+{days}"}
    session = make_session(tmp_path, survey, reference=fees, functions=functions)
    session.set("code", "A")
    answers = session.answers()
    assert (answers["fee"], answers["due"], answers["rows"]) == ("12.50", "2026-11-23+2", "2")
    assert "none" not in answers


def test_a_table_beside_the_form_is_found_first(tmp_path: Path) -> None:
    survey = """
    type      | name | label | calculation
    text      | code | Code  |
    calculate | fee  |       | pulldata('fees', 'amount', 'code', ${code})
    """
    (tmp_path / "fees.csv").write_text("code;amount\nA;9\n", "utf-8")
    session = make_session(tmp_path, survey, reference=Tables({"fees": [{"code": "A", "amount": "1"}]}))
    session.set("code", "A")
    assert session.node("fee").value == "9"


def test_a_calculated_truth_stays_a_truth(tmp_path: Path) -> None:
    survey = """
    type      | name | label | calculation | relevant
    integer   | n    | N     |             |
    calculate | big  |       | ${n} > 5    |
    text      | why  | Why   |             | ${big}
    text      | not  | Not   |             | ${big} = 'false'
    """
    session = make_session(tmp_path, survey)
    session.set("n", "3")
    assert not session.node("why").relevant
    assert session.node("not").relevant
    session.set("n", "9")
    assert session.node("why").relevant
