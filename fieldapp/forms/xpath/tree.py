"""The syntax tree of an expression. Frozen, comparable, and able to write itself back as XPath."""

from __future__ import annotations

from collections.abc import Container, Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Literal:
    """A text or a number, as written."""

    value: str | float

    def __str__(self) -> str:
        if isinstance(self.value, str):
            quote = '"' if "'" in self.value else "'"
            return f"{quote}{self.value}{quote}"
        return repr(int(self.value)) if self.value == int(self.value) else repr(self.value)


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a path: an axis, a name (`*`, `node()` and `text()` too) and its predicates."""

    axis: str
    name: str
    predicates: tuple[Expression, ...] = ()

    @property
    def by_name(self) -> bool:
        """Whether it looks for one name, not for `*` or for a kind of node."""
        return self.name != "*" and not self.name.endswith("()")

    def __str__(self) -> str:
        tests = "".join(f"[{predicate}]" for predicate in self.predicates)
        if self.name == "node()" and self.axis in {"self", "parent"}:
            return ("." if self.axis == "self" else "..") + tests
        axis = {"child": "", "attribute": "@"}.get(self.axis, f"{self.axis}::")
        return f"{axis}{self.name}{tests}"


@dataclass(frozen=True, slots=True)
class Path:
    """Steps from the root (`absolute`), from another expression (`start`) or from the context node."""

    steps: tuple[Step, ...]
    absolute: bool = False
    start: Expression | None = None

    def __str__(self) -> str:
        steps = "/".join(str(step) for step in self.steps)
        if self.start is None:
            return ("/" if self.absolute else "") + steps
        start = str(self.start) if isinstance(self.start, Call) else f"({self.start})"
        return f"{start}/{steps}" if steps else start


@dataclass(frozen=True, slots=True)
class Call:
    """A function call."""

    name: str
    arguments: tuple[Expression, ...] = ()

    def __str__(self) -> str:
        return f"{self.name}({', '.join(str(argument) for argument in self.arguments)})"


@dataclass(frozen=True, slots=True)
class Binary:
    """An operator between two expressions: or and = != < <= > >= + - * div mod |"""

    operator: str
    left: Expression
    right: Expression

    def __str__(self) -> str:
        first, others = chain(self)
        return "(" * len(others) + str(first) + "".join(f" {sign} {term})" for sign, term in others)


@dataclass(frozen=True, slots=True)
class Negate:
    """Unary minus."""

    operand: Expression

    def __str__(self) -> str:
        return f"-({self.operand})"


Expression = Literal | Path | Call | Binary | Negate


def parts(expression: Expression) -> tuple[Expression, ...]:
    """The expressions directly inside `expression`, predicates included."""
    match expression:
        case Call(_, arguments):
            return arguments
        case Binary(_, left, right):
            return (left, right)
        case Negate(operand):
            return (operand,)
        case Path(steps, _, start):
            inner = tuple(predicate for step in steps for predicate in step.predicates)
            return inner if start is None else (start, *inner)
        case _:
            return ()


def walk(expression: Expression) -> Iterator[Expression]:
    """`expression` and everything inside it, however deep."""
    waiting = [expression]
    while waiting:
        found = waiting.pop()
        yield found
        waiting += reversed(parts(found))


def chain(
    expression: Binary, operators: Container[str] | None = None
) -> tuple[Expression, list[tuple[str, Expression]]]:
    """`a + b - c` as its first term and the (operator, term) pairs after it: a long chain needs no deep recursion.

    Only these `operators` belong to it; None: any.
    """
    found: list[tuple[str, Expression]] = []
    first: Expression = expression
    while isinstance(first, Binary) and (operators is None or first.operator in operators):
        found.append((first.operator, first.right))
        first = first.left
    return first, found[::-1]


FAMILIES = (
    frozenset({"or"}),
    frozenset({"and"}),
    frozenset({"+", "-"}),
    frozenset({"*", "div", "mod"}),
    frozenset("|"),
)


def family(operator: str) -> frozenset[str]:
    """The operators that stand in one chain with this one: taken from left to right, however many."""
    return next((family for family in FAMILIES if operator in family), frozenset())


def branches(call: Call) -> tuple[list[tuple[Expression, Expression]], Expression]:
    """`if(a, b, if(c, d, e))` as the pairs (a, b), (c, d) and what is left for "else", however long the chain."""
    pairs: list[tuple[Expression, Expression]] = []
    rest: Expression = call
    while isinstance(rest, Call) and rest.name == "if" and len(rest.arguments) == 3:
        test, then, rest = rest.arguments
        pairs.append((test, then))
    return pairs, rest


def nesting(expression: Expression) -> int:
    """How many levels lie inside one another; a chain of operators or of else-ifs is one level."""
    deepest = 0
    waiting = [(expression, 1)]
    while waiting:
        found, depth = waiting.pop()
        deepest = max(deepest, depth)
        waiting += [(part, depth + 1) for part in _inside(found)]
    return deepest


def _inside(expression: Expression) -> tuple[Expression, ...]:
    if isinstance(expression, Binary) and family(expression.operator):
        first, others = chain(expression, family(expression.operator))
        return (first, *(term for _, term in others))
    if isinstance(expression, Call) and expression.name == "if":
        pairs, rest = branches(expression)
        return (*(part for pair in pairs for part in pair), rest) if pairs else expression.arguments
    return parts(expression)
