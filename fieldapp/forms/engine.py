"""The recalculation: each evaluation remembers which nodes it read, and runs again when one of those changes.

Nothing else ever runs. Rules run in the order of their rank, so that in a form without circles each runs once a change.
Where instances of a repeat refer to one another, ranks tell nothing: there a rule runs again until nothing changes,
and a form that would never come to rest is stopped.
"""

from __future__ import annotations

import heapq
from collections import deque
from collections.abc import Callable, Container, Iterable
from itertools import count as counter
from typing import TYPE_CHECKING, Protocol

from fieldapp.errors import FormError, Place
from fieldapp.forms.definition import Action, FormDefinition
from fieldapp.forms.nodes import Node, Options
from fieldapp.forms.rules import Rule
from fieldapp.forms.types import coerce
from fieldapp.forms.xpath.context import Context, Environment
from fieldapp.forms.xpath.values import Value, boolean_of, number_of
from fieldapp.texts import tr

if TYPE_CHECKING:
    from fieldapp.forms.xpath.context import Closure

VALUE_CHANGED = "xforms-value-changed"
_LIMIT = 1000  # evaluations of one rule at one node for one change: beyond, it goes round for ever
_MOST_INSTANCES = 10_000


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
        self._appliers: dict[str, Callable[[Cell], None]] = {
            "relevant": self._apply_relevant,
            "calculate": self._apply_calculate,
            "count": self._apply_count,
            "choices": self._apply_choices,
            "readonly": self._apply_readonly,
            "required": self._apply_required,
            "constraint": self._apply_constraint,
            "label": self._apply_label,
        }
        self._on_change: dict[str, list[Action]] = {}
        for action in definition.actions:
            if VALUE_CHANGED in action.events:
                self._on_change.setdefault(action.owner, []).append(action)

    # Cells

    def equip(self, node: Node) -> None:
        """Give a new node the rules of its question, all waiting to run."""
        for rule in self.definition.rules.by_path.get(node.question.path, ()):
            if (rule.kind == "count") == (node.kind == "repeat") or (rule.kind in {"relevant", "readonly"}):
                self._equip(node, rule)

    def _equip(self, node: Node, rule: Rule) -> None:
        if rule.constant is not None:
            self._apply_constant(node, rule)
            return
        cell = Cell(rule.kind, rule.closure, rule.rank, next(self._serials), node)
        node.cells.append(cell)
        if rule.kind != "choices":
            self.push(cell)

    def _apply_constant(self, node: Node, rule: Rule) -> None:
        value = bool(rule.constant)
        if rule.kind == "relevant":
            node.own_relevant = value
            self.spread_relevance(node)
        elif rule.kind == "readonly":
            node.own_readonly = value
            self.spread_readonly(node)
        else:
            node.required = value

    def watch(self, node: Node, closure: Closure) -> Value:
        """Evaluate for the screen: the node counts as changed when what was read changes."""
        cell = next((cell for cell in node.cells if cell.kind == "label" and cell.closure is closure), None)
        if cell is None:
            cell = Cell("label", closure, len(self.definition.rules.rules) + 1, next(self._serials), node)
            node.cells.append(cell)
        return self.evaluate(cell)

    def retire(self, nodes: Iterable[Node]) -> None:
        """Forget the rules of removed nodes."""
        for node in nodes:
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

    # Running

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
                    self._appliers[cell.kind](cell)
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

    # What each kind of rule does with its value

    def _apply_relevant(self, cell: Cell) -> None:
        own = boolean_of(self.evaluate(cell))
        if own != cell.node.own_relevant:
            cell.node.own_relevant = own
            self.spread_relevance(cell.node)

    def spread_relevance(self, node: Node) -> None:
        """Make a node's effective relevance, and that of all inside, follow from its own and the groups around."""
        above = node.up()
        relevant = node.own_relevant and (above is None or above.relevant)
        if relevant == node.relevant:
            return
        node.relevant = relevant
        self.touch(node)
        self.notify(node)
        if relevant:
            self.wake(node, "calculate", "required", "constraint", "readonly", "choices")
        if node.kind != "repeat":
            for inner in _inside(node):
                self.spread_relevance(inner)

    def _apply_readonly(self, cell: Cell) -> None:
        own = boolean_of(self.evaluate(cell))
        if own != cell.node.own_readonly:
            cell.node.own_readonly = own
            self.spread_readonly(cell.node)

    def spread_readonly(self, node: Node) -> None:
        """Make a node and all inside follow the read-only groups around."""
        above = node.up()
        readonly = node.own_readonly or (above is not None and above.readonly)
        if readonly == node.readonly:
            return
        node.readonly = readonly
        self.touch(node)
        if node.kind != "repeat":
            for inner in _inside(node):
                self.spread_readonly(inner)

    def _apply_calculate(self, cell: Cell) -> None:
        node = cell.node
        if node.relevant:
            value = self.evaluate(cell)
            node.truth = isinstance(value, bool) and not node.numeric
            self.assign(node, coerce(node.question, value))

    def _apply_required(self, cell: Cell) -> None:
        required = boolean_of(self.evaluate(cell))
        if required != cell.node.required:
            cell.node.required = required
            self.touch(cell.node)

    def _apply_constraint(self, cell: Cell) -> None:
        node = cell.node
        met = True
        if node.value and node.relevant:
            value = self.evaluate(cell)
            met = value == "" or boolean_of(value)
        if met != node.constraint_met:
            node.constraint_met = met
            self.touch(node)

    def _apply_count(self, cell: Cell) -> None:
        wanted = number_of(self.evaluate(cell))
        size = int(wanted) if 0 <= wanted < _MOST_INSTANCES else 0
        if wanted >= _MOST_INSTANCES:
            message = tr(
                "the form asks for {n} repetitions; at most {most} can be made", n=wanted, most=_MOST_INSTANCES
            )
            raise FormError(message, Place(field=cell.node.ref))
        self.helper.resize(cell.node, size)

    def _apply_choices(self, cell: Cell) -> None:
        """New choices: what was chosen and is no longer offered goes (as in JavaRosa)."""
        node = cell.node
        known, node.options = node.options, None
        if not node.relevant or (known is None and not node.value):
            return
        self.touch(node)
        if node.value:
            names = self.helper.options(node).names
            if known is not None and known.names != names:
                self.assign(node, " ".join(token for token in node.value.split() if token in names))

    def _apply_label(self, cell: Cell) -> None:
        self.touch(cell.node)

    def strange_choices(self, node: Node) -> bool:
        """Whether an answer holds a choice that the form does not offer (an older form did)."""
        if node.question.choices is None or not node.value:
            return False
        names = self.helper.options(node).names
        return bool(names) and any(token not in names for token in node.value.split())

    def message(self, node: Node) -> str:
        """Why an answer may not stand."""
        return self.helper.message(node)


def _inside(node: Node) -> list[Node]:
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
