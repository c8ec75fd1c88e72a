"""The least and the greatest number that a question takes, where its control or its constraint says so outright."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import Any

from fieldapp.forms.definition.model import Question
from fieldapp.forms.xpath.lexer import XPathError
from fieldapp.forms.xpath.parser import parse
from fieldapp.forms.xpath.tree import Binary, Expression, Literal, Negate, chain

_WORDS = {">=": "minimum", ">": "exclusiveMinimum", "<=": "maximum", "<": "exclusiveMaximum"}


def bounds(question: Question) -> dict[str, Any]:
    """A range's ends, or the plain comparisons that all must hold, as in `. >= 0 and . <= 100`."""
    if question.kind == "range":
        ends = sorted(end for name in ("start", "end") if (end := _number(question.extra.get(name, ""))) is not None)
        return {"minimum": ends[0], "maximum": ends[1]} if len(ends) == 2 else {}
    try:
        tree = parse(question.bind.constraint) if question.bind.constraint else None
    except XPathError:
        return {}
    found: dict[str, Any] = {}
    for term in _all_of(tree):
        word, number = _bound(term)
        if number is not None:
            found[word] = number
    return found


def _all_of(tree: Expression | None) -> list[Expression]:
    """The conditions that `and` joins."""
    if not isinstance(tree, Binary):
        return []
    first, others = chain(tree, {"and"})
    return [first, *(term for _, term in others)]


def _bound(term: Expression) -> tuple[str, int | float | None]:
    if isinstance(term, Binary) and term.operator in _WORDS and str(term.left) == ".":
        return _WORDS[term.operator], _constant(term.right)
    return "", None


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
