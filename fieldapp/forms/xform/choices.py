"""Which choices a control offers: written out, rows of a table, the answer to a `query`, or what search() finds."""

from __future__ import annotations

from lxml.etree import _Element

from fieldapp.errors import FormError
from fieldapp.forms.definition.itext import Label
from fieldapp.forms.definition.model import ChoiceList
from fieldapp.forms.xform.labels import label_of
from fieldapp.forms.xform.search import searched
from fieldapp.forms.xform.xmlread import below, child, line
from fieldapp.forms.xpath.lexer import XPathError
from fieldapp.forms.xpath.parser import parse
from fieldapp.forms.xpath.tree import Call, Path
from fieldapp.texts import tr

_USUAL = frozenset({"jr:itext(itextId)"})  # what pyxform writes
SELECTS = frozenset({"select1", "select", "rank"})


def choices_of(element: _Element, tag: str, search: str) -> ChoiceList | None:
    """The choices of a control, None for one that offers none. `search` is the search() of its appearance."""
    query = element.get("query")
    if query is not None and tag == "input":
        return ChoiceList((), query, "name", "label", line(element))
    if tag not in SELECTS:
        return None
    itemset = child(element, "itemset")
    if itemset is not None:
        return _rows(itemset, line(element))
    items = tuple(_item(item) for item in below(element, "item"))
    return (searched(search, items, line(element)) if search else None) or ChoiceList(items, line=line(element))


def marks_of(element: _Element, tag: str) -> ChoiceList | None:
    """The words beside the marks of a scale: rows whose values are its numbers. None where it has only numbers."""
    itemset = child(element, "itemset") if tag == "range" else None
    return _rows(itemset, line(element)) if itemset is not None else None


def _rows(itemset: _Element, at: int) -> ChoiceList:
    value = _ref(itemset, "value") or "name"
    return ChoiceList((), itemset.get("nodeset") or "", value, _ref(itemset, "label") or value, at)


def _ref(itemset: _Element, name: str) -> str:
    """The column or path that a choice's value or label is. FormError for anything else, as in JavaRosa."""
    element = child(itemset, name)
    ref = (element.get("ref") or "").strip() if element is not None else ""
    if not ref or ref.isidentifier() or ref in _USUAL or _is_path(ref):
        return ref
    raise FormError(tr("the {part} of a choice must be a column, not {text}", part=name, text=ref))


def _is_path(ref: str) -> bool:
    """Whether it is a path, or the text whose id a path gives."""
    try:
        tree = parse(ref)
    except XPathError:
        return False
    if isinstance(tree, Call) and tree.name == "jr:itext" and len(tree.arguments) == 1:
        tree = tree.arguments[0]
    return isinstance(tree, Path)


def _item(item: _Element) -> tuple[str, Label | None]:
    value = child(item, "value")
    return ((value.text or "").strip() if value is not None else ""), label_of(child(item, "label"))
