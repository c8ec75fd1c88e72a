"""Blanks that nobody sees, as they come along from web pages: in names and expressions they are slips.

Texts keep them, quoted ones too: some languages are written with them.
"""

from __future__ import annotations

import re

_NAMING = frozenset({"type", "name", "list_name", "list name", "value", "trigger", "parameters", "appearance"})
_RULES = frozenset(
    {"relevant", "relevance", "constraint", "calculation", "calculate", "required", "readonly", "read_only"}
)
_COUNTS = frozenset({"choice_filter", "repeat_count", "jr:count", "count"})
_NOTHING = re.compile("[\u200b\u2060\ufeff\u00ad]")
_BLANK = re.compile("[\u00a0\u2007\u202f]")
_QUOTED = re.compile(r"(\"[^\"]*\"|'[^']*')")
_REFERENCE = re.compile(r"\$\{[^}]*\}")


def plain(column: str, text: str) -> str:
    """A cell without invisible signs where they cannot be meant, and with plain blanks in place of unbreakable ones."""
    if text.isascii():
        return text
    name = column.strip().casefold().removeprefix("bind::")
    if name in _NAMING:
        return _plain(text)
    if name in _RULES or name in _COUNTS:
        return "".join(part if _QUOTED.fullmatch(part) else _plain(part) for part in _QUOTED.split(text))
    return _REFERENCE.sub(lambda match: _plain(match[0]), text)


def _plain(text: str) -> str:
    return _BLANK.sub(" ", _NOTHING.sub("", text))
