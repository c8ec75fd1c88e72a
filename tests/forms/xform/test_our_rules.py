"""Our rules of loading: a test for each row of the table in fieldapp/forms/README.md that none beside it is about."""

from __future__ import annotations

from pathlib import Path

import pytest

from fieldapp.forms import FormSession
from tests.support.bare_xforms import load_xform
from tests.support.forms import Tables

INPUT = '<input ref="/data/b"><label>B</label></input>'


@pytest.mark.parametrize(
    ("rule", "value", "relevant"),
    [
        ('calculate="/data/nope + 1"', "", True),
        ("calculate=\"concat('x', ../nope, /other/nope)\"", "x", True),
        ('relevant="/data/nope = 1"', "", False),
        ("relevant=\"/data/nope = ''\"", "", True),
    ],
)
def test_a_path_that_leads_to_nothing_is_blank(tmp_path: Path, rule: str, value: str, relevant: bool) -> None:
    session = FormSession(load_xform(tmp_path, "<a/><b/>", f'<bind nodeset="/data/a" {rule}/>', INPUT))
    session.set("b", "1")
    assert (session.node("a").value, session.node("a").relevant) == (value, relevant)


@pytest.mark.parametrize(
    ("model", "body"),
    [
        ("", '<input ref="/data/gone"><label>Gone</label></input>'),
        ('<setvalue event="odk-instance-first-load" ref="/data/gone" value="1"/>', ""),
    ],
)
def test_a_control_or_target_without_its_node_is_left_out(tmp_path: Path, model: str, body: str) -> None:
    form = load_xform(tmp_path, "<a/>", model, body)
    assert [stray.path for stray in form.strays] == ["gone"]
    assert [node.path for node in FormSession(form).nodes()] == ["a"]


def test_a_function_of_another_tool_is_blank(tmp_path: Path) -> None:
    rules = (
        "<bind nodeset=\"/data/a\" calculate=\"concat('x', difference-in-months('2020-01-01', today()))\"/>"
        '<bind nodeset="/data/b" constraint="wq:length(5)"/>'
    )
    session = FormSession(load_xform(tmp_path, "<a/><b/>", rules, INPUT))
    session.set("b", "1")
    assert (session.node("a").value, session.node("b").valid) == ("x", True)


def test_a_file_that_nobody_has_is_the_hosts(tmp_path: Path) -> None:
    model = (
        '<instance id="wards" src="jr://file-csv/wards.csv"/>'
        "<bind nodeset=\"/data/a\" calculate=\"pulldata('wards', 'label', 'name', 'w1')\"/>"
        "<bind nodeset=\"/data/b\" calculate=\"instance('wards')/root/item[name = 'w2']/label\"/>"
    )
    form = load_xform(tmp_path, "<a/><b/>", model)
    host = Tables({"wards": [{"name": "w1", "label": "One"}, {"name": "w2", "label": "Two"}]})
    filled, alone = FormSession(form, reference=host), FormSession(form)
    assert [filled.node(name).value for name in "ab"] == ["One", "Two"]
    assert [alone.node(name).value for name in "ab"] == ["", ""]


def test_a_csv_as_windows_writes_it(tmp_path: Path) -> None:
    (tmp_path / "trees.csv").write_bytes("name;label\na;Érable\n".encode("cp1252"))
    rule = "<bind nodeset=\"/data/a\" calculate=\"pulldata('trees', 'label', 'name', 'a')\"/>"
    assert FormSession(load_xform(tmp_path, "<a/>", rule)).node("a").value == "Érable"


def test_a_number_finds_it_however_it_is_written(tmp_path: Path) -> None:
    (tmp_path / "trees.csv").write_text("n,label\n01,One\n2.0,Two\n", "utf-8")
    model = (
        '<instance id="trees" src="jr://file-csv/trees.csv"/><bind nodeset="/data/n" type="int"/>'
        '<bind nodeset="/data/a" calculate="instance(\'trees\')/root/item[n = /data/n]/label"/>'
    )
    session = FormSession(load_xform(tmp_path, "<n/><a/>", model, '<input ref="/data/n"><label>N</label></input>'))
    found = []
    for number in ("1", "2", "3"):
        session.set("n", number)
        found.append(session.node("a").value)
    assert found == ["One", "Two", ""]
