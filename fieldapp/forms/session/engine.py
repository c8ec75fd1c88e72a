"""The recalculation: each evaluation remembers which nodes it read, and runs again when one of those changes.

Nothing else ever runs. Rules run in the order of their rank, so that in a form without circles each runs once a change.
Where instances of a repeat refer to one another, ranks tell nothing: there a rule runs again until nothing changes,
and a form that would never come to rest is stopped, with the names of what goes round.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterable
from itertools import count as counter
from typing import TYPE_CHECKING, Protocol

from fieldapp.errors import FormError, Place
from fieldapp.forms.definition.model import FormDefinition
from fieldapp.forms.definition.rules import Rule
from fieldapp.forms.session import effects
from fieldapp.forms.session.cells import LAZY, Cell, Watch
from fieldapp.forms.session.history import Entry, Reading, Seat, Write
from fieldapp.forms.session.nodes import Node, Options
from fieldapp.forms.xpath.context import Environment
from fieldapp.forms.xpath.values import Value
from fieldapp.texts import tr

if TYPE_CHECKING:
    from fieldapp.forms.xpath.context import Closure

_MOST_RUNS = 1000  # of one rule at one node for one change: beyond, it goes round for ever
_RANK = 1 << 40  # ranks before the order in which cells were made
_MOST_NAMES = 8  # in the message about a circle


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

    def happened(self, node: Node) -> None:
        """A node got another value, not by a calculation: actions may follow."""
        ...

    def next_action(self) -> bool:
        """Do the next action that waits, now that all rules have run; False when none waits."""
        ...


class Engine:
    """Keeps all nodes of one record up to date, and a journal of what changed."""

    def __init__(self, definition: FormDefinition, env: Environment, helper: Helper) -> None:
        self.definition = definition
        self.env = env
        self.helper = helper
        self.reads: list[Node] = []
        self.changed: dict[Node, None] = {}
        self._journal: list[Entry] = []
        self.opening = False  # while a record is being opened…
        self.begins = False  # …and it is a new one
        self.asking: Node | None = None  # whose relevance is being evaluated
        self._depth = 0
        self._queue: list[tuple[int, Cell]] = []
        self._ran: list[Cell] = []
        self._serials = counter()
        self._last = (len(definition.rules.rules) + 1) * _RANK

    # Rules at nodes

    def equip(self, node: Node) -> None:
        """Give a new node the rules of its question, all waiting to run."""
        for rule in self.definition.rules.by_path.get(node.question.path, ()):
            if rule.kind in {"relevant", "readonly"} or (rule.kind == "count") == (node.kind == "repeat"):
                self._equip(node, rule)

    def _equip(self, node: Node, rule: Rule) -> None:
        if rule.constant is not None:
            effects.constant(self, node, rule)
            return
        cell = Cell(rule, rule.rank * _RANK + next(self._serials), node, self.env)
        node.cells.append(cell)
        if rule.kind not in LAZY:
            self.push(cell)

    def watch(self, node: Node, closure: Closure) -> Value:
        """Evaluate for the screen: the node counts as changed when what was read changes."""
        cell = next((cell for cell in node.cells if cell.rule.closure is closure), None)
        if cell is None:
            cell = Cell(Watch(closure), self._last + next(self._serials), node, self.env)
            node.cells.append(cell)
        return self.evaluate(cell)

    # What changes

    def write(self, node: Node, field: str, value: object) -> None:
        """Change a field of a node, so that it can be taken back."""
        self._journal.append(Write(node, field, getattr(node, field)))
        setattr(node, field, value)
        self.changed[node] = None

    def assign(self, node: Node, value: str) -> bool:
        """Give a node a value that is normalised already; False when it has it."""
        if value == node.value and not node.fault:
            return False
        self.write(node, "value", value)
        if node.fault:
            self.write(node, "fault", "")
        self.notify(node)
        self.wake(node, "constraint")
        return True

    def seat(self, repeat: Node, index: int, instance: Node) -> None:
        """An instance has come into its repeat, or has left it: whoever reads positions or counts runs."""
        seat = Seat(repeat, index, instance)
        self._journal.append(seat)
        if not seat.taken:
            self._retire(instance)
        self.notify(repeat)
        self.touch(repeat)

    def _retire(self, top: Node) -> None:
        """Let the rules of a node that leaves, and of all in it, listen to nothing any more."""
        for node in _whole(top):
            self.overlook(node)
            for cell in node.cells:
                self._journal.append(Reading(cell, cell.seen, retired=cell.retired))
                cell.look_at([])
                cell.retired = True

    def touch(self, node: Node) -> None:
        """Report `node` as changed."""
        self.changed[node] = None

    def take_changed(self) -> frozenset[str]:
        """The paths of the nodes that changed since this was asked last."""
        paths = frozenset(node.path for node in self.changed)
        self.changed.clear()
        return paths

    def take_journal(self) -> list[Entry]:
        """What changed since this was asked last, so that it can be taken back."""
        journal, self._journal = self._journal, []
        return journal

    # Running

    def push(self, cell: Cell) -> None:
        """Let a cell run in this round."""
        if not cell.waits:
            cell.waits = True
            heapq.heappush(self._queue, (cell.order, cell))

    def notify(self, node: Node) -> None:
        """Something about `node` changed: who read it runs again."""
        for cell in node.readers:
            if not cell.waits:
                cell.waits = True
                heapq.heappush(self._queue, (cell.order, cell))

    def wake(self, node: Node, *kinds: str) -> None:
        """Let the node's own rules of these kinds run."""
        for cell in node.cells:
            if cell.kind in kinds:
                self.push(cell)

    def evaluate(self, cell: Cell, then: Callable[[Value], None] | None = None) -> Value:
        """The value of a cell's expression; what it reads is remembered, and what `then` reads of the value."""
        outer, self.reads = self.reads, []
        self._depth += 1
        try:
            value = cell.rule.closure(cell.context)
            if then is not None:
                then(value)
        finally:
            self._depth -= 1
            seen, self.reads = self.reads, outer
        if self._depth:
            outer.extend(seen)  # one evaluation inside another: the outer depends on all that the inner read
        if seen != cell.seen:
            if cell.kind not in LAZY:
                self._journal.append(Reading(cell, cell.seen))
            cell.look_at(seen)
        return value

    def run(self) -> None:
        """Bring everything up to date. FormError when the form goes round in a circle."""
        queue = self._queue
        try:
            while queue or self.helper.next_action():
                if not queue:
                    continue
                cell = heapq.heappop(queue)[1]
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
        if cell.runs > _MOST_RUNS:
            raise FormError(_circle(self._ran), Place(field=cell.node.ref))

    def _rest(self) -> None:
        self.reads.clear()
        for cell in self._ran:
            cell.runs = 0
        self._ran.clear()
        for _, cell in self._queue:
            cell.waits = False
        self._queue.clear()

    # After undo and redo

    def refresh(self, nodes: Iterable[Node]) -> None:
        """These nodes have other states than before, exactly restored: only what is read lazily is out of date."""
        for node in nodes:
            self.touch(node)
            for cell in [*node.cells, *node.readers]:
                if cell.kind in LAZY and not cell.retired:
                    self._look_again(cell)

    def _look_again(self, cell: Cell) -> None:
        """Labels are evaluated by whoever shows them; choices at once where an answer depends on them."""
        node = cell.node
        self.touch(node)
        if cell.kind == "choices":
            node.options = None
            if node.value and node.relevant:
                self.helper.options(node)

    def overlook(self, node: Node) -> None:
        """Let what the screen read of a node listen to nothing: it is read anew when somebody looks again."""
        node.options = None
        for cell in node.cells:
            if cell.kind in LAZY:
                cell.look_at([])

    # What nodes ask

    def counts_inside(self, node: Node | None) -> bool:
        """Whether a node that is not relevant is so only by the rule that is being evaluated: a group that asks about
        what is in it sees it as it was left."""
        asking = self.asking
        if asking is None:
            return False
        while node is not None and node is not asking and node.own_relevant:
            node = node.parent
        return node is asking

    def strange_choices(self, node: Node) -> bool:
        """Whether an answer holds a choice that the form does not offer (an older form did)."""
        if node.question.choices is None or not node.value:
            return False
        names = self.helper.options(node).names
        return bool(names) and any(token not in names for token in node.question.chosen(node.value))

    def message(self, node: Node) -> str:
        """Why an answer may not stand."""
        return self.helper.message(node)


def _whole(top: Node) -> Iterable[Node]:
    return (found for node in top.walk() for found in (node, *node.attributes))


def _circle(ran: list[Cell]) -> str:
    """The message about a circle: the nodes whose rules ran as often as the one that ran too often."""
    names = dict.fromkeys(cell.node.ref for cell in ran if cell.runs > _MOST_RUNS // 2)
    shown = ", ".join(list(names)[:_MOST_NAMES])
    return tr(
        "the form's calculations never come to rest: these depend on each other in a circle: {names}", names=shown
    )
