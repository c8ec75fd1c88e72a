"""What sort of value each question and each part of an expression has, as far as the form alone tells."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache

from fieldapp.forms.definition.closed import names_of
from fieldapp.forms.definition.model import FILES, FormDefinition, Question
from fieldapp.forms.lint.results import NUMBERS, TEXTS, TRUTHS
from fieldapp.forms.lint.standing import is_many, target_of
from fieldapp.forms.xpath.context import Scope, scope_of
from fieldapp.forms.xpath.lexer import XPathError
from fieldapp.forms.xpath.parser import parse
from fieldapp.forms.xpath.tree import Binary, Call, Expression, Literal, Negate, Path, parts

_FAR = 40  # calculations through which one is followed: more would only be deep, not wise
LONGEST = 10_000  # characters: longer expressions are written by programs, which need no advice
DEEPEST = 200  # levels of an expression; as many as the advice may go down without harm


@dataclass(frozen=True, slots=True)
class Sort:
    """A sort of value. `kind` is one of: number text date moment time truth place file choice choices any.

    `words` are the only texts that it can be (blank beside them), None where others are possible. `question` is the
    path of the question that it comes straight from; `many`: from all instances of a repeat.
    """

    kind: str
    words: frozenset[str] | None = None
    question: str = ""
    many: bool = False


ANY = Sort("any")
NUMBER, TEXT, TRUTH = Sort("number"), Sort("text"), Sort("truth", frozenset({"true", "false"}))

_BY_KIND = {
    "integer": "number",
    "decimal": "number",
    "range": "number",
    "date": "date",
    "time": "time",
    "dateTime": "moment",
    "geopoint": "place",
    "geotrace": "place",
    "geoshape": "place",
    "text": "text",
    "barcode": "text",
    **dict.fromkeys(FILES, "file"),
}
_BY_TYPE = {"int": "number", "integer": "number", "decimal": "number", "date": "date", "time": "time"}
_COMPARING = frozenset({"=", "!=", "<", "<=", ">", ">=", "and", "or"})


@lru_cache(maxsize=4096)
def tree_of(source: str) -> Expression | None:
    """The tree of an expression; None for one that cannot be read, or is too long or too deep for advice."""
    try:
        tree = parse(source) if len(source) <= LONGEST else None
    except XPathError:
        return None
    return tree if tree is not None and not _is_deep(tree) else None


def _is_deep(tree: Expression) -> bool:
    waiting = [(tree, 0)]
    while waiting:
        part, depth = waiting.pop()
        if depth > DEEPEST:
            return True
        waiting += [(inner, depth + 1) for inner in parts(part)]
    return False


class Sorts:
    """The sorts of one form. Calculations are looked through, whatever their order; circles end as any."""

    def __init__(self, definition: FormDefinition) -> None:
        self.definition = definition
        self._known: dict[str, Sort] = {}
        self._depth = 0
        self._set_elsewhere = {action.target for action in definition.actions}

    def of_question(self, path: str) -> Sort:
        """The sort of a question's value."""
        known = self._known.get(path)
        if known is None:
            self._known[path] = ANY  # what a circle finds
            known = self._known[path] = self._question(self.definition.questions[path])
        return known

    def _question(self, question: Question) -> Sort:
        kind = question.kind
        if kind in {"select", "multiple", "rank"}:
            names = names_of(self.definition, question)
            words = frozenset(names) if names is not None and not self._is_open(question) else None
            return Sort("choice" if kind == "select" else "choices", words, question.path)
        if kind == "acknowledge":
            return Sort("choice", frozenset({"OK"}), question.path)
        if kind in {"calculate", "note", "attribute"}:
            return self._calculated(question)
        return Sort(_BY_KIND.get(kind, "any"), question=question.path)

    def _calculated(self, question: Question) -> Sort:
        by_type = _BY_TYPE.get(question.bind.type)
        if by_type:
            return Sort(by_type, question=question.path)
        tree = tree_of(question.bind.calculate) if question.bind.calculate else None
        if tree is None or self._is_open(question) or self._depth > _FAR:
            return ANY
        self._depth += 1
        found = self.of(tree, scope_of(self.definition, question.path))
        self._depth -= 1
        if found.kind in {"date", "moment", "time"}:
            return ANY  # kept as text: whether it counts as a day is for the engine to say
        return replace(found, question=question.path, many=False)

    def _is_open(self, question: Question) -> bool:
        """Whether something else than its choices or its calculation writes the value."""
        return question.path in self._set_elsewhere

    def of(self, expression: Expression, scope: Scope) -> Sort:
        """The sort of an expression's value."""
        match expression:
            case Literal(str() as text):
                return Sort("text", frozenset({text}))
            case Literal() | Negate():
                return NUMBER
            case Binary(operator, _, _):
                return TRUTH if operator in _COMPARING else ANY if operator == "|" else NUMBER
            case Path():
                return self._path(expression, scope)
            case Call():
                return self._call(expression, scope)

    def _path(self, path: Path, scope: Scope) -> Sort:
        target = target_of(path, scope)
        if target is None or target not in self.definition.questions:
            return ANY
        return replace(self.of_question(target), many=is_many(path, scope))

    def _call(self, call: Call, scope: Scope) -> Sort:
        name, arguments = call.name, call.arguments
        if name in NUMBERS:
            return NUMBER
        if name in TRUTHS:
            return TRUTH
        if name in TEXTS:
            return TEXT
        if name in {"today", "date"}:
            return Sort("date")
        if name == "now":
            return Sort("moment")
        if name == "if" and len(arguments) == 3:
            return _either(self.of(argument, scope) for argument in arguments[1:])
        if name in {"coalesce", "once"}:
            return _either(self.of(argument, scope) for argument in arguments)
        return ANY


def _either(sorts: Iterable[Sort]) -> Sort:
    """One of several: what is blank is of any sort."""
    found = [sort for sort in sorts if sort.words != frozenset({""})]
    if not found:
        return Sort("text", frozenset({""}))
    kinds = {sort.kind for sort in found}
    words: frozenset[str] | None = frozenset()
    for sort in found:
        words = None if words is None or sort.words is None else words | sort.words
    kind = kinds.pop() if len(kinds) == 1 else "any"
    return Sort("text" if kind == "choice" else kind, words)
