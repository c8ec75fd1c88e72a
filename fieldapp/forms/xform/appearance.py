"""The words of an appearance; some hold spaces in parentheses: `search('wards', 'matches', …)`, `ex:app(…)`."""

from __future__ import annotations

from collections.abc import Iterator

SEARCH = "search("


def words_of(text: str) -> list[str]:
    """The words in their order; what stands in parentheses or quotes stays together."""
    return list(_words(text)) if "(" in text else text.split()


def _words(text: str) -> Iterator[str]:
    word, depth, quote = "", 0, ""
    for sign in text:
        if sign.isspace() and not depth and not quote:
            if word:
                yield word
            word = ""
            continue
        word += sign
        if quote:
            quote = "" if sign == quote else quote
        elif sign in "'\"" and depth:
            quote = sign
        elif sign in "()":
            depth += 1 if sign == "(" else -1
    if word:
        yield word


def split_search(text: str) -> tuple[str, frozenset[str]]:
    """The search() call of an appearance, "" where it has none, and all other words."""
    words = words_of(_joined(text))
    search = next((word for word in words if word.startswith(SEARCH)), "")
    return search, frozenset(word for word in words if word != search)


def _joined(text: str) -> str:
    """`search (…)` is written by some with a space."""
    return text.replace("search (", SEARCH)
