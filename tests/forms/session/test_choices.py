"""Choice lists: filters, languages, pictures, and what happens to an answer that is no longer offered."""

from __future__ import annotations

from pathlib import Path

import pytest

from fieldapp.errors import FormError
from fieldapp.forms import FormSession
from tests.support.forms import Tables, make_session

SURVEY = """
type              | name  | label  | choice_filter      | relevant
select_one ward   | ward  | Ward   |                    |
select_one street | street | Street | ward = ${ward}    |
select_multiple street | many | Many | ward = ${ward} and size > 1 |
select_one street | far   | Far    | selected(${ward}, ward) and name != 'king' | ${ward} != 'w2'
"""
CHOICES = """
list_name | name  | label::English (en) | label::French (fr) | ward | size | image
ward      | w1    | Ward 1              | Quartier 1         |      |      |
ward      | w2    | Ward 2              | Quartier 2         |      |      |
street    | king  | King Street         | Rue King           | w1   | 1    | king.png
street    | main  | Main Street         | Rue Main           | w1   | 2    |
street    | queen | Queen Street        | Rue Queen          | w2   | 3    |
"""
SETTINGS = "form_title | default_language\nStreets | English (en)"


@pytest.fixture
def session(tmp_path: Path) -> FormSession:
    return make_session(tmp_path, SURVEY, CHOICES, SETTINGS)


def names(session: FormSession, path: str) -> list[str]:
    return [choice.name for choice in session.choices(session.node(path))]


def test_a_filter_follows_its_question(session: FormSession) -> None:
    assert names(session, "street") == []
    assert "street" in session.set("ward", "w1")
    assert names(session, "street") == ["king", "main"]
    assert names(session, "many") == ["main"]
    assert names(session, "far") == ["main"]


def test_labels_pictures_and_columns(session: FormSession) -> None:
    session.set("ward", "w1")
    king = session.choices(session.node("street"))[0]
    assert (king.label, king.image, king.extra["size"]) == ("King Street", "king.png", "1")
    session.language = "fr"
    assert session.choices(session.node("street"))[0].label == "Rue King"


def test_an_answer_that_is_no_longer_offered_goes(session: FormSession) -> None:
    session.set("ward", "w1")
    session.set("street", "king")
    session.set("many", "main")
    changed = session.set("ward", "w2")
    assert {"street", "many"} <= changed
    assert (session.node("street").value, session.node("many").value) == ("", "")


def test_an_answer_out_of_sight_is_looked_at_when_it_comes_back(session: FormSession) -> None:
    session.set("ward", "w1")
    session.set("far", "main")
    session.set("ward", "w2")
    assert (session.node("far").relevant, session.node("far").value) == (False, "main")
    session.set("ward", "w1")
    assert session.node("far").value == "main"


def test_what_is_not_offered_is_refused(session: FormSession) -> None:
    session.set("ward", "w1")
    with pytest.raises(FormError, match="not among the choices"):
        session.set("street", "queen")


def test_a_kept_answer_is_not_taken_away_by_opening(session: FormSession) -> None:
    kept = {"ward": "w2", "street": "king", "meta/instanceID": "uuid:1"}
    later = FormSession(session.definition, kept)
    assert later.node("street").value == "king"
    assert later.node("street").trouble == "choice"


def test_a_choice_from_a_repeat_goes_with_its_name(tmp_path: Path) -> None:
    survey = """
    type               | name   | label  | choice_filter
    begin_repeat       | people | People |
    text               | called | Name   |
    integer            | age    | Age    |
    end_repeat         |        |        |
    select_one ${called} | head | Head   | ${age} > 18
    """
    session = make_session(tmp_path, survey)
    session.set("/data/people[1]/called", "Ann")
    session.set("/data/people[1]/age", "30")
    session.set("head", "Ann")
    session.set("/data/people[1]/called", "Anna")
    assert session.node("head").value == ""
    assert [choice.name for choice in session.choices(session.node("head"))] == ["Anna"]


def test_choices_from_a_repeat(tmp_path: Path) -> None:
    survey = """
    type                | name  | label  | relevant
    begin_repeat        | people | People |
    text                | who   | Who    |
    end_repeat          |       |        |
    select_one ${who}   | chief | Chief  |
    """
    session = make_session(tmp_path, survey)
    session.set("/data/people[1]/who", "ann")
    session.set(f"{session.add('people').path}/who", "bob")
    assert [(choice.name, choice.label) for choice in session.choices(session.node("chief"))] == [
        ("ann", "ann"),
        ("bob", "bob"),
    ]
    session.set("chief", "bob")
    session.remove("/data/people[2]")
    assert session.node("chief").value == ""


def test_choices_from_the_hosts_data(tmp_path: Path) -> None:
    survey = "type | name | label\nselect_one_from_file wards.csv | ward | Ward"
    wards = Tables({"wards": [{"name": "01", "label": "One"}, {"name": "02", "label": "Two"}]})
    session = make_session(tmp_path, survey, reference=wards)
    assert [(choice.name, choice.label) for choice in session.choices(session.node("ward"))] == [
        ("01", "One"),
        ("02", "Two"),
    ]


def test_choices_from_a_file_beside_the_form(tmp_path: Path) -> None:
    media = tmp_path / "form-media"
    media.mkdir()
    (media / "wards.csv").write_text("name,label\n01,Un\n", "utf-8")
    session = make_session(tmp_path, "type | name | label\nselect_one_from_file wards.csv | ward | Ward")
    assert names(session, "ward") == ["01"]


def test_choices_written_in_the_body(tmp_path: Path) -> None:
    xml = """<h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml"><h:head>
      <h:title>T</h:title><model><instance><f id="f"><a/></f></instance><bind nodeset="/f/a" type="string"/></model>
      </h:head><h:body><select1 ref="/f/a"><label>A</label><item><label>Yes</label><value>y</value></item>
      <item><label>No</label><value>n</value></item></select1></h:body></h:html>"""
    path = tmp_path / "f.xml"
    path.write_text(xml, "utf-8")
    from fieldapp.forms import load_form

    session = FormSession(load_form(path))
    assert [(choice.name, choice.label) for choice in session.choices(session.node("a"))] == [("y", "Yes"), ("n", "No")]
    session.set("/f/a", "n")
    assert session.to_xml() == '<f id="f"><a>n</a></f>'


def test_the_name_of_a_choice_may_hold_blanks(tmp_path: Path) -> None:
    survey = "type | name | label\nselect_one place | place | Place"
    choices = "list_name | name | label\nplace | Stoney Creek | Stoney Creek\nplace | Ancaster | Ancaster"
    session = make_session(tmp_path, survey, choices)
    session.set("place", "Stoney Creek")
    assert session.node("place").value == "Stoney Creek"
    assert session.problems() == []


def test_two_choices_are_no_answer_to_a_question_of_one(tmp_path: Path) -> None:
    survey = "type | name | label\nselect_one place | place | Place"
    session = make_session(tmp_path, survey, "list_name | name | label\nplace | a | A\nplace | b | B")
    with pytest.raises(FormError, match="“a b” is not among the choices"):
        session.set("place", "a b")
