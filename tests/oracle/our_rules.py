"""Where we knowingly differ from JavaRosa: each row names its line in the table of fieldapp/forms/README.md."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from tests.oracle.reply import Difference

_TRUTHS = {"true": "1", "false": "0"}
_NO_NUMBERS = {"NaN", "Infinity", "-Infinity", "2147483647", "-2147483648"}


@dataclass(frozen=True)
class Row:
    """A rule of ours. `point` is the first cell of its line in the README; `covers`: is a difference of its making."""

    point: str
    covers: Callable[[Difference], bool]


ROWS = (
    Row("a calculated truth", lambda it: it.aspect == "value" and _TRUTHS.get(str(it.ours)) == _javarosa(it)),
    Row("a day calculated for a text", lambda it: str(_javarosa(it)).startswith(f"{it.ours}T00:00:00.000")),
    Row(
        "no number in `jr:count`",
        lambda it: it.aspect == "exists" and not it.ours and it.theirs == {"JavaRosa": True, "Web Forms": False},
    ),
    Row("a number that is none", lambda it: it.ours == "" and _javarosa(it) in _NO_NUMBERS),
    Row(
        "values set at the first opening",
        lambda it: it.step == 0 and it.aspect == "value" and it.ours == it.theirs.get("Web Forms") != _javarosa(it),
    ),
)


def _javarosa(difference: Difference) -> object:
    return difference.theirs.get("JavaRosa")


def row_of(difference: Difference) -> Row | None:
    """The rule that a difference follows, if it follows one."""
    return next((row for row in ROWS if row.covers(difference)), None)
