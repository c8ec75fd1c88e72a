"""An XForms instance (XML) as a record's Fields: to open, correct and send again what was filled elsewhere."""

from __future__ import annotations

from collections.abc import Iterator

from lxml.etree import _Element

from fieldapp.errors import FormError, Place
from fieldapp.forms.definition.model import FormDefinition, Question
from fieldapp.forms.xform.xmlread import XmlError, bare, local, parse
from fieldapp.records import Fields
from fieldapp.texts import tr


def fields_of_xml(definition: FormDefinition, xml: str | bytes) -> Fields:
    """The answers in an instance, as they are written there; opened in a session they give the same XML again.

    Instances of repeats get the keys `d1`, `d2`… in their order. Elements that the form does not know become fields of
    their own paths: a session keeps them as orphans. FormError when this is no XML, or the record of another form.
    """
    try:
        root = parse(xml.encode() if isinstance(xml, str) else xml)
    except XmlError as error:
        place = Place(row=error.line or None)
        raise FormError(tr("this is no well-formed XML: {why}", why=str(error)), place) from error
    found_id = root.get("id") or ""
    if local(root) != definition.root_name or (found_id and found_id != definition.id):
        name = found_id or local(root)
        raise FormError(tr("this is a record of the form {other}, not of {form}", other=name, form=definition.id))
    return dict(_read(root, definition.root, "", ""))


def _read(element: _Element, question: Question | None, path: str, above: str) -> Iterator[tuple[str, str]]:
    """All values at and below an element. `above`: the beginning of the paths of what is in it."""
    known = {name.name for name in question.attributes} if question is not None else set()
    for name, value in element.attrib.items():
        attribute = f"@{bare(name)}"
        if attribute in known and value:
            yield f"{above}{attribute}", str(value)
    if not len(element) and path and (question is None or not question.is_group):
        if element.text:
            yield path, element.text
        return
    yield from _read_inside(element, question, above)


def _read_inside(element: _Element, question: Question | None, above: str) -> Iterator[tuple[str, str]]:
    parts = {part.name: part for part in question.children} if question is not None else {}
    counts: dict[str, int] = {}
    for child in element:
        name = local(child)
        number = counts[name] = counts.get(name, 0) + 1
        part = parts.get(name)
        path = above + name
        if part is not None and part.kind == "repeat":
            path = f"{path}[d{number}]"
            yield path, str(number)
        elif number > 1:
            path = f"{path}[d{number}]"  # more of what the form knows once, or not at all: an orphan
            part = None
        yield from _read(child, part, path, f"{path}/")
