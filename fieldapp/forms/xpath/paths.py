"""Paths to closures: straight to a node where names decide, step by step where predicates do, by index into tables."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from fieldapp.forms.xpath.context import Closure, Context, Scope
from fieldapp.forms.xpath.indexing import Lookup, lookup
from fieldapp.forms.xpath.references import Route, after, route
from fieldapp.forms.xpath.tree import Expression, Path, Step
from fieldapp.forms.xpath.values import Value, XNode, boolean_of

Compile = Callable[[Expression, Scope], Closure]
Walk = Callable[[Context, list[XNode]], list[XNode]]


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


def _begin(way: Route) -> Callable[[Context], list[XNode]]:
    climb, down, from_current = way.climb, way.down, way.from_current

    def run(context: Context) -> list[XNode]:
        node: XNode | None = context.current if from_current else context.node
        if climb < 0:
            node = context.env.root
        for _ in range(climb):
            node = node.up() if node is not None else None
        nodes = [node] if node is not None else []
        for name in down:
            nodes = [child for parent in nodes for child in parent.named(name)]
        return nodes

    return run


def _from_start(path: Path, scope: Scope, compile_: Compile) -> Closure:
    """A path from a function's nodes, from an item of a table, or from the root by another name."""
    start = compile_(path.start, scope) if path.start is not None else None
    table = lookup(path)
    if table is not None and start is not None:
        return _looked_up(path, table, start, scope, compile_)
    steps = path.steps[1:] if path.absolute and path.steps else path.steps
    walk = _walk(steps, scope.at(None if start is not None or scope.base is None else scope.base), compile_)

    def run(context: Context) -> Value:
        if path.absolute:
            nodes: Sequence[XNode] = [context.env.root]
        else:
            value = start(context) if start is not None else [context.node]
            nodes = [] if isinstance(value, str | float | bool) else value
        return [node for node in walk(context, list(nodes)) if node.counts()]

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
        rows = table.rows(roots[0], names, key(context))
        return [node for node in walk(context, rows) if node.counts()]

    return run


def _walk(steps: tuple[Step, ...], scope: Scope, compile_: Compile) -> Walk:
    """Steps one after the other, each with its predicates."""
    stages: list[tuple[Step, list[Closure]]] = []
    base = scope.base
    for step in steps:
        base = after(base, step, scope)
        stages.append((step, [compile_(predicate, scope.at(base)) for predicate in step.predicates]))

    def run(context: Context, nodes: list[XNode]) -> list[XNode]:
        for step, predicates in stages:
            if step.axis == "self":
                nodes = _filtered(context, nodes, predicates)
            else:
                nodes = _distinct(_filtered(context, list(_move(step, node)), predicates) for node in nodes)
        return nodes

    return run


def _filtered(context: Context, nodes: list[XNode], predicates: list[Closure]) -> list[XNode]:
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


def _distinct(groups: Iterator[list[XNode]]) -> list[XNode]:
    found: dict[int, XNode] = {}
    for group in groups:
        for node in group:
            found.setdefault(id(node), node)
    return list(found.values())


def _move(step: Step, node: XNode) -> Iterator[XNode]:
    name = "*" if step.name in {"node()", "text()"} else step.name
    if step.name == "text()":
        yield node
    elif step.axis == "child":
        yield from node.named(name)
    elif step.axis == "attribute":
        yield from node.named(f"@{name}")
    else:
        yield from (other for other in _AXES[step.axis](node) if name in {"*", other.name})


def _ancestors(node: XNode) -> Iterator[XNode]:
    above = node.up()
    while above is not None:
        yield above
        above = above.up()


def _descendants(node: XNode) -> Iterator[XNode]:
    for child in node.named("*"):
        yield child
        yield from _descendants(child)


def _with_self(axis: Callable[[XNode], Iterator[XNode]]) -> Callable[[XNode], Iterator[XNode]]:
    def run(node: XNode) -> Iterator[XNode]:
        yield node
        yield from axis(node)

    return run


def _parent(node: XNode) -> Iterator[XNode]:
    above = node.up()
    if above is not None:
        yield above


def _siblings(node: XNode, *, before: bool) -> Iterator[XNode]:
    above = node.up()
    family = list(above.named("*")) if above is not None else []
    at = next((index for index, other in enumerate(family) if other is node), 0)
    return iter(family[:at][::-1] if before else family[at + 1 :])


_AXES: dict[str, Callable[[XNode], Iterator[XNode]]] = {
    "ancestor": _ancestors,
    "ancestor-or-self": _with_self(_ancestors),
    "descendant": _descendants,
    "descendant-or-self": _with_self(_descendants),
    "parent": _parent,
    "preceding-sibling": lambda node: _siblings(node, before=True),
    "following-sibling": lambda node: _siblings(node, before=False),
}
