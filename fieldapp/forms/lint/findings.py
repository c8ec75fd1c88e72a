"""A finding: what an author should look at, with its place, a code that never changes, and what may have been meant."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from fieldapp.errors import FormError, Place

ERROR, WARNING = "error", "warning"

# Every code with its severity. An error keeps the form from being used; a warning says what will surprise somebody.
# Codes are for programs and for searching; they stay as they are, whatever becomes of the messages.
CODES = {
    # the file
    "unreadable": ERROR,
    "conversion": ERROR,
    # rows
    "unknown-type": ERROR,
    "no-type": ERROR,
    "no-name": ERROR,
    "bad-name": ERROR,
    "name-taken": ERROR,
    "not-closed": ERROR,
    "not-begun": ERROR,
    "too-deep": ERROR,
    "unknown-list": ERROR,
    "duplicate-choice": ERROR,
    "blank-in-choice": ERROR,
    "bad-include": ERROR,
    "no-node": WARNING,
    "bind-without-node": WARNING,
    "name-not-portable": WARNING,
    "unknown-column": WARNING,
    "same-choice": WARNING,
    "same-label": WARNING,
    "unused-list": WARNING,
    "no-list": WARNING,
    "unknown-language": WARNING,
    # our own columns
    "bad-privacy": ERROR,
    "bad-pdf-field": ERROR,
    "bad-layout": ERROR,
    "bad-former-name": ERROR,
    # expressions
    "bad-expression": ERROR,
    "unknown-function": ERROR,
    "arguments": ERROR,
    "unknown-question": ERROR,
    "bad-reference": ERROR,
    "circle": ERROR,
    "asks-itself": WARNING,
    "foreign-function": WARNING,
    "bad-pattern": WARNING,
    "type-mismatch": WARNING,
    "date-as-text": WARNING,
    "swapped": WARNING,
    "unknown-list-column": WARNING,
    "missing-file": WARNING,
    "not-choices": WARNING,
    "no-such-choice": WARNING,
    "equals-several": WARNING,
    "many-values": WARNING,
    "dead-reference": WARNING,  # a path to nothing is blank when the form is filled, as in JavaRosa and Web Forms
    # the form as a whole
    "unreachable": WARNING,
    "never-allowed": WARNING,
    "dead-repeat": WARNING,
    "bad-default": WARNING,
    "required-readonly": WARNING,
    "no-message": WARNING,
    "no-label": WARNING,
    "missing-translation": WARNING,
    "unknown-feature": WARNING,
}


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to correct. `suggestion` is a sentence of its own, "" where nothing can be guessed."""

    severity: str
    place: Place
    message: str
    code: str
    suggestion: str = ""

    @property
    def text(self) -> str:
        """The message and the suggestion."""
        stop = "" if self.message.endswith((".", "?", "!", "…")) or not self.suggestion else "."
        return f"{self.message}{stop} {self.suggestion}".strip()


def finding(code: str, place: Place, message: str, suggestion: str = "") -> Finding:
    """A finding whose severity is its code's."""
    return Finding(CODES[code], place, message, code, suggestion)


def cell_of(place: Place) -> tuple[str, int | None, str, str]:
    return (place.file, place.row, place.sheet, place.column)


def new_among(known: list[Finding], findings: Iterable[Finding]) -> Iterator[Finding]:
    """The errors of cells in which there is none yet: one slip is told once, by who knows most of it."""
    cells = {cell_of(item.place) for item in known if item.severity == ERROR}
    for item in findings:
        if item.place.row is None or cell_of(item.place) not in cells:
            cells.add(cell_of(item.place))
            yield item


def is_told(error: FormError, known: list[Finding]) -> bool:
    """Whether the rows' own checks found what stopped pyxform: it names no row for much of what they name."""
    rows = {(item.place.sheet, item.place.row) for item in known if item.severity == ERROR}
    is_of_a_row = error.place.sheet and error.place.row  # not a line of the XForm that pyxform made
    return bool(rows) and (not is_of_a_row or (error.place.sheet, error.place.row) in rows)
