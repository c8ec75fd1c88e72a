"""What each kind of rule does with its value: relevance and read-only spread inwards, values are kept, repeats grow."""

from __future__ import annotations

import math
from collections.abc import Callable, Container
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
_WAITING = ("calculate", "count", "constraint", "choices")  # rules that wait for relevance


def constant(engine: Engine, node: Node, rule: Rule) -> None:
    """A rule that never changes needs no cell."""
    value = bool(rule.constant)
    if rule.kind == "required":
        node.required = value
    elif rule.kind == "relevant" and not value:
        engine.write(node, "own_relevant", value)
        spread_relevance(engine, node)
    elif rule.kind == "readonly" and value:
        engine.write(node, "own_readonly", value)
        spread_readonly(engine, node)


def _relevant(engine: Engine, cell: Cell) -> None:
    engine.asking = cell.node
    try:
        own = boolean_of(engine.evaluate(cell))
    finally:
        engine.asking = None
    if own != cell.node.own_relevant:
        engine.write(cell.node, "own_relevant", own)
        spread_relevance(engine, cell.node)


def spread_relevance(engine: Engine, node: Node) -> None:
    """Make a node's effective relevance, and that of all inside, follow from its own and the groups around."""
    above = node.up()
    relevant = node.own_relevant and (above is None or above.relevant)
    if relevant == node.relevant:
        return
    engine.write(node, "relevant", relevant)
    engine.notify(node)
    if relevant:
        engine.wake(node, *_WAITING)
    if node.kind != "repeat":
        for inner in inside(node):
            spread_relevance(engine, inner)


def _readonly(engine: Engine, cell: Cell) -> None:
    own = boolean_of(engine.evaluate(cell))
    if own != cell.node.own_readonly:
        engine.write(cell.node, "own_readonly", own)
        spread_readonly(engine, cell.node)


def spread_readonly(engine: Engine, node: Node) -> None:
    """Make a node and all inside follow the read-only groups around."""
    above = node.up()
    readonly = node.own_readonly or (above is not None and above.readonly)
    if readonly == node.readonly:
        return
    engine.write(node, "readonly", readonly)
    if node.kind != "repeat":
        for inner in inside(node):
            spread_readonly(engine, inner)


def _calculate(engine: Engine, cell: Cell) -> None:
    node = cell.node
    if node.relevant:
        value = engine.evaluate(cell)
        truth = isinstance(value, bool) and not node.numeric
        if truth != node.truth:
            engine.write(node, "truth", truth)
            engine.notify(node)
        engine.assign(node, coerce(node.question, value, engine.env.zone))


def _required(engine: Engine, cell: Cell) -> None:
    required = boolean_of(engine.evaluate(cell))
    if required != cell.node.required:
        engine.write(cell.node, "required", required)


def _constraint(engine: Engine, cell: Cell) -> None:
    node = cell.node
    met = True
    if node.value and node.relevant:
        value = engine.evaluate(cell)
        met = value == "" or boolean_of(value)
    if met != node.constraint_met:
        engine.write(node, "constraint_met", met)


def _count(engine: Engine, cell: Cell) -> None:
    """As many instances as the form counts. Once nobody knows how many any more (no number), those there stay."""
    if not cell.node.relevant:
        return
    wanted = number_of(engine.evaluate(cell))
    if wanted >= _MOST_INSTANCES:
        message = tr("the form asks for {n} repetitions; at most {most} can be made", n=wanted, most=_MOST_INSTANCES)
        raise FormError(message, Place(field=cell.node.ref))
    if not math.isnan(wanted):
        engine.helper.resize(cell.node, max(0, int(wanted)))
    elif engine.begins:
        engine.helper.resize(cell.node, 0)


def _choices(engine: Engine, cell: Cell) -> None:
    """New choices: what was chosen and is no longer offered goes (as in JavaRosa), but never by opening a record."""
    node = cell.node
    node.options = None
    engine.touch(node)
    if node.value and node.relevant:
        names = engine.helper.options(node).names
        if not engine.opening:
            take_away(engine, node, names)


def take_away(engine: Engine, node: Node, names: Container[str]) -> None:
    """Leave of a choice what is among `names`."""
    left = " ".join(token for token in node.question.chosen(node.value) if token in names)
    if left != node.value and engine.assign(node, left):
        engine.helper.happened(node)


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
