"""Which texts an expression may come to, as far as its author wrote them down: the fee codes of an `if`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from fieldapp.forms.definition.model import FormDefinition
from fieldapp.forms.xpath.context import Scope, scope_of
from fieldapp.forms.xpath.lexer import XPathError
from fieldapp.forms.xpath.parser import parse
from fieldapp.forms.xpath.references import route
from fieldapp.forms.xpath.tree import Call, Expression, Literal, Path
from fieldapp.services.tables import Table

_SAME = frozenset({"coalesce", "once", "string", "normalize-space"})  # give one of their arguments


@dataclass(frozen=True)
class Possible:
    """The texts of one form, over the service's tables. What is not understood gives none."""

    form: FormDefinition
    tables: Mapping[str, Table]

    def texts(self, part: Expression, scope: Scope, seen: frozenset[str] = frozenset()) -> frozenset[str]:
        """The texts, never blank, that `part` may come to."""
        match part:
            case Literal(str() as text):
                return frozenset({text.strip()}) - {""}
            case Call("if", (_, then, other)):
                return self.texts(then, scope, seen) | self.texts(other, scope, seen)
            case Call("concat", (first, *_)):
                return self._begun(part, first, scope, seen)
            case Call("pulldata", (Literal(str() as name), Literal(str() as column), _, _)):
                return self._column(name, column)
            case Call(name, arguments) if name in _SAME:
                return frozenset().union(*(self.texts(argument, scope, seen) for argument in arguments))
            case Path():
                return self._calculated(part, scope, seen)
            case _:
                return frozenset()

    def _begun(self, whole: Call, first: Expression, scope: Scope, seen: frozenset[str]) -> frozenset[str]:
        """A code and a day, with a blank between: the code. Any other joining is not understood."""
        if isinstance(first, Literal):
            return self.texts(first, scope, seen) if str(first.value).endswith(" ") else frozenset()
        second = whole.arguments[1] if len(whole.arguments) > 1 else None
        is_code = isinstance(second, Literal) and str(second.value).startswith(" ")
        return self.texts(first, scope, seen) if is_code else frozenset()

    def _column(self, name: str, column: str) -> frozenset[str]:
        rows = self.tables[name].rows if name in self.tables else ()
        return frozenset(row.get(column, "") for row in rows) - {""}

    def _calculated(self, path: Path, scope: Scope, seen: frozenset[str]) -> frozenset[str]:
        found = route(path, scope)
        target = found.target if found is not None and not found.rest else ""
        question = self.form.questions.get(target)
        if question is None or target in seen or not question.bind.calculate:
            return frozenset()
        try:
            rule = parse(question.bind.calculate)
        except XPathError:
            return frozenset()
        return self.texts(rule, scope_of(self.form, target), seen | {target})
