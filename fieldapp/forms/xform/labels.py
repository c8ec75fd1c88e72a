"""The texts that labels, hints and messages give: in place, by an itext id, or as an expression."""

from __future__ import annotations

from collections.abc import Iterator

from lxml.etree import _Element

from fieldapp.forms.definition.itext import Label, Output, Phrase
from fieldapp.forms.xform.xmlread import local


def label_of(element: _Element | None) -> Label | None:
    """The text that a label, hint or message element means; None where there is no element."""
    if element is None:
        return None
    ref = (element.get("ref") or "").strip()
    return label_of_text(ref) if ref else Label(phrase=phrase_of(element))


def label_of_text(ref: str) -> Label:
    """A label given in an attribute: `jr:itext('id')`, or an expression."""
    if ref.startswith("jr:itext(") and ref.endswith(")"):
        inside = ref[len("jr:itext(") : -1].strip()
        if len(inside) > 1 and inside[0] == inside[-1] and inside[0] in "'\"" and inside[0] not in inside[1:-1]:
            return Label(itext=inside[1:-1])
    return Label(source=ref)


def phrase_of(element: _Element) -> Phrase:
    """The text of an element, its outputs kept as such; mark-up inside counts as its text."""
    if not len(element):
        return Phrase(((element.text or "").strip(),))
    parts = [part for part in _parts(element) if part]
    if len(parts) == 1 and isinstance(parts[0], str):
        return Phrase((parts[0].strip(),))
    return Phrase(tuple(parts))


def _parts(element: _Element) -> Iterator[str | Output]:
    yield element.text or ""
    for child in element:
        source = child.get("value") or child.get("ref")
        if local(child) == "output" and source:
            yield Output(source.strip())
        else:
            yield from _parts(child)
        yield child.tail or ""
