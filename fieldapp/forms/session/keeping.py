"""A record out of the tree and back: flat Fields, their difference, and an XForms instance in XML."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from lxml import etree

from fieldapp.forms.definition.model import FormDefinition
from fieldapp.forms.session.nodes import Node
from fieldapp.forms.xform.xmlread import XF
from fieldapp.records import Edits, Fields

INSTANCE_ID = "meta/instanceID"


def is_new_record(definition: FormDefinition, fields: Fields) -> bool:
    """Whether the form was never opened over these fields."""
    if INSTANCE_ID in definition.questions:
        return not fields.get(INSTANCE_ID)
    return not any(value and not path.startswith("@") for path, value in fields.items())


def kept_answers(root: Node, *, pruned: bool) -> dict[str, str]:
    """Each value by its path, and each instance with its number."""
    found: dict[str, str] = {}
    _gather(root, found, pruned=pruned)
    return found


def _writable(node: Node) -> str:
    """The node's value as far as it may leave the screen: a guarded one only while it is asked for and allowed, the
    number of a payment card never."""
    allowed = not node.question.guarded or (node.relevant and node.constraint_met)
    return node.value if allowed and not node.holds_card else ""


def _gather(node: Node, found: dict[str, str], *, pruned: bool) -> None:
    if pruned and not node.relevant and node.kind != "repeat":
        return
    if node.kind == "instance":
        found[node.path] = str(node.number)
    elif value := _writable(node):
        found[node.path] = value
    for attribute in node.attributes:
        if attribute.value and not attribute.path.startswith("@"):
            found[attribute.path] = attribute.value
    for child in node.children:
        _gather(child, found, pruned=pruned)


def difference(answers: Fields, since: Fields) -> tuple[Edits, dict[str, str | None]]:
    """{path: new} and {path: was} for each answer that differs; None for none."""
    before = {path: value for path, value in since.items() if value and not path.startswith("@")}
    paths = [path for path, value in answers.items() if before.get(path) != value]
    paths += [path for path in before if path not in answers]
    return {path: answers.get(path) for path in paths}, {path: before.get(path) for path in paths}


def to_xml(definition: FormDefinition, root: Node, stamps: Fields) -> str:
    """The relevant nodes as XML, with the form's id and version; `stamps`: what stands at some paths instead."""
    namespaces: dict[Any, str] = dict(definition.namespaces)
    if _own_namespace(root):
        namespaces[None] = _own_namespace(root)
    element = _element(root, namespaces, stamps)
    etree.cleanup_namespaces(element)
    return etree.tostring(element, encoding="unicode")


def _element(node: Node, namespaces: Mapping[str, str], stamps: Fields) -> etree._Element:
    element = etree.Element(_tag(node), nsmap=namespaces if node.parent is None else None)
    for name, value in node.question.fixed.items():
        element.set(name, value)
    for attribute in node.attributes:
        if attribute.relevant:
            element.set(attribute.question.name[1:], attribute.value)
    if value := stamps.get(node.path) or _writable(node):
        element.text = value
    for child in node.children:
        for inside in child.children if child.kind == "repeat" else (child,):
            if inside.relevant:
                element.append(_element(inside, namespaces, stamps))
    return element


def _tag(node: Node) -> str:
    space = _own_namespace(node)
    return f"{{{space}}}{node.question.name}" if space else node.question.name


def _own_namespace(node: Node) -> str:
    """The node's namespace; that of XForms itself is only inherited from the form around, and not the record's."""
    return "" if node.question.namespace == XF[1:-1] else node.question.namespace
