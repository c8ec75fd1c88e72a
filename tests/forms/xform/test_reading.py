"""XForms as they were written in twenty years: prefixes, binds by id, relative references, bodies before models."""

from __future__ import annotations

from pathlib import Path

import pytest

from fieldapp.errors import FormError
from fieldapp.forms import FormSession, load_form
from tests.support.bare_xforms import load_xform

PREFIXED = """<?xml version="1.0"?>
<html xmlns="http://www.w3.org/1999/xhtml" xmlns:xf="http://www.w3.org/2002/xforms"><body><xf:input ref="/d/a">
<xf:label>A</xf:label></xf:input></body><head><title>Old</title><xf:model><xf:instance><d xmlns="" id="d"><a>1</a></d>
</xf:instance><xf:bind nodeset="/d/a" type="xsd:int"/></xf:model></head></html>"""

BARE = """<html><head><title>Bare</title><model><instance><d><a/></d></instance><bind id="a" nodeset="/d/a" type="int"/>
</model></head><body><input bind="a"><label>A</label></input></body></html>"""


@pytest.mark.parametrize("content", [PREFIXED, BARE])
def test_prefixes_and_order_do_not_matter(tmp_path: Path, content: str) -> None:
    path = tmp_path / "old.xml"
    path.write_text(content, "utf-8")
    form = load_form(path)
    question = form.questions["a"]
    assert (question.kind, form.text(question.label, "")) == ("integer", "A")
    assert form.title in {"Old", "Bare"}


def test_relative_references_begin_at_the_group_around(tmp_path: Path) -> None:
    body = '<group ref="g"><label>G</label><input ref="a"><label>A</label></input></group>'
    form = load_xform(tmp_path, "<g><a/></g>", '<bind nodeset="g"><bind nodeset="a" type="int"/></bind>', body)
    assert (form.questions["g/a"].kind, form.questions["g/a"].control) == ("integer", "input")


def test_a_bind_is_named_by_groups_and_actions_too(tmp_path: Path) -> None:
    model = '<bind id="g" nodeset="/data/g"/><bind id="a" nodeset="/data/g/a"/>'
    body = '<group bind="g"><label>G</label><input bind="a"><label>A</label></input></group>'
    action = '<setvalue event="xforms-ready" bind="a" value="1 + 1"/>'
    session = FormSession(load_xform(tmp_path, "<g><a/></g>", model + action, body))
    assert session.node("g/a").value == "2"
    assert session.definition.actions[0].owner == ""


def test_an_older_event_means_the_new_one(tmp_path: Path) -> None:
    body = (
        '<group ref="/data/r"><repeat nodeset="/data/r"><setvalue event="jr-insert" ref="x">7</setvalue>'
        '<input ref="x"><label>X</label></input></repeat></group>'
    )
    session = FormSession(load_xform(tmp_path, '<r jr:template=""><x/></r>', "", body))
    session.add("r")
    assert session.node("/data/r[1]/x").value == "7"


@pytest.mark.parametrize(
    ("bind", "control", "kind"),
    [
        ('type="int"', '<input ref="/data/a"/>', "integer"),
        ('type="xsd:decimal"', '<input ref="/data/a"/>', "decimal"),
        ('readonly="true()"', '<input ref="/data/a"/>', "note"),
        ('readonly="true()" calculate="1"', '<input ref="/data/a"/>', "text"),
        ("", '<secret ref="/data/a"/>', "text"),
        ("", '<trigger ref="/data/a"/>', "acknowledge"),
        ('type="odk:rank"', '<odk:rank ref="/data/a"/>', "rank"),
        ("", '<range ref="/data/a" start="1" end="5" step="1"/>', "range"),
        ('type="binary"', '<upload ref="/data/a" mediatype="image/*"/>', "image"),
        ('type="binary"', '<upload ref="/data/a" mediatype="osm/*"/>', "file"),
        ('type="binary"', '<upload ref="/data/a" mediatype="application/*"/>', "file"),
        ("", '<input ref="/data/a" query="instance(\'x\')/root/item"/>', "select"),
        ("", "", "calculate"),
    ],
)
def test_kinds(tmp_path: Path, bind: str, control: str, kind: str) -> None:
    form = load_xform(tmp_path, "<a/>", f'<bind nodeset="/data/a" {bind}/>', control)
    assert form.questions["a"].kind == kind


