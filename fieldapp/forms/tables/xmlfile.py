"""An XML file as a table: its elements as they are."""

from __future__ import annotations

from pathlib import Path

from fieldapp.forms.definition.instances import Item, of_element
from fieldapp.forms.xform.xmlread import parse


def of_xml(path: Path) -> Item:
    """The document under a nameless top. ValueError when it is no well-formed XML."""
    top = Item("instance")
    top.put(of_element(parse(path.read_bytes()), top))
    return top
