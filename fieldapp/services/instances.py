"""The instances of a repeat in a record, without its form."""

from __future__ import annotations

import re

from fieldapp.records import Fields


def rows_of(fields: Fields, repeat: str) -> dict[str, dict[str, str]]:
    """The instances of `repeat` by path, in their order, each as question: value."""
    pattern = re.compile(re.escape(repeat) + r"\[[^\]/]+\]")
    starts = [path for path in fields if pattern.fullmatch(path)]
    rows: dict[str, dict[str, str]] = {path: {} for path in sorted(starts, key=lambda path: _order(fields[path]))}
    for path, value in fields.items():
        match = pattern.match(path)
        if match and match[0] in rows and path != match[0]:
            rows[match[0]][path[len(match[0]) + 1 :]] = value
    return rows


def _order(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return 0.0
