"""The secondary instances of an XForm: written in it, in files beside it, or lists of an itemsets.csv."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from lxml import etree
from lxml.etree import _Element

from fieldapp.forms.definition.instances import Item, Table, of_element
from fieldapp.forms.tables.media import Media
from fieldapp.forms.xform.body import Control
from fieldapp.forms.xform.xmlread import children, parse

ITEMSETS = "itemsets.csv"  # where ODK's tools keep the lists of select_one_external
_LIST = re.compile(r"""\s*instance\(\s*(['"])([^'"]+)\1\s*\)""")


def tables_of(model: _Element, controls: Iterable[Control], media: Media) -> dict[str, Table]:
    """The tables by their names. None of them is read yet."""
    found: dict[str, Table] = {}
    for element in children(model, "instance")[1:]:
        name, source = element.get("id") or "", (element.get("src") or "").strip()
        if name and name not in found:
            found[name] = Table(name, _builder(element, source, media), source)
    for control in controls:
        match = _LIST.match(control.choices.nodeset) if control.choices and control.tag == "input" else None
        if match is not None and match[2] not in found:
            found[match[2]] = Table(match[2], _list_builder(match[2], media), ITEMSETS)
    return found


def _builder(element: _Element, source: str, media: Media) -> Callable[[], Item | None]:
    if len(element) or not source:
        # As text, for an element would keep its whole document in memory.
        written = etree.tostring(element, encoding="utf-8", with_tail=False)
        return lambda: of_element(parse(written))
    return lambda: media.table(source)


def _list_builder(name: str, media: Media) -> Callable[[], Item | None]:
    return lambda: _list_of(name, media)


def _list_of(name: str, media: Media) -> Item | None:
    """The rows of one list, as a table of their own."""
    whole = media.table(ITEMSETS)
    if whole is None:
        return None
    top = Item("instance")
    root = top.put(Item("root", above=top))
    for row in whole.matching(("root", "item"), "list_name", name):
        root.put(row)
    return top
