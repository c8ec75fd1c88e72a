"""A cell: one rule at one node."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fieldapp.forms.xpath.context import Context

if TYPE_CHECKING:
    from fieldapp.forms.session.nodes import Node
    from fieldapp.forms.xpath.context import Closure, Environment

LAZY = frozenset({"label", "choices"})  # evaluated when somebody looks, not when something changes


class Cell:
    """A rule at one node: what it read last time, and whether it waits to run. `order` is its turn among all cells."""

    __slots__ = ("closure", "context", "kind", "node", "order", "retired", "runs", "seen", "waits")

    def __init__(self, kind: str, closure: Closure, order: int, node: Node, env: Environment) -> None:
        self.kind = kind
        self.closure = closure
        self.order = order
        self.node = node
        self.context = Context(node, node, env)
        self.seen: list[Node] = []
        self.waits = False
        self.retired = False
        self.runs = 0

    def look_at(self, seen: list[Node]) -> None:
        """Be told from now on when one of `seen` changes, and of no other node."""
        for node in self.seen:
            node.readers.pop(self, None)
        for node in seen:
            node.readers[self] = None
        self.seen = seen
