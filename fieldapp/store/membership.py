"""In which buckets a record is: one text of their names, `ward:08 assigned:m.tremblay`, as the table keeps it.

While a bucket is built anew, a membership that has not come again is marked with `~`: it still counts, and goes when
the bucket has come whole.
"""

from __future__ import annotations

STALE = "~"


def names(buckets: str) -> list[str]:
    """The buckets' names, marked or not."""
    return [name.removeprefix(STALE) for name in buckets.split()]


def joining(buckets: str, bucket: str) -> str:
    """`buckets` with `bucket`, which has just come: no mark stays on it."""
    if bucket in buckets.split():
        return buckets
    return " ".join([*(name for name in buckets.split() if name != STALE + bucket), bucket])


def leaving(buckets: str, bucket: str) -> str:
    """`buckets` without `bucket`."""
    return " ".join(name for name in buckets.split() if name.removeprefix(STALE) != bucket)


def stale(buckets: str) -> bool:
    """Whether any of them has not come again yet."""
    return STALE in buckets


def holding(*, marked: bool = False) -> str:
    """SQL: whether a row of the table is in the bucket `:bucket`; `marked` asks for the mark."""
    mark = f"'{STALE}' || " if marked else ""
    return f"instr(' ' || bucket || ' ', ' ' || {mark}:bucket || ' ') > 0"
