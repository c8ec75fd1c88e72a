"""Whether a condition can hold at all: conditions are taken to hold one after the other, until no value is left.

Sound, not complete: “impossible” is certain, everything that is not understood counts as possible. Only comparisons of
a question with a constant, `selected()`, and their joining by and, or and not are understood.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from fieldapp.forms.lint.domains import Domain
from fieldapp.forms.lint.sorts import Sorts
from fieldapp.forms.lint.standing import is_many, target_of
from fieldapp.forms.xpath.context import Scope
from fieldapp.forms.xpath.tree import Binary, Call, Expression, Literal, Negate, Path, chain

Facts = Mapping[str, Domain]
_MIRRORED = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "=": "=", "!=": "!="}
_BLANK = Domain(frozenset({""}))
_DEEPEST = 50  # levels of and, or and not that are followed


@dataclass(frozen=True)
class Conditions:
    """Assumes conditions in one form. `blank`: questions that are never asked, and so never have a value."""

    sorts: Sorts
    blank: set[str]

    def assume(self, expression: Expression, scope: Scope, facts: Facts, *, holds: bool = True) -> Facts | None:
        """What is known when `expression` holds (or does not); None when that cannot be."""
        return self._assume(expression, scope, facts, holds=holds, depth=0)

    def _assume(self, part: Expression, scope: Scope, facts: Facts, *, holds: bool, depth: int) -> Facts | None:
        if depth > _DEEPEST:
            return facts
        match part:
            case Call("true", ()):
                return facts if holds else None
            case Call("false", ()):
                return None if holds else facts
            case Call("not", (inner,)):
                return self._assume(inner, scope, facts, holds=not holds, depth=depth + 1)
            case Call("selected" | "is-selected", (Path() as path, Literal(str() as text))):
                return self._selected(path, text.strip(), scope, facts, holds=holds)
            case Binary("and" | "or" as operator, _, _):
                return self._joined(part, operator, scope, facts, holds=holds, depth=depth)
            case Binary(operator, left, right) if operator in _MIRRORED:
                return self._compared(operator, left, right, scope, facts, holds=holds)
            case _:
                return facts

    def _joined(
        self, part: Binary, operator: str, scope: Scope, facts: Facts, *, holds: bool, depth: int
    ) -> Facts | None:
        first, others = chain(part, {operator})
        terms = [first, *(term for _, term in others)]
        if (operator == "and") == holds:  # all of them hold, or none does
            known: Facts | None = facts
            for term in terms:
                known = None if known is None else self._assume(term, scope, known, holds=holds, depth=depth + 1)
            return known
        ways = [self._assume(term, scope, facts, holds=holds, depth=depth + 1) for term in terms]
        possible = [way for way in ways if way is not None]
        if not possible:
            return None
        return possible[0] if len(possible) == 1 else facts

    def _compared(
        self, operator: str, left: Expression, right: Expression, scope: Scope, facts: Facts, *, holds: bool
    ) -> Facts | None:
        if isinstance(left, Literal) and isinstance(right, Literal) and operator in {"=", "!="}:
            return facts if ((left.value == right.value) == (operator == "=")) == holds else None
        if isinstance(left, Literal | Negate):
            operator, left, right = _MIRRORED[operator], right, left
        text = _constant(right)
        if not isinstance(left, Path) or text is None:
            return facts
        path = self._single(left, scope)
        domain = self._narrowed(self._domain(path, facts), operator, text, holds=holds) if path else None
        return facts if path is None or domain is None else _with(facts, path, domain)

    def _narrowed(self, domain: Domain, operator: str, text: str, *, holds: bool) -> Domain | None:
        """The domain after a comparison; None where it tells nothing."""
        if operator in {"=", "!="}:
            return domain.equal(text) if (operator == "=") == holds else domain.unequal(text)
        try:
            return domain.compared(operator, float(text)) if holds else None  # what is no number is never more or less
        except ValueError:
            return None

    def _selected(self, path: Path, text: str, scope: Scope, facts: Facts, *, holds: bool) -> Facts | None:
        target = self._single(path, scope)
        if target is None or not text:
            return facts
        domain = self._domain(target, facts)
        if self.sorts.definition.questions[target].kind == "select":
            return _with(facts, target, domain.equal(text) if holds else domain.unequal(text))
        words = self.sorts.of_question(target).words
        never = target in self.blank or (words is not None and text not in words)
        return None if holds and never and self.sorts.of_question(target).kind == "choices" else facts

    def _single(self, path: Path, scope: Scope) -> str | None:
        """The question whose one value `path` means; None for groups, for many values and for what is no question."""
        target = target_of(path, scope)
        question = self.sorts.definition.questions.get(target) if target is not None else None
        return target if question is not None and not question.is_group and not is_many(path, scope) else None

    def _domain(self, path: str, facts: Facts) -> Domain:
        known = facts.get(path)
        if known is not None:
            return known
        if path in self.blank:
            return _BLANK
        sort = self.sorts.of_question(path)
        closed = sort.words is not None and sort.kind in {"choice", "text"}
        return Domain((sort.words or frozenset()) | {""}) if closed else Domain()


def _with(facts: Facts, path: str, domain: Domain) -> Facts | None:
    return None if domain.is_empty else {**facts, path: domain}


def _constant(expression: Expression) -> str | None:
    """A literal's text, a negative number's too."""
    if isinstance(expression, Literal):
        return expression.value if isinstance(expression.value, str) else str(expression)
    if isinstance(expression, Negate) and isinstance(expression.operand, Literal):
        return f"-{expression.operand}"
    return None
