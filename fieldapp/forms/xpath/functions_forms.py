"""Functions that look at how they are called and where: which argument runs at all, which question is meant."""

from __future__ import annotations

import math

from fieldapp.forms.xpath.context import Closure, Context, Scope
from fieldapp.forms.xpath.functions import Compile, XPathError, special
from fieldapp.forms.xpath.references import named_choice, route
from fieldapp.forms.xpath.tree import Call, Path, branches
from fieldapp.forms.xpath.values import Value, XNode, atom_of, boolean_of, number_of, text_of
from fieldapp.texts import tr


@special("if", 3, 3)
def if_(call: Call, scope: Scope, compile_: Compile) -> Closure:
    """The second argument where the first holds, else the third. A chain of else-ifs runs as a loop."""
    pairs, rest = branches(call)
    compiled = [(compile_(test, scope), compile_(then, scope)) for test, then in pairs]
    otherwise = compile_(rest, scope)
    if len(compiled) == 1:
        test, then = compiled[0]
        return lambda context: then(context) if boolean_of(test(context)) else otherwise(context)

    def run(context: Context) -> Value:
        for test, then in compiled:
            if boolean_of(test(context)):
                return then(context)
        return otherwise(context)

    return run


@special("coalesce", 1, None)
def coalesce(call: Call, scope: Scope, compile_: Compile) -> Closure:
    """The first argument that is neither blank nor NaN; the last one if all are."""
    arguments = [compile_(argument, scope) for argument in call.arguments]

    def run(context: Context) -> Value:
        single: Value = ""
        for argument in arguments:
            single = atom_of(argument(context))
            if single != "" and not (isinstance(single, float) and math.isnan(single)):
                break
        return single

    return run


@special("once", 1, 1)
def once(call: Call, scope: Scope, compile_: Compile) -> Closure:
    """The question's own value if it has one; otherwise the argument, evaluated now."""
    inner = compile_(call.arguments[0], scope)
    return lambda context: context.current.text() or inner(context)


@special("current", 0, 0)
def current(_call: Call, _scope: Scope, _compile: Compile) -> Closure:
    """The question that the expression belongs to, also inside predicates."""
    return lambda context: [context.current]


@special("depend", 1, None)
def depend(call: Call, scope: Scope, compile_: Compile) -> Closure:
    """The first argument; it is evaluated again whenever one of the others changes (JavaRosa)."""
    first, *others = [compile_(argument, scope) for argument in call.arguments]

    def run(context: Context) -> Value:
        for other in others:
            other(context)
        return first(context)

    return run


@special("jr:choice-name", 2, 2)
def choice_name(call: Call, scope: Scope, compile_: Compile) -> Closure:
    """The label of a choice: of its name, and of the question, which is a path or a path written as a text."""
    value = compile_(call.arguments[0], scope)
    question = compile_(named_choice(call) or call.arguments[1], scope)

    def run(context: Context) -> Value:
        nodes = question(context)
        if isinstance(nodes, str | float | bool) or not nodes:
            return ""
        return context.env.choice_name(nodes[0], text_of(value(context)))

    return run


@special("indexed-repeat", 3, None)
def indexed_repeat(call: Call, scope: Scope, compile_: Compile) -> Closure:
    """A question's node in the instances with the given numbers (from 1) of the repeats around it."""
    target, *pairs = call.arguments
    ways = [route(path, scope) if isinstance(path, Path) else None for path in (target, *pairs[::2])]
    if len(pairs) % 2 or any(way is None or way.rest for way in ways):
        raise XPathError(tr("indexed-repeat() takes a question, then pairs of a repeat and a number"))
    asked, *repeats = [way.target for way in ways if way is not None]
    if any(not f"{asked}/".startswith(f"{repeat}/") for repeat in repeats):
        raise XPathError(tr("indexed-repeat() takes repeats that the question lies in"))
    indexes = [compile_(argument, scope) for argument in pairs[1::2]]
    chosen = dict(zip(repeats, indexes, strict=True))

    def run(context: Context) -> Value:
        nodes: list[XNode] = [context.env.root]
        path = ""
        for name in asked.split("/"):
            path = f"{path}/{name}" if path else name
            nodes = [child for node in nodes for child in node.named(name)]
            if path in chosen:
                nodes = _nth(nodes, number_of(chosen[path](context), context.env.zone))
        return [node for node in nodes if node.counts()]

    return run


def _nth(nodes: list[XNode], index: float) -> list[XNode]:
    at = math.trunc(index) if math.isfinite(index) else 0
    return nodes[at - 1 : at] if at >= 1 else []
