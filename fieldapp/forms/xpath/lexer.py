"""Expression text to tokens. One rule has a catch: `*`, `and`, `or`, `div` and `mod` are operators after an operand."""

from __future__ import annotations

import re
from typing import NamedTuple

from fieldapp.texts import tr

_NAME = r"[^\W\d][\w.\-]*"
_TOKEN = re.compile(
    rf"""(?P<space>\s+)
    |(?P<number>\d+(?:\.\d*)?|\.\d+)
    |(?P<text>"[^"]*"|'[^']*')
    |(?P<name>{_NAME}(?::(?!:)(?:{_NAME}|\*))?)
    |(?P<symbol>//|::|\.\.|!=|<=|>=|[/.@()\[\],|+\-=<>*])""",
    re.VERBOSE,
)
_WORDS = {"and", "or", "div", "mod", "*"}
_BEFORE_OPERAND = {"(", "[", ",", "/", "//", "::", "@", "|", "+", "-", "=", "!=", "<", "<=", ">", ">="}


class XPathError(ValueError):
    """An expression that cannot be read. The message is for its author; `at`: the character, from 1, that it names."""

    def __init__(self, message: str, at: int = 0) -> None:
        super().__init__(message)
        self.at = at


class Token(NamedTuple):
    """A piece of an expression: kind is number, text, name, symbol, operator or end; `at` counts from 1."""

    kind: str
    text: str
    at: int


def tokens(source: str) -> list[Token]:
    """The tokens of `source`, with an end token last. XPathError at the first character that fits nowhere."""
    found: list[Token] = []
    at = 0
    while at < len(source):
        match = _TOKEN.match(source, at)
        if match is None:
            raise XPathError(_stray(source, at), at + 1)
        kind = match.lastgroup or ""
        if kind != "space":
            found.append(_token(kind, match[0], at + 1, found))
        at = match.end()
    found.append(Token("end", "", len(source) + 1))
    return found


def _token(kind: str, text: str, at: int, before: list[Token]) -> Token:
    if text in _WORDS and before and not _expects_operand(before[-1]):
        return Token("operator", text, at)
    return Token(kind, text, at)


def _expects_operand(token: Token) -> bool:
    return token.kind == "operator" or (token.kind == "symbol" and token.text in _BEFORE_OPERAND)


def _stray(source: str, at: int) -> str:
    if source[at] in "'\"":
        return tr("a text in quotes that begins at character {at} is not closed", at=at + 1)
    return tr("“{sign}” at character {at} does not belong in an expression", sign=source[at], at=at + 1)
