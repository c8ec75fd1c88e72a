"""The syntax tree to a closure. All that names can decide is decided here, once; what runs only follows nodes."""

from __future__ import annotations

import math
import operator
from collections.abc import Callable, Sequence
from datetime import tzinfo

from fieldapp.forms.xpath.comparing import COMPARISONS, compare
from fieldapp.forms.xpath.context import Closure, Context, Scope
from fieldapp.forms.xpath.functions import HOST, check
from fieldapp.forms.xpath.ordering import union
from fieldapp.forms.xpath.paths import compile_path
from fieldapp.forms.xpath.tree import Binary, Call, Expression, Literal, Negate, Path, chain, family
from fieldapp.forms.xpath.values import Value, boolean_of, number_of, text_of


def compile_expression(expression: Expression, scope: Scope) -> Closure:
    """A function from a Context to the expression's value. XPathError where a function is used wrongly."""
    match expression:
        case Literal(value):
            return lambda _context: value
        case Path():
            return compile_path(expression, scope, compile_expression)
        case Negate(operand):
            inner = compile_expression(operand, scope)
            return lambda context: -_number(inner(context), context.env.zone)
        case Binary():
            return _binary(expression, scope)
        case Call():
            return _call(expression, scope)


def _binary(expression: Binary, scope: Scope) -> Closure:
    sign = expression.operator
    if sign in COMPARISONS:
        return _comparison(expression, scope)
    first, others = chain(expression, family(sign))
    start = compile_expression(first, scope)
    terms = [(operator_, compile_expression(term, scope)) for operator_, term in others]
    if sign in {"or", "and"}:
        return _logic([start, *(term for _, term in terms)], wanted=sign == "or")
    if sign == "|":
        return union([start, *(term for _, term in terms)])
    return _arithmetic(start, [(_ARITHMETIC[operator_], term) for operator_, term in terms])


def _comparison(expression: Binary, scope: Scope) -> Closure:
    sign = expression.operator
    left, right = compile_expression(expression.left, scope), compile_expression(expression.right, scope)
    return lambda context: compare(sign, left(context), right(context), context.env.zone)


def _logic(terms: list[Closure], *, wanted: bool) -> Closure:
    """`or` looks for a true term, `and` for a false one; what comes after it is not evaluated."""

    def run(context: Context) -> Value:
        for term in terms:
            if boolean_of(term(context)) == wanted:
                return wanted
        return not wanted

    return run


def _arithmetic(start: Closure, terms: list[tuple[Callable[[float, float], float], Closure]]) -> Closure:
    def run(context: Context) -> Value:
        zone = context.env.zone
        result = _number(start(context), zone)
        for work, term in terms:
            result = work(result, _number(term(context), zone))
        return result

    return run


def _number(value: Value, zone: tzinfo) -> float:
    return value if isinstance(value, float) else number_of(value, zone)


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


def _call(call: Call, scope: Scope) -> Closure:
    if call.name.startswith(HOST):
        return _host_call(call.name, [compile_expression(argument, scope) for argument in call.arguments])
    return check(call).build(call, scope, compile_expression)


def _host_call(name: str, arguments: Sequence[Closure]) -> Closure:
    def run(context: Context) -> Value:
        work = context.env.host(name)
        return work(*[text_of(argument(context)) for argument in arguments]) if work else ""

    return run
