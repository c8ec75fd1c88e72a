"""What each kind of rule does with its value: relevance and read-only spread inwards, values are kept, repeats grow."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from fieldapp.errors import FormError, Place
from fieldapp.forms.definition.rules import Rule
from fieldapp.forms.session.cells import Cell
from fieldapp.forms.session.nodes import Node
from fieldapp.forms.session.targets import inside
from fieldapp.forms.session.types import coerce
from fieldapp.forms.xpath.values import boolean_of, number_of
from fieldapp.texts import tr

if TYPE_CHECKING:
    from fieldapp.forms.session.engine import Engine

_MOST_INSTANCES = 10_000


def constant(engine: Engine, node: Node, rule: Rule) -> None:
    """A rule that never changes needs no cell."""
    value = bool(rule.constant)
    if rule.kind == "relevant":
        node.own_relevant = value
        spread_relevance(engine, node)
    elif rule.kind == "readonly":
        node.own_readonly = value
        spread_readonly(engine, node)
    else:
        node.required = value


def _relevant(engine: Engine, cell: Cell) -> None:
    own = boolean_of(engine.evaluate(cell))
    if own != cell.node.own_relevant:
        cell.node.own_relevant = own
        spread_relevance(engine, cell.node)


def spread_relevance(engine: Engine, node: Node) -> None:
    """Make a node's effective relevance, and that of all inside, follow from its own and the groups around."""
    above = node.up()
    relevant = node.own_relevant and (above is None or above.relevant)
    if relevant == node.relevant:
        return
    node.relevant = relevant
    engine.touch(node)
    engine.notify(node)
    if relevant:
        engine.wake(node, "calculate", "required", "constraint", "readonly", "choices")
    if node.kind != "repeat":
        for inner in inside(node):
            spread_relevance(engine, inner)


def _readonly(engine: Engine, cell: Cell) -> None:
    own = boolean_of(engine.evaluate(cell))
    if own != cell.node.own_readonly:
        cell.node.own_readonly = own
        spread_readonly(engine, cell.node)


def spread_readonly(engine: Engine, node: Node) -> None:
    """Make a node and all inside follow the read-only groups around."""
    above = node.up()
    readonly = node.own_readonly or (above is not None and above.readonly)
    if readonly == node.readonly:
        return
    node.readonly = readonly
    engine.touch(node)
    if node.kind != "repeat":
        for inner in inside(node):
            spread_readonly(engine, inner)


def _calculate(engine: Engine, cell: Cell) -> None:
    node = cell.node
    if node.relevant:
        value = engine.evaluate(cell)
        node.truth = isinstance(value, bool) and not node.numeric
        engine.assign(node, coerce(node.question, value))


def _required(engine: Engine, cell: Cell) -> None:
    required = boolean_of(engine.evaluate(cell))
    if required != cell.node.required:
        cell.node.required = required
        engine.touch(cell.node)


def _constraint(engine: Engine, cell: Cell) -> None:
    node = cell.node
    met = True
    if node.value and node.relevant:
        value = engine.evaluate(cell)
        met = value == "" or boolean_of(value)
    if met != node.constraint_met:
        node.constraint_met = met
        engine.touch(node)


def _count(engine: Engine, cell: Cell) -> None:
    wanted = number_of(engine.evaluate(cell))
    size = int(wanted) if 0 <= wanted < _MOST_INSTANCES else 0
    if wanted >= _MOST_INSTANCES:
        message = tr("the form asks for {n} repetitions; at most {most} can be made", n=wanted, most=_MOST_INSTANCES)
        raise FormError(message, Place(field=cell.node.ref))
    engine.helper.resize(cell.node, size)


def _choices(engine: Engine, cell: Cell) -> None:
    """New choices: what was chosen and is no longer offered goes (as in JavaRosa)."""
    node = cell.node
    if not node.relevant:
        return  # looked at again when it becomes relevant
    known, node.options = node.options, None
    if known is None and not node.value:
        return
    engine.touch(node)
    if node.value:
        names = engine.helper.options(node).names
        if known is not None and known.names != names:
            engine.assign(node, " ".join(token for token in node.value.split() if token in names))


def _label(engine: Engine, cell: Cell) -> None:
    engine.touch(cell.node)


EFFECTS: dict[str, Callable[[Engine, Cell], None]] = {
    "relevant": _relevant,
    "calculate": _calculate,
    "count": _count,
    "choices": _choices,
    "readonly": _readonly,
    "required": _required,
    "constraint": _constraint,
    "label": _label,
}
