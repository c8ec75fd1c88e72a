"""A submission's id: the form's own at first, the record's where the form has none, the Change's for a correction."""

from __future__ import annotations

import pytest
from lxml import etree

from sync.openrosa.identity import Identity, identified

ORX = "{http://openrosa.org/xforms}"


def made(xml: str, before: str = "") -> tuple[etree._Element, Identity]:
    """The instance as it is sent, and its identity."""
    sent, identity = identified(xml, record="r1", change="c1", before=before)
    return etree.fromstring(sent), identity


def test_the_first_keeps_the_id_that_the_form_gave_it() -> None:
    root, identity = made('<data id="f"><meta><instanceID>uuid:9</instanceID></meta></data>')
    assert identity == Identity("uuid:9")
    assert root.findtext("meta/instanceID") == "uuid:9"


@pytest.mark.parametrize("meta", ["", "<meta/>", "<meta><instanceID/></meta>"])
def test_a_form_without_an_id_gets_the_records(meta: str) -> None:
    root, identity = made(f'<data id="f">{meta}</data>')
    assert identity == Identity("uuid:r1")
    assert (root.findtext("meta/instanceID") or root.findtext(f"{ORX}meta/{ORX}instanceID")) == "uuid:r1"


def test_a_correction_names_what_it_replaces() -> None:
    root, identity = made('<data id="f"><meta><instanceID>uuid:9</instanceID></meta></data>', "uuid:9")
    assert identity == Identity("uuid:c1", "uuid:9")
    assert root.findtext("meta/deprecatedID") == "uuid:9"
    assert root.findtext("meta/instanceID") == "uuid:c1"


def test_new_metadata_stand_in_the_namespace_of_the_old() -> None:
    xml = '<data xmlns:orx="http://openrosa.org/xforms"><orx:meta><orx:instanceID>uuid:9</orx:instanceID></orx:meta></data>'
    root, _ = made(xml, "uuid:9")
    assert root.findtext(f"{ORX}meta/{ORX}deprecatedID") == "uuid:9"


def test_a_form_with_a_namespace_of_its_own_keeps_it() -> None:
    root, _ = made('<data xmlns="http://forms.example/visit" id="f"><name>Zoé</name></data>')
    assert root.tag == "{http://forms.example/visit}data"
    assert root.findtext("{http://forms.example/visit}name") == "Zoé"
