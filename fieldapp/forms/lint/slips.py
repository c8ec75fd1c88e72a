"""Slips of the pen in expressions, as people make them who know spreadsheets or other languages."""

from __future__ import annotations

import re

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
)
_WORDS = {"AND": "and", "OR": "or", "And": "and", "Or": "or", "DIV": "div", "MOD": "mod"}
_WORD = re.compile(r"(?<![\w.\-/$@{])(" + "|".join(_WORDS) + r")(?![\w.\-}(])")
_BANG = re.compile(r"!(?!=)")
_SLASH = re.compile(r"/\s*[\d(]|\d\s*/")


def slip_in(source: str) -> str:
    """What the author of an expression that cannot be read may have meant; "" where nothing is recognised."""
    bare = _TEXT.sub("''", source)
    if _FOREIGN.search(bare):
        return tr("Write straight quotation marks: 'text'.")
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
