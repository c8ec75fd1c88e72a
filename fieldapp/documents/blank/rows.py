"""How many rows of a repeat a paper has room for."""

from __future__ import annotations

from collections.abc import Mapping

from fieldapp.documents.blank.wording import question_of
from fieldapp.forms.definition.model import FormDefinition, Question
from fieldapp.forms.xpath.lexer import XPathError
from fieldapp.forms.xpath.parser import parse
from fieldapp.forms.xpath.tree import Binary, Call, Literal

USUAL, INNER, MOST = 3, 2, 10


def rows_of(repeat: Question, labels: Mapping[str, str], form: FormDefinition, *, within: int) -> int:
    """The rows of `repeat`, which lies in `within` others: as many as its form allows or counts, else a few.

    None where a calculation counts them: nobody knows at the desk at home how many, or what they are about."""
    usual = INNER if within else USUAL
    if not repeat.count:
        return min(_allowed(repeat) or usual, MOST)
    number = _number(repeat.count)
    if number is not None:
        return min(number, MOST)
    return usual if question_of(repeat.count, repeat.path, form) in labels else 0


def _number(source: str) -> int | None:
    return int(source) if source.strip().isdecimal() else None


def _allowed(repeat: Question) -> int:
    """The most instances that a constraint in the repeat lets pass, as in `position(..) <= 4`; 0 without any."""
    for question in repeat.children:
        try:
            tree = parse(question.bind.constraint) if question.bind.constraint else None
        except XPathError:
            continue
        match tree:
            case Binary("<=", Call("position", _), Literal(float() as most)) if most >= 1:
                return int(most)
    return 0
