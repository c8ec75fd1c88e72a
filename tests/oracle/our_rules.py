"""Where we knowingly differ from JavaRosa: each row names its line in the table of fieldapp/forms/README.md."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from tests.oracle.reply import Difference

_TRUTHS = {"true": "1", "false": "0"}


@dataclass(frozen=True)
class Row:
    """A rule of ours. `point` is the first cell of its line in the README; `covers`: is a difference of its making."""

    point: str
    covers: Callable[[Difference], bool]


ROWS = (
    Row(
        "a calculated truth", lambda it: it.aspect == "value" and _TRUTHS.get(str(it.ours)) == it.theirs.get("JavaRosa")
    ),
    Row(
        "no number in `jr:count`",  # JavaRosa keeps the instance that is there while nobody has answered how many there are
        lambda it: it.aspect == "exists" and not it.ours and it.theirs == {"JavaRosa": True, "Web Forms": False},
    ),
    Row("a place as typed", lambda it: it.aspect == "value" and _same_places(str(it.ours), it.theirs)),
    Row("a number that is none", lambda it: it.aspect == "label" and "NaN" in str(it.ours)),
)


def _same_places(ours: str, theirs: Mapping[str, object]) -> bool:
    """Whether the others' points are ours but for the way numbers are written, and for parts that are zero."""
    points = _points(ours)
    return points is not None and all(_points(str(other)) == points for other in theirs.values())


def _points(text: str) -> list[list[float]] | None:
    try:
        found = [[float(part) for part in point.split()] for point in text.split(";") if point.strip()]
    except ValueError:
        return None
    whole = found and all(2 <= len(point) <= 4 for point in found)
    return [[*point, 0.0, 0.0][:4] for point in found] if whole else None


def row_of(difference: Difference) -> Row | None:
    """The rule that a difference follows, if it follows one."""
    return next((row for row in ROWS if row.covers(difference)), None)
