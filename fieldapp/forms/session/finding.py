"""A node by its place: by names and numbers (`/data/items[2]/x`) or by its stable path (`items[k3f9a]/x`)."""

from __future__ import annotations

import re

from fieldapp.errors import FormError, Place
from fieldapp.forms.session.nodes import Node
from fieldapp.texts import tr

_STEP = re.compile(r"([^\[\]/]+)(?:\[([^\[\]/]+)\])?")


def find(root: Node, place: str) -> Node:
    """The node at `place`; a number left out means the first instance. FormError when there is none."""
    by_number = place.startswith("/")
    steps = place.strip("/").split("/")
    if by_number and steps[0].rpartition(":")[2] != root.name:
        raise _missing(place)
    node = root
    for index, step in enumerate(steps[1:] if by_number else steps):
        found = _next(node, step, by_number=by_number, place=place) if step or index else node
        node = found
    return node


def _next(node: Node, step: str, *, by_number: bool, place: str) -> Node:
    match = _STEP.fullmatch(step)
    if match is None:
        raise _missing(place)
    name, which = match.groups()
    if node.kind == "repeat":
        node = _instance(node, "1", by_number=True, place=place)
    child = node.by_name.get(name if "@" in name else name.rpartition(":")[2])
    if child is None:
        raise _missing(place)
    if which is None:
        return child
    if child.kind != "repeat":
        return _alone(child, which, place)
    return _instance(child, which, by_number=by_number, place=place)


def _alone(child: Node, which: str, place: str) -> Node:
    if which != "1":
        raise _missing(place)
    return child


def _instance(repeat: Node, which: str, *, by_number: bool, place: str) -> Node:
    if by_number:
        index = int(which) - 1 if which.isdecimal() else -1
        found = repeat.children[index] if 0 <= index < len(repeat.children) else None
    else:
        found = next((node for node in repeat.children if node.key == which), None)
    if found is None:
        raise _missing(place)
    return found


def _missing(place: str) -> FormError:
    return FormError(tr("there is no such question in this form"), Place(field=place))
