"""Answers that a rule asks for and no choice is called: a slip of the pen that would let every record pass."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from fieldapp.forms import FormDefinition
from fieldapp.forms.definition.model import ChoiceList
from fieldapp.forms.session.longlists import whole_table
from fieldapp.forms.xpath.context import Scope, scope_of
from fieldapp.forms.xpath.parser import parse
from fieldapp.forms.xpath.references import route
from fieldapp.forms.xpath.tree import Binary, Call, Expression, Literal, Negate, Path

ROWS = ("root", "item")


@dataclass(frozen=True)
class Unknown:
    """`value` is asked of the question at `path`, whose answers are `known`."""

    path: str
    value: str
    known: tuple[str, ...]


def unknown_answers(form: FormDefinition, path: str, source: str) -> list[Unknown]:
    """What the rule `source` of the question at `path` compares with and can never be. XPathError where it cannot be
    read."""
    scope = scope_of(form, path)
    return [one for asked, value in _compared(parse(source)) if (one := _unknown(form, scope, asked, value))]


def _compared(one: Expression) -> Iterator[tuple[Path, str]]:
    """Each question that is compared with a text, and the text."""
    match one:
        case Binary(left=Path() as asked, right=Literal(str() as value)) if one.operator in {"=", "!="}:
            yield asked, value
        case Binary(left=Literal(str() as value), right=Path() as asked) if one.operator in {"=", "!="}:
            yield asked, value
        case Call("selected", (Path() as asked, Literal(str() as value))):
            yield asked, value
        case Binary():
            yield from _compared(one.left)
            yield from _compared(one.right)
        case Negate(operand):
            yield from _compared(operand)
        case Call():
            for argument in one.arguments:
                yield from _compared(argument)


def _unknown(form: FormDefinition, scope: Scope, asked: Path, value: str) -> Unknown | None:
    found = route(asked, scope)
    question = form.questions.get(found.target) if found is not None and not found.rest else None
    known = _names(form, question.choices) if question is not None and question.choices is not None else ()
    return Unknown(found.target, value, known) if found and known and value and value not in known else None


def _names(form: FormDefinition, choices: ChoiceList) -> tuple[str, ...]:
    """What the choices are called in rules; () where they depend on other answers or come with a file."""
    if not choices.nodeset:
        return tuple(name for name, _words in choices.items)
    table = form.tables.get(whole_table(choices.nodeset))
    if table is None or table.source or table.root is None:
        return ()
    return tuple(row.cell(choices.value) for row in table.root.rows(ROWS))
