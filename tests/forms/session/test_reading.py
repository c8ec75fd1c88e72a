"""XForms instances read back: what was written is read, and written again the same."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings

from fieldapp.errors import FormError
from fieldapp.forms import FormDefinition, FormSession
from fieldapp.forms.session.reading import fields_of_xml
from tests.forms.session.test_keeping import SURVEY, Steps, act, opened
from tests.support.forms import make_form
from tests.support.xforms import asked, make_xform, repeated


@pytest.fixture(scope="module", name="definition")
def _definition(tmp_path_factory: pytest.TempPathFactory) -> FormDefinition:
    return make_form(tmp_path_factory.mktemp("reading"), SURVEY, settings="form_id | version\nvisit | 3")


@settings(max_examples=60, deadline=None)
@given(steps=Steps)
def test_what_is_read_is_written_again_the_same(definition: FormDefinition, steps: list[tuple[str, int]]) -> None:
    session = opened(definition)
    for step in steps:
        act(session, *step)
    xml = session.to_xml()
    assert FormSession(definition, fields_of_xml(definition, xml)).to_xml() == xml


def test_answers_and_instances_by_their_paths(definition: FormDefinition) -> None:
    xml = """<data id="visit"><who>ann</who>
    <item><what>chair</what><part><p>leg</p></part><part><p>arm</p></part></item>
    <item><price>3</price></item><meta><instanceID>uuid:1</instanceID></meta></data>"""
    assert fields_of_xml(definition, xml) == {
        "who": "ann",
        "item[d1]": "1",
        "item[d1]/what": "chair",
        "item[d1]/part[d1]": "1",
        "item[d1]/part[d1]/p": "leg",
        "item[d1]/part[d2]": "2",
        "item[d1]/part[d2]/p": "arm",
        "item[d2]": "2",
        "item[d2]/price": "3",
        "meta/instanceID": "uuid:1",
    }


def test_what_the_form_does_not_know_is_kept_aside(definition: FormDefinition) -> None:
    inside = "<old>1</old><was><x>2</x><x>3</x></was><who>ann</who><who>bob</who>"
    xml = f"<data id='visit'>{inside}<meta><instanceID>uuid:1</instanceID></meta></data>"
    session = FormSession(definition, fields_of_xml(definition, xml))
    assert session.orphans == {"old": "1", "was/x": "2", "was/x[d2]": "3", "who[d2]": "bob"}
    assert session.node("who").value == "ann"


def test_attributes_and_prefixes(tmp_path: Path) -> None:
    definition = make_xform(
        tmp_path,
        '<e kind="tree" id=""/><r jr:template=""><p/></r>',
        '<bind nodeset="/data/e/@id" type="string"/>',
        repeated("/data/r", asked("/data/r/p")),
    )
    xml = """<data id="test" version="1" xmlns:orx="http://openrosa.org/xforms"><e kind="tree" id="7"/>
    <r><p>x</p></r><orx:meta><orx:instanceID>uuid:1</orx:instanceID></orx:meta></data>"""
    found = fields_of_xml(definition, xml)
    assert found == {"e/@id": "7", "r[d1]": "1", "r[d1]/p": "x", "meta/instanceID": "uuid:1"}


@pytest.mark.parametrize("xml", ["", "<data", "<other/>", '<data id="another"/>', "no xml at all"])
def test_other_things_are_refused(definition: FormDefinition, xml: str) -> None:
    with pytest.raises(FormError):
        fields_of_xml(definition, xml)


def test_a_declared_entity_is_refused(definition: FormDefinition) -> None:
    bomb = '<!DOCTYPE d [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]><data id="visit"><who>&b;</who></data>'
    with pytest.raises(FormError, match="entities"):
        fields_of_xml(definition, bomb)
