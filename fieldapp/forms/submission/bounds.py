"""The least and the greatest that a question takes, where its control or its constraint says so outright."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import Any

from fieldapp.forms.definition.model import Question
from fieldapp.forms.xpath.lexer import XPathError
from fieldapp.forms.xpath.parser import parse
from fieldapp.forms.xpath.tree import Binary, Expression, Literal, Negate, chain

_NUMBERS = {">=": "minimum", ">": "exclusiveMinimum", "<=": "maximum", "<": "exclusiveMaximum"}
_LENGTHS = {">=": ("minLength", 0), ">": ("minLength", 1), "<=": ("maxLength", 0), "<": ("maxLength", -1)}


def bounds(question: Question) -> dict[str, Any]:
    """A range's ends, or the plain comparisons that all must hold, as in `. >= 0 and . <= 100`."""
    if question.kind == "range":
        ends = sorted(end for name in ("start", "end") if (end := _number(question.extra.get(name, ""))) is not None)
        return {"minimum": ends[0], "maximum": ends[1]} if len(ends) == 2 else {}
    return {
        _NUMBERS[term.operator]: number
        for term in _comparisons(question)
        if str(term.left) == "." and (number := _constant(term.right)) is not None
    }


def lengths(question: Question) -> dict[str, Any]:
    """How many letters a text may have, as in `string-length(.) <= 40`."""
    found: dict[str, Any] = {}
    for term in _comparisons(question):
        number = _constant(term.right) if str(term.left) == "string-length(.)" else None
        word, more = _LENGTHS[term.operator]
        if isinstance(number, int) and number + more >= 0:
            found[word] = number + more
    return found


def _comparisons(question: Question) -> list[Binary]:
    """The comparisons that must all hold for an answer."""
    try:
        tree = parse(question.bind.constraint) if question.bind.constraint else None
    except XPathError:
        return []
    if not isinstance(tree, Binary):
        return []
    first, others = chain(tree, {"and"})
    terms = [first, *(term for _, term in others)]
    return [term for term in terms if isinstance(term, Binary) and term.operator in _NUMBERS]


def _constant(expression: Expression) -> int | float | None:
    if isinstance(expression, Negate):
        inner = _constant(expression.operand)
        return None if inner is None else -inner
    return _number(str(expression)) if isinstance(expression, Literal) and isinstance(expression.value, float) else None


def _number(text: str) -> int | float | None:
    try:
        number = Decimal(text)
    except InvalidOperation:
        return None
    return int(number) if number == int(number) else float(number)
