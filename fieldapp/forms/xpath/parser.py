"""Tokens to the syntax tree: XPath 1.0's grammar. What is open stands on a stack of our own: depth costs no recursion.

An operand is read; what follows it decides. An operator asks for the next operand; `[` and `(` open a level inside; a
bracket closes one, and its value is an operand of the level around.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache

from fieldapp.forms.xpath.axes import AXES
from fieldapp.forms.xpath.lexer import Token, XPathError, tokens
from fieldapp.forms.xpath.tree import Binary, Call, Expression, Literal, Negate, Path, Step, nesting
from fieldapp.texts import tr

_STRENGTH = {
    "or": 1,
    "and": 2,
    "=": 3,
    "!=": 3,
    "<": 4,
    "<=": 4,
    ">": 4,
    ">=": 4,
    "+": 5,
    "-": 5,
    "*": 6,
    "div": 6,
    "mod": 6,
    "|": 8,
}
_MINUS = ("minus", 7)  # before an operand: weaker than `|`, stronger than all others
OPERATORS = frozenset(_STRENGTH)
_NODE_TYPES = frozenset({"comment", "node", "processing-instruction", "text"})
_SIGNS = frozenset({"symbol", "operator"})
_DEEPEST = 100  # levels: what runs an expression recurses once a level
LONGEST = 200_000  # characters
_ANYWHERE = Step("descendant-or-self", "node()")
_SHORT_STEPS = {".": Step("self", "node()"), "..": Step("parent", "node()")}


@lru_cache(maxsize=8192)
def parse(source: str) -> Expression:
    """The tree of `source`. XPathError, with the character's place, when it is no XPath 1.0.

    Bounded: 200,000 characters, and 100 levels of nesting. Chains (`a + b + …`) and `if`s in the place of another's
    "else" count as one level, however long.
    """
    if len(source) > LONGEST:
        message = tr(
            "the expression has {n} characters, with all paths written out; at most {most} can be read",
            n=len(source),
            most=LONGEST,
        )
        raise XPathError(message)
    parser = _Parser(source)
    tree = parser.whole()
    if len(parser.tokens) > _DEEPEST and nesting(tree) > _DEEPEST:
        raise XPathError(tr("the expression is nested too deeply"))
    return tree


@dataclass(slots=True)
class _Way:
    """A path while its steps are read."""

    absolute: bool = False
    start: Expression | None = None
    steps: list[Step] = field(default_factory=list)

    def filter(self, predicate: Expression) -> None:
        """Put a predicate behind the last step; behind a start without steps, on the start itself."""
        step = self.steps.pop() if self.steps else Step("self", "node()")
        self.steps.append(Step(step.axis, step.name, (*step.predicates, predicate)))

    def path(self) -> Path:
        """The path, all steps read."""
        return Path(tuple(self.steps), self.absolute, self.start)


@dataclass(slots=True)
class _Level:
    """What is open: the whole expression, a bracket, a call's arguments or a predicate (`way`: of this path)."""

    closing: str
    call: str = ""
    way: _Way | None = None
    arguments: list[Expression] = field(default_factory=list)
    operands: list[Expression] = field(default_factory=list)
    operators: list[tuple[str, int]] = field(default_factory=list)

    def push(self, operator: str, strength: int) -> None:
        """An operator after an operand: all that binds as strongly or more is done first."""
        self.settle(strength)
        self.operators.append((operator, strength))

    def settle(self, down_to: int) -> None:
        """Make trees of the operators of at least this strength."""
        while self.operators and self.operators[-1][1] >= down_to:
            operator, _ = self.operators.pop()
            right = self.operands.pop()
            if operator == _MINUS[0]:
                self.operands.append(Negate(right))
            else:
                self.operands.append(Binary(operator, self.operands.pop(), right))

    def value(self) -> Expression:
        """The level's tree, all operands read."""
        self.settle(0)
        return self.operands.pop()


