"""Undo and redo: what a step changed, kept so that it can be taken back and brought again exactly.

Nothing is calculated anew: each entry holds the other state of one thing and swaps it with the present one. So what was
calculated from the clock or by chance comes back as it was, too.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from fieldapp.forms.session.cells import Cell
    from fieldapp.forms.session.engine import Engine
    from fieldapp.forms.session.nodes import Node

_MOST_ENTRIES = 200_000  # about 20 MB; an answer that changes much makes some hundreds


class Entry(Protocol):
    """One thing that a step changed. `node`: the node whose state it is, None where nobody can see it."""

    node: Node | None

    def swap(self) -> None:
        """Exchange the present state with the other one."""
        ...


class Write:
    """A field of a node."""

    __slots__ = ("field", "node", "other")

    def __init__(self, node: Node, field: str, other: object) -> None:
        self.node: Node | None = node
        self.field = field
        self.other = other

    def swap(self) -> None:
        """Exchange the field's values."""
        now = getattr(self.node, self.field)
        setattr(self.node, self.field, self.other)
        self.other = now


class Seat:
    """An instance that came into its repeat, or left it."""

    __slots__ = ("index", "instance", "node")

    def __init__(self, repeat: Node, index: int, instance: Node) -> None:
        self.node: Node | None = repeat
        self.index = index
        self.instance = instance

    @property
    def taken(self) -> bool:
        """Whether the instance sits there now."""
        children = self.node.children if self.node is not None else []
        return self.index < len(children) and children[self.index] is self.instance

    @property
    def after(self) -> Sequence[Node]:
        """The instances from there on, whose positions change with it."""
        return self.node.children[self.index :] if self.node is not None else ()

    def swap(self) -> None:
        """Put it in, or take it out."""
        if self.node is not None:
            if self.taken:
                del self.node.children[self.index]
            else:
                self.node.children.insert(self.index, self.instance)


class Reading:
    """What a cell reads, and whether it is retired with its node."""

    __slots__ = ("cell", "node", "other", "retired")

    def __init__(self, cell: Cell, other: list[Node], *, retired: bool = False) -> None:
        self.node: Node | None = None
        self.cell = cell
        self.other = other
        self.retired = retired

    def swap(self) -> None:
        """Exchange the nodes that the cell listens to."""
        cell, now = self.cell, self.cell.seen
        cell.look_at(self.other)
        self.other = now
        cell.retired, self.retired = self.retired, cell.retired


class History:
    """The steps taken and taken back. A new step ends what could be brought again."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._done: deque[Sequence[Entry]] = deque()
        self._undone: list[Sequence[Entry]] = []
        self._size = 0

    @property
    def can_undo(self) -> bool:
        """Whether a step can be taken back."""
        return bool(self._done)

    @property
    def can_redo(self) -> bool:
        """Whether a step that was taken back can be brought again."""
        return bool(self._undone)

    def keep(self) -> bool:
        """A step has come to its end. False for one that changed nothing; the oldest are forgotten beyond reason."""
        step = self._engine.take_journal()
        if not any(entry.node for entry in step):
            return False
        self._done.append(step)
        self._undone.clear()
        self._size += len(step)
        while self._size > _MOST_ENTRIES and len(self._done) > 1:
            self._size -= len(self._done.popleft())
        return True

    def roll_back(self) -> None:
        """A step failed on its way: as if it had never begun."""
        self._swap(self._engine.take_journal()[::-1])

    def undo(self) -> None:
        """Take the last step back; nothing where there is none."""
        if self._done:
            step = self._done.pop()
            self._size -= len(step)
            self._undone.append(step)
            self._swap(step[::-1])

    def redo(self) -> None:
        """Bring the step again that was taken back last; nothing where there is none."""
        if self._undone:
            step = self._undone.pop()
            self._size += len(step)
            self._done.append(step)
            self._swap(step)

    def _swap(self, step: Sequence[Entry]) -> None:
        for entry in step:
            entry.swap()
        nodes = dict.fromkeys(entry.node for entry in step if entry.node is not None)
        for entry in step:
            if isinstance(entry, Seat):
                self._seated(entry)
                nodes |= dict.fromkeys(entry.after)
        self._engine.refresh(nodes)

    def _seated(self, seat: Seat) -> None:
        """An instance that left listens to nothing; one that came is as new to whoever looks."""
        for node in seat.instance.walk():
            self._engine.touch(node)
            if not seat.taken:
                self._engine.overlook(node)
