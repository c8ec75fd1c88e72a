"""A cell: one rule at one node."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from fieldapp.forms.xpath.context import Context

if TYPE_CHECKING:
    from fieldapp.forms.session.nodes import Node
    from fieldapp.forms.xpath.context import Closure, Environment

LAZY = frozenset({"label", "choices"})  # evaluated when somebody looks, not when something changes


class Expression(Protocol):
    """What a cell evaluates, and what for: a rule of the form, or what somebody looks at."""

    @property
    def kind(self) -> str:
        """What its value decides."""
        ...

    @property
    def closure(self) -> Closure:
        """The compiled expression."""
        ...


class Watch:
    """An expression that a label shows."""

    __slots__ = ("closure",)
    kind = "label"

    def __init__(self, closure: Closure) -> None:
        self.closure = closure


class Cell:
    """A rule at one node: what it read last time, and whether it waits to run. `order` is its turn among all cells."""

    __slots__ = ("context", "kind", "node", "order", "retired", "rule", "runs", "seen", "waits")

    def __init__(self, rule: Expression, order: int, node: Node, env: Environment) -> None:
        self.kind = rule.kind
        self.rule = rule
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
