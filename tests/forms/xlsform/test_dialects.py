"""XLSForms of KoBo, SurveyCTO and Survey123: said in plain XLSForm, or named."""

from __future__ import annotations

from pathlib import Path

import pytest

from fieldapp.errors import FormError
from fieldapp.forms import FormSession, load_form
from tests.support.forms import make_form, make_session

YES_NO = "list_name | name | label\nyn | y | Yes\nyn | n | No"


def test_a_rating_becomes_a_table_of_questions(tmp_path: Path) -> None:
    survey = """type | name | label | kobo--score-choices | required
begin_score | s | Rate these | yn |
score__row | s1 | Roads | | yes
score__row | s2 | Parks | |
end_score | | | |"""
    form = make_form(tmp_path, survey, YES_NO)
    assert form.questions["s"].appearance == {"field-list"}
    assert [
        (path, form.questions[path].kind, *form.questions[path].appearance) for path in ("s/s_header", "s/s1", "s/s2")
    ] == [
        ("s/s_header", "select", "label"),
        ("s/s1", "select", "list-nolabel"),
        ("s/s2", "select", "list-nolabel"),
    ]
    assert form.questions["s/s1"].bind.required == "true()"


def test_in_a_ranking_no_choice_stands_twice(tmp_path: Path) -> None:
    survey = """type | name | label | kobo--rank-items | kobo--rank-constraint-message
begin_rank | r | Rank | yn | Not twice
rank__level | r1 | First | |
rank__level | r2 | Second | |
end_rank | | | |"""
    session = make_session(tmp_path, survey, YES_NO)
    session.set("r/r1", "y")
    session.set("r/r2", "y")
    assert session.node("r/r2").message == "Not twice"
    session.set("r/r2", "n")
    assert session.node("r/r2").valid


def test_a_matrix_asks_each_question_of_each_choice(tmp_path: Path) -> None:
    survey = """type | name | label | kobo--matrix_list
begin_kobomatrix | m | Matrix | yn
integer | n | How many |
text | t | Which |
end_kobomatrix | | |"""
    form = make_form(tmp_path, survey, YES_NO)
    assert list(form.questions)[2:8] == ["m/m_y", "m/m_y/m_y_n", "m/m_y/m_y_t", "m/m_n", "m/m_n/m_n_n", "m/m_n/m_n_t"]
    assert form.text(form.questions["m/m_y"].label, "") == "Yes"


@pytest.mark.parametrize("kind", ["text audit", "audio audit", "speed violations count", "sensor_statistic mean_light"])
def test_what_is_about_the_device_is_named(tmp_path: Path, kind: str) -> None:
    form = make_form(tmp_path, f"type | name | label\n{kind} | device |\ntext | t | T")
    assert [(item.what, item.name, item.path) for item in form.unknown] == [("type", kind, "device")]


@pytest.mark.parametrize("kind", ["simid", "devicephonenum"])
def test_what_the_device_tells_under_another_name(tmp_path: Path, kind: str) -> None:
    assert make_form(tmp_path, f"type | name | label\n{kind} | a |\ntext | b | B").unknown == ()


@pytest.mark.parametrize("kind", ["db:person", "db:health_center", "tel"])
def test_a_contact_is_asked_as_a_text_and_named(tmp_path: Path, kind: str) -> None:
    form = make_form(tmp_path, f"type | name | label | appearance\n{kind} | a | A | db-object")
    assert form.questions["a"].kind == "text"
    assert kind in {item.name for item in form.unknown}


def test_a_calculation_at_its_place_is_a_calculation(tmp_path: Path) -> None:
    session = make_session(tmp_path, "type | name | label | calculation\ncalculate_here | c | | 1 + 1\ntext | t | T |")
    assert session.node("c").value == "2"


def test_a_prefix_that_the_form_does_not_declare(tmp_path: Path) -> None:
    survey = "type | name | label | bind::esri:fieldType | bind::mine:note\ntext | t | T | esriFieldTypeString | x"
    form = make_form(tmp_path, survey)
    assert [item.name for item in form.unknown] == ["esri:fieldType", "mine:note"]


def test_a_declared_prefix_stays_as_it_is(tmp_path: Path) -> None:
    settings = 'namespaces\nesri="https://example.org/own"'
    form = make_form(tmp_path, "type | name | label | bind::esri:fieldType\ntext | t | T | x", "", settings)
    assert [item.name for item in form.unknown] == ["esri:fieldType"]


def test_external_lists_filtered_and_in_every_language(tmp_path: Path) -> None:
    path = tmp_path / "form.md"
    path.write_text(
        "| survey |\n| | type | name | label::English (en) | label::French (fr) | choice_filter |\n"
        "| | text | state | State | Province | |\n"
        "| | select_one_external cities | city | City | Ville | state = ${state} |\n"
        "| external_choices |\n| | list_name | name | label::English (en) | label::French (fr) | state |\n"
        "| | cities | mtl | Montreal | Montréal | qc |\n| | cities | ott | Ottawa | | on |\n"
        "| | towns | x | X | X | qc |\n",
        "utf-8",
    )
    session = FormSession(load_form(path), language="fr")
    session.set("state", "qc")
    assert [(choice.name, choice.label) for choice in session.choices(session.node("city"))] == [("mtl", "Montréal")]
    session.set("state", "on")
    assert [choice.label for choice in session.choices(session.node("city"))] == ["Ottawa"]


def test_an_external_list_in_one_language(tmp_path: Path) -> None:
    path = tmp_path / "form.md"
    path.write_text(
        "| survey |\n| | type | name | label |\n| | select_one_external cities | city | City |\n"
        "| external_choices |\n| | list_name | name | label |\n| | cities | mtl | Montreal |\n",
        "utf-8",
    )
    session = FormSession(load_form(path, cache=tmp_path / "cache"))
    again = FormSession(load_form(path, cache=tmp_path / "cache"))
    for filled in (session, again):
        assert [choice.label for choice in filled.choices(filled.node("city"))] == ["Montreal"]


def test_an_external_list_of_a_form_that_is_no_xml_is_no_accident(tmp_path: Path) -> None:
    path = tmp_path / "form.md"
    path.write_text(
        "| survey |\n| | type | name | label | bind::a b |\n| | select_one_external cities | city | City | x |\n"
        "| external_choices |\n| | list_name | name | label |\n| | cities | mtl | Montreal |\n",
        "utf-8",
    )
    with pytest.raises(FormError, match="well-formed"):
        load_form(path)
