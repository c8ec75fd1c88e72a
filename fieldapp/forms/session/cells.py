"""A cell: one rule at one node."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fieldapp.forms.session.nodes import Node
    from fieldapp.forms.xpath.context import Closure


class Cell:
    """A rule at one node: what it read last time, and whether it waits to run."""

    __slots__ = ("closure", "kind", "node", "rank", "retired", "runs", "serial", "sources", "waits")

    def __init__(self, kind: str, closure: Closure, rank: int, serial: int, node: Node) -> None:
        self.kind = kind
        self.closure = closure
        self.rank = rank
        self.serial = serial
        self.node = node
        self.sources: dict[Node, None] = {}
        self.waits = False
        self.retired = False
        self.runs = 0

    def __lt__(self, other: Cell) -> bool:
        return (self.rank, self.serial) < (other.rank, other.serial)
