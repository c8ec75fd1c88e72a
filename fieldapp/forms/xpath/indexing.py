"""`instance('list')/root/item[ward = …]`: found through an index of the column, whatever the table's length."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import tzinfo
from typing import Protocol, runtime_checkable

from fieldapp.forms.xpath.comparing import compare
from fieldapp.forms.xpath.tree import Binary, Call, Expression, Path, Step, chain, parts, walk
from fieldapp.forms.xpath.values import Value, XNode, atom_of


@runtime_checkable
class Table(Protocol):
    """A root whose rows can be found by a column's value."""

    def matching(self, names: tuple[str, ...], column: str, key: str | float) -> Sequence[XNode]:
        """The elements reached by `names` whose child `column` has the text, or the number, `key`."""
        ...


@dataclass(frozen=True, slots=True)
class Lookup:
    """A path whose step number `depth` is filtered by `column = key`, and by `others` after it."""

    depth: int
    column: str
    key: Expression
    others: tuple[Expression, ...]

    def rows(self, root: XNode, names: tuple[str, ...], key: Value, zone: tzinfo) -> Sequence[XNode]:
        """The matching rows: through the index, or by comparing each with a truth or with several values."""
        if isinstance(root, Table) and (isinstance(key, str | bool | float) or len(key) <= 1):
            atom = atom_of(key)
            if not isinstance(atom, bool):
                return root.matching(names, self.column, atom)
        rows: list[XNode] = [root]
        for name in names:
            rows = [child for row in rows for child in row.named(name)]
        return [row for row in rows if compare("=", row.named(self.column), key, zone)]


def lookup(path: Path) -> Lookup | None:
    """The index that `path` can use, if its first predicate holds an equation of a column with an outside value."""
    if not (isinstance(path.start, Call) and path.start.name == "instance"):
        return None
    for depth, step in enumerate(path.steps, 1):
        if step.axis != "child" or not step.by_name:
            return None
        if step.predicates:
            return _of_predicates(depth, step)
    return None


def _of_predicates(depth: int, step: Step) -> Lookup | None:
    first, *others = step.predicates
    terms = _conjuncts(first)
    if any(_positional(term) for term in terms):
        return None
    for term in terms:
        equation = _equation(term)
        if equation is not None:
            left = tuple(other for other in terms if other is not term)
            return Lookup(depth, *equation, (*left, *others))
    return None


def _conjuncts(expression: Expression) -> list[Expression]:
    if isinstance(expression, Binary) and expression.operator == "and":
        first, others = chain(expression, {"and"})
        return [part for term in (first, *(term for _, term in others)) for part in _conjuncts(term)]
    return [expression]


def _equation(term: Expression) -> tuple[str, Expression] | None:
    if not isinstance(term, Binary) or term.operator != "=":
        return None
    for column, key in ((term.left, term.right), (term.right, term.left)):
        name = _column(column)
        if name is not None and not _looks_at_row(key):
            return name, key
    return None


def _column(expression: Expression) -> str | None:
    if isinstance(expression, Path) and expression.start is None and not expression.absolute:
        steps = [step for step in expression.steps if step.axis != "self" or step.predicates]
        if len(steps) == 1 and steps[0].axis == "child" and not steps[0].predicates and steps[0].name.isidentifier():
            return steps[0].name
    return None


def _looks_at_row(expression: Expression) -> bool:
    """Whether the value depends on the row: on a path from it, or on its position."""
    return _positional(expression) or any(
        isinstance(part, Path) and part.start is None and not part.absolute for part in _outside(expression)
    )


def _outside(expression: Expression) -> Iterator[Expression]:
    """`expression` and all in it but the predicates of paths that begin elsewhere: those have rows of their own."""
    waiting = [expression]
    while waiting:
        found = waiting.pop()
        yield found
        if isinstance(found, Path) and found.start is not None:
            waiting.append(found.start)
        elif not (isinstance(found, Path) and found.absolute):
            waiting += parts(found)


def _positional(expression: Expression) -> bool:
    return any(
        isinstance(part, Call) and part.name in {"position", "last"} and not part.arguments for part in walk(expression)
    )
