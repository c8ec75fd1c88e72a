"""The recalculation: each evaluation remembers which nodes it read, and runs again when one of those changes.

Nothing else ever runs. Rules run in the order of their rank, so that in a form without circles each runs once a change.
Where instances of a repeat refer to one another, ranks tell nothing: there a rule runs again until nothing changes,
and a form that would never come to rest is stopped.
"""

from __future__ import annotations

import heapq
from collections import deque
from collections.abc import Container
from itertools import count as counter
from typing import TYPE_CHECKING, Protocol

from fieldapp.errors import FormError, Place
from fieldapp.forms.definition.model import Action, FormDefinition
from fieldapp.forms.definition.rules import Rule
from fieldapp.forms.session import effects
from fieldapp.forms.session.cells import Cell
from fieldapp.forms.session.nodes import Node, Options
from fieldapp.forms.session.targets import targets
from fieldapp.forms.session.types import coerce
from fieldapp.forms.xpath.context import Context, Environment
from fieldapp.forms.xpath.values import Value
from fieldapp.texts import tr

if TYPE_CHECKING:
    from fieldapp.forms.xpath.context import Closure

VALUE_CHANGED = "xforms-value-changed"
_LIMIT = 1000  # evaluations of one rule at one node for one change: beyond, it goes round for ever


class Helper(Protocol):
    """What the engine leaves to the session around it."""

    def options(self, node: Node) -> Options:
        """The choices of a question now."""
        ...

    def resize(self, repeat: Node, size: int) -> None:
        """Give a repeat that many instances."""
        ...

    def message(self, node: Node) -> str:
        """Why an answer may not stand."""
        ...


class Engine:
    """Keeps all nodes of one record up to date."""

    def __init__(self, definition: FormDefinition, env: Environment, helper: Helper) -> None:
        self.definition = definition
        self.env = env
        self.helper = helper
        self.reads: list[Node] = []
        self.changed: dict[Node, None] = {}
        self._depth = 0
        self._queue: list[Cell] = []
        self._ran: list[Cell] = []
        self._followups: deque[tuple[Action, Node]] = deque()
        self._serials = counter()
        self._on_change: dict[str, list[Action]] = {}
        for action in definition.actions:
            if VALUE_CHANGED in action.events:
                self._on_change.setdefault(action.owner, []).append(action)

    def equip(self, node: Node) -> None:
        """Give a new node the rules of its question, all waiting to run."""
        for rule in self.definition.rules.by_path.get(node.question.path, ()):
            if (rule.kind == "count") == (node.kind == "repeat") or (rule.kind in {"relevant", "readonly"}):
                self._equip(node, rule)

    def _equip(self, node: Node, rule: Rule) -> None:
        if rule.constant is not None:
            effects.constant(self, node, rule)
            return
        cell = Cell(rule.kind, rule.closure, rule.rank, next(self._serials), node)
        node.cells.append(cell)
        if rule.kind != "choices":
            self.push(cell)

    def watch(self, node: Node, closure: Closure) -> Value:
        """Evaluate for the screen: the node counts as changed when what was read changes."""
        cell = next((cell for cell in node.cells if cell.kind == "label" and cell.closure is closure), None)
        if cell is None:
            cell = Cell("label", closure, len(self.definition.rules.rules) + 1, next(self._serials), node)
            node.cells.append(cell)
        return self.evaluate(cell)

    def retire(self, top: Node) -> None:
        """Forget the rules of a removed node and of all in it."""
        for node in (found for inner in top.walk() for found in (inner, *inner.attributes)):
            for cell in node.cells:
                self._link(cell, {})
                cell.retired = True
            node.cells = []

    def push(self, cell: Cell) -> None:
        """Let a cell run in this round."""
        if not cell.waits:
            cell.waits = True
            heapq.heappush(self._queue, cell)

    def notify(self, node: Node) -> None:
        """Something about `node` changed: who read it runs again."""
        for cell in node.readers:
            self.push(cell)

    def touch(self, node: Node) -> None:
        """Report `node` as changed."""
        self.changed[node] = None

    def evaluate(self, cell: Cell) -> Value:
        """The value of a cell's expression; what it reads is remembered."""
        outer, self.reads = self.reads, []
        self._depth += 1
        try:
            value = cell.closure(Context(cell.node, cell.node, self.env))
        finally:
            self._depth -= 1
            seen, self.reads = self.reads, outer
        if self._depth:
            outer.extend(seen)  # one evaluation inside another: the outer depends on all that the inner read
        self._link(cell, dict.fromkeys(seen))
        return value

    def _link(self, cell: Cell, sources: dict[Node, None]) -> None:
        if sources.keys() == cell.sources.keys():
            return
        for node in cell.sources.keys() - sources.keys():
            node.readers.pop(cell, None)
        for node in sources:
            node.readers[cell] = None
        cell.sources = sources

    def run(self) -> None:
        """Bring everything up to date. FormError when the form goes round in a circle."""
        try:
            while self._queue or self._followups:
                if not self._queue:
                    self.perform(*self._followups.popleft())
                    continue
                cell = heapq.heappop(self._queue)
                cell.waits = False
                if not cell.retired:
                    self._count(cell)
                    effects.EFFECTS[cell.kind](self, cell)
        finally:
            self._rest()

    def _count(self, cell: Cell) -> None:
        if not cell.runs:
            self._ran.append(cell)
        cell.runs += 1
        if cell.runs > _LIMIT:
            message = tr("the form's calculations never come to rest here: they depend on each other in a circle")
            raise FormError(message, Place(field=cell.node.ref))

    def _rest(self) -> None:
        self.reads.clear()
        for cell in self._ran:
            cell.runs = 0
        self._ran.clear()
        for cell in self._queue:
            cell.waits = False
        self._queue.clear()
        self._followups.clear()

    def assign(self, node: Node, value: str) -> None:
        """Give a node a value that is normalised already."""
        if value == node.value and not node.fault:
            return
        node.value, node.fault = value, ""
        self.touch(node)
        self.notify(node)
        self.wake(node, "constraint")
        for action in self._on_change.get(node.question.path, ()):
            self.follow(action, node)

    def follow(self, action: Action, owner: Node) -> None:
        """Let an action happen once all rules have run."""
        self._followups.append((action, owner))

    def wake(self, node: Node, *kinds: str) -> None:
        """Let the node's own rules of these kinds run."""
        for cell in node.cells:
            if cell.kind in kinds:
                self.push(cell)

    def perform(self, action: Action, owner: Node, but: Container[str] = ()) -> None:
        """A setvalue at the nodes it means, seen from the node whose event it is; not at the paths in `but`."""
        for target in targets(action.target, owner):
            if target.path in but:
                continue
            value = self._value(action, target, owner) if action.source else action.literal
            self.reads.clear()
            self.assign(target, coerce(target.question, value))

    def _value(self, action: Action, target: Node, owner: Node) -> Value:
        rules = self.definition.rules
        base = rules.base_of(action)
        node = target if base == action.target else owner
        return rules.closure(action.source, base)(Context(node, node, self.env))

    def strange_choices(self, node: Node) -> bool:
        """Whether an answer holds a choice that the form does not offer (an older form did)."""
        if node.question.choices is None or not node.value:
            return False
        names = self.helper.options(node).names
        return bool(names) and any(token not in names for token in node.value.split())

    def message(self, node: Node) -> str:
        """Why an answer may not stand."""
        return self.helper.message(node)
