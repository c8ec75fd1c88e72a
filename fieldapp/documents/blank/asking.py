"""How one question is asked on paper: as a line, as circles, as boxes, as a list, or not at all."""

from __future__ import annotations

from fieldapp.documents.blank.paper import LINE, LINES, LIST, ONE, ORDER, SEVERAL, TICK, Option
from fieldapp.forms.definition.model import FILES, Question
from fieldapp.texts import tr

CIRCLES = 8  # more choices than these are a list that drops down
NOT_ON_PAPER = frozenset({"geopoint", "geotrace", "geoshape", "calculate", "attribute"})
STAFF = "staff"
_SHORT = frozenset({"integer", "decimal", "date", "time", "dateTime", "range"})
_WIDTHS = frozenset({"full", "half", "third", "quarter"})


def is_asked(question: Question, *, of_staff: bool) -> bool:
    """Whether a person answers it by hand: no calculation, nothing hidden or filled in by the machine, no place on a
    map; and nothing that only staff are asked, where the paper is the resident's."""
    bind = question.bind
    if bind.calculate or bind.preload or question.kind in NOT_ON_PAPER or "hidden" in question.appearance:
        return False
    if STAFF in question.appearance and not of_staff:
        return False
    if question.is_group or question.kind == "note":
        return True
    return bool(question.control and bind.readonly not in {"true()", "1"})


def is_signature(question: Question) -> bool:
    """Whether it is signed by hand."""
    return question.kind == "image" and "signature" in question.appearance


def is_file(question: Question) -> bool:
    """Whether a picture or a file is asked for: on paper it goes along."""
    return question.kind in FILES


def kind_of(question: Question, options: tuple[Option, ...]) -> str:
    """The kind of its entry."""
    if question.kind == "acknowledge":
        return TICK
    if options and question.kind in {"multiple", "rank"}:
        return SEVERAL if question.kind == "multiple" else ORDER
    if options:
        return ONE if len(options) <= CIRCLES else LIST
    return LINES if question.kind == "text" and "multiline" in question.appearance else LINE


def width_of(question: Question, kind: str) -> str:
    """How wide it stands: as its author says, else as much as its answer needs."""
    said = next((word for word in question.extra.get("layout", "").split() if word in _WIDTHS), "")
    short = question.kind in _SHORT or question.appearance & {"numbers", "w1", "w2"}
    return said or ("half" if kind == LINE and short else "full")


def spelling_of(question: Question) -> str:
    """In which spelling the answer is wanted."""
    return {
        "date": tr("year-month-day, as in 2026-11-23"),
        "time": tr("hours and minutes, as in 14:30"),
        "dateTime": tr("day and time, as in 2026-11-23 14:30"),
        "integer": tr("a whole number"),
        "decimal": tr("a number, decimals after a point"),
        "range": tr("a number from {low} to {high}", low=question.extra.get("start"), high=question.extra.get("end")),
        "rank": tr("number them, beginning with 1"),
    }.get(question.kind, "")
