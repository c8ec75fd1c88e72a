"""jr:preload: what the form takes from device and person when a record begins."""

from __future__ import annotations

from fieldapp.forms.session.engine import Engine
from fieldapp.forms.session.environment import World
from fieldapp.forms.session.nodes import Node


def preload(top: Node, world: World) -> None:
    """Fill the blank preloads at and below `top`."""
    for node in _all(top):
        bind = node.question.bind
        if bind.preload and not node.value:
            node.value = _value(bind.preload, bind.preload_params, world)


def _all(top: Node) -> list[Node]:
    return [found for node in top.walk() for found in (node, *node.attributes)]


def _value(kind: str, parameter: str, world: World) -> str:
    if kind == "uid":
        return f"uuid:{world.unique()}"
    if kind == "timestamp":
        return world.now().isoformat(timespec="milliseconds")
    if kind == "date":
        return world.now().date().isoformat()
    return world.property(parameter)


def touch_end(root: Node, world: World, engine: Engine) -> None:
    """The form's `end` time: that of the last answer, so that reading a record never alters it."""
    for node in root.children:
        bind = node.question.bind
        if bind.preload == "timestamp" and bind.preload_params == "end":
            engine.assign(node, world.now().isoformat(timespec="milliseconds"))
