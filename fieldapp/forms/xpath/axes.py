"""The thirteen directions in which a step can go, and what a step's test lets pass (XPath 1.0, 2.2 and 2.3)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from fieldapp.forms.xpath.tree import Step
from fieldapp.forms.xpath.values import XNode

REVERSE = frozenset({"ancestor", "ancestor-or-self", "parent", "preceding", "preceding-sibling"})

Axis = Callable[[XNode], Iterable[XNode]]


def move(step: Step, node: XNode) -> Sequence[XNode]:
    """The nodes one step from `node`, the nearest first, before any predicate."""
    if step.axis == "child" and not step.name.endswith("()"):
        return node.named(step.name)
    if step.axis == "attribute":
        return node.named("@*" if step.name == "node()" else f"@{step.name}")
    if step.name == "text()":
        return [other for other in _texts(step.axis, node) if not other.named("*") and other.text()]
    if step.name in {"comment()", "processing-instruction()"} or step.axis == "namespace":
        return ()  # a record has neither
    return [other for other in _AXES[step.axis](node) if step.name in {"*", "node()", other.name}]


def _texts(axis: str, node: XNode) -> Iterable[XNode]:
    """The elements whose own text such a step reaches: we keep no nodes for texts, an element stands for its own."""
    if axis == "child":
        return (node,)
    return _AXES[axis](node) if axis in {"descendant", "descendant-or-self"} else ()


def _self(node: XNode) -> Iterator[XNode]:
    yield node


def _parent(node: XNode) -> Iterator[XNode]:
    above = node.up()
    if above is not None:
        yield above


def _ancestors(node: XNode) -> Iterator[XNode]:
    above = node.up()
    while above is not None:
        yield above
        above = above.up()


def _descendants(node: XNode) -> Iterator[XNode]:
    waiting = list(reversed(node.named("*")))
    while waiting:
        found = waiting.pop()
        yield found
        waiting += reversed(found.named("*"))


def _siblings_after(node: XNode) -> Iterator[XNode]:
    family, at = _family(node)
    yield from family[at + 1 :]


def _siblings_before(node: XNode) -> Iterator[XNode]:
    family, at = _family(node)
    yield from reversed(family[:at])


def _family(node: XNode) -> tuple[Sequence[XNode], int]:
    above = node.up()
    family: Sequence[XNode] = above.named("*") if above is not None else (node,)
    return family, next((index for index, other in enumerate(family) if other is node), len(family))


def _following(node: XNode) -> Iterator[XNode]:
    for lower in (node, *_ancestors(node)):
        for sibling in _siblings_after(lower):
            yield sibling
            yield from _descendants(sibling)


def _preceding(node: XNode) -> Iterator[XNode]:
    for lower in (node, *_ancestors(node)):
        for sibling in _siblings_before(lower):
            yield from reversed([sibling, *_descendants(sibling)])


def _with_self(axis: Axis) -> Axis:
    def run(node: XNode) -> Iterator[XNode]:
        yield node
        yield from axis(node)

    return run


_AXES: dict[str, Axis] = {
    "ancestor": _ancestors,
    "ancestor-or-self": _with_self(_ancestors),
    "child": lambda node: node.named("*"),
    "descendant": _descendants,
    "descendant-or-self": _with_self(_descendants),
    "following": _following,
    "following-sibling": _siblings_after,
    "parent": _parent,
    "preceding": _preceding,
    "preceding-sibling": _siblings_before,
    "self": _self,
}
AXES = frozenset(_AXES) | {"attribute", "namespace"}
