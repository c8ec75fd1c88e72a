"""The lists of an external_choices sheet, put into the XForm: it then needs no itemsets.csv beside it.

As pyxform does with other lists, a list with texts in several languages gets an itext for each of its choices.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from lxml import etree
from lxml.etree import SubElement, _Element

from fieldapp.forms.xform.xmlread import XF, XmlError, child, children, first, parse
from fieldapp.forms.xlsform.rows import Row, Workbook

_SHEET = "external_choices"
_LIST = ("list_name", "list name")
_NAME = ("name", "value")


def with_lists(xform: bytes, book: Workbook) -> bytes:
    """The XForm with all external lists of the workbook in its model."""
    rows = [row for row in book.rows(_SHEET) if row.get(*_LIST).strip()]
    if not rows:
        return xform
    try:
        root = parse(xform)
    except XmlError:
        return xform  # who reads the XForm says what is wrong with it
    model = first(root, "model")
    if model is None:
        return xform
    rows.sort(key=_list_of)
    for name, members in groupby(rows, _list_of):
        _add(model, name, list(members))
    return etree.tostring(root, encoding="utf-8", xml_declaration=True)


def _list_of(row: Row) -> str:
    return row.get(*_LIST).strip()


def _add(model: _Element, name: str, rows: list[Row]) -> None:
    instances = children(model, "instance")
    if any(instance.get("id") == name for instance in instances):
        return
    instance = etree.Element(f"{XF}instance", id=name)
    instances[-1].addnext(instance)
    root = SubElement(instance, f"{XF}root")
    for number, row in enumerate(rows):
        item = SubElement(root, f"{XF}item")
        for column, text in _cells(row):
            SubElement(item, f"{XF}{column}").text = text
        spoken = dict(_spoken(row))
        if spoken:
            SubElement(item, f"{XF}itextId").text = f"{name}-external-{number}"
            _say(model, f"{name}-external-{number}", spoken)


def _cells(row: Row) -> Iterator[tuple[str, str]]:
    """The columns that are elements; those with a language are texts."""
    for header, text in row.cells.items():
        column = "name" if header in _NAME else header.strip()
        if header not in _LIST and column.isidentifier():
            yield column, text


def _spoken(row: Row) -> Iterator[tuple[str, str]]:
    """The label in each language."""
    for header, text in row.cells.items():
        column, mark, language = header.partition("::")
        if mark and column.strip().casefold() == "label":
            yield language.strip(), text


def _say(model: _Element, name: str, spoken: dict[str, str]) -> None:
    block = child(model, "itext")
    if block is None:
        block = etree.Element(f"{XF}itext")
        model.insert(0, block)
    for language, text in spoken.items():
        known = (translation for translation in children(block, "translation") if translation.get("lang") == language)
        translation = next(known, None)
        if translation is None:
            translation = SubElement(block, f"{XF}translation", lang=language)
        SubElement(SubElement(translation, f"{XF}text", id=name), f"{XF}value").text = text
