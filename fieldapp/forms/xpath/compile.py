"""The syntax tree to a closure. All that names can decide is decided here, once; what runs only follows nodes."""

from __future__ import annotations

import math
import operator
from collections.abc import Callable, Sequence

from fieldapp.forms.xpath import functions
from fieldapp.forms.xpath.context import Closure, Context, Scope
from fieldapp.forms.xpath.paths import compile_path
from fieldapp.forms.xpath.references import named_choice, route
from fieldapp.forms.xpath.tree import Binary, Call, Expression, Literal, Negate, Path, chain
from fieldapp.forms.xpath.values import Value, XNode, boolean_of, compare, number_of, text_of
from fieldapp.texts import tr


def compile_expression(expression: Expression, scope: Scope) -> Closure:
    """A function from a Context to the expression's value. XPathError where a function is used wrongly."""
    match expression:
        case Literal(value):
            return lambda _context: value
        case Path():
            return compile_path(expression, scope, compile_expression)
        case Negate(operand):
            inner = compile_expression(operand, scope)
            return lambda context: -number_of(inner(context))
        case Binary():
            return _binary(expression, scope)
        case Call():
            return _call(expression, scope)


def _binary(expression: Binary, scope: Scope) -> Closure:
    sign = expression.operator
    family = next((family for family in _FAMILIES if sign in family), {sign})
    first, others = chain(expression, family)
    start = compile_expression(first, scope)
    terms = [(operator_, compile_expression(term, scope)) for operator_, term in others]
    if sign in {"or", "and"}:
        return _logic([start, *(term for _, term in terms)], wanted=sign == "or")
    if sign == "|":
        return _union([start, *(term for _, term in terms)])
    if sign in _ARITHMETIC:
        return _arithmetic(start, [(_ARITHMETIC[operator_], term) for operator_, term in terms])
    left, right = compile_expression(expression.left, scope), compile_expression(expression.right, scope)
    return lambda context: compare(sign, left(context), right(context))


def _logic(terms: list[Closure], *, wanted: bool) -> Closure:
    """`or` looks for a true term, `and` for a false one; what comes after it is not evaluated."""

    def run(context: Context) -> Value:
        return any(boolean_of(term(context)) == wanted for term in terms) == wanted

    return run


def _arithmetic(start: Closure, terms: list[tuple[Callable[[float, float], float], Closure]]) -> Closure:
    def run(context: Context) -> Value:
        result = number_of(start(context))
        for work, term in terms:
            result = work(result, number_of(term(context)))
        return result

    return run


def _union(terms: list[Closure]) -> Closure:
    def run(context: Context) -> Value:
        found: dict[int, XNode] = {}
        for term in terms:
            value = term(context)
            if not isinstance(value, str | float | bool):
                found.update((id(node), node) for node in value)
        return list(found.values())

    return run


def _divide(left: float, right: float) -> float:
    if right:
        return left / right
    return math.nan if not left or math.isnan(left) else math.copysign(math.inf, left) * math.copysign(1, right)


def _modulo(left: float, right: float) -> float:
    return math.fmod(left, right) if right and math.isfinite(left) else math.nan


_ARITHMETIC: dict[str, Callable[[float, float], float]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "div": _divide,
    "mod": _modulo,
}


_FAMILIES = (frozenset({"+", "-"}), frozenset({"*", "div", "mod"}))  # taken from left to right, however many


def _call(call: Call, scope: Scope) -> Closure:
    special = _SPECIAL.get(call.name)
    if special is not None:
        functions.check(call)
        return special(call, scope)
    arguments = [compile_expression(argument, scope) for argument in call.arguments]
    if call.name.startswith(functions.HOST):
        return _host_call(call.name, arguments)
    work = functions.check(call).call
    if len(arguments) == 1:
        only = arguments[0]
        return lambda context: work(context, only(context))
    return lambda context: work(context, *[argument(context) for argument in arguments])


def _host_call(name: str, arguments: Sequence[Closure]) -> Closure:
    def run(context: Context) -> Value:
        work = context.env.host(name)
        return work(*[text_of(argument(context)) for argument in arguments]) if work else ""

    return run


def _if(call: Call, scope: Scope) -> Closure:
    test, then, otherwise = (compile_expression(argument, scope) for argument in call.arguments)
    return lambda context: then(context) if boolean_of(test(context)) else otherwise(context)


def _coalesce(call: Call, scope: Scope) -> Closure:
    arguments = [compile_expression(argument, scope) for argument in call.arguments]

    def run(context: Context) -> Value:
        return next((text for argument in arguments if (text := text_of(argument(context)))), "")

    return run


def _once(call: Call, scope: Scope) -> Closure:
    inner = compile_expression(call.arguments[0], scope)
    return lambda context: context.current.text() or text_of(inner(context))


def _current(_call: Call, _scope: Scope) -> Closure:
    return lambda context: [context.current]


def _choice_name(call: Call, scope: Scope) -> Closure:
    value = compile_expression(call.arguments[0], scope)
    question = compile_expression(named_choice(call) or call.arguments[1], scope)

    def run(context: Context) -> Value:
        nodes = question(context)
        if isinstance(nodes, str | float | bool) or not nodes:
            return ""
        return context.env.choice_name(nodes[0], text_of(value(context)))

    return run


def _indexed_repeat(call: Call, scope: Scope) -> Closure:
    target, *pairs = call.arguments
    ways = [route(path, scope) if isinstance(path, Path) else None for path in (target, *pairs[::2])]
    if len(pairs) % 2 or any(way is None or way.rest for way in ways):
        raise functions.XPathError(tr("indexed-repeat() takes a question, then pairs of a repeat and a number"))
    paths = [way.target for way in ways if way is not None]
    indexes = [compile_expression(argument, scope) for argument in pairs[1::2]]
    chosen = dict(zip(paths[1:], indexes, strict=True))

    def run(context: Context) -> Value:
        nodes: list[XNode] = [context.env.root]
        path = ""
        for name in paths[0].split("/"):
            path = f"{path}/{name}" if path else name
            nodes = [child for node in nodes for child in node.named(name)]
            if path in chosen:
                nodes = _nth(nodes, number_of(chosen[path](context)))
        return [node for node in nodes if node.counts()]

    return run


def _nth(nodes: list[XNode], index: float) -> list[XNode]:
    return [nodes[int(index) - 1]] if 1 <= index <= len(nodes) else []


_SPECIAL: dict[str, Callable[[Call, Scope], Closure]] = {
    "if": _if,
    "coalesce": _coalesce,
    "once": _once,
    "current": _current,
    "jr:choice-name": _choice_name,
    "indexed-repeat": _indexed_repeat,
}
