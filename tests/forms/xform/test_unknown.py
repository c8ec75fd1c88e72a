"""What the engine gives no meaning to is named with its place; what it knows is not."""

from __future__ import annotations

from pathlib import Path

import pytest

from fieldapp.forms import load_form
from fieldapp.forms.definition.model import FormDefinition
from fieldapp.paths import resources
from tests.support.bare_xforms import load_xform

SELECT = (
    '<select1 ref="/data/a" appearance="{0}"><label>A</label><item><label>X</label><value>x</value></item></select1>'
)
INPUT = '<input ref="/data/a"{0}><label>A</label>{1}</input>'


def named(form: FormDefinition) -> list[tuple[str, str, str]]:
    """What, name and path of all that is unknown."""
    return [(item.what, item.name, item.path) for item in form.unknown]


@pytest.mark.parametrize(
    ("model", "body", "expected"),
    [
        ("", INPUT.format(' appearance="qiuck"', ""), ("appearance", "qiuck", "a")),
        ("", INPUT.format(" appearance=\"ex:org.app(a='b c')\"", ""), ("appearance", "ex:org.app(a='b c')", "a")),
        ("", INPUT.format(' esri:style="x"', ""), ("attribute", "esri:style", "a")),
        ("", INPUT.format(' colour="x"', ""), ("attribute", "colour", "a")),
        ("", INPUT.format("", "<alert>No</alert>"), ("element", "alert", "a")),
        ("", '<slider ref="/data/a"/>', ("control", "slider", "")),
        ("", INPUT.format("", '<setvalue event="DOMFocusIn" ref="/data/a"/>'), ("event", "DOMFocusIn", "a")),
        ('<bind nodeset="/data/a" esri:fieldType="x"/>', "", ("attribute", "esri:fieldType", "a")),
        ('<bind nodeset="/data/a" type="colour"/>', "", ("type", "colour", "a")),
        ('<bind nodeset="/data/a" jr:preload="moon"/>', "", ("preload", "moon", "a")),
        ('<instance id="x" src="https://example.org/x.csv"/>', "", ("source", "https://example.org/x.csv", "")),
        ('<submission base64RsaPublicKey="MII"/>', "", ("encryption", "base64RsaPublicKey", "")),
        ("<toggle/>", "", ("element", "toggle", "")),
    ],
)
def test_it_is_named(tmp_path: Path, model: str, body: str, expected: tuple[str, str, str]) -> None:
    form = load_xform(tmp_path, "<a/>", model, body)
    assert named(form) == [expected]
    assert form.unknown[0].line >= 0


def test_a_form_of_text_is_named(tmp_path: Path) -> None:
    itext = '<translation lang="en"><text id="l"><value>A</value><value form="braille">x</value></text></translation>'
    assert named(load_xform(tmp_path, "<a/>", itext=itext)) == [("text", "braille", "")]


def test_a_search_that_cannot_be_understood_is_named(tmp_path: Path) -> None:
    body = SELECT.format("search(/data/b)")
    form = load_xform(tmp_path, "<a/><b/>", "", body)
    assert named(form) == [("appearance", "search(/data/b)", "a")]
    assert form.questions["a"].choices is not None


def test_words_in_an_appearance_are_known_for_their_kind_only(tmp_path: Path) -> None:
    body = '<input ref="/data/a" appearance="w4 multiline"/><input ref="/data/b" appearance="likert"/>'
    assert named(load_xform(tmp_path, "<a/><b/>", "", body)) == [("appearance", "likert", "b")]


@pytest.mark.parametrize("word", ["minimal", "columns-4", "quickcompact-2", "likert", "list-nolabel", "w3"])
def test_known_appearances_of_choices(tmp_path: Path, word: str) -> None:
    body = SELECT.format(word)
    assert not named(load_xform(tmp_path, "<a/>", "", body))


def test_the_citys_own_services_hold_nothing_unknown() -> None:
    forms = sorted((resources() / "services").glob("*/form.md"))
    assert {path.parent.name: named(load_form(path)) for path in forms} == {path.parent.name: [] for path in forms}