class _Parser:
    def __init__(self, source: str) -> None:
        self.tokens = tokens(source)
        self.next = 0
        self.levels = [_Level("")]

    def whole(self) -> Expression:
        """The tree of all tokens."""
        while True:
            operand = self.operand()
            while operand is not None:
                self.levels[-1].operands.append(operand)
                if self.token.kind == "end" and len(self.levels) == 1:
                    return self.levels[0].value()
                operand = self.after_operand()

    @property
    def token(self) -> Token:
        return self.tokens[self.next]

    def skip(self, text: str) -> bool:
        kind, found, _ = self.tokens[self.next]
        if found == text and kind in _SIGNS:
            self.next += 1
            return True
        return False

    def fault(self) -> XPathError:
        token, wanted = self.token, self.levels[-1].closing
        if token.kind != "end":
            return XPathError(unexpected(token.text, token.at), token.at)
        if wanted and len(self.levels[-1].operands) > len(self.levels[-1].operators):
            return XPathError(tr("the expression ends where “{wanted}” is missing", wanted=wanted))
        return XPathError(tr("the expression ends too early"))

    def operand(self) -> Expression | None:
        """The next operand; None when one was only begun: its inside comes first."""
        while self.skip("-"):
            self.levels[-1].operators.append(_MINUS)
        kind, text, _ = self.tokens[self.next]
        if kind == "name":
            if self.tokens[self.next + 1].text == "(" and text not in _NODE_TYPES:
                return self.call(text)
        elif kind in {"number", "text"}:
            self.next += 1
            return self.primary(Literal(float(text) if kind == "number" else text[1:-1]))
        elif text == "(":
            self.next += 1
            self.levels.append(_Level(")"))
            return None
        return self.path_start()

    def call(self, name: str) -> Expression | None:
        self.next += 2
        if self.skip(")"):
            return self.primary(Call(name))
        self.levels.append(_Level(")", call=name))
        return None

    def after_operand(self) -> Expression | None:
        """What the sign after an operand makes of it: None when the next operand is awaited."""
        level, (kind, text, _) = self.levels[-1], self.token
        if kind not in _SIGNS:
            raise self.fault()
        if text in _STRENGTH:
            level.push(text, _STRENGTH[text])
        elif text == "," and level.call:
            level.arguments.append(level.value())
        elif text == level.closing:
            self.next += 1
            return self.closed(self.levels.pop())
        else:
            raise self.fault()
        self.next += 1
        return None

    def closed(self, level: _Level) -> Expression | None:
        value = level.value()
        if level.way is not None:
            level.way.filter(value)
            return self.more_steps(level.way)
        return self.primary(Call(level.call, (*level.arguments, value)) if level.call else value)

    def primary(self, value: Expression) -> Expression | None:
        """A value by itself, or where a path begins: `instance('x')/root`."""
        if self.token.text in {"[", "/", "//"} and self.token.kind in _SIGNS:
            return self.more_steps(_Way(start=value))
        return value

    def path_start(self) -> Expression | None:
        way = _Way()
        if self.skip("//"):
            way.absolute = True
            way.steps.append(_ANYWHERE)
        elif self.skip("/"):
            way.absolute = True
            if not self.at_step():
                return way.path()
        self.step(way)
        return self.more_steps(way)

    def more_steps(self, way: _Way) -> Expression | None:
        """Read on until the path ends, or a predicate opens."""
        while True:
            kind, text, _ = self.tokens[self.next]
            if kind != "symbol" or text not in {"/", "//", "["}:
                return way.path()
            self.next += 1
            if text == "[":
                self.levels.append(_Level("]", way=way))
                return None
            if text == "//":
                way.steps.append(_ANYWHERE)
            self.step(way)

    def at_step(self) -> bool:
        kind, text, _ = self.token
        return kind == "name" or text == "*" or (kind in _SIGNS and text in {".", "..", "@"})

    def step(self, way: _Way) -> None:
        kind, text, _ = self.tokens[self.next]
        if kind == "symbol" and text in _SHORT_STEPS:
            self.next += 1
            way.steps.append(_SHORT_STEPS[text])
        elif self.tokens[min(self.next + 1, len(self.tokens) - 1)].text == "::":
            self.next += 2
            if text not in AXES:
                raise XPathError(tr("“{name}” is no direction in which a path can go", name=text))
            way.steps.append(Step(text, self.name_test()))
        else:
            axis = "attribute" if self.skip("@") else "child"
            way.steps.append(Step(axis, self.name_test()))

    def name_test(self) -> str:
        token = self.token
        if token.kind != "name" and token.text != "*":
            raise self.fault()
        self.next += 1
        if token.text not in _NODE_TYPES or not self.skip("("):
            return local(token.text)
        if token.text == "processing-instruction" and self.token.kind == "text":
            self.next += 1
        if not self.skip(")"):
            raise self.fault()
        return f"{token.text}()"


def unexpected(sign: str, at: int) -> str:
    """What is said of a sign that stands where none of its kind belongs."""
    return tr("“{sign}” at character {at} is not expected there", sign=sign, at=at)


def local(name: str) -> str:
    """A name without its namespace prefix: forms of the ODK world never need it to tell nodes apart."""
    return name.rpartition(":")[2]
