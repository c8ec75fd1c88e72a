"""Tokens to the syntax tree: XPath 1.0's grammar, by precedence climbing."""

from __future__ import annotations

from functools import lru_cache

from fieldapp.forms.xpath.lexer import Token, XPathError, tokens
from fieldapp.forms.xpath.tree import Binary, Call, Expression, Literal, Negate, Path, Step
from fieldapp.texts import tr

_PRECEDENCE = {
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
}
OPERATORS = frozenset({*_PRECEDENCE, "|"})
AXES = frozenset(
    {
        "ancestor",
        "ancestor-or-self",
        "attribute",
        "child",
        "descendant",
        "descendant-or-self",
        "following-sibling",
        "parent",
        "preceding-sibling",
        "self",
    }
)
_NODE_TYPES = {"node", "text"}
_SIGNS = {"symbol", "operator"}
_DEEPEST = 100
_ANYWHERE = Step("descendant-or-self", "node()")


@lru_cache(maxsize=8192)
def parse(source: str) -> Expression:
    """The tree of `source`. XPathError, with the character's place, when it is no XPath 1.0."""
    return _Parser(source).whole()


class _Parser:
    def __init__(self, source: str) -> None:
        self.tokens = tokens(source)
        self.next = 0
        self.depth = 0

    @property
    def token(self) -> Token:
        return self.tokens[self.next]

    def take(self) -> Token:
        token = self.tokens[self.next]
        self.next += 1
        return token

    def sees(self, *texts: str) -> bool:
        kind, text, _ = self.tokens[self.next]
        return text in texts and kind in _SIGNS

    def skip(self, text: str) -> bool:
        kind, found, _ = self.tokens[self.next]
        if found == text and kind in _SIGNS:
            self.next += 1
            return True
        return False

    def expect(self, text: str) -> None:
        if not self.skip(text):
            raise self.fault(text)

    def fault(self, wanted: str = "") -> XPathError:
        token = self.token
        if token.kind == "end" and wanted:
            return XPathError(tr("the expression ends where “{wanted}” is missing", wanted=wanted))
        if token.kind == "end":
            return XPathError(tr("the expression ends too early"))
        return XPathError(tr("“{sign}” at character {at} is not expected there", sign=token.text, at=token.at))

    def whole(self) -> Expression:
        expression = self.expression(0)
        if self.token.kind != "end":
            raise self.fault()
        return expression

    def expression(self, above: int) -> Expression:
        self.depth += 1
        if self.depth > _DEEPEST:
            raise XPathError(tr("the expression is nested too deeply"))
        left = self.unary()
        while (strength := self.strength()) > above:
            operator = self.take().text
            left = Binary(operator, left, self.expression(strength))
        self.depth -= 1
        return left

    def strength(self) -> int:
        kind, text, _ = self.tokens[self.next]
        return _PRECEDENCE.get(text, 0) if kind in _SIGNS else 0

    def unary(self) -> Expression:
        minuses = 0
        while self.skip("-"):
            minuses += 1
        if minuses > _DEEPEST:
            raise XPathError(tr("the expression is nested too deeply"))
        left = self.path()
        while self.skip("|"):
            left = Binary("|", left, self.path())
        for _ in range(minuses):
            left = Negate(left)
        return left

    def path(self) -> Expression:
        if self.skip("//"):
            return Path((_ANYWHERE, *self.steps()), absolute=True)
        if self.skip("/"):
            return Path(tuple(self.steps()) if self.at_step() else (), absolute=True)
        if self.at_primary():
            return self.filtered()
        return Path(tuple(self.steps()))

    def filtered(self) -> Expression:
        start = self.primary()
        predicates = self.predicates()
        own = (Step("self", "node()", predicates),) if predicates else ()
        if self.skip("//"):
            return Path((*own, _ANYWHERE, *self.steps()), start=start)
        if self.skip("/"):
            return Path((*own, *self.steps()), start=start)
        return Path(own, start=start) if own else start

    def at_primary(self) -> bool:
        token, after = self.token, self.tokens[min(self.next + 1, len(self.tokens) - 1)]
        is_call = token.kind == "name" and after.text == "(" and token.text not in _NODE_TYPES
        return token.kind in {"number", "text"} or token.text == "(" or is_call

    def primary(self) -> Expression:
        token = self.take()
        if token.kind == "number":
            return Literal(float(token.text))
        if token.kind == "text":
            return Literal(token.text[1:-1])
        if token.text == "(":
            inner = self.expression(0)
            self.expect(")")
            return inner
        self.expect("(")
        return Call(token.text, self.arguments())

    def arguments(self) -> tuple[Expression, ...]:
        if self.skip(")"):
            return ()
        found = [self.expression(0)]
        while self.skip(","):
            found.append(self.expression(0))
        self.expect(")")
        return tuple(found)

    def at_step(self) -> bool:
        return self.token.kind == "name" or self.sees(".", "..", "@", "*") or self.token.text == "*"

    def steps(self) -> list[Step]:
        found = [self.step()]
        while self.sees("/", "//"):
            if self.take().text == "//":
                found.append(_ANYWHERE)
            found.append(self.step())
        return found

    def step(self) -> Step:
        if self.skip("."):
            return Step("self", "node()", self.predicates())
        if self.skip(".."):
            return Step("parent", "node()", self.predicates())
        axis = "attribute" if self.skip("@") else self.axis()
        return Step(axis, self.name_test(), self.predicates())

    def axis(self) -> str:
        if self.tokens[min(self.next + 1, len(self.tokens) - 1)].text != "::":
            return "child"
        token = self.take()
        self.next += 1
        if token.text not in AXES:
            raise XPathError(tr("“{name}” is no direction in which a path can go", name=token.text))
        return token.text

    def name_test(self) -> str:
        token = self.token
        if token.kind != "name" and token.text != "*":
            raise self.fault()
        self.take()
        if token.text in _NODE_TYPES and self.skip("("):
            self.expect(")")
            return f"{token.text}()"
        return local(token.text)

    def predicates(self) -> tuple[Expression, ...]:
        found = []
        while self.skip("["):
            found.append(self.expression(0))
            self.expect("]")
        return tuple(found)


def local(name: str) -> str:
    """A name without its namespace prefix: forms of the ODK world never need it to tell nodes apart."""
    return name.rpartition(":")[2]
