"""Slips of the pen in expressions, as people make them who know spreadsheets or other languages."""

from __future__ import annotations

import re

from fieldapp.forms.xpath.tree import Binary, Call, Expression, Literal, Path
from fieldapp.texts import tr

_TEXT = re.compile(r"\"[^\"]*\"|'[^']*'")
_FOREIGN = re.compile(r"[«»„‟]")
# What is not XPath, and what it is there.
_SIGNS = (
    ("==", "="),
    ("<>", "!="),
    ("=>", ">="),
    ("=<", "<="),
    ("&&", "and"),
    ("||", "or"),
    ("&", "concat()"),
    (";", ","),
    ("%", "div 100"),
)
_WORDS = {"AND": "and", "OR": "or", "And": "and", "Or": "or", "DIV": "div", "MOD": "mod"}
_WORD = re.compile(r"(?<![\w.\-/$@{])(" + "|".join(_WORDS) + r")(?![\w.\-}(])")
_BANG = re.compile(r"!(?!=)")
_SLASH = re.compile(r"/\s*[\d($]|[\d}]\s*/")
_BRACES = re.compile(r"(?<!\$)\{\s*([\w.\-]+)\s*\}|\$([^\W\d][\w.\-]*)")
_COMMA = re.compile(r"(?<![\w.])(\d+),(\d+)(?![\w.])")


def slip_in(source: str, at: int = 0) -> str:
    """What the author of an expression that cannot be read may have meant; "" where nothing is recognised. `at` is the
    character, from 1, at which it cannot be read on."""
    bare = _TEXT.sub("''", source)
    if _FOREIGN.search(bare):
        return tr("Write straight quotation marks: 'text'.")
    braces = _BRACES.search(bare)
    if braces:
        return _instead(f"${{{braces[1] or braces[2]}}}", braces[0])
    comma = next((match for match in _COMMA.finditer(source) if match.start(2) == at), None)
    if comma:
        return _instead(f"{comma[1]}.{comma[2]}", comma[0])
    for sign, meant in _SIGNS:
        if sign in bare:
            return _instead(meant, sign)
    word = _WORD.search(bare)
    if word is not None:
        return _instead(_WORDS[word[1]], word[1])
    if _BANG.search(bare):
        return _instead("not(…)", "!")
    return _instead("div", "/") if _SLASH.search(bare) else ""


def _instead(meant: str, sign: str) -> str:
    return tr("Write {name} instead of {sign}.", name=meant, sign=sign)


def is_swapped(call: Call) -> bool:
    """Whether a fixed word stands where a question belongs, and a question where the word does."""
    if call.name not in {"selected", "regex"} or len(call.arguments) != 2:
        return False
    first, second = call.arguments
    is_word = isinstance(first, Literal) and isinstance(first.value, str) and len(first.value.split()) == 1
    return is_word and isinstance(second, Path)  # several words may be a list in which an answer is looked for


def day_of(part: Binary) -> str:
    """`2024-01-01` without quotation marks, which is 2022, as the date that it looks like; "" for anything else."""
    inner = part.left
    if part.operator != "-" or not isinstance(inner, Binary) or inner.operator != "-":
        return ""
    numbers = [_whole(item) for item in (inner.left, inner.right, part.right)]
    lows_and_highs = ((1800, 2200), (1, 12), (1, 31))
    if all(low <= number <= high for number, (low, high) in zip(numbers, lows_and_highs, strict=True)):
        return "{:04}-{:02}-{:02}".format(*numbers)
    return ""


def _whole(part: Expression) -> int:
    is_whole = isinstance(part, Literal) and isinstance(part.value, float) and part.value.is_integer()
    return int(part.value) if is_whole and isinstance(part, Literal) else -1
