"""What a new record begins with: the values, instances and templates in the primary instance of an XForm."""

from __future__ import annotations

from lxml.etree import _Element

from fieldapp.forms.definition.model import Prototype, Question
from fieldapp.forms.xform.xmlread import JR, bare, local

_TEMPLATE = f"{JR}template"


def prototype_of(element: _Element, question: Question) -> Prototype:
    """An element and all in it."""
    families: dict[str, list[_Element]] = {}
    for child in element:
        families.setdefault(local(child), []).append(child)
    children = []
    for inner in question.children:
        family = families.get(inner.name, [])
        if inner.kind == "repeat":
            children.append(_repeat(family, inner))
        elif family:
            children.append(prototype_of(family[0], inner))
    children += [Prototype(own, _attribute(element, own.name[1:])) for own in question.attributes]
    value = "" if question.is_group else (element.text or "").strip()
    return Prototype(question, value, tuple(children))


def _repeat(family: list[_Element], question: Question) -> Prototype:
    """A repeat: the instances that are given, and the template of those to come where the form writes one."""
    templates = [element for element in family if element.get(_TEMPLATE) is not None]
    given = [element for element in family if element.get(_TEMPLATE) is None]
    template = prototype_of(templates[0], question) if templates else None
    return Prototype(question, children=tuple(prototype_of(element, question) for element in given), template=template)


def _attribute(element: _Element, name: str) -> str:
    return next((str(value) for key, value in element.attrib.items() if bare(key) == name), "")