def test_parameters_of_controls_and_binds(tmp_path: Path) -> None:
    model = '<bind nodeset="/data/a" type="binary" orx:max-pixels="640" odk:length="50"/>'
    body = '<upload ref="/data/a" mediatype="image/*" accept=".png" autoplay="true"><label>A</label></upload>'
    extra = load_xform(tmp_path, "<a/>", model, body).questions["a"].extra
    assert extra == {
        "mediatype": "image/*",
        "accept": ".png",
        "autoplay": "true",
        "max-pixels": "640",
        "length": "50",
    }


def test_what_the_form_says_of_itself(tmp_path: Path) -> None:
    submission = '<submission action="https://example.org/s" method="post" orx:auto-send="true"/>'
    form = load_xform(
        tmp_path, "<a/>", submission, '<input ref="/data/a"><label>A</label></input>', style="pages theme-grid"
    )
    assert form.style == {"pages", "theme-grid"}
    assert form.submission == {"action": "https://example.org/s", "method": "post", "auto-send": "true"}


def test_actions_of_all_kinds(tmp_path: Path) -> None:
    model = (
        '<odk:setgeopoint event="odk-instance-first-load" ref="/data/a"/>'
        '<odk:recordaudio event="odk-instance-load" ref="/data/b" odk:quality="low"/>'
    )
    form = load_xform(tmp_path, "<a/><b/>", model)
    assert [(action.verb, action.target, dict(action.extra)) for action in form.actions] == [
        ("setgeopoint", "a", {}),
        ("recordaudio", "b", {"quality": "low"}),
    ]


def test_the_record_saved_last_is_a_table_of_its_own_kind(tmp_path: Path) -> None:
    model = '<instance id="__last-saved" src="jr://instance/last-saved"/>'
    assert load_xform(tmp_path, "<a/>", model).tables["__last-saved"].is_last_saved


def test_itemsets_beside_an_xform(tmp_path: Path) -> None:
    (tmp_path / "itemsets.csv").write_text(
        '"list_name","name","label","label::French (fr)","state"\n'
        "cities,ott,Ottawa,Ottawa F,on\ncities,mtl,Montreal,Montréal,qc\nother,x,X,X,qc\n",
        "utf-8",
    )
    itext = '<translation lang="English (en)"/><translation lang="French (fr)"/>'
    body = '<input ref="/data/c" query="instance(\'cities\')/root/item[state = /data/s]"><label>C</label></input>'
    session = FormSession(load_xform(tmp_path, "<s>qc</s><c/>", "", body, itext))
    assert [(choice.name, choice.label) for choice in session.choices(session.node("c"))] == [("mtl", "Montreal")]
    session.language = "fr"
    assert [choice.label for choice in session.choices(session.node("c"))] == ["Montréal"]


@pytest.mark.parametrize("ref", ["translate(label)", "'x'", "concat(a, b)", "label["])
def test_what_is_no_column_is_no_label_of_choices(tmp_path: Path, ref: str) -> None:
    rows = f'<itemset nodeset="instance(\'x\')/root/item"><value ref="name"/><label ref="{ref}"/></itemset>'
    with pytest.raises(FormError, match="must be a column"):
        load_xform(tmp_path, "<a/>", "", f'<select1 ref="/data/a"><label>A</label>{rows}</select1>')


def test_columns_may_have_accents(tmp_path: Path) -> None:
    model = (
        '<instance id="x"><root><item><name>a</name><étiquette>Érable</étiquette></item></root></instance>'
        "<bind nodeset=\"/data/a\" calculate=\"instance('x')/root/item[name = 'a']/étiquette\"/>"
    )
    assert FormSession(load_xform(tmp_path, "<a/>", model)).node("a").value == "Érable"
