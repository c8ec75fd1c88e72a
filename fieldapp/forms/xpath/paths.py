"""Paths to closures: straight to a node where names decide, step by step where predicates do, by index into tables."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from fieldapp.forms.xpath.axes import REVERSE, move
from fieldapp.forms.xpath.context import Closure, Context, Scope
from fieldapp.forms.xpath.indexing import Lookup, lookup
from fieldapp.forms.xpath.ordering import distinct, in_document_order
from fieldapp.forms.xpath.references import Route, after, route
from fieldapp.forms.xpath.tree import Call, Expression, Path, Step
from fieldapp.forms.xpath.values import Value, XNode, boolean_of

Compile = Callable[[Expression, Scope], Closure]
Nodes = Sequence[XNode]
Walk = Callable[[Context, Nodes], Nodes]


def compile_path(path: Path, scope: Scope, compile_: Compile) -> Closure:
    """A function from a Context to the list of relevant nodes that `path` reaches."""
    way = route(path, scope)
    if way is None:
        return _from_start(path, scope, compile_)
    if not way.rest:
        return _straight(way, scope)
    begin = _begin(way)
    walk = _walk(way.rest, scope.at(way.target), compile_)
    return lambda context: [node for node in walk(context, begin(context)) if node.counts()]


def _straight(way: Route, scope: Scope) -> Closure:
    target = way.target
    if target in scope.outline.paths and target not in scope.outline.repeated:

        def run_single(context: Context) -> Value:
            node = context.env.single(target)
            return [node] if node.counts() else []

        return run_single
    begin = _begin(way)
    return lambda context: [node for node in begin(context) if node.counts()]


def _begin(way: Route) -> Callable[[Context], Nodes]:
    climb, down, from_current = way.climb, way.down, way.from_current

    def run(context: Context) -> Nodes:
        node: XNode | None = context.current if from_current else context.node
        if climb < 0:
            node = context.env.root
        for _ in range(climb):
            node = node.up() if node is not None else None
        nodes: Nodes = [node] if node is not None else []
        for name in down:
            nodes = nodes[0].named(name) if len(nodes) == 1 else [child for one in nodes for child in one.named(name)]
        return nodes

    return run


def _from_start(path: Path, scope: Scope, compile_: Compile) -> Closure:
    """A path from a function's nodes, from an item of a table, or from the root by another name."""
    if path.start is None and not path.absolute and len(path.steps) == 1 and _plain(path.steps[0]):
        return _child(path.steps[0].name)
    start = compile_(path.start, scope) if path.start is not None else None
    table = lookup(path)
    if table is not None and start is not None:
        return _looked_up(path, table, start, scope, compile_)
    walk = _walk(path.steps, scope.at(None if start is not None or scope.base is None else scope.base), compile_)
    if isinstance(path.start, Call) and path.start.name == "instance" and start is not None:
        return _of_table(start, walk)

    def run(context: Context) -> Value:
        value = start(context) if start is not None else [context.node]
        nodes = [] if isinstance(value, str | float | bool) else value
        return [node for node in walk(context, nodes) if node.counts()]

    return _from_root(path, scope, compile_) if path.absolute else run


def _plain(step: Step) -> bool:
    return step.axis == "child" and step.by_name and not step.predicates


def _child(name: str) -> Closure:
    """`size` inside a filter of a table: what runs for each row."""

    def run(context: Context) -> Value:
        nodes = context.node.named(name)
        return nodes if len(nodes) == 1 and nodes[0].counts() else [node for node in nodes if node.counts()]

    return run


def _from_root(path: Path, scope: Scope, compile_: Compile) -> Closure:
    """An absolute path that names alone do not decide: above the root element stands the document, which we have not.

    So the first step is tried on the root itself, whatever its way down (child or descendant).
    """
    if not path.steps:
        return lambda context: [context.env.root]
    first, *others = path.steps
    axis = "descendant-or-self" if first.axis.startswith("descendant") else "self"
    steps = (Step(axis, first.name, first.predicates), *others)
    if first.axis == "descendant-or-self" and first.name == "node()" and others and others[0].axis == "child":
        steps = (Step("descendant-or-self", others[0].name, others[0].predicates), *others[1:])
    walk = _walk(steps, scope.at(""), compile_)
    return lambda context: [node for node in walk(context, [context.env.root]) if node.counts()]


def _of_table(start: Closure, walk: Walk) -> Closure:
    """A path into a table, whose rows are always relevant: they are not even looked at one by one."""

    def run(context: Context) -> Value:
        roots = start(context)
        return "" if isinstance(roots, str | float | bool) else walk(context, roots)

    return run


def _looked_up(path: Path, table: Lookup, start: Closure, scope: Scope, compile_: Compile) -> Closure:
    """`instance('x')/root/item[column = key]…`: the rows come from a dictionary, not from a scan."""
    key = compile_(table.key, scope.at(None))
    names = tuple(step.name for step in path.steps[: table.depth])
    left_over = Step("self", "node()", table.others)
    walk = _walk((left_over, *path.steps[table.depth :]), scope.at(None), compile_)

    def run(context: Context) -> Value:
        roots = start(context)
        if isinstance(roots, str | float | bool) or not roots:
            return []
        return walk(context, table.rows(roots[0], names, key(context), context.env.zone))

    return run


def _walk(steps: tuple[Step, ...], scope: Scope, compile_: Compile) -> Walk:
    """Steps one after the other, each with its predicates."""
    stages: list[tuple[Step, list[Closure]]] = []
    base = scope.base
    for step in steps:
        base = after(base, step, scope)
        stages.append((step, [compile_(predicate, scope.at(base)) for predicate in step.predicates]))

    def run(context: Context, nodes: Nodes) -> Nodes:
        for step, predicates in stages:
            nodes = _step(step, predicates, context, nodes)
        return nodes

    return run


def _step(step: Step, predicates: list[Closure], context: Context, nodes: Nodes) -> Nodes:
    """All nodes one step on. Predicates count from the nearest; what they leave stands in document order."""
    if step.axis == "self":
        passed = nodes if step.name in {"*", "node()"} else [node for node in nodes if node.name == step.name]
        return _filtered(context, passed, predicates)
    if len(nodes) == 1:
        found = _filtered(context, move(step, nodes[0]), predicates)
        return found[::-1] if step.axis in REVERSE else found
    groups = [_filtered(context, move(step, node), predicates) for node in nodes]
    flat = [node for group in groups for node in group]
    if step.axis in {"child", "attribute"}:
        return flat  # those of different parents are different, and stand in the parents' order
    return distinct(flat) if step.axis == "parent" else in_document_order(distinct(flat))


def _filtered(context: Context, nodes: Nodes, predicates: list[Closure]) -> Nodes:
    for predicate in predicates:
        inner = Context(context.node, context.current, context.env, 0, len(nodes))
        kept = []
        for position, node in enumerate(nodes, 1):
            inner.node, inner.position = node, position
            value = predicate(inner)
            if value == position if isinstance(value, float) else boolean_of(value):
                kept.append(node)
        nodes = kept
    return nodes
