"""How an official number is written: what stands before its digits, and its place in the series."""

from __future__ import annotations


def written(before: str, digits: int, n: int) -> str:
    """The number as it is printed."""
    return f"{before}{n:0{digits}d}"


def place(number: str, before: str, digits: int) -> int:
    """Which number of its series it is, -1 where it is none that `written` could have given."""
    rest = number.removeprefix(before)
    fits = number.startswith(before) and rest.isascii() and rest.isdecimal() and len(rest) < 16
    return int(rest) if fits and written(before, digits, int(rest)) == number else -1
