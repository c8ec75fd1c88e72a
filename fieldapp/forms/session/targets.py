"""Which nodes an event or a change in a group concerns."""

from __future__ import annotations

from fieldapp.forms.session.nodes import Node


def inside(node: Node) -> list[Node]:
    """The nodes one level down, and with each repeat its instances: their relevance does not go through the repeat."""
    found = list(node.attributes)
    for child in node.children:
        found.append(child)
        if child.kind == "repeat":
            found += child.children
    return found


def targets(path: str, owner: Node) -> list[Node]:
    """The nodes at a question path that belong to `owner`: in its own instance of each repeat in common."""
    start = owner
    while start.kind == "repeat" or not _contains(start.question.path, path):
        above = start.up()
        if above is None:
            break
        start = above
    nodes = [start]
    rest = path[len(start.question.path) :].strip("/") if start.question.path else path
    for name in rest.split("/") if rest else []:
        nodes = [child for node in nodes for child in node.named(name)]
    return nodes


def _contains(group: str, path: str) -> bool:
    return not group or path == group or path.startswith(group + "/")
